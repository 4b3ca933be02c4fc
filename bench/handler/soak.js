// By hand: NODE_ENV=production node bench/handler/soak.js
// A million calls, then as many uploads that stop half-way as HALF_OPEN says while others call.
import {once} from 'node:events';
import {connect} from 'node:net';
import {build} from './support/build.js';
import {measure, megabytes} from './support/measure.js';
import {requests} from './support/requests.js';
import {servers} from './support/servers.js';

const CALLS = Number(process.env.CALLS ?? 1_000_000);
const STEPS = Number(process.env.STEPS ?? 10);
const HALF_OPEN = Number(process.env.HALF_OPEN ?? 1000);
const BODY_TIMEOUT = Number(process.env.BODY_TIMEOUT ?? 20_000);
const load = {calls: CALLS / STEPS, connections: 50};

await build();
const server = await servers['use-server-webpack-plugin/server on srvx']({
  nodeArguments: ['--expose-gc'],
  env: {BODY_TIMEOUT},
});
const request = (await requests('use-server-webpack-plugin', server.url))['object argument'];
await measure(server, request, {...load, calls: 20_000});

console.log(`\n${CALLS} calls`);
for (let step = 1; step <= STEPS; step++) {
  print(`after ${step * load.calls}`, await measure(server, request, load));
}

console.log(`\n${HALF_OPEN} half-open uploads`);
const few = {...load, calls: 20_000};
print('before', await measure(server, request, few));
const uploads = await Promise.all(Array.from({length: HALF_OPEN}, halfOpen));
print('beside them', await measure(server, request, few));
const answers = await Promise.all(uploads.map(({answer}) => answer));
console.log('answers:', countBy(answers));
print('afterwards', await measure(server, request, few));
await server.stop();

function print(when, {perSecond, p50, p99, cpu, rss, heapUsed}) {
  console.log(
    `${when}: ${Math.round(perSecond)} calls/s, p50 ${p50} ms, p99 ${p99} ms, CPU ${Math.round(cpu)} µs per call, RSS ${megabytes(rss)} MB, heap ${(heapUsed / 1e6).toFixed(1)} MB`,
  );
}

/** A connection that sends half of what it announces; `answer` is the first line of what comes back. */
async function halfOpen() {
  const {hostname, port} = new URL(server.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const headers = {...request.headers, Host: `${hostname}:${port}`, 'Content-Length': 100_000};
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${request.path} HTTP/1.1\r\n${head.join('')}\r\n${'x'.repeat(50_000)}`);
  const answer = new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => (text += chunk));
    socket.on('error', (error) => (text ||= error.message));
    socket.on('close', () => resolve(text.split('\r\n')[0]));
  });
  return {answer};
}

function countBy(values) {
  const counts = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
