import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

const run = promisify(execFile);
const loadFile = fileURLToPath(new URL('load.js', import.meta.url));

/**
 * Calls a server again and again, from another process.
 *
 * @returns calls per second, milliseconds of latency (p50, p99), microseconds of processor time of the
 *   server for each call, and its memory in bytes afterwards
 */
export async function measure(server, request, {calls, connections}) {
  const before = await server.stats();
  const options = JSON.stringify({...request, url: server.url, connections, amount: calls});
  const {stdout} = await run(process.execPath, [loadFile, options]);
  const {cpu, rss, heapUsed} = await server.stats();
  return {...JSON.parse(stdout), cpu: (1000 * (cpu - before.cpu)) / calls, rss, heapUsed};
}

/** Sends one request, and checks what comes back. */
export async function check(server, {path, status, answer, ...request}) {
  const response = await fetch(server.url + path, {...request, redirect: 'manual'});
  const text = await response.text();
  if (response.status !== status || !text.includes(answer)) {
    throw new Error(`The answer is ${response.status} ${text}`);
  }
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export function megabytes(bytes) {
  return Math.round(bytes / 1e6);
}
