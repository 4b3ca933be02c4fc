import {request as requestHttp} from 'node:http';
import {request as requestHttps} from 'node:https';
import type {KeptRequest} from './recorder.ts';

/** Milliseconds. */
const LONGEST_WAIT = 60_000;
/** Headers of one connection, or made again for the body. */
const OF_CONNECTION = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

/**
 * Makes a call again: the same request to the same server, which checks it as it checks every other.
 *
 * @returns the status of the answer
 * @throws Error when it cannot be made, or is not answered
 */
export function repeat({method, url, headers, address, body}: KeptRequest): Promise<number> {
  const target = new URL(url);
  const isSecure = address ? address.isSecure : target.protocol === 'https:';
  const options = {
    method,
    host: address?.host ?? target.hostname,
    port: address?.port ?? target.port,
    path: target.pathname + target.search,
    headers: Object.fromEntries([
      ...headers.filter(([name]) => !OF_CONNECTION.has(name)),
      ['content-length', String(body?.byteLength ?? 0)],
    ]),
    // It is this very process.
    rejectUnauthorized: false,
    timeout: LONGEST_WAIT,
  };
  return new Promise((resolve, reject) => {
    const request = (isSecure ? requestHttps : requestHttp)(options, (response) => {
      response.resume();
      response.on('error', reject).on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('timeout', () => request.destroy(new Error('There was no answer in a minute.')));
    request.on('error', reject).end(body);
  });
}
