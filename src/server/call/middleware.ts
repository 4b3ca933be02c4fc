import {discardResult, handleDroppedRejections} from '../answer/discardResult.ts';
import {ignore} from '../platform/ignore.ts';
import {holdScope} from '../scope/currentScope.ts';

/** What a middleware knows of the call. `cookies()`, `headers()` and the others tell the rest. */
export interface MiddlewareContext {
  /** `$$id` of the server function. */
  readonly id: string;
  /** The request of the call. Its body has been read. */
  readonly request: Request;
}

/**
 * Runs around every server function, after all checks have passed: for authorisation, rate limits, logs.
 *
 * To refuse the call, throw a `RefusalError` before `next()`; `redirect()` and `notFound()` work as in a
 * server function. What it returns takes the place of the result. When it returns nothing, what `next()`
 * gave stands, an error of it too.
 *
 * @param context which function is called, and by which request
 * @param next runs the following middleware, and in the end the server function; gives the result, or
 *   throws what was thrown
 */
export type Middleware = (context: MiddlewareContext, next: () => Promise<unknown>) => unknown;

/**
 * Runs a function inside of all middleware.
 *
 * @param onError told of what fails in a result that a middleware has thrown away
 * @param dropped objects of such results, and of those in their place, that are not looked into again
 * @throws Error for a middleware that calls `next()` twice, or neither calls it nor returns anything
 */
export async function runMiddleware(
  middleware: readonly Middleware[],
  context: MiddlewareContext,
  run: () => unknown,
  onError: (error: unknown) => void,
  dropped?: WeakSet<object>,
): Promise<unknown> {
  const [first, ...rest] = middleware;
  if (!first) return run();
  const inScope = holdScope();
  let following: Promise<unknown> | undefined;
  const next = () => {
    if (following) throw new Error('A middleware called next() twice. Call it once.');
    following = inScope(() => runMiddleware(rest, context, run, onError, dropped));
    // Whether a failure is handled shows when the middleware has ended.
    following.catch(ignore);
    return following;
  };
  try {
    const value = await first(context, next);
    if (value !== undefined) {
      // What it returns may hold parts of the result, so nothing of it is closed.
      following?.then((result) => handleDroppedRejections(result, value, onError, dropped), ignore);
      return value;
    }
  } catch (error) {
    following?.then((dropped) => discardResult(dropped, onError), ignore);
    throw error;
  }
  if (!following) {
    throw new Error(
      `The middleware ${first.name || 'without a name'} neither called next() nor returned or threw anything, so the server function ${context.id} did not run. Write "return next()", or throw a RefusalError.`,
    );
  }
  return following;
}
