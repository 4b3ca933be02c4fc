import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {withLoopback} from '../../src/development/loopback.ts';

/** Where Node listens. */
async function listen(args: readonly unknown[]) {
  const server = createServer();
  (server as {listen(...args: unknown[]): unknown}).listen(...withLoopback(args));
  if (!server.listening) await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? address?.address : address;
}

function callback() {}

test.each<[string, unknown[]]>([
  ['listen()', []],
  ['listen(callback)', [callback]],
  ['listen(undefined, callback)', [undefined, callback]],
  ['listen(null)', [null]],
  ['listen(0)', [0]],
  ['listen("0")', ['0']],
  ['listen(0, callback)', [0, callback]],
  ['listen(0, 511)', [0, 511]],
  ['listen(0, 511, callback)', [0, 511, callback]],
  ['listen(0, undefined, callback)', [0, undefined, callback]],
  ['listen(0, undefined, 511, callback)', [0, undefined, 511, callback]],
  ['listen(0, "")', [0, '']],
  ['listen({port: 0})', [{port: 0}]],
  ['listen({port: 0, host: ""}, callback)', [{port: 0, host: ''}, callback]],
  ['listen({port: 0, host: undefined})', [{port: 0, host: undefined}]],
  ['listen({port: undefined, path: undefined})', [{port: undefined, path: undefined}]],
])('%s listens on the loopback interface', async (_, args) => {
  expect(await listen(args)).toBe('127.0.0.1');
});

test.each<[string, unknown[]]>([
  ['listen(0, "0.0.0.0", callback)', [0, '0.0.0.0', callback]],
  ['listen(0, "0.0.0.0", 511)', [0, '0.0.0.0', 511]],
  ['listen({port: 0, host: "0.0.0.0"})', [{port: 0, host: '0.0.0.0'}]],
])('%s listens where it says', async (_, args) => {
  expect(await listen(args)).toBe('0.0.0.0');
});

test('a Unix domain socket stays one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'listen-'));
  const path = join(folder, 'socket');
  expect(await listen([path])).toBe(path);
  expect(await listen([{path}, callback])).toBe(path);
  rmSync(folder, {recursive: true});
});

test('what is open already is passed on as it is', () => {
  const socket = new Socket();
  for (const open of [{fd: 3}, {fd: 3, port: 80}, {_handle: socket}, {handle: socket, port: 80}]) {
    expect(withLoopback([open])[0]).toBe(open);
  }
});

test('the callback and the length of the queue are kept', () => {
  expect(withLoopback([80, 511, callback])).toEqual([80, '127.0.0.1', 511, callback]);
  expect(withLoopback([80, callback])).toEqual([80, '127.0.0.1', callback]);
  expect(withLoopback([80, undefined, 511, callback])).toEqual([80, '127.0.0.1', 511, callback]);
});
