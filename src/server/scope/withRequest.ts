import type {CookieJar} from './cookieJar.ts';
import {runInScope} from './currentScope.ts';
import {RequestScope} from './requestScope.ts';

/** The cookies as the server function of a request left them, for the page that answers it. */
const jars = new WeakMap<Request, CookieJar>();

/** Lets the page that answers the same request see the cookies as they are then. */
export function shareCookies({request, cookies}: RequestScope): void {
  jars.set(request, cookies);
}

/**
 * Renders a page in the scope of its request: `cookies()` and `headers()` can be read in everything
 * that `render` starts, Server Components included. Call `renderToReadableStream` inside of it.
 *
 * For the request that the handler gives to `render`, `renderPage` and `renderError`, the cookies are
 * as the server function left them. `redirect()` and `notFound()` throw their `Interruption` out of
 * `render`, when they are called before it returns: catch it and answer accordingly.
 *
 * @param request the request for the page
 * @param render what runs in the scope
 * @param options.trustProxy as the handler's option; default: `false`
 * @returns what `render` returns
 */
export function withRequest<T>(
  request: Request,
  render: () => T,
  {trustProxy = false}: {trustProxy?: boolean} = {},
): T {
  if (!(request instanceof Object) || typeof request.url !== 'string') {
    throw new TypeError('withRequest: the first argument must be a Request.');
  }
  const scope = RequestScope.ofPage(request, {trustProxy, cookies: jars.get(request)});
  return runInScope(scope, render);
}
