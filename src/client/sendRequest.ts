import {ServerFunctionNetworkError} from './errors.ts';
import {unreadableRedirect} from './unexpectedResponse.ts';

/**
 * Sends a call.
 *
 * `fetch` cannot tell a redirect to another origin, such as a page to log in, from a lost network, because
 * scripts may not read what answers there. So the request stops at a redirect at first, and is sent again to
 * follow it: nothing but a redirect has answered it by then.
 *
 * @throws {ServerFunctionNetworkError} when nothing answered
 * @throws {TypeError} when the endpoint is a path, and there is no page that it belongs to
 * @throws {UnexpectedResponseError} when it was redirected to what scripts may not read
 */
export async function sendRequest(
  fetch: typeof globalThis.fetch,
  endpoint: string | URL,
  id: string,
  init: RequestInit,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(endpoint, {...init, redirect: 'manual'});
  } catch (cause) {
    const isPath = fetch === globalThis.fetch && !URL.canParse(String(endpoint));
    if (isPath && !globalThis.location) throw needsUrl(endpoint, cause);
    throw new ServerFunctionNetworkError(
      `The server function ${id} could not be called: there was no answer from ${endpoint}.`,
      {id, code: 'network', cause},
    );
  }
  if (!isRedirect(response)) return response;
  try {
    return await fetch(endpoint, init);
  } catch (cause) {
    throw unreadableRedirect(id, cause);
  }
}

/** Browsers hide what a redirect says, other runtimes do not. */
function isRedirect({type, status, headers}: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && headers.has('location'));
}

function needsUrl(endpoint: string | URL, cause: unknown): TypeError {
  return new TypeError(
    `createCallServer: outside of a browser there is no page that the endpoint "${endpoint}" belongs to. Give it a whole URL: createCallServer({endpoint: 'https://example.com${endpoint}'}).`,
    {cause},
  );
}
