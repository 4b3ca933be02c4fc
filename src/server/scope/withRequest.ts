import {isNodeRequest, NodeIncoming} from '../request/nodeIncoming.ts';
import type {Incoming} from '../request/incoming.ts';
import {WebIncoming} from '../request/webIncoming.ts';
import type {CookieJar} from './cookieJar.ts';
import {runInScope} from './currentScope.ts';
import {RequestScope} from './requestScope.ts';

/** The cookies as the server function of a request left them, for the page that answers it. */
const jars = new WeakMap<object, CookieJar>();

/** Lets the page that answers the same request see the cookies as they are then. */
export function shareCookies({incoming, cookies}: RequestScope): void {
  jars.set(incoming.key, cookies);
}

/** What is used here of Node's `IncomingMessage` and `Http2ServerRequest`. */
export interface NodeRequestLike {
  /** HTTP method. */
  readonly method?: string | undefined;
  /** Path and query. */
  readonly url?: string | undefined;
  /** By name, in lower case. */
  readonly headers: Record<string, string | string[] | undefined>;
  /** Its connection. */
  readonly socket: object;
}

/**
 * Renders a page in the scope of its request: `cookies()` and `headers()` can be read in everything
 * that `render` starts, Server Components included. Call `renderToReadableStream` inside of it.
 *
 * For the request that the handler gives to `render`, `renderPage` and `renderError`, the cookies are
 * as the server function left them. `redirect()` and `notFound()` throw their `Interruption` out of
 * `render`, when they are called before it returns: catch it and answer accordingly.
 *
 * @param request the request for the page: a web `Request`, or that of node:http, Express or Connect
 * @param render what runs in the scope
 * @param options.trustProxy as the handler's option; default: `false`
 * @returns what `render` returns
 * @throws TypeError for what is no request
 */
export function withRequest<T>(
  request: Request | NodeRequestLike,
  render: () => T,
  {trustProxy = false}: {trustProxy?: boolean | undefined} = {},
): T {
  return renderIn(incomingOf(request, 'withRequest: the first argument'), render, trustProxy);
}

/** The same for a request that the handler has received. */
export function renderIn<T>(incoming: Incoming, render: () => T, trustProxy: boolean): T {
  const scope = RequestScope.ofPage(incoming, {trustProxy, cookies: jars.get(incoming.key)});
  return runInScope(scope, render);
}

/**
 * A request of whichever kind, known by what it has: test runners make requests of another realm, and
 * adapters their own.
 *
 * @param what it is, for the error
 * @param nodeRequest what `nodeRequest()` gives for a web `Request`
 * @throws TypeError for what is no request
 */
export function incomingOf(
  request: Request | NodeRequestLike,
  what: string,
  nodeRequest?: object,
): Incoming {
  if (isNodeRequest(request)) return new NodeIncoming(request);
  const {headers, url} = Object(request) as Partial<Request>;
  if (typeof headers?.get === 'function' && typeof url === 'string') {
    return new WebIncoming(request as Request, nodeRequest);
  }
  throw new TypeError(`${what} must be a Request, or the request of node:http.`);
}
