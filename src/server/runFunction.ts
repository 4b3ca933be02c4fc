import {discardResult, handleRejections} from './discardResult.ts';
import {RequestError} from './errors.ts';
import {isInterruption, RedirectError, swallowedInterruption} from './interruptions.ts';
import {runInScope, type RequestScope} from './requestScope.ts';

/** How a server function ended. */
export type Outcome = {type: 'returned'; value: unknown} | Interrupted;

/** How it ended without a result. */
export type Interrupted =
  | {type: 'threw'; error: unknown}
  | {type: 'redirected'; redirect: RedirectError}
  | {type: 'not-found'; error: unknown};

/**
 * Runs a server function in the scope of its request, to its end: from then on neither cookies nor
 * redirects can be added, and everything that it revalidated has taken effect.
 *
 * @throws {RequestError} when its captures could not be opened, so that nothing ran
 */
export async function runFunction(scope: RequestScope, run: () => unknown): Promise<Outcome> {
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

/** For what fails in a result that nobody waits for any more. */
export function reporter({onError}: RequestScope): (error: unknown) => void {
  return (error) => onError?.(error);
}

/** How an error ends what threw it: redirect() and notFound() are no failures. */
export function outcomeOf(error: unknown): Interrupted {
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
    if (error === scope.refusal && error instanceof RequestError) throw error;
    return outcomeOf(error);
  }
}

function ignore(): void {}
