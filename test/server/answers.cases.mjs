// How answers and bodies travel: in one piece where they are ready, and over srvx without web streams.
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {FastResponse, toNodeHandler} from 'srvx/node';
import {runCases} from '../support/cases.mjs';
import {body} from './fixtures/app/src/dynamic.mjs';
import {callRequest, readResult} from './support/app.mjs';
import {dynamicApp, id} from './support/dynamicApp.mjs';

const NativeResponse = globalThis.Response;

/** Puts a handler behind srvx, as `docs/deployment.md` recommends, and sends it a call. */
async function overHttp(fetchHandler, {args = [], before, ...init} = {}) {
  globalThis.Response = FastResponse;
  const answer = toNodeHandler(fetchHandler);
  const server = createServer(async (message, response) => {
    await before?.(message);
    await answer(message, response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const origin = `http://127.0.0.1:${server.address().port}`;
    const request = await callRequest(id, args, {url: `${origin}/rsc-action`, ...init});
    const response = await fetch(request);
    return new NativeResponse(await response.arrayBuffer(), response);
  } finally {
    globalThis.Response = NativeResponse;
    server.closeAllConnections();
    server.close();
  }
}

/** Everything that a stream gives. */
async function collect(stream) {
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}

await runCases({
  async 'a result that is ready comes in one piece, which says how long it is'() {
    const app = dynamicApp();
    const result = {list: [1, 2], map: new Map([['a', new Date(0)]]), text: 'ü'.repeat(3000)};
    const response = await app.call(async () => result);
    assert.equal((await collect(response.clone().body)).length, 1);
    assert.deepEqual(await readResult(response), result);

    const sent = await overHttp((request) => app.handle(request));
    const length = Number(sent.headers.get('content-length'));
    assert.ok(length > 6000);
    assert.equal((await sent.clone().arrayBuffer()).byteLength, length);
    assert.deepEqual(await readResult(sent), result);
  },
  async 'what is ready of a result comes at once, before what it waits for'() {
    const app = dynamicApp();
    let resolve;
    const later = new Promise((done) => (resolve = done));
    const response = await app.call(async () => ({now: 1, later}));
    const result = await readResult(response);
    assert.equal(result.now, 1);
    resolve('later');
    assert.equal(await result.later, 'later');
  },
  async 'a result that is ready but large comes whole'() {
    const app = dynamicApp();
    const result = {
      texts: Array.from({length: 200}, (_, i) => `${i}`.repeat(500)),
      bytes: new Uint8Array(300_000).fill(7),
      text: 'large ü '.repeat(50_000),
    };
    assert.deepEqual(await readResult(await app.call(async () => result)), result);
    const sent = await overHttp((request) => app.handle(request));
    assert.deepEqual(await readResult(sent), result);
  },
  async 'a body that somebody has touched before the handler still arrives whole'() {
    const app = dynamicApp();
    body.run = async (text) => text.length;
    const argument = 'ü'.repeat(50_000);
    const handlers = {
      untouched: (request) => app.handle(request),
      'asked for its body': (request) => (request.body, app.handle(request)),
      copied: ({url, method, headers, body}) =>
        app.handle(new Request(url, {method, headers, body, duplex: 'half'})),
      'a clone': (request) => app.handle(request.clone()),
    };
    for (const [kind, fetchHandler] of Object.entries(handlers)) {
      const sent = await overHttp(fetchHandler, {args: [argument]});
      assert.equal(await readResult(sent), argument.length, kind);
    }
  },
  async 'a body that the host has read already is taken from where hosts leave it'() {
    const app = dynamicApp();
    body.run = async (text) => text.length;
    const sent = await overHttp((request) => app.handle(request), {
      args: ['from the host'],
      async before(message) {
        message.rawBody = Buffer.concat(await collect(message));
      },
    });
    assert.equal(await readResult(sent), 'from the host'.length);
  },
});
