import {ID_HEADER, PAGE_HEADER} from '../../references/protocol.ts';
import type {CookieJar} from './cookieJar.ts';
import {refuse} from '../refusals.ts';
import type {Incoming} from '../request/incoming.ts';

/** Headers that say something about the body of the call, or about the call itself. */
const OF_THE_CALL = [
  'content-encoding',
  'content-length',
  'content-type',
  'transfer-encoding',
  ID_HEADER,
  PAGE_HEADER,
];

/**
 * The page that the caller shows, when it takes one in the answer.
 *
 * @throws {RequestError} `malformed-page` for what is not a path, and so might lead elsewhere
 */
export function readPageUrl(incoming: Incoming): URL | undefined {
  const path = incoming.header(PAGE_HEADER);
  if (path === null) return undefined;
  if (!/^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(path)) throw refuse('malformed-page');
  const url = new URL(path, incoming.url);
  if (url.pathname.startsWith('//')) throw refuse('malformed-page');
  return url;
}

/** A request for the page as the caller's browser would send it after the answer. */
export function pageRequest(
  call: Request,
  {url, cookies, signal}: {url: URL; cookies: CookieJar; signal: AbortSignal},
): Request {
  const headers = new Headers(call.headers);
  for (const name of OF_THE_CALL) headers.delete(name);
  const cookie = cookies.cookieHeader();
  if (cookie === '') headers.delete('cookie');
  else headers.set('cookie', cookie);
  return new Request(url, {headers, signal});
}
