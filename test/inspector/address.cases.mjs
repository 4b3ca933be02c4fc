// Where the inspector listens, and what another program at its port learns.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {newKey, readAddress} from '../../dist/src/inspector/address.js';
import {Calls} from '../../dist/src/inspector/calls.js';
import {listen} from '../../dist/src/inspector/listen.js';
import {runCases} from '../support/cases.mjs';

const folder = mkdtempSync(join(tmpdir(), 'address-'));
let count = 0;
const newFile = () => join(folder, `${count++}.json`);

/** Another program, which listens where the inspector was. */
async function startOther(answer) {
  const heard = [];
  const server = createServer(async (request, response) => {
    heard.push(`${request.url} ${JSON.stringify(request.headers)}`);
    for await (const part of request) heard.push(String(part));
    answer(response, server);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {heard, server, port: server.address().port};
}

function keep(port) {
  const file = newFile();
  const key = newKey();
  writeFileSync(file, JSON.stringify({key, port}), {mode: 0o600});
  return {file, key};
}

await runCases({
  async 'stays the same from one process to the next, also while the one before listens'() {
    const file = newFile();
    const first = await listen(file, new Calls());
    assert.deepEqual(readAddress(file), first);
    assert.deepEqual(await listen(file, new Calls()), first);
    assert.deepEqual(await listen(file, new Calls()), first);
  },
  async 'is another one, with another key, where another program has the port'() {
    const {heard, port, server} = await startOther((response) => response.end('Take it.'));
    const {file, key} = keep(port);
    const address = await listen(file, new Calls());
    assert.notEqual(address.port, port);
    assert.notEqual(address.key, key);
    assert.equal(heard.length, 1);
    assert.ok(!heard.join('\n').includes(key));
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).key, address.key);
    server.close();
  },
  async 'is another one where another program gives the port free, or says what it was told'() {
    const {heard, port} = await startOther((response, server) => {
      server.close();
      response.setHeader('Connection', 'close');
      response.end(response.req.url.split('/').at(-1));
    });
    const {file, key} = keep(port);
    const address = await listen(file, new Calls());
    assert.notEqual(address.port, port);
    assert.notEqual(address.key, key);
    assert.ok(!heard.join('\n').includes(key));
  },
  async 'does not wait for a program that says nothing, or does not end'() {
    for (const answer of [
      () => {},
      (response) => response.write('x'),
      (response) => response.destroy(),
    ]) {
      const {port, server} = await startOther(answer);
      const {file, key} = keep(port);
      assert.notEqual((await listen(file, new Calls())).key, key);
      server.closeAllConnections();
      server.close();
    }
  },
});
process.exit();
