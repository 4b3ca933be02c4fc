import assert from 'node:assert/strict';
import * as client from 'react-server-dom-webpack/client.edge';
import {runCases} from '../support/cases.mjs';
import {withoutDelay} from '../support/cpuTime.mjs';
import {
  action,
  assertRefused,
  manifest,
  origin,
  root,
  silenced,
  takeCalls,
} from './support/app.mjs';
import {createHandler} from './support/door.mjs';

const production = process.env.NODE_ENV === 'production';
const rendered = [];
const handler = (options = {}) =>
  createHandler({
    manifest,
    root,
    onError() {},
    render(request, {formState, result}) {
      rendered.push({url: request.url, formState, result});
      return new Response('page', {headers: {'Content-Type': 'text/html'}});
    },
    ...options,
  });
const handle = handler();
const reference = (name) => client.createServerReference(action(name));

/** What React's server renderer puts into a form, or into a button, for a server function. */
async function actionFields(serverFunction, prefix) {
  let fields;
  for (;;) {
    try {
      fields = serverFunction.$$FORM_ACTION(prefix);
      break;
    } catch (pending) {
      await pending;
    }
  }
  assert.equal(fields.encType, 'multipart/form-data');
  return {pressed: [[fields.name, '']], hidden: [...(fields.data ?? [])]};
}

function post(
  fields,
  {url = `${origin}/notes?page=2`, headers = {'Sec-Fetch-Site': 'same-origin'}, own = handle} = {},
) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  return own(new Request(url, {method: 'POST', body, headers}));
}

const stateful = async (state = {count: 1}) => {
  const {pressed, hidden} = await actionFields(reference('reducer').bind(null, state), '1');
  return [...pressed, ...hidden, ['$ACTION_KEY', 'kState']];
};

