// The client in plain Node, as one server calls the functions of another.
import assert from 'node:assert/strict';
import {fork} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import * as client from 'use-server-webpack-plugin/client';
import {runCases} from '../support/cases.mjs';

const rejection = (promise) => Promise.resolve(promise).then(assert.fail, (reason) => reason);
const server = fork(fileURLToPath(new URL('browserServer.mjs', import.meta.url)), {
  execArgv: ['--conditions', 'react-server'],
  stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
});
const url = await new Promise((resolve) => {
  server.stdout.setEncoding('utf8').once('data', (text) => resolve(text.trim()));
});
const callServer = client.createCallServer({endpoint: new URL('/rsc-action', url)});
const id = (name) => `src/browser.mjs#${name}`;

await runCases({
  async 'a server function is called over the network and gives its result'() {
    assert.equal(await callServer(id('increase'), [1]), 2);
  },
  async 'a file is sent, and a result streams in'() {
    const form = new FormData();
    form.append('file', new File([new Uint8Array([1, 2, 3])], 'ünï.bin'));
    const {name, size, progress} = await callServer(id('upload'), [form]);
    const texts = [];
    for await (const text of progress) texts.push(text);
    assert.deepEqual([name, size, texts.length], ['ünï.bin', 3, 3]);
  },
  async 'what cannot be sent comes back as itself'() {
    const own = client.createCallServer({
      endpoint: new URL('/rsc-action', url),
      temporaryReferences: true,
    });
    const opaque = Symbol('own');
    assert.equal(await own(id('same'), [opaque]), opaque);
  },
  async 'a redirect and an unknown function reject by type'() {
    const redirect = await rejection(callServer(id('leave'), ['/done']));
    assert.ok(redirect instanceof client.ServerFunctionRedirect);
    assert.equal(redirect.url.href, `${url}done`);
    const unknown = await rejection(callServer('no#such', []));
    assert.ok(unknown instanceof client.UnknownServerFunctionError);
  },
  async 'a redirect of a proxy is followed, or told'() {
    const through = (to, status) =>
      client.createCallServer({endpoint: `${url}redirect?status=${status}&to=${to}`})(
        id('increase'),
        [1],
      );
    assert.equal(await through('/rsc-action', 307), 2);
    const error = await rejection(through('/login', 302));
    assert.deepEqual([error.code, error.redirected], ['unexpected-redirect', true]);
  },
  async 'an endpoint that is a path is refused with what to write instead'() {
    const error = await rejection(client.callServer(id('increase'), [1]));
    assert.ok(error instanceof TypeError);
    assert.match(error.message, /whole URL.*https:\/\/example\.com\/rsc-action/);
  },
});
server.kill();
process.exit();
