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
    return outcome.type === 'threw' ? outcome : {type: 'threw', error};
  }
  return outcome;
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
    return interruption
      ? {type: 'threw', error: swallowedInterruption(interruption, scope.id)}
      : {type: 'returned', value};
  } catch (error) {
    if (error === scope.refusal && error instanceof RequestError) throw error;
    return outcomeOf(error);
  }
}
