import {
  END_HEADER,
  ERROR_HEADER,
  FLIGHT_TYPE,
  MODE_HEADER,
  PAGE_HEADER,
  REDIRECT_HEADER,
  type ErrorCode,
  type RefusalCode,
} from '../references/protocol.ts';
import {
  OtherBuildError,
  ServerFunctionNotFoundError,
  ServerFunctionRedirect,
  ServerFunctionRequestError,
  ServerFunctionTimeoutError,
  UnknownServerFunctionError,
} from './errors.ts';
import {unexpectedResponse} from './unexpectedResponse.ts';

/** Longer texts are not messages. */
const MAX_MESSAGE = 500;

interface Refusal {
  type: typeof ServerFunctionRequestError;
  message: (id: string) => string;
}

/** The refusals that apps tell apart by type. */
const REFUSALS: {[Code in ErrorCode]?: Refusal} = {
  'unknown-function': {
    type: UnknownServerFunctionError,
    message: (id) =>
      `The server function ${id} is not on the server: this page belongs to another build, or the function was removed. Reload the page.`,
  },
  'not-compiled': {
    type: ServerFunctionRequestError,
    message: (id) =>
      `The server could not call the server function ${id}, because it has loaded the module without compiling it.${advice(
        ' Start it with: node --conditions react-server --import use-server-webpack-plugin/register',
      )}`,
  },
  'no-manifest': {
    type: UnknownServerFunctionError,
    message: (id) =>
      `The server function ${id} is not on the server, which has no manifest: webpack has not written it, or to another place than the server reads. The log of the server has the path.`,
  },
  'outdated-manifest': {
    type: UnknownServerFunctionError,
    message: (id) =>
      `The server function ${id} is in the code of the server, but not in its manifest, which an older webpack build has written. Run webpack again, or let it run while you work: npx webpack --watch`,
  },
  'outdated-module': {
    type: UnknownServerFunctionError,
    message: (id) =>
      `The server function ${id} is not on the server yet: its module was changed after the server had started. Start the server again, or let Node do that: node --watch`,
  },
  'other-build': {
    type: OtherBuildError,
    message: (id) =>
      `The page is from another build than the server, in which the server function ${id} captured other variables. Reload the page.`,
  },
  'invalid-captures': {
    type: OtherBuildError,
    message: (id) =>
      `The server cannot read the variables that the server function ${id} captured for this page: they were encrypted with another key, or for another user. Reload the page.`,
  },
  'expired-captures': {
    type: OtherBuildError,
    message: (id) =>
      `The page was open for too long: the variables that the server function ${id} captured for it have expired. Reload the page.`,
  },
  'not-found': {
    type: ServerFunctionNotFoundError,
    message: (id) => `The server function ${id} was asked for something that does not exist.`,
  },
  timeout: {
    type: ServerFunctionTimeoutError,
    message: (id) => `The server function ${id} did not end in the time that the server gives it.`,
  },
};

/** What the handler says of functions that ran. Any other code is a refusal: nothing ran. */
const AFTER_RUNNING: ReadonlySet<string> = new Set<Exclude<ErrorCode, RefusalCode>>([
  'aborted',
  'not-found',
  'server-function-failed',
  'timeout',
]);

/** What helps who writes the app, and is nothing for its users. */
function advice(text: string): string {
  return process.env['NODE_ENV'] === 'production' ? '' : text;
}

/** A Flight stream, and what its root is. */
export interface Answer {
  response: Response;
  /** The page whose model is beside the result; without it the root is the result. */
  page: URL | undefined;
  /** Whether the last row tells that the stream is complete. */
  hasEndRow: boolean;
}

/**
 * What the handler answered.
 *
 * @throws {ServerFunctionRedirect}
 * @throws {ServerFunctionNotFoundError}
 * @throws {ServerFunctionTimeoutError}
 * @throws {UnknownServerFunctionError}
 * @throws {OtherBuildError}
 * @throws {UnexpectedResponseError} for what does not come from the handler
 * @throws {ServerFunctionRequestError} for any other refusal
 */
export async function readAnswer(response: Response, id: string): Promise<Answer> {
  const {headers, body} = response;
  if (mediaType(headers) === FLIGHT_TYPE) {
    await refuseDevelopmentServer(response, id);
    return {
      response,
      page: readUrl(response, PAGE_HEADER),
      hasEndRow: headers.has(END_HEADER),
    };
  }

  const redirect = readUrl(response, REDIRECT_HEADER);
  if (redirect) throw new ServerFunctionRedirect(id, response, redirect);
  const code = headers.get(ERROR_HEADER);
  if (code === null) {
    await body?.cancel();
    throw unexpectedResponse(response, id);
  }
  // The headers say enough when the connection breaks.
  const text = (await response.text().catch(() => '')).slice(0, MAX_MESSAGE);
  const mayHaveRun = AFTER_RUNNING.has(code);
  if (Object.hasOwn(REFUSALS, code)) {
    const {type, message} = REFUSALS[code as ErrorCode]!;
    throw new type(message(id), {id, code, mayHaveRun, response});
  }
  throw new ServerFunctionRequestError(
    `The server did not call the server function ${id}: ${text}`,
    {id, code, mayHaveRun, response},
  );
}

/** Names of media types are the same in any case: RFC 9110, section 8.3.1. */
function mediaType(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
}

/** A URL in a header, relative to what answered; `undefined` for what is none, which is not the handler's. */
function readUrl({headers, url}: Response, name: string): URL | undefined {
  const value = headers.get(name);
  const base = url === '' ? globalThis.location?.href : url;
  if (value === null || !URL.canParse(value, base)) return undefined;
  const absolute = new URL(value, base);
  return /^https?:$/.test(absolute.protocol) ? absolute : undefined;
}

/**
 * React's production client cannot read what its development server writes, and says so by a number
 * only. The other way round works.
 */
async function refuseDevelopmentServer(response: Response, id: string): Promise<void> {
  const {headers, body} = response;
  if (process.env['NODE_ENV'] !== 'production' || headers.get(MODE_HEADER) !== 'development') {
    return;
  }
  await body?.cancel();
  throw new ServerFunctionRequestError(
    'This page was built for production, but the server runs the development build of React. Start the server with NODE_ENV=production, or build the page with mode "development".',
    {id, code: 'development-server', response},
  );
}
