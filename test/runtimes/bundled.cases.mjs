// Calls the servers whose labels and URLs the argument has, as a browser does with JavaScript and without.
import assert from 'node:assert/strict';
import * as client from 'use-server-webpack-plugin/client';
import {runCases} from '../support/cases.mjs';

// What webpack is in a page. No component is rendered here.
globalThis.__webpack_require__ = () => ({Counter() {}});
globalThis.__webpack_chunk_load__ = () => Promise.resolve();
globalThis.__webpack_get_script_filename__ = String;
const {createFromReadableStream} = await import('react-server-dom-webpack/client.browser');

const servers = JSON.parse(process.argv[2]);
const cases = {
  async 'a page becomes HTML, also behind an await'({url}) {
    const html = await (await fetch(url)).text();
    assert.match(html, /<h1>On the edge<\/h1>.*<output>sum 1<\/output>/s);
    const late = await (await fetch(`${url}late`, {headers: {Cookie: 'user=Ada'}})).text();
    assert.match(late, /<i>computation (\d+)<\/i><i>computation \1<\/i><b>user Ada<\/b>/);
  },
  async 'a call takes its arguments along and brings a result back'({call}) {
    const form = new FormData();
    form.set('field', 'value');
    form.set('file', new File(['text of the file'], 'file.txt'));
    const bytes = new Uint8Array([1, 2, 3]);
    const map = new Map([['key', {nested: true}]]);
    const args = [new Date(0), map, form, bytes, Promise.resolve('resolved')];
    assert.deepEqual(await call('describe', args), {
      date: '1970-01-01T00:00:00.000Z',
      map: [['key', {nested: true}]],
      field: 'value',
      file: 'text of the file',
      bytes: [1, 2, 3],
      promise: 'resolved',
    });
  },
  async 'an inline function gets its captures, which the client cannot read'({url, callServer}) {
    const response = await fetch(url, {headers: {Accept: 'text/x-component'}});
    const [forReact, forText] = response.body.tee();
    const {root} = await createFromReadableStream(forReact, {callServer});
    const {reveal} = root.props.children.at(-1).props;
    assert.equal(await reveal(2, {unit: 'letters'}), 'the secret of the page, 44 letters');
    assert.doesNotMatch(await new Response(forText).text(), /the secret of the page/);
  },
  async 'a form works without JavaScript'({url, submit}) {
    const [first] = (await (await fetch(url)).text()).split('</form>');
    const response = await submit([...hiddenFields(first), ['amount', '41']]);
    assert.equal(response.status, 200);
    assert.match(await response.text(), /<output>sum 42<\/output>/);
  },
  async 'a function sets a cookie and redirects'({url, submit, call}) {
    const [, second] = (await (await fetch(url)).text()).split('</form>');
    const response = await submit([...hiddenFields(second), ['name', 'Ada']]);
    assert.equal(response.status, 303);
    assert.equal(response.headers.get('Location'), '/welcome');
    assert.match(response.headers.get('Set-Cookie'), /^user=Ada;.* HttpOnly/);
    const form = new FormData();
    form.set('name', 'Ada');
    const error = await call('logIn', [form]).then(assert.fail, (reason) => reason);
    assert.ok(error instanceof client.ServerFunctionRedirect);
    assert.equal(error.url.href, `${url}welcome`);
  },
  async 'requests at the same time keep their cookies apart behind an await'({as}) {
    const users = Array.from({length: 20}, (_, i) => `user${i}`);
    assert.deepEqual(await Promise.all(users.map((user) => as(user)('whoAmILater', []))), users);
  },
  async 'an error reaches the client with its digest'({call}) {
    const error = await call('fail', []).then(assert.fail, (reason) => reason);
    assert.equal(error.digest, 'Error: it failed');
  },
  async 'a stream comes in pieces, and when the client leaves it is ended'({url, call}) {
    const before = (await call('whatEnded', [])).length;
    const controller = new AbortController();
    const headers = {'X-Action-Id': 'src/actions.js#endless', 'Content-Type': 'text/plain'};
    const init = {method: 'POST', headers, body: '[]', signal: controller.signal};
    const response = await fetch(`${url}rsc-action`, init);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (text.split('more').length < 4) {
      const {done, value} = await reader.read();
      assert.ok(!done, text);
      text += value;
    }
    controller.abort();
    let ended = [];
    while (ended.length < before + 2) ended = await call('whatEnded', []);
    assert.deepEqual(ended.slice(before).sort(), ['aborted', 'cancelled']);
  },
  async 'another site, an unknown function and a body that is too large are refused'({url}) {
    const post = async (name, headers, body = '[]') => {
      const id = `src/actions.js#${name}`;
      const type = {'X-Action-Id': id, 'Content-Type': 'text/plain;charset=utf-8'};
      const init = {method: 'POST', headers: {...type, ...headers}, body};
      return (await fetch(`${url}rsc-action`, init)).status;
    };
    assert.equal(await post('whoAmI', {Origin: 'https://evil.test'}), 403);
    assert.equal(await post('notThere'), 404);
    assert.equal(await post('whoAmI', {}, `["${'x'.repeat(2e6)}"]`), 413);
  },
};

const named = servers.flatMap(([label, url]) => {
  const as = (user) => {
    const headers = {Cookie: `user=${user}`};
    const callServer = client.createCallServer({endpoint: `${url}rsc-action`, headers});
    return (name, args) => callServer(`src/actions.js#${name}`, args);
  };
  const tools = {
    url,
    as,
    call: as('Grace'),
    callServer: client.createCallServer({endpoint: `${url}rsc-action`}),
    submit(fields) {
      const body = new FormData();
      for (const [name, value] of fields) body.append(name, value);
      const headers = {Origin: new URL(url).origin};
      return fetch(url, {method: 'POST', headers, body, redirect: 'manual'});
    },
  };
  return Object.entries(cases).map(([name, run]) => [`${label}: ${name}`, () => run(tools)]);
});

await runCases(Object.fromEntries(named));

function hiddenFields(html) {
  return [...html.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => [
    /name="([^"]*)"/.exec(tag)[1],
    (/value="([^"]*)"/.exec(tag)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  ]);
}
