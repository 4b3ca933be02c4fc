// Calls one server function, given by its name, and prints that the process has gone on.
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {registerServerReference} from 'use-server-webpack-plugin/runtime';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const [name, handling] = process.argv.slice(2);
const root = mkdtempSync(join(tmpdir(), 'stray-'));
writeFileSync(join(root, 'package.json'), '{"type": "module"}');
writeFileSync(
  join(root, 'actions.js'),
  `const later = (ms) => new Promise((fulfil) => setTimeout(fulfil, ms));
  async function fail() { await later(20); throw new Error('it failed'); }
  async function floating() { void fail(); return 'done'; }
  async function callback() { setTimeout(() => { throw new Error('it failed'); }, 20); return 'done'; }
  async function awaited() { await fail(); }
  async function caught() { fail().catch(() => {}); return 'done'; }
  for (const one of [floating, callback, awaited, caught])
    globalThis.register(one, 'actions.js', one.name);
  export {floating, callback, awaited, caught};`,
);
globalThis.register = registerServerReference;
if (handling === 'handled') {
  for (const event of ['unhandledRejection', 'uncaughtException']) {
    process.on(event, (error) => console.log(event, error.message));
  }
}
const id = `actions.js#${name}`;
const handler = createServerFunctionHandler({
  manifest: {[id]: {id: 'actions.js', name, chunks: [], async: true}},
  root,
  onError: () => {},
});
// A second handler says nothing twice.
createServerFunctionHandler({manifest: {}, root});
if (name === 'outside') setTimeout(() => void Promise.reject(new Error('it failed')), 20);
else {
  const response = await handler(
    new Request('http://localhost/rsc-action', {
      method: 'POST',
      headers: {'X-Action-Id': id, 'Content-Type': 'text/plain', 'Sec-Fetch-Site': 'same-origin'},
      body: '[]',
    }),
  );
  console.log(response.status);
}
setTimeout(() => console.log('it goes on'), 200);
