/** What `onError` is told beside the error. */
export interface ErrorContext {
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
 * @returns a text that the client gets as `error.digest`; nothing for `context.digest`. Nobody waits
 *   for a promise.
 */
export type OnError = (
  error: unknown,
  context: ErrorContext,
) => string | undefined | void | Promise<void>;

/**
 * Gives the digest. Never throws, and leaves no rejection unhandled, so that an error in a logger can
 * neither take the answer away nor end the process.
 */
export function reportError(
  onError: OnError,
  error: unknown,
  context: Omit<ErrorContext, 'digest'>,
): string {
  const digest = randomDigest();
  try {
    const replaced = onError(error, {...context, digest});
    if (replaced instanceof Promise) replaced.catch(logFailure);
    return typeof replaced === 'string' ? replaced : digest;
  } catch (failure) {
    logFailure(failure);
    return digest;
  }
}

function logFailure(failure: unknown): void {
  console.error('The onError option of createServerFunctionHandler failed:', failure);
}

/** Ten digits that nobody can relate to the error but through the log. */
function randomDigest(): string {
  return String(crypto.getRandomValues(new BigUint64Array(1))[0]! % 10_000_000_000n).padStart(
    10,
    '0',
  );
}
