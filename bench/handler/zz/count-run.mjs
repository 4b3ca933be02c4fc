import {listener as hand} from './hand.mjs';
import {IncomingMessage, ServerResponse, createServer} from 'node:http';
import {Duplex} from 'node:stream';
import {createElement} from 'react';
import {renderToPipeableStream} from 'react-server-dom-webpack/server';
import {toNodeHandler, FastResponse} from 'srvx/node';
import {createNodeHandler} from 'use-server-webpack-plugin/node';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {note} from '../support/note.js';
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
const requests = async (_, url) => JSON.parse((await promisify(execFile)(process.execPath, [new URL('./gen.mjs', import.meta.url).pathname, url])).stdout);
import {Page} from '../ours/page.js';
import {mock} from 'node:test';
const manifest = new URL('../ours/build/server-actions-manifest.json', import.meta.url).pathname;
process.chdir(new URL('../ours', import.meta.url).pathname);
const node = createNodeHandler({manifest, onError(e) {console.log(e)}});
const web = createServerFunctionHandler({manifest, onError(e) {console.log(e)}});
const NativeResponse = globalThis.Response;
const webNode = toNodeHandler(async (request) => (await web(request)) ?? new Response('no', {status: 404}));
const page = (res) => renderToPipeableStream(createElement(Page, {note}), {}).pipe(res);
const doors = {
  hand,
  node: (req, res) => req.method === 'GET' ? page(res) : node(req, res, () => res.writeHead(404).end()),
  web: (req, res) => req.method === 'GET' ? page(res) : webNode(req, res),
};
// A socket that is no socket.
function fakeSocket(onDone) {
  const s = new Duplex({read() {}, write(chunk, _, cb) { cb(); }, writev(_, cb) { cb(); }});
  s.remoteAddress = '127.0.0.1'; s.encrypted = false; s.setTimeout = () => s; s.setKeepAlive = s.setNoDelay = () => s;
  return s;
}
function call(listener, r, host) {
  return new Promise((resolve, reject) => {
    const socket = fakeSocket();
    const req = new IncomingMessage(socket);
    req.method = r.method; req.url = r.path; req.httpVersionMajor = 1; req.httpVersionMinor = 1; req.httpVersion = '1.1';
    for (const [k, v] of r.raw) { req.rawHeaders.push(k, v); req.headers[k.toLowerCase()] = v; }
    const res = new ServerResponse(req);
    res.assignSocket(socket);
    res.on('finish', () => { res.statusCode === r.status ? resolve() : reject(new Error('status ' + res.statusCode)); res.detachSocket(socket); });
    req.complete = false;
    listener(req, res);
    req.push(r.buffer); req.complete = true; req.push(null);
  });
}
const sets = {};
for (const [name, listener] of Object.entries(doors)) {
  const server = createServer(listener); await new Promise(r => server.listen(0, '127.0.0.1', r));
  const url = `http://127.0.0.1:${server.address().port}`;
  globalThis.Response = NativeResponse;
  sets[name] = await requests(name, url);
  server.closeAllConnections(); server.close();
  for (const r of Object.values(sets[name])) { r.buffer = Buffer.from(r.body); r.raw = Object.entries({Host: url.slice(7), Connection: 'keep-alive', ...r.headers, 'Content-Length': String(r.buffer.length)}); }
}
globalThis.Response = FastResponse;
import {start, stop} from './count.mjs';
for (const sc of Object.keys(sets.hand)) { if (process.argv[2] && !sc.startsWith(process.argv[2])) continue; for (const [name, l] of Object.entries(doors)) { for (let i = 0; i < 5; i++) await call(l, sets[name][sc]); start(); for (let i = 0; i < 20; i++) await call(l, sets[name][sc]); const r = stop(); console.log(sc, name, r.n / 20); if (name === (process.env.SHOW ?? 'node')) for (const [k, v] of [...r.stacks].sort((a, b) => b[1] - a[1]).slice(0, 60)) console.log('   ', v / 20, k); } }
process.exit(0);
const N = 1, ROUNDS = 1;

const only = '';
for (const sc of Object.keys(sets.hand)) {
  if (only && !sc.startsWith(only)) continue;
  const best = {}, ratios = {};
  for (let r = 0; r < ROUNDS; r++) for (const [name, listener] of Object.entries(doors)) {
    if (process.env.DOOR && !process.env.DOOR.split(',').includes(name)) continue;
    const request = sets[name][sc];
    const c0 = process.cpuUsage();
    for (let i = 0; i < N; i += 20) await Promise.all(Array.from({length: 20}, () => call(listener, request)));
    const c = process.cpuUsage(c0);
    const us = (c.user + c.system) / N;
    (best[name] ??= []).push(us); if (best.hand?.length && name !== 'hand') ((ratios[name] ??= []).push(us / best.hand.at(-1)));
  }
  console.log(sc.padEnd(32), Object.entries(best).map(([n, a]) => { a.sort((x, y) => x - y); const q = ratios[n]?.sort((x, y) => x - y); return `${n}${q ? ' x' + q[q.length >> 1].toFixed(2) : ''} ${a[Math.floor(a.length*0.1)].toFixed(1)}/${a[a.length>>1].toFixed(1)}µs`; }).join('  '));
}
process.exit(0);
