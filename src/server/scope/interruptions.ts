import {sharedState} from '../platform/sharedState.ts';
import {checkRedirectTarget} from './redirectTarget.ts';
import {currentScope} from './currentScope.ts';
import {tooLate, type RequestScope} from './requestScope.ts';

/**
 * Thrown by `redirect()` and `notFound()` to end the server function. Let it pass in a `catch`:
 * `if (error instanceof Interruption) throw error;`
 */
export abstract class Interruption extends Error {}

/** Thrown by `redirect()`. */
export class RedirectError extends Interruption {
  override name = 'RedirectError';
  /** A path, or the whole URL of another origin. */
  readonly url: string;
  /** HTTP status of the answer to a form. */
  readonly status: RedirectStatus;

  /**
   * @internal
   * @param url as `redirect()` has checked it
   */
  constructor(url: string, status: RedirectStatus) {
    super(`redirect to ${url}`);
    this.url = url;
    this.status = status;
  }
}

/** Thrown by `notFound()`. */
export class NotFoundError extends Interruption {
  override name = 'NotFoundError';
  /** @internal */
  constructor() {
    super('not found');
  }
}

/** Whether browsers repeat a posted form at the target: with 307 and 308 they do. */
export type RedirectStatus = 302 | 303 | 307 | 308;

/** Options of {@link redirect}. */
export interface RedirectOptions {
  /**
   * Status of the answer to a form without JavaScript.
   * @default 303
   */
  status?: RedirectStatus | undefined;
  /**
   * Allow another origin.
   * @default false
   */
  external?: boolean | undefined;
}

const STATUSES = new Set<unknown>([302, 303, 307, 308]);
/** Only what the two functions below have made is answered as what it says. */
const genuine = sharedState('interruptions', () => new WeakSet<object>());

/**
 * Ends the server function and leads the browser to another page. A form without JavaScript is answered
 * by a redirection; a call makes the client go there, see `onRedirect` of `createCallServer`.
 *
 * It works by throwing. When a `try` around it catches the error and the function then returns as if
 * nothing had happened, the call fails with an error that says so.
 *
 * @param url a path that begins with `/`, or a whole URL of this origin
 * @param options the status, or `{status, external}`
 * @throws RedirectError always
 * @throws TypeError for another origin without `{external: true}`, for a relative path, and for everything that browsers read otherwise than it looks
 */
export function redirect(url: string | URL, options: RedirectStatus | RedirectOptions = {}): never {
  const scope = currentScope('redirect()');
  const {status = 303, external = false} =
    typeof options === 'number' ? {status: options} : options;
  if (!STATUSES.has(status)) {
    throw new TypeError(
      `redirect: the status must be 303, 302, 307 or 308, but is ${String(status)}.`,
    );
  }
  const target = checkRedirectTarget(url, {origin: scope.origin, external});
  return interrupt(scope, 'redirect()', new RedirectError(target, status));
}

/**
 * Ends the server function because what it was asked for does not exist. A form without JavaScript is
 * answered with status 404 through `renderError`; a call rejects with `ServerFunctionNotFoundError`.
 * It works by throwing, as {@link redirect} does.
 *
 * @throws NotFoundError always
 */
export function notFound(): never {
  return interrupt(currentScope('notFound()'), 'notFound()', new NotFoundError());
}

/** Whether `redirect()` or `notFound()` made it. */
export function isInterruption(error: unknown): error is RedirectError | NotFoundError {
  return typeof error === 'object' && error !== null && genuine.has(error);
}

/** What a server function that swallowed its interruption fails with. */
export function swallowedInterruption(interruption: Error, id: string): Error {
  const call =
    interruption instanceof RedirectError
      ? `redirect(${JSON.stringify(interruption.url)})`
      : 'notFound()';
  return new Error(
    `${call} was called in ${id}, but what it throws was caught, and the function went on. Call it after the try block, or begin the catch block with "if (error instanceof Interruption) throw error;" (Interruption is an export of use-server-webpack-plugin/server).`,
    {cause: interruption},
  );
}

function interrupt(scope: RequestScope, helper: string, interruption: Interruption): never {
  const error = tooLate(scope, helper);
  if (error) throw error;
  genuine.add(interruption);
  scope.interrupt(interruption);
  throw interruption;
}
