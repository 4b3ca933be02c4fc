import {ID_HEADER} from '../../references/protocol.ts';
import type {HostCheck} from '../../references/allowedHosts.ts';
import {refuse} from '../refusals.ts';
import type {Incoming} from './incoming.ts';

export interface OriginPolicy {
  /** Whether another origin than the server's own may call. */
  allows: (origin: string) => boolean;
  /** Whether this server answers for a host; without it for every one. */
  allowsHost?: HostCheck | undefined;
  /** Believe `X-Forwarded-Host` and `X-Forwarded-Proto`. */
  trustProxy: boolean;
}

/**
 * Refuses requests that another site made a browser send.
 *
 * The host comes first: a page whose own name was made to lead to this server (DNS rebinding) is of one
 * origin with it for the browser, and its requests look like the server's own but for that name.
 *
 * `Sec-Fetch-Site` decides where there is one: every current browser sends it, and no page can forge
 * it. Else the whole `Origin` must be the server's: scheme, host and port. A request with neither
 * header does not come from a current browser; it needs the header `X-Action-Id`, which no form can
 * send, and which a script of another site can only send after a CORS preflight that is never granted.
 * So a form without JavaScript, of a browser that sends neither, is refused.
 *
 * An origin is compared as a whole text, so that a header which was sent twice (`a, a`), `null`, and all
 * that is malformed belongs to no one.
 *
 * @throws {RequestError} `foreign-host`, `cross-site`, `missing-origin`
 */
export function checkOrigin(incoming: Incoming, policy: OriginPolicy): void {
  const {allowsHost, trustProxy} = policy;
  if (allowsHost && !allowsHost(shownHost(incoming, trustProxy))) throw refuse('foreign-host');
  const site = incoming.header('sec-fetch-site');
  const origin = incoming.header('origin');
  if (site === 'same-origin' || site === 'none') return warnOfProxy(incoming, origin, policy);
  if (origin !== null && policy.allows(origin)) return;
  if (site !== null) throw refuse('cross-site');
  if (origin !== null) {
    if (origin === serverOrigin(incoming, policy.trustProxy)) return;
    throw refuse('cross-site');
  }
  if (incoming.header(ID_HEADER) === null) throw refuse('missing-origin');
}

/**
 * The origin of this server as the browser sees it.
 *
 * @returns `undefined` when it has none: the scheme is not one of web pages, or forwarded headers are
 *   believed and malformed
 */
export function serverOrigin(incoming: Incoming, trustProxy: boolean): string | undefined {
  const url = new URL(incoming.url);
  if (!trustProxy) return originOf(url);
  // The first value is what the proxy nearest to the browser saw.
  const host = forwardedHost(incoming) ?? url.host;
  const scheme = firstValue(incoming.header('x-forwarded-proto')) ?? url.protocol.slice(0, -1);
  const forwarded = `${scheme}://${host}`;
  if (!URL.canParse(forwarded)) return undefined;
  const shown = new URL(forwarded);
  // With a user name or a path it is no host.
  return shown.href === `${shown.origin}/` ? originOf(shown) : undefined;
}

/** The host as the browser sees it. Adapters make the URL of the header `Host`, and not all keep both. */
export function shownHost(incoming: Incoming, trustProxy: boolean): string {
  const forwarded = trustProxy ? forwardedHost(incoming) : undefined;
  return forwarded ?? incoming.header('host') ?? new URL(incoming.url).host;
}

function forwardedHost(incoming: Incoming): string | undefined {
  return firstValue(incoming.header('x-forwarded-host'));
}

/** Not `null`, which browsers send for pages that they trust with nothing. */
function originOf({origin}: URL): string | undefined {
  return origin === 'null' ? undefined : origin;
}

function firstValue(header: string | null): string | undefined {
  return header?.split(',')[0]?.trim() || undefined;
}

let hasWarned = false;

/** Warns once of a proxy that ends TLS in front of a server that does not know of it. */
function warnOfProxy(incoming: Incoming, origin: string | null, {trustProxy}: OriginPolicy): void {
  if (hasWarned || trustProxy || !origin?.startsWith('https:')) return;
  if (!incoming.url.startsWith('http:')) return;
  hasWarned = true;
  console.warn(
    'A browser shows this server as https:, but requests reach it as http:. There is a proxy in front: let it set X-Forwarded-Host and X-Forwarded-Proto, and give the handler (and withRequest) the option trustProxy: true. Until then cookies that pages set are not Secure, and redirect() takes whole URLs of this site for foreign ones.',
  );
}
