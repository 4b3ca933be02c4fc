import {timingSafeEqual} from 'node:crypto';
import type {IncomingHttpHeaders} from 'node:http';

/** What of a request decides whether it may be answered. */
export interface GuardedRequest {
  method: string;
  /** Of the socket. */
  remoteAddress: string | undefined;
  headers: IncomingHttpHeaders;
}

const LOOPBACK = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;
/** Names that DNS is not asked for. */
const HOST = /^(?:localhost|127\.0\.0\.1|\[::1\]):(\d+)$/i;

/** Whether a request comes from this machine, for a name of this machine: not through a proxy, nor by DNS rebinding. */
export function isLocal({remoteAddress = '', headers}: GuardedRequest, port: number): boolean {
  return LOOPBACK.test(remoteAddress) && HOST.exec(headers.host ?? '')?.[1] === String(port);
}

/** Whether it comes from a page of this very server. Every browser says so. */
export function isOwnPage({headers}: GuardedRequest): boolean {
  const {origin, host} = headers;
  if (headers['sec-fetch-site'] !== 'same-origin') return false;
  return origin === undefined || origin === `http://${host}`;
}

/** Whether a person opens it, and no page embeds it. */
export function isNavigation({headers}: GuardedRequest): boolean {
  const mode = headers['sec-fetch-mode'] ?? 'navigate';
  const target = headers['sec-fetch-dest'] ?? 'document';
  return mode === 'navigate' && target === 'document';
}

/** Compares in a time that tells nothing. */
export function isKey(given: string, key: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(key)];
  return one.length === other.length && timingSafeEqual(one, other);
}
