import {discardResult, handleRejections} from './discardResult.ts';
import {CallTimeoutError, RequestError} from './errors.ts';
import {isInterruption, RedirectError, swallowedInterruption} from './interruptions.ts';
import type {CallLifetime} from './lifetime.ts';
import {runInScope, type RequestScope} from './requestScope.ts';

/** How a server function ended. */
export type Outcome = {type: 'returned'; value: unknown} | Interrupted;

/** How it ended without a result. */
export type Interrupted =
  /** Its captures could not be opened, so that nothing ran. */
  | {type: 'refused'; error: RequestError}
  /** It may still be running. */
  | {type: 'timeout'; error: CallTimeoutError}
  /** The client has gone away; it may still be running. */
  | {type: 'aborted'}
  | Thrown;

/** What an error that was thrown means. */
export type Thrown =
  | {type: 'threw'; error: unknown}
  | {type: 'redirected'; redirect: RedirectError}
  | {type: 'not-found'; error: unknown};

/**
 * Runs a server function in the scope of its request, to its end, or to that of the call: from then on
 * neither cookies nor redirects can be added, and everything that it revalidated has taken effect.
 */
export async function runFunction(
  scope: RequestScope,
  lifetime: CallLifetime,
  run: () => unknown,
): Promise<Outcome> {
  const outcome = await lifetime.race(runToEnd(scope, run), (late) => dropOutcome(late, scope));
  return outcome ?? endedEarly(scope, lifetime);
}

/** How a call ended that did not come to its end. */
export function endedEarly(
  scope: RequestScope,
  {timeoutError}: CallLifetime,
): Extract<Outcome, {type: 'timeout' | 'aborted'}> {
  if (!timeoutError) return {type: 'aborted'};
  scope.phase = 'expired';
  return {type: 'timeout', error: timeoutError};
}

/** Never rejects. */
async function runToEnd(scope: RequestScope, run: () => unknown): Promise<Outcome> {
  const outcome = await settle(scope, run);
  scope.phase = 'answer';
  try {
    await Promise.all(scope.revalidations);
  } catch (error) {
    // A page that shows what is no longer true would be worse than an error.
    if (outcome.type === 'threw') return outcome;
    if (outcome.type === 'returned') discardResult(outcome.value, reporter(scope));
    return {type: 'threw', error};
  }
  return outcome;
}

/** Nobody waits for it any more. */
function dropOutcome(outcome: Outcome, scope: RequestScope): void {
  const report = reporter(scope);
  if (outcome.type === 'returned') discardResult(outcome.value, report);
  else if (outcome.type === 'threw' && !isAbortion(outcome.error, scope.signal)) {
    report(outcome.error);
  }
}

/** Whether a function that was told to stop threw just because of that. */
function isAbortion(error: unknown, {reason}: AbortSignal): boolean {
  // Functions of Node wrap the reason: https://nodejs.org/api/errors.html#class-aborterror
  return error === reason || (error instanceof Error && error.cause === reason);
}

/** For what fails in a result that nobody waits for any more. */
export function reporter({onError}: RequestScope): (error: unknown) => void {
  return (error) => onError?.(error);
}

/** How an error ends what threw it: redirect() and notFound() are no failures. */
export function outcomeOf(error: unknown): Thrown {
  if (!isInterruption(error)) return {type: 'threw', error};
  return error instanceof RedirectError
    ? {type: 'redirected', redirect: error}
    : {type: 'not-found', error};
}

async function settle(scope: RequestScope, run: () => unknown): Promise<Outcome> {
  try {
    const value = await runInScope(scope, run);
    const {interruption} = scope;
    if (interruption) {
      discardResult(value, reporter(scope));
      return {type: 'threw', error: swallowedInterruption(interruption, scope.id)};
    }
    // React reports those that it sends, but it may look at them late, or not at all.
    handleRejections(value, ignore);
    return {type: 'returned', value};
  } catch (error) {
    if (error === scope.refusal && error instanceof RequestError) return {type: 'refused', error};
    return outcomeOf(error);
  }
}

function ignore(): void {}
