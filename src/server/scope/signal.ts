import {currentScope} from './currentScope.ts';

/**
 * Aborted when nothing waits for the answer any more: the client has gone away, or the deadline of the
 * call (`timeout`) has passed, with a `CallTimeoutError` as its reason. Give it to what takes long:
 * `fetch(url, {signal: signal()})`. It is not aborted when the call ends as it should.
 *
 * @throws Error outside a request
 */
export function signal(): AbortSignal {
  return currentScope('signal()').signal;
}
