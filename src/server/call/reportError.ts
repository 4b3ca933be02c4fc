import {isObject} from '../platform/isObject.ts';
import type {Incoming} from '../request/incoming.ts';
import type {EnteredFunction} from './entry.ts';

/** What `onError` is told beside the error. */
export interface ErrorContext {
  /** The request that failed. */
  request: Request;
  /** The server function, once it is known. */
  id?: string;
  /** Sent to the client in production in place of the error, unless `onError` returns another. */
  digest: string;
}

/**
 * Called with every error: a `RequestError` for each request that was refused, and everything that
 * a server function, or the rendering of its result, throws.
 *
 * @param error what was thrown
 * @param context what is known of the request
 * @returns a text that the client gets as `error.digest`; nothing for `context.digest`. A promise is
 *   not awaited.
 */
export type OnError = (
  error: unknown,
  context: ErrorContext,
) => string | undefined | void | Promise<void>;

/**
 * `onError` of the app, or the log in its place, which is also told what was called: an app's own would
 * carry users' data elsewhere with it.
 */
export type ErrorListener = (
  error: unknown,
  context: ErrorContext,
  called: EnteredFunction | undefined,
) => string | undefined | void | Promise<void>;

/**
 * Reports an error of one call.
 *
 * @param id of the server function that it comes from; default: the one that the request calls, once it is known
 * @returns the digest
 */
export type Report = (error: unknown, id?: string) => string;

/** Reports the errors of one call, each error object once, by however many ways it arrives. */
export function createReport(
  onError: ErrorListener,
  incoming: Incoming,
  called?: EnteredFunction | {id?: string},
): Report {
  let digests: WeakMap<object, string> | undefined;
  return (error, id = called?.id) => {
    const known = isObject(error) ? digests?.get(error) : undefined;
    if (known !== undefined) return known;
    const own = called && 'args' in called && called.id === id ? called : undefined;
    const digest = reportError(onError, error, incoming, id, own);
    if (isObject(error)) (digests ??= new WeakMap()).set(error, digest);
    return digest;
  };
}

/**
 * Gives the digest. Never throws, and leaves no rejection unhandled, so that an error in a logger can
 * neither take the answer away nor end the process.
 */
export function reportError(
  onError: ErrorListener,
  error: unknown,
  incoming: Incoming,
  id?: string,
  called?: EnteredFunction,
): string {
  const digest = randomDigest();
  const context: ErrorContext = {
    get request() {
      return incoming.request;
    },
    ...(id !== undefined && {id}),
    digest,
  };
  try {
    const replaced = onError(error, context, called);
    if (replaced instanceof Promise) replaced.catch(logFailure);
    return typeof replaced === 'string' ? replaced : digest;
  } catch (failure) {
    logFailure(failure);
    return digest;
  }
}

function logFailure(failure: unknown): void {
  console.error('The onError option of the handler failed:', failure);
}

/** Ten digits that are related to the error by the log alone. */
function randomDigest(): string {
  return String(crypto.getRandomValues(new BigUint64Array(1))[0]! % 10_000_000_000n).padStart(
    10,
    '0',
  );
}
