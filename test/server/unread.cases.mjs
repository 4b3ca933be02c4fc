// What a connection holds whose client reads nothing. Node runs this with --expose-gc, and with the
// adapters as arguments.
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:http';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {toNodeHandler} from 'srvx/node';
import {runCases} from '../support/cases.mjs';
import {createNodeHandler} from 'use-server-webpack-plugin/node';
import {root} from './support/app.mjs';
import {dynamicApp, dynamicManifest, id} from './support/dynamicApp.mjs';
import {body} from './fixtures/app/src/dynamic.mjs';
import {endlessResults, taken} from './support/endlessResults.mjs';

/** What one connection may hold. In development React also keeps where each item comes from. */
const LIMIT_MEGABYTES = process.env.NODE_ENV === 'production' ? 4 : 16;

const app = dynamicApp({timeout: 60_000});
const folder = await mkdtemp(join(tmpdir(), 'unread-'));
const adapters = {
  srvx: await listen('srvx', toNodeHandler(app.handle)),
  'node:http': await listen('http', answerPlainly),
  'the handler for Node': await listen(
    'own',
    createNodeHandler({
      manifest: dynamicManifest,
      root,
      timeout: 60_000,
      inspector: false,
      onError() {},
    }),
  ),
};

/** @returns the path of a socket, of which the system buffers less than of a port */
async function listen(name, listener) {
  const path = join(folder, name);
  const server = createServer(listener);
  server.listen(path);
  await once(server, 'listening');
  return path;
}
/** As little as an adapter can be. */
async function answerPlainly(incoming, outgoing) {
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  const {method, headers, url} = incoming;
  const request = new Request(`http://${headers.host}${url}`, {
    method,
    headers,
    signal: gone.signal,
    body: Readable.toWeb(incoming),
    duplex: 'half',
  });
  const response = await app.handle(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  await pipeline(Readable.fromWeb(response.body), outgoing).catch(() => {});
}

/** A connection that has asked for the result of `run`, and reads nothing of it. */
async function ask(path, run) {
  body.run = run;
  const socket = connect({path});
  socket.on('error', () => {});
  socket.pause();
  await once(socket, 'connect');
  socket.write(
    `POST /rsc-action HTTP/1.1\r\nHost: app.test\r\nX-Action-Id: ${id}\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n[]`,
  );
  return socket;
}

/** Waits until nothing is taken from the sources any more. */
async function untilStill() {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  await pause(200);
  for (let before = -1; before !== taken.bytes;) {
    before = taken.bytes;
    await pause(100);
  }
}

/** Megabytes in use, once everything that can be collected was. */
async function used() {
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    globalThis.gc();
  }
  const {heapUsed, external} = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

const cases = {};
for (const adapter of process.argv.slice(2)) {
  const path = adapters[adapter];
  for (const [name, run] of Object.entries(endlessResults)) {
    cases[`of ${name} a client that reads nothing makes ${adapter} hold little`] = async () => {
      taken.bytes = 0;
      const before = await used();
      const socket = await ask(path, async () => run());
      await untilStill();
      const grown = (await used()) - before;
      socket.destroy();
      await untilStill();
      assert.ok(taken.bytes > 0, 'The result was not begun.');
      assert.ok(grown < LIMIT_MEGABYTES, `${grown.toFixed(1)} MB more`);
    };
  }
}

await runCases(cases);
await rm(folder, {recursive: true});
process.exit();
