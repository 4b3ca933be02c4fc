import {ignore} from '../platform/ignore.ts';
import type {Incoming} from '../request/incoming.ts';
import type {Answer} from './answer.ts';
import {discardResult} from './discardResult.ts';
import type {CallTimeoutError} from '../errors.ts';
import type {RequestError} from '../refusals.ts';
import {
  ADVICE_START,
  END_HEADER,
  ERROR_HEADER,
  FLIGHT_TYPE,
  MODE_HEADER,
  PAGE_HEADER,
  REDIRECT_HEADER,
  type ErrorCode,
} from '../../references/protocol.ts';
import {loadErrorReports} from '../development/errorReports.ts';
import {endRow} from './endRow.ts';
import {renderFlight} from './renderFlight.ts';
import type {RedirectError} from '../scope/interruptions.ts';
import type {CallLifetime} from '../scope/lifetime.ts';
import {isDevelopment, reactIsDevelopment} from '../platform/mode.ts';
import {sitePath} from '../scope/redirectTarget.ts';
import type {TemporaryReferences} from '../decode/temporaryReferences.ts';

export interface RenderContext {
  /** For the client components in the result. */
  clientManifest: object;
  temporaryReferences: TemporaryReferences;
  /** The client asks how the answer ends. */
  wantsEnd: boolean;
  /** Over when the answer has been read. */
  lifetime: CallLifetime;
  /** Gives the digest of an error in the result. */
  onError(error: unknown): string;
}

/** A page that was rendered again, beside the result. */
export interface RenderedPage {
  /** What the client calls it by: path and query. */
  path: string;
  model: Promise<unknown>;
}

/**
 * The answer of a call, streamed: promises and iterables in it go on after the head is sent. Without a
 * page its root is the result, so that the caller's promise settles as the function did; with a page
 * the root is `{result, page}`.
 */
export function callAnswer(
  outcome: {value: unknown} | {error: unknown},
  page: RenderedPage | undefined,
  context: RenderContext,
): Answer {
  const failed = 'error' in outcome;
  const status = failed ? 500 : 200;
  const result = failed ? rejected(shownError(outcome.error)) : outcome.value;
  if (!page) return flightAnswer(status, result, context, {});
  const shownPage = page.model.catch((error: unknown) => {
    throw shownError(error);
  });
  shownPage.catch(ignore);
  // A promise, so that a result which cannot be sent does not take the page with it.
  const model = {result: Promise.resolve(result), page: shownPage};
  return flightAnswer(status, model, context, {[PAGE_HEADER]: page.path});
}

/** Tells the client of a call to go elsewhere. A 3xx would be followed by `fetch` itself. */
export function callRedirectAnswer({url}: RedirectError): Answer {
  return {status: 204, headers: {[REDIRECT_HEADER]: url, 'Cache-Control': 'no-store'}};
}

/** Leads a browser without JavaScript elsewhere. */
export function redirectAnswer({url, status}: RedirectError): Answer {
  return {status, headers: {Location: url, 'Cache-Control': 'no-store'}};
}

/** The server function called `notFound()`. */
export function notFoundAnswer(): Answer {
  return failedAnswer(404, NOT_FOUND, 'not-found');
}

export const NOT_FOUND = 'What was asked for does not exist.';

/** A request that was refused. In development the answer also has what would make it pass. */
export async function refusalAnswer({
  status,
  code,
  message,
  headers,
}: RequestError): Promise<Answer> {
  const reports = isDevelopment ? await loadErrorReports() : undefined;
  const advice = reports?.refusalAdvice(code);
  return textAnswer(status, advice === undefined ? message : message + ADVICE_START + advice, {
    ...headers,
    [ERROR_HEADER]: code,
    ...(advice !== undefined && {[MODE_HEADER]: 'development'}),
  });
}

/** The deadline has passed before the server function ended. */
export function timeoutAnswer({status, code, message}: CallTimeoutError): Answer {
  return failedAnswer(status, message, code);
}

/** For a client that is gone. The status is nginx's for it, and seen by logs alone. */
export function abortedAnswer(): Answer {
  return failedAnswer(499, 'The client has gone away.', 'aborted');
}

/** Something of the server's own failed where no Flight answer is expected. */
export function failureAnswer(error: unknown, digest: string): Answer {
  return failedAnswer(500, failureMessage(error, digest), 'server-function-failed');
}

/** What people may read of an error. */
export function failureMessage(error: unknown, digest: string): string {
  return isDevelopment ? describe(error) : `The server function failed. Digest: ${digest}`;
}

/** Shows the page again after a form was posted, so that a reload does not post it twice. */
export function seeSamePage({url}: Incoming): Answer {
  return {
    status: 303,
    headers: {Location: sitePath(new URL(url)), 'Cache-Control': 'no-store'},
  };
}

function flightAnswer(
  status: number,
  model: unknown,
  context: RenderContext,
  headers: Record<string, string>,
): Answer {
  const {lifetime} = context;
  let timeoutDigest: string | undefined;
  const rendered = renderFlight(model, context.clientManifest, lifetime, {
    temporaryReferences: context.temporaryReferences,
    endRow: context.wantsEnd ? endRow : undefined,
    ...(isDevelopment ? {} : WITHOUT_STACKS),
    onError(shown) {
      const error = HiddenError.reveal(shown);
      if (!lifetime.aborted) return context.onError(error);
      // What React reports because the answer is not read any more is not an error of the result. The deadline is
      // one, and React reports it for each of what it stops.
      if (error !== (lifetime.timeoutError ?? NONE)) return '';
      return (timeoutDigest ??= context.onError(error));
    },
  });
  lifetime.onAbort(() => discardResult(model, ignore));
  return {
    status,
    body: rendered,
    headers: {
      'Content-Type': FLIGHT_TYPE,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...(context.wantsEnd && {[END_HEADER]: 'row'}),
      ...headers,
      // For a client of the other mode, which could not read the stream.
      ...(reactIsDevelopment && {[MODE_HEADER]: 'development'}),
    },
  };
}

/** React's development build would send the places in the source that an error went through. */
const WITHOUT_STACKS = {filterStackFrame: () => false};

/** Stands for an error of which React's development build would send the message. */
class HiddenError extends Error {
  override name = 'Error';
  /** Private, because React sends every own property that an error is known to have, the cause among them. */
  readonly #hidden: unknown;

  constructor(hidden: unknown) {
    super('The server function failed. The server has logged the error.');
    this.#hidden = hidden;
  }

  static reveal(error: unknown): unknown {
    return error instanceof HiddenError ? error.#hidden : error;
  }
}

/** What React is given of an error: its production build sends nothing of it but the digest. */
function shownError(error: unknown): unknown {
  if (isDevelopment || !reactIsDevelopment) return error;
  return new HiddenError(error);
}

/** Equals no error. */
const NONE = Symbol('none');

/** React looks at it a moment later; until then Node would take it for unhandled. */
function rejected(reason: unknown): Promise<never> {
  const promise = Promise.reject(reason);
  promise.catch(ignore);
  return promise;
}

function failedAnswer(status: number, text: string, code: ErrorCode): Answer {
  return textAnswer(status, text, {[ERROR_HEADER]: code});
}

function textAnswer(status: number, text: string, headers: Record<string, string>): Answer {
  return {
    status,
    body: text,
    headers: {
      'Content-Type': 'text/plain;charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  };
}

function describe(error: unknown): string {
  try {
    return error instanceof Error ? (error.stack ?? String(error)) : String(error);
  } catch {
    return 'Something was thrown that cannot be made a text.';
  }
}
