// Loads the server bundles of two apps, posts a call and a form of each to the handlers of both, and
// prints what became of them.
import {createRequire} from 'node:module';

const require = createRequire(import.meta.url);
// What React expects of webpack when it is loaded.
globalThis.__webpack_require__ = () => {};
const {createFromReadableStream} = require('react-server-dom-webpack/client.edge');

globalThis.ran = [];
const [shop, cart] = process.argv.slice(2, 4).map((file) => require(file));
const apps = {shop, cart};

const ids = {};
const answers = {};
for (const [name, {id, render}] of Object.entries(apps)) {
  ids[name] = id;
  const form = await renderedForm(render());
  for (const [other, {handle}] of Object.entries(apps)) {
    const headers = {'X-Action-Id': id, 'Content-Type': 'text/plain;charset=utf-8'};
    answers[`${name} at ${other}`] = {
      call: await post(handle, {headers, body: '[]'}),
      form: await post(handle, {body: form}),
    };
  }
}
console.log(JSON.stringify({ids, answers}));

/** What a browser posts when React's form has not been hydrated. */
async function renderedForm(flight) {
  const action = await createFromReadableStream(flight, {
    serverConsumerManifest: {moduleMap: {}, serverModuleMap: null, moduleLoading: null},
  });
  const {name, data} = await retry(() => action.$$FORM_ACTION('1'));
  const form = new FormData();
  for (const [key, value] of data ?? []) form.append(key, value);
  form.append(name, '');
  return form;
}

/** React throws a promise where it has to wait for bound arguments. */
async function retry(callback) {
  for (;;) {
    try {
      return callback();
    } catch (pending) {
      await pending;
    }
  }
}

async function post(handle, init) {
  const headers = {'Sec-Fetch-Site': 'same-origin', ...init.headers};
  const request = new Request('https://example.test/rsc-action', {
    ...init,
    method: 'POST',
    headers,
  });
  const response = await handle(request);
  await response.text();
  return [response.status, globalThis.ran.splice(0)];
}
