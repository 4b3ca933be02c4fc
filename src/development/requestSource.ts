import type {IncomingMessage} from 'node:http';
import type {HostCheck} from '../references/allowedHosts.ts';

/**
 * The first host of a request that is not one of this server's.
 *
 * A request may name several: RFC 9112, 3.2.2 has the one in an absolute target outrank `Host`, and
 * HTTP/2 has `:authority`.
 *
 * @returns `undefined` when all are allowed, and `''` for a request without a host
 */
export function foreignHost(request: IncomingMessage, allows: HostCheck): string | undefined {
  const {url = '', headers} = request;
  const hosts = [authorityOf(url), headers[':authority'] as string | undefined, headers.host];
  const given = hosts.filter((host) => host !== undefined);
  return given.length === 0 && !allows(undefined) ? '' : given.find((host) => !allows(host));
}

/** The path and the query of a request's target, which may be a whole URL. */
export function originForm(target: string): string {
  const authority = authorityOf(target);
  if (authority === undefined) return target;
  const rest = target.slice(target.indexOf('://') + 3 + authority.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/**
 * Whether a script of another origin may be what reads the answer. Only the page itself reads a page that
 * is navigated to. CORS headers, which dev servers are often told to send with everything, give
 * such a script no right to know what is wrong with the sources.
 */
export function isFromOtherOrigin({headers}: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) {
    const isOwn = site === 'same-origin' || site === 'none';
    return !isOwn && headers['sec-fetch-dest'] !== 'document';
  }
  const {origin} = headers;
  if (origin === undefined) return false;
  const host = (headers[':authority'] as string | undefined) ?? headers.host ?? '';
  return !URL.canParse(origin) || new URL(origin).host !== host.toLowerCase();
}

/** `http://host:80/path`: only what is sent to a proxy is written so, but servers have to take it. */
function authorityOf(target: string): string | undefined {
  return /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1];
}
