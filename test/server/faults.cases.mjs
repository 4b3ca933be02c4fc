// What a caller sees when the process that answers it is killed.
import assert from 'node:assert/strict';
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {bundledClient} from '../client/support/bundle.mjs';
import {runCases} from '../support/cases.mjs';

const client = await bundledClient();
const script = fileURLToPath(new URL('support/faultServer.mjs', import.meta.url));

/** A server of its own, what calls it, and what ends it at once. */
async function start() {
  const child = fork(script, {stdio: ['ignore', 'ignore', 'inherit', 'ipc']});
  const [{url}] = await once(child, 'message');
  const callServer = client.createCallServer({
    fetch: (path, init) => fetch(new URL(path, url), {...init, duplex: 'half'}),
  });
  return {
    call: (name, ...args) => callServer(`src/browser.mjs#${name}`, args),
    /** That the server has got the request. */
    received: () => once(child, 'message'),
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function assertNetworkError(work) {
  const error = await Promise.resolve(work).then(assert.fail, (reason) => reason);
  assert.ok(error instanceof client.ServerFunctionNetworkError, error.stack);
  assert.equal(error.code, 'network');
}

await runCases({
  async 'killed while the function runs: the call rejects as one whose connection broke'() {
    const server = await start();
    const received = server.received();
    const call = assertNetworkError(server.call('wait', 60_000));
    await received;
    await server.kill();
    await call;
  },
  async 'killed while the result streams: its consumer is told, after what had come'() {
    const server = await start();
    const stream = await server.call('endless');
    const values = [];
    const read = async () => {
      for await (const value of stream) {
        values.push(value);
        if (values.length === 3) await server.kill();
      }
    };
    await assertNetworkError(read());
    assert.deepEqual(values.slice(0, 3), [0, 1, 2]);
  },
  async 'killed while the arguments are sent: the call rejects as one whose connection broke'() {
    const server = await start();
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(90_000_000)]));
    const received = server.received();
    const call = assertNetworkError(server.call('upload', form));
    await received;
    await server.kill();
    await call;
  },
  async 'not there: the call rejects in the same way'() {
    const server = await start();
    await server.kill();
    await assertNetworkError(server.call('wait', 1));
  },
});
