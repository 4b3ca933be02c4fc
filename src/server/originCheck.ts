import {CrossSiteError} from './errors.ts';

export interface OriginPolicy {
  /** Origins beside the server's own that may call, as browsers write them: `https://app.example`. */
  allowedOrigins: ReadonlySet<string>;
  /** Believe `X-Forwarded-Host` and `X-Forwarded-Proto`. */
  trustProxy: boolean;
}

/**
 * Refuses requests that another site made a browser send.
 *
 * `Sec-Fetch-Site` decides where there is one: every current browser sends it, and no page can forge
 * it. Else the whole `Origin` must be the server's: scheme, host and port. A request with neither
 * header does not come from a current browser; it needs the header `X-Action-Id`, which no form can
 * send, and which a script of another site can only send after a CORS preflight that is never granted.
 *
 * @throws {CrossSiteError}
 */
export function checkOrigin(request: Request, policy: OriginPolicy): void {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (site === 'same-origin' || site === 'none') return;
  if (origin !== null && policy.allowedOrigins.has(origin)) return;
  if (site !== null) throw new CrossSiteError();
  if (origin !== null) {
    // `null` and malformed origins equal no origin of a server.
    if (origin === serverOrigin(request, policy.trustProxy)) return;
    throw new CrossSiteError();
  }
  if (!request.headers.has('x-action-id')) throw new CrossSiteError();
}

/**
 * Checks the option `allowedOrigins`.
 *
 * @throws TypeError for what no browser would send as an `Origin`
 */
export function parseAllowedOrigins(origins: readonly string[]): ReadonlySet<string> {
  for (const origin of origins) {
    const url = URL.canParse(origin) ? new URL(origin) : undefined;
    if (url?.origin !== origin || origin === 'null') {
      throw new TypeError(
        `allowedOrigins: ${JSON.stringify(origin)} is not an origin. Write scheme, host and port as browsers do, without a path: "https://app.example", "http://localhost:3000".`,
      );
    }
  }
  return new Set(origins);
}

/**
 * The origin of this server as the browser sees it.
 *
 * @returns `undefined` when forwarded headers are believed and malformed
 */
export function serverOrigin(request: Request, trustProxy: boolean): string | undefined {
  const url = new URL(request.url);
  if (!trustProxy) return url.origin;
  // The first value is what the proxy nearest to the browser saw.
  const host = firstValue(request.headers.get('x-forwarded-host')) ?? url.host;
  const scheme = firstValue(request.headers.get('x-forwarded-proto')) ?? url.protocol.slice(0, -1);
  const forwarded = `${scheme}://${host}`;
  return URL.canParse(forwarded) ? new URL(forwarded).origin : undefined;
}

function firstValue(header: string | null): string | undefined {
  return header?.split(',')[0]?.trim() || undefined;
}
