import {ServerFunctionRequestError, UnknownServerFunctionError} from './errors.ts';

/** Longer texts are not messages. */
const MAX_MESSAGE = 500;
const UNKNOWN_CODES = new Set(['unknown-function', 'not-a-server-function']);

/**
 * The Flight stream of an answer.
 *
 * @throws {UnknownServerFunctionError}
 * @throws {ServerFunctionRequestError} for a refusal, and for everything that is not a Flight stream
 */
export async function readAnswer(
  response: Response,
  id: string,
): Promise<ReadableStream<Uint8Array>> {
  const {status, headers, body} = response;
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('text/x-component') && body) {
    await refuseDevelopmentServer(response, id);
    return body;
  }

  const code = headers.get('x-action-error');
  if (code === null) {
    await body?.cancel();
    throw new ServerFunctionRequestError(
      `The server function ${id} could not be called: ${response.url || 'the endpoint'} answered with status ${status} and ${type || 'no content type'} instead of text/x-component. Does createServerFunctionHandler answer there?`,
      {id, status, code: 'unexpected-response'},
    );
  }
  const text = (await response.text()).slice(0, MAX_MESSAGE);
  if (UNKNOWN_CODES.has(code)) {
    throw new UnknownServerFunctionError(
      `The server function ${id} is not on the server: this page belongs to another build, or the function was removed. Reload the page.`,
      {id, status, code},
    );
  }
  throw new ServerFunctionRequestError(
    `The server did not call the server function ${id}: ${text}`,
    {id, status, code},
  );
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
