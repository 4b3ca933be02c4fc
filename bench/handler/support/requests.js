import {createRequire} from 'node:module';
import {createElement, use} from 'react';
import {renderToReadableStream} from 'react-dom/server.edge';
import {createFromReadableStream, encodeReply} from 'react-server-dom-webpack/client.edge';

const {encodeReply: encodeReplyOfNext} = createRequire(import.meta.url)(
  'next/dist/compiled/react-server-dom-webpack/client.edge',
);

/** As a browser sends them with a call of its own page. */
const browserHeaders = (url) => ({
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0',
  'Accept-Language': 'en-US,en;q=0.5',
  Origin: url,
  Referer: `${url}/`,
  Cookie: 'session=5f2b7c9e4a6d4c0f8b1e; theme=dark',
  'Sec-Fetch-Dest': 'empty',
  'Sec-Fetch-Mode': 'cors',
  'Sec-Fetch-Site': 'same-origin',
});

const titleForm = () => {
  const form = new FormData();
  form.append('id', '7');
  form.append('title', 'Shopping list ');
  form.append('note', 'Bread, butter and a bag of flour');
  return form;
};

const NOTE = {id: 7, title: 'Shopping list ', tags: ['home', 'weekly']};

/** What a browser sends for each scenario, by the hidden fields of the page: `{method, path, headers, body}`. */
export async function requests(name, url) {
  const html = await page(name, url);
  const isNext = name === 'next';
  const encode = isNext ? encodeReplyOfNext : encodeReply;
  const call = async (form, args) => {
    const {id, bound} = await reference(hiddenFields(html, form));
    const {headers, body} = await serialize(await encode([...bound, ...args]));
    return {
      method: 'POST',
      path: isNext ? '/' : '/rsc-action',
      headers: {
        ...browserHeaders(url),
        Accept: 'text/x-component',
        [isNext ? 'Next-Action' : 'X-Action-Id']: id,
        ...headers,
      },
      body,
    };
  };
  const post = async (id) => {
    const form = titleForm();
    for (const [name, value] of hiddenFields(html, id)) form.append(name, value);
    const {headers, body} = await serialize(form);
    return {
      method: 'POST',
      path: '/',
      headers: {
        ...browserHeaders(url),
        Accept: 'text/html',
        'Sec-Fetch-Mode': 'navigate',
        ...headers,
      },
      body,
    };
  };
  return {
    'object argument': {...(await call('object', [NOTE])), status: 200, answer: '"saved":true'},
    FormData: {...(await call('formData', [titleForm()])), status: 200, answer: '"saved":true'},
    'FormData, inline with captures': {
      ...(await call('captures', [titleForm()])),
      status: 200,
      answer: '"owner":"ada"',
    },
    'form without JavaScript': {...(await post('posted')), status: 303, answer: ''},
  };
}

/** Next sends HTML; the other two Flight, of which React makes HTML here. */
async function page(name, url) {
  const response = await fetch(url);
  if (name === 'next') return response.text();
  const serverConsumerManifest = {moduleMap: {}, serverModuleMap: null, moduleLoading: null};
  const model = createFromReadableStream(response.body, {serverConsumerManifest});
  const html = await renderToReadableStream(createElement(() => use(model)));
  return new Response(html).text();
}

/** Name and value of each hidden field of the form with this id. */
function hiddenFields(html, id) {
  const [, form] = new RegExp(`<form id="${id}"[^]*?>([^]*?)</form>`).exec(html);
  return [...form.matchAll(/<input([^>]*)>/g)].map(([, attributes]) => [
    attribute(attributes, 'name'),
    attribute(attributes, 'value'),
  ]);
}

function attribute(attributes, name) {
  const [, value = ''] = new RegExp(`${name}="([^"]*)"`).exec(attributes) ?? [];
  return value.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&');
}

/** What the hidden fields say: `$ACTION_ID_<id>`, or `$ACTION_REF_1` and the rows `$ACTION_1:0`, … */
async function reference(fields) {
  const [first] = fields[0];
  if (first.startsWith('$ACTION_ID_')) return {id: first.slice('$ACTION_ID_'.length), bound: []};
  const rows = new Map(fields.map(([name, value]) => [name.split(':')[1], value]));
  const read = (value) => {
    const [, isPromise, row] = /^\$(@?)([0-9a-f]+)$/.exec(value) ?? [];
    if (!row) return value;
    const referred = JSON.parse(rows.get(String(Number.parseInt(row, 16))));
    return isPromise ? Promise.resolve(referred) : referred;
  };
  const {id, bound} = JSON.parse(rows.get('0'));
  return {id, bound: (await read(bound)).map(read)};
}

async function serialize(body) {
  const request = new Response(body);
  return {
    headers: {'Content-Type': request.headers.get('content-type')},
    body: await request.text(),
  };
}
