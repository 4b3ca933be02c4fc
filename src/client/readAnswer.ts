import {
  OtherBuildError,
  ServerFunctionNotFoundError,
  ServerFunctionRedirect,
  ServerFunctionRequestError,
  ServerFunctionTimeoutError,
  UnknownServerFunctionError,
} from './errors.ts';

/** Longer texts are not messages. */
const MAX_MESSAGE = 500;
const UNKNOWN_CODES = new Set(['unknown-function']);

/** A Flight stream, and what its root is. */
export interface Answer {
  body: ReadableStream<Uint8Array>;
  /** The page whose model is beside the result; without it the root is the result. */
  page: URL | undefined;
}

/**
 * What the handler answered.
 *
 * @throws {ServerFunctionRedirect}
 * @throws {ServerFunctionNotFoundError}
 * @throws {ServerFunctionTimeoutError}
 * @throws {UnknownServerFunctionError}
 * @throws {OtherBuildError}
 * @throws {ServerFunctionRequestError} for a refusal, and for everything that is not a Flight stream
 */
export async function readAnswer(response: Response, id: string): Promise<Answer> {
  const {status, headers, body} = response;
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('text/x-component') && body) {
    await refuseDevelopmentServer(response, id);
    return {body, page: readUrl(response, 'x-action-page')};
  }

  const redirect = readUrl(response, 'x-action-redirect');
  if (redirect) throw new ServerFunctionRedirect(id, status, redirect);
  const code = headers.get('x-action-error');
  if (code === null) {
    await body?.cancel();
    throw new ServerFunctionRequestError(
      `The server function ${id} could not be called: ${response.url || 'the endpoint'} answered with status ${status} and ${type || 'no content type'} instead of text/x-component. Does createServerFunctionHandler answer there?`,
      {id, status, code: 'unexpected-response'},
    );
  }
  // The headers say enough when the connection breaks.
  const text = (await response.text().catch(() => '')).slice(0, MAX_MESSAGE);
  if (UNKNOWN_CODES.has(code)) {
    throw new UnknownServerFunctionError(
      `The server function ${id} is not on the server: this page belongs to another build, or the function was removed. Reload the page.`,
      {id, status, code},
    );
  }
  if (code === 'not-found') {
    throw new ServerFunctionNotFoundError(
      `The server function ${id} was asked for something that does not exist.`,
      {id, status, code},
    );
  }
  if (code === 'other-build') {
    throw new OtherBuildError(
      `The page is from another build than the server, in which the server function ${id} captured other variables. Reload the page.`,
      {id, status, code},
    );
  }
  if (code === 'timeout') {
    throw new ServerFunctionTimeoutError(
      `The server function ${id} did not end in the time that the server gives it.`,
      {id, status, code},
    );
  }
  throw new ServerFunctionRequestError(
    `The server did not call the server function ${id}: ${text}`,
    {id, status, code},
  );
}

/** A URL in a header, relative to what answered. */
function readUrl({headers, url}: Response, name: string): URL | undefined {
  const value = headers.get(name);
  if (value === null) return undefined;
  const base = url === '' ? globalThis.location?.href : url;
  const absolute = new URL(value, base);
  return /^https?:$/.test(absolute.protocol) ? absolute : undefined;
}

/**
 * React's production client cannot read what its development server writes, and says so by a number
 * only. The other way round works.
 */
async function refuseDevelopmentServer(
  {status, headers, body}: Response,
  id: string,
): Promise<void> {
  if (process.env['NODE_ENV'] !== 'production' || headers.get('x-action-mode') !== 'development') {
    return;
  }
  await body?.cancel();
  throw new ServerFunctionRequestError(
    'This page was built for production, but the server runs the development build of React. Start the server with NODE_ENV=production, or build the page with mode "development".',
    {id, status, code: 'development-server'},
  );
}
