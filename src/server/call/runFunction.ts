import {discardResult, handleRejections} from '../answer/discardResult.ts';
import type {CallTimeoutError} from '../errors.ts';
import {RequestError} from '../refusals.ts';
import {isInterruption, RedirectError, swallowedInterruption} from '../scope/interruptions.ts';
import type {HandlerConfig} from '../handlerOptions.ts';
import type {CallLifetime} from './lifetime.ts';
import {runMiddleware} from './middleware.ts';
import {reportCall} from './callReport.ts';
import {runInScope, type RequestScope} from '../scope/requestScope.ts';
import {opensCaptures} from '../captures/sealedExports.ts';

/** How a server function ended. */
export type Outcome = {type: 'returned'; value: unknown} | Interrupted;

/** How it ended without a result. */
export type Interrupted =
  /** Its captures could not be opened, or a middleware refused the call, so that it did not run. */
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

/** A server function that has passed every check, and what belongs to its call. */
export interface FunctionCall {
  serverFunction: (...args: any[]) => unknown;
  /** Runs it with the arguments of the call. */
  run: () => unknown;
  scope: RequestScope;
  lifetime: CallLifetime;
  config: HandlerConfig;
}

/**
 * Runs a server function and the middleware around it in the scope of its request, to its end, or to
 * that of the call: from then on neither cookies nor redirects can be added, and everything that it
 * revalidated has taken effect.
 */
export async function runFunction(call: FunctionCall): Promise<Outcome> {
  const {scope, lifetime, config} = call;
  const start = performance.now();
  const drop = (late: Outcome) => dropOutcome(late, scope);
  const outcome = (await lifetime.race(runToEnd(call), drop)) ?? endedEarly(scope, lifetime);
  if (config.onCall) {
    reportCall(config.onCall, {
      id: scope.id!,
      request: scope.request,
      duration: performance.now() - start,
      outcome: outcome.type,
      ...('error' in outcome && {error: outcome.error}),
    });
  }
  return outcome;
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
async function runToEnd(call: FunctionCall): Promise<Outcome> {
  const {scope} = call;
  const outcome = await settle(call);
  scope.phase = 'answer';
  if (scope.revalidations.length === 0) return outcome;
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

async function settle(call: FunctionCall): Promise<Outcome> {
  const {scope} = call;
  const entry = enterFunction(call);
  try {
    const value = await runInScope(scope, entry.run);
    const {interruption} = scope;
    if (interruption) {
      discardResult(value, reporter(scope));
      return {type: 'threw', error: swallowedInterruption(interruption, scope.id)};
    }
    // React reports those that it sends, but it may look at them late, or not at all.
    handleRejections(value, ignore);
    return {type: 'returned', value};
  } catch (error) {
    if (error instanceof RequestError && (error === scope.refusal || !entry.hasRun())) {
      return {type: 'refused', error};
    }
    return outcomeOf(error);
  }
}

/** Puts the middleware around the function, and tells whether the function itself has run. */
function enterFunction({
  serverFunction,
  run,
  scope,
  lifetime,
  config: {middleware},
}: FunctionCall): {
  run: () => unknown;
  hasRun: () => boolean;
} {
  if (middleware.length === 0) return {run, hasRun: () => true};
  let hasRun = false;
  const around = (inner: () => unknown) =>
    runMiddleware(
      middleware,
      {id: scope.id!, request: scope.request},
      async () => {
        // The answer is gone, and has said that the function had not ended.
        if (lifetime.timeoutError) throw lifetime.timeoutError;
        if (scope.phase !== 'function') throw reported(answeredBefore(scope), scope);
        hasRun = true;
        const value = await inner();
        // Here as well, as middleware may take its time.
        handleRejections(value, ignore);
        return value;
      },
      reporter(scope),
    );
  const entry = {hasRun: () => hasRun};
  if (!opensCaptures(serverFunction)) return {...entry, run: () => around(run)};
  scope.afterOpening = around;
  return {...entry, run};
}

/** The answer may have been a refusal, which says that nothing ran. */
function answeredBefore({id}: RequestScope): Error {
  return new Error(
    `The server function ${id} did not run: a middleware ended the call while one that follows it was still at work. Write "await next()", or "return next()".`,
  );
}

/** For an error that nobody may be waiting for. */
function reported(error: Error, scope: RequestScope): Error {
  reporter(scope)(error);
  return error;
}

function ignore(): void {}