await runCases({
  async 'a form without JavaScript runs its function with the fields of the user, and the page is rendered'() {
    const {pressed} = await actionFields(reference('submit'), '1');
    const response = await post([
      ...pressed,
      ['note', 'hello'],
      ['file', new File(['x'], 'f.txt')],
    ]);
    assert.equal(await response.text(), 'page');
    const [[name, fields]] = await takeCalls();
    assert.equal(name, 'submit');
    assert.deepEqual(Object.keys(fields), ['note', 'file']);
    assert.equal(fields.note, 'hello');
    assert.equal(await fields.file.text(), 'x');
    assert.deepEqual(rendered.splice(0), [
      {url: `${origin}/notes?page=2`, formState: null, result: 'submitted'},
    ]);
  },
  async 'the form state of a page that is rendered without end throws an error that names the function'() {
    await (await post(await stateful())).text();
    await takeCalls();
    const [{formState}] = rendered.splice(0);
    // Rendering may look for it as often as it likes before it waits for something.
    for (let hook = 0; hook < 100_000; hook++) assert.equal(formState[2], action('reducer'));
    const attempts = async (wait) => {
      for (let attempt = 0; attempt < 100_000; attempt++) {
        assert.equal(formState[2], action('reducer'));
        await wait();
      }
    };
    const message = new RegExp(
      `${action('reducer')} would be rendered for ever.*"use server" module`,
    );
    await assert.rejects(
      attempts(() => {}),
      {message},
    );
    await new Promise((turn) => setTimeout(turn, 5));
    for (let form = 0; form < 1000; form++) {
      assert.equal(formState[2], action('reducer'));
      await new Promise((turn) => setImmediate(turn));
    }
    await assert.rejects(
      attempts(() => new Promise((turn) => setImmediate(turn))),
      {message},
    );
  },
  async 'bound arguments come first, and the result becomes the form state of useActionState'() {
    const response = await post([...(await stateful()), ['note', 'n']]);
    assert.equal(response.status, 200);
    assert.deepEqual(await takeCalls(), [['reducer', {count: 1}, 'n']]);
    const [{formState, result}] = rendered.splice(0);
    assert.deepEqual(result, {count: 1, note: 'n'});
    assert.deepEqual(formState, [{count: 1, note: 'n'}, 'kState', action('reducer'), 0]);
  },
  async 'without a render option the answer sends the browser to the same page, never to another host'() {
    const own = handler({render: undefined});
    const {pressed} = await actionFields(reference('nothing'), '1');
    const response = await post(pressed, {own});
    assert.equal(response.status, 303);
    assert.equal(response.headers.get('location'), '/notes?page=2');
    const elsewhere = `${origin}//evil.test/x`;
    const other = await post(pressed, {own, url: elsewhere});
    assert.equal(new URL(other.headers.get('location'), elsewhere).origin, origin);
    await takeCalls();
  },
  async 'a render that gives no Response is an error that says so, not a form left to the app'() {
    const errors = [];
    const own = handler({render: () => {}, onError: (error) => void errors.push(error.message)});
    const {pressed} = await actionFields(reference('nothing'), '1');
    const response = await post(pressed, {own});
    assert.equal(response.status, 500);
    assert.deepEqual(errors, ['render must give a Response, but gave undefined.']);
    await takeCalls();
  },
  async 'a pressed button with a function of its own wins over the form, as in React'() {
    const form = await actionFields(reference('submit'), '1');
    const button = await actionFields(reference('reducer').bind(null, {}), '2');
    await post([...form.pressed, ...button.hidden, ...button.pressed, ['note', 'b']]);
    assert.deepEqual(await takeCalls(), [['reducer', {}, 'b']]);
    await post([...form.pressed, ...button.hidden, ['note', 'f']]);
    assert.deepEqual(await takeCalls(), [['submit', {note: 'f'}]]);
    rendered.splice(0);
  },
  async 'a form posted to the endpoint itself runs as well'() {
    const {pressed} = await actionFields(reference('submit'), '1');
    await post(pressed, {url: `${origin}/rsc-action`});
    assert.deepEqual(await takeCalls(), [['submit', {}]]);
    rendered.splice(0);
    await assertRefused(
      await post([['note', 'x']], {url: `${origin}/rsc-action`}),
      404,
      'malformed-id',
    );
  },
  async 'a form that is not React`s is left to the app, with its body'() {
    const body = new FormData();
    body.append('note', 'theirs');
    const headers = {'Sec-Fetch-Site': 'same-origin'};
    const request = new Request(`${origin}/upload`, {method: 'POST', body, headers});
    assert.equal(await handle(request), null);
    assert.equal((await request.formData()).get('note'), 'theirs');
    const urlencoded = new Request(`${origin}/x`, {
      method: 'POST',
      body: new URLSearchParams('$ACTION_ID_x=1'),
      headers,
    });
    assert.equal(await handle(urlencoded), null);
  },
  async 'every function that a field names must be listed, whichever of them would run'() {
    const good = [`$ACTION_ID_${action('submit')}`, ''];
    const hidden = 'src/unlisted.mjs#hidden';
    const metadata = (id, bound = null) => JSON.stringify({id, bound});
    const forms = [
      [[`$ACTION_ID_${hidden}`, '']],
      [[`$ACTION_ID_${action('Secret')}`, '']],
      [['$ACTION_ID___proto__', '']],
      [['$ACTION_ID_', '']],
      [[`$ACTION_ID_${hidden}`, ''], good],
      [good, [`$ACTION_ID_${hidden}`, '']],
      [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', metadata(hidden)],
      ],
      [good, ['$ACTION_1:0', metadata(hidden)]],
      [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', metadata(action('submit'), '$@1')],
        ['$ACTION_1:1', '["$h2"]'],
        ['$ACTION_1:2', metadata(hidden)],
      ],
    ];
    for (const form of forms) await assertRefused(await post(form), 404, 'unknown-function');
    assert.ok(!(globalThis.loadedModules ?? []).includes('unlisted'));
  },
  async 'what is listed but no server function does not run from a form'() {
    const response = await post([[`$ACTION_ID_${action('plain')}`, '']]);
    await assertRefused(response, 404, 'not-a-server-function');
  },
  async 'fields that React does not write are malformed'() {
    const id = JSON.stringify(action('submit'));
    const forms = [
      [['$ACTION_REF_1', '']],
      [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', ''],
      ],
      [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', 'null'],
      ],
      [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', new File(['{}'], 'f')],
      ],
      [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', `{"id":${id},"bound":"$@1"}`],
      ],
      [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', `{"id":${id},"bound":[1]}`],
      ],
      [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', `{"id":"$1","bound":null}`],
        ['$ACTION_1:1', id],
      ],
      [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', `{"id":${id},"bound":null}`],
        ['$ACTION_1:0', `{"id":${id}}`],
      ],
      [
        [`$ACTION_ID_${action('submit')}`, ''],
        ['$ACTION_OTHER', ''],
      ],
    ];
    for (const form of forms) await assertRefused(await post(form), 400, 'malformed-body');
  },
  async 'a form that names a function twice, or more of them than a form and its button, is malformed'() {
    const submit = [`$ACTION_ID_${action('submit')}`, ''];
    assert.equal((await post([submit, submit])).status, 200);
    assert.equal((await takeCalls()).length, 1);
    rendered.splice(0);
    await assertRefused(await post([submit, submit, submit]), 400, 'malformed-body');
    const description = ['$ACTION_1:0', JSON.stringify({id: action('submit'), bound: null})];
    const reference = ['$ACTION_REF_1', ''];
    await assertRefused(await post([reference, description, reference]), 400, 'malformed-body');
  },
  async 'no form can make its fields be read again and again'() {
    const row = `[${'1,'.repeat(430_000)}1]`;
    const description = (id) => JSON.stringify({id, bound: null});
    const ids = ['x', action('submit')];
    const forms = ids.flatMap((id) => [
      [
        ['$ACTION_:0', description(id)],
        ['$ACTION_:1', row],
        ...Array.from({length: 990}, () => ['$ACTION_REF_', '']),
      ],
      Array.from({length: 499}, (_, n) => [
        [`$ACTION_REF_${n}`, ''],
        [`$ACTION_${n}:0`, description(id)],
      ]).flat(),
      [
        ['$ACTION_REF_0', ''],
        ...Array.from({length: 990}, (_, n) => [`$ACTION_${n}:0`, description(id)]),
      ],
    ]);
    for (const form of forms) {
      const response = await withoutDelay(() => post(form));
      await response.text();
    }
    rendered.splice(0);
    await takeCalls();
  },
  async 'a form of an app whose identifiers begin with colons arrives'() {
    for (const prefix of [':a:1', ':1', '_1_:']) {
      const {pressed, hidden} = await actionFields(
        reference('reducer').bind(null, {nested: new Map([[1, 2]])}),
        prefix,
      );
      assert.equal((await post([...pressed, ...hidden, ['note', prefix]])).status, 200);
    }
    assert.equal((await takeCalls()).length, 3);
    rendered.splice(0);
  },
  async 'the limits hold for forms'() {
    const own = handler({limits: {parts: 4, boundArguments: 2}});
    const tooMany = Array.from({length: 5}, (_, index) => [`f${index}`, 'x']);
    const {pressed} = await actionFields(reference('submit'), '1');
    await assertRefused(await post([...pressed, ...tooMany], {own}), 400, 'limit-exceeded');
    const bound = await actionFields(reference('echo').bind(null, 1, 2, 3), '1');
    await assertRefused(
      await post([...bound.pressed, ...bound.hidden], {own}),
      400,
      'limit-exceeded',
    );
  },
  async 'a form that is too large is refused, by its Content-Length or by its bytes, and received to a bound'() {
    const own = handler({maxBodySize: 50});
    const type = `multipart/form-data; boundary=${'x'.repeat(30)}`;
    for (const [length, bound] of [
      [{'Content-Length': '51'}, 1000],
      [{'Content-Length': '1000'}, 100],
      [{}, 1000],
    ]) {
      let received = 0;
      const {pressed} = await actionFields(reference('submit'), '1');
      const start = `--${'x'.repeat(30)}\r\nContent-Disposition: form-data; name="${pressed[0][0]}"\r\n\r\n`;
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(Buffer.from(start)),
        pull(controller) {
          received += 40;
          controller.enqueue(new Uint8Array(40));
        },
      });
      const headers = {'Sec-Fetch-Site': 'same-origin', 'Content-Type': type, ...length};
      const request = new Request(`${origin}/`, {method: 'POST', body, headers, duplex: 'half'});
      const response = await own(request);
      assert.equal(response.headers.get('connection'), 'close');
      await assertRefused(response, 413, 'body-too-large');
      await new Promise((resolve) => setTimeout(resolve, 5));
      assert.ok(received <= bound, String(received));
    }
  },
  async 'a post that is not of React is left to the app with its whole body, whatever its size, speed and origin'() {
    const type = `multipart/form-data; boundary=${'x'.repeat(30)}`;
    const part = (name, content) =>
      `--${'x'.repeat(30)}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
    const text = 'name="$ACTION_ID_src/actions.js#save"\r\n\r\n';
    const own = handler({maxBodySize: 1000, bodyTimeout: 50});
    for (const content of ['', text, text.repeat(100), 'a'.repeat(100_000)]) {
      for (const headers of [{}, {'Sec-Fetch-Site': 'cross-site'}, {Origin: 'null'}]) {
        const body = `${part('$ACTION_KEY', 'a')}${part('note', content)}--${'x'.repeat(30)}--\r\n`;
        const pieces = [body.slice(0, 200), body.slice(200)];
        const slow = new ReadableStream({
          async pull(controller) {
            if (pieces.length === 1) await new Promise((resolve) => setTimeout(resolve, 80));
            if (pieces.length === 0) controller.close();
            else controller.enqueue(Buffer.from(pieces.shift()));
          },
        });
        const request = new Request(`${origin}/upload`, {
          method: 'POST',
          body: slow,
          headers: {...headers, 'Content-Type': type},
          duplex: 'half',
        });
        assert.equal(await own(request), null);
        assert.equal(request.bodyUsed, false);
        assert.equal(await request.text(), body);
      }
    }
    assert.deepEqual(await takeCalls(), []);
  },
  async 'a field of React is found wherever it stands, in whatever pieces it comes'() {
    const {pressed} = await actionFields(reference('submit'), '1');
    const boundary = 'y'.repeat(30);
    const part = (name, content) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
    const body = `${part('note', 'a\r\n\r\nb')}${part('$ACTION', '')}${part(pressed[0][0], '')}--${boundary}--\r\n`;
    for (let size = 1; size < 40; size++) {
      const pieces = body.match(new RegExp(`[^]{1,${size}}`, 'g'));
      const stream = new ReadableStream({
        pull(controller) {
          if (pieces.length === 0) controller.close();
          else controller.enqueue(Buffer.from(pieces.shift()));
        },
      });
      const request = new Request(`${origin}/notes`, {
        method: 'POST',
        body: stream,
        headers: {
          'Sec-Fetch-Site': 'same-origin',
          'Content-Type': `multipart/form-data; boundary="${boundary}"`,
        },
        duplex: 'half',
      });
      const response = await handle(request);
      assert.equal(response?.status, 200, String(size));
    }
    await takeCalls();
  },
  async 'a form whose body was read before is left to the app, and a warning says so once'() {
    const {pressed} = await actionFields(reference('submit'), '1');
    const lines = await silenced(async () => {
      for (let i = 0; i < 3; i++) {
        const form = new FormData();
        form.append(pressed[0][0], '');
        const request = new Request(`${origin}/notes`, {method: 'POST', body: form});
        await request.arrayBuffer();
        assert.equal(await handle(request), null);
        // As adapters make it of a stream that a body parser has read to its end.
        const headers = {'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '9'};
        assert.equal(await handle(new Request(`${origin}/`, {method: 'POST', headers})), null);
      }
    });
    assert.equal(lines.length, 1);
    assert.match(
      String(lines[0]),
      /was read before the handler of the server functions saw the request/,
    );
  },
  async 'forms of other sites are refused, and so are forms without any header that says where from'() {
    const {pressed} = await actionFields(reference('submit'), '1');
    const foreign = [
      {'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.test'},
      {'Sec-Fetch-Site': 'same-site'},
      {Origin: 'null'},
      {Origin: 'https://evil.test'},
    ];
    for (const headers of foreign) {
      await assertRefused(await post(pressed, {headers}), 403, 'cross-site');
    }
    await assertRefused(await post(pressed, {headers: {}}), 403, 'missing-origin');
    assert.equal((await post(pressed, {headers: {Origin: origin}})).status, 200);
    await takeCalls();
  },
  async 'a function that throws answers a short text with status 500, in production with the digest alone'() {
    const {pressed} = await actionFields(reference('fail'), '1');
    const own = handler({onError: () => 'D-2'});
    const response = await post(pressed, {own});
    assert.equal(response.status, 500);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.match(response.headers.get('content-type'), /^text\/plain/);
    const text = await response.text();
    assert.equal(text.includes('the secret reason'), !production);
    assert.equal(text.includes('D-2'), production);
    await takeCalls();
  },
  async 'a render that throws is reported and answers 500'() {
    const own = handler({
      onError: undefined,
      render() {
        throw new Error('no page');
      },
    });
    const {pressed} = await actionFields(reference('nothing'), '1');
    const lines = await silenced(async () => {
      assert.equal((await post(pressed, {own})).status, 500);
    });
    assert.ok(lines.some((line) => line.some((part) => String(part).includes('no page'))));
    await takeCalls();
  },
});
