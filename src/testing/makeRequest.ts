import {stringifyCookie} from 'cookie';

/** What a request is made of. */
export interface MadeRequest {
  /**
   * Its URL, or a path of `http://localhost`.
   * @default 'http://localhost/'
   */
  url?: string | URL | undefined;
  /**
   * Its method.
   * @default 'POST'
   */
  method?: string | undefined;
  /** Its headers. */
  headers?: HeadersInit | undefined;
  /** Cookies that the browser sends, by name. */
  cookies?: Record<string, string> | undefined;
  /** Aborted when the client goes away. */
  signal?: AbortSignal | undefined;
}

/**
 * Makes a web `Request`, or what has the members that are used of one, where a test environment has none.
 *
 * Headers and signal are not left to the class: that of happy-dom refuses the header `Cookie`, and that of
 * Node a signal of jsdom.
 *
 * @throws TypeError for a malformed URL, header or cookie
 */
export function makeRequest({
  url = '/',
  method = 'POST',
  headers: init,
  cookies,
  signal = new AbortController().signal,
}: MadeRequest): Request {
  const {href} = new URL(url, 'http://localhost');
  const headers = new Headers(init);
  if (cookies) headers.set('cookie', withCookies(headers.get('cookie'), cookies));
  const request =
    typeof Request === 'function'
      ? new Request(href, {method})
      : {url: href, method, bodyUsed: false};
  return Object.defineProperties(request, {
    headers: {value: headers},
    signal: {value: signal},
  }) as Request;
}

/** Not left to `Headers.append()`, which joins by a comma in some environments. */
function withCookies(header: string | null, cookies: Record<string, string>): string {
  return [header, stringifyCookie(cookies)].filter(Boolean).join('; ');
}
