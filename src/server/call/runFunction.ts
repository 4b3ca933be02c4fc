import {discardResult, handleRejections} from '../answer/discardResult.ts';
import {RequestTokens} from '../captures/requestTokens.ts';
import type {PassedFunctions} from '../decode/passedFunctions.ts';
import type {CallTimeoutError} from '../errors.ts';
import type {HandlerConfig} from '../handlerConfig.ts';
import {ignore} from '../platform/ignore.ts';
import {isThenable} from '../platform/maybePromise.ts';
import {RequestError} from '../refusals.ts';
import {isInterruption, RedirectError, swallowedInterruption} from '../scope/interruptions.ts';
import type {CallLifetime} from '../scope/lifetime.ts';
import type {RequestScope} from '../scope/requestScope.ts';
import {reportCall, type OnCall} from './callReport.ts';
import {Entry, type EnteredFunction} from './entry.ts';
import {isAbortion, PassedCalls} from './passedCalls.ts';
import type {Report} from './reportError.ts';

/** How a server function ended. */
export type Outcome = {type: 'returned'; value: unknown} | Interrupted;

/** How it ended without a result. */
export type Interrupted =
  /** Captures could not be opened, or a middleware refused the call, so that it did not run. */
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

/** A server function that has passed every check of its request, and what belongs to its call. */
export interface FunctionCall {
  entered: EnteredFunction;
  /** The server functions among its arguments. */
  passed: PassedFunctions;
  scope: RequestScope;
  lifetime: CallLifetime;
  report: Report;
  config: HandlerConfig;
}

/**
 * Runs a server function and the middleware around it in the scope of its request, to its end, or to
 * that of the call: from then on neither cookies nor redirects can be added, and everything that it
 * revalidated has taken effect.
 */
export function runFunction(call: FunctionCall): Promise<Outcome> {
  const {scope, lifetime, config} = call;
  const start = performance.now();
  return new Promise((resolve) => {
    let isOver = false;
    const end = (outcome: Outcome) => {
      isOver = true;
      config.trace?.ended(outcome);
      if (config.onCall) tell(config.onCall, call, outcome, performance.now() - start);
      resolve(outcome);
    };
    const endEarly = () => end(endedEarly(scope, lifetime));
    lifetime.onAbort(endEarly);
    runToEnd(call, (outcome) => {
      lifetime.offAbort(endEarly);
      if (isOver) dropOutcome(outcome, call);
      else end(outcome);
    });
  });
}

function tell(onCall: OnCall, {entered, scope}: FunctionCall, outcome: Outcome, duration: number) {
  reportCall(onCall, {
    id: entered.id,
    get request() {
      return scope.request;
    },
    duration,
    outcome: outcome.type,
    ...('error' in outcome && {error: outcome.error}),
  });
}

/** How a call ended that did not come to its end. */
export function endedEarly(
  scope: RequestScope,
  {timeoutError}: CallLifetime,
): Extract<Outcome, {type: 'timeout' | 'aborted'}> {
  if (!timeoutError) return {type: 'aborted'};
  scope.close('expired');
  return {type: 'timeout', error: timeoutError};
}

/**
 * Runs it, and what belongs to it.
 *
 * @param onEnd called once, at once for a function that is not async
 */
function runToEnd(call: FunctionCall, onEnd: (outcome: Outcome) => void): void {
  const entry = makeEntry(call);
  const close = (settle: () => Outcome) => {
    const outcome = attempt(settle);
    call.scope.close('answer');
    if (call.scope.revalidations.length === 0) onEnd(outcome);
    else void revalidate(outcome, call).then(onEnd);
  };
  const fail = (error: unknown) => close(() => failedOutcome(error, entry));
  try {
    const value = entry.enter();
    if (!isThenable(value)) return close(() => returnedOutcome(value, call));
    // `Promise.resolve`, as a thenable of the app's own may do anything.
    Promise.resolve(value).then((given) => close(() => returnedOutcome(given, call)), fail);
  } catch (error) {
    fail(error);
  }
}

/** What fails while an outcome is found is the outcome. */
function attempt(settle: () => Outcome): Outcome {
  try {
    return settle();
  } catch (error) {
    return outcomeOf(error);
  }
}

/** Waits until everything has been revalidated. */
async function revalidate(outcome: Outcome, {scope, report}: FunctionCall): Promise<Outcome> {
  try {
    await Promise.all(scope.revalidations);
  } catch (error) {
    // A page that shows what is no longer true would be worse than an error.
    if (outcome.type === 'threw') return outcome;
    if (outcome.type === 'returned') discardResult(outcome.value, report);
    return {type: 'threw', error};
  }
  return outcome;
}

function returnedOutcome(value: unknown, {scope, entered, report}: FunctionCall): Outcome {
  const {interruption} = scope;
  if (interruption) {
    discardResult(value, report);
    return {type: 'threw', error: swallowedInterruption(interruption, entered.id)};
  }
  // React reports those that it sends, but it may look at them late, or not at all.
  handleRejections(value, ignore);
  return {type: 'returned', value};
}

function failedOutcome(error: unknown, entry: Entry): Outcome {
  if (error instanceof RequestError && !entry.hasRun) return {type: 'refused', error};
  return outcomeOf(error);
}

/** Ends what came when nothing waited for it any more. */
function dropOutcome(outcome: Outcome, {scope, report}: FunctionCall): void {
  if (outcome.type === 'returned') discardResult(outcome.value, report);
  else if (outcome.type === 'threw' && !isAbortion(outcome.error, scope.signal)) {
    report(outcome.error);
  }
}

/** How an error ends what threw it: redirect() and notFound() are no failures. */
export function outcomeOf(error: unknown): Thrown {
  if (!isInterruption(error)) return {type: 'threw', error};
  return error instanceof RedirectError
    ? {type: 'redirected', redirect: error}
    : {type: 'not-found', error};
}

/** The way into the function of the request, by which those among its arguments are entered as well. */
function makeEntry(call: FunctionCall): Entry {
  const {entered, passed, scope, lifetime, report, config} = call;
  const tokens = new RequestTokens(passed.refersTo);
  const {middleware, limits} = config;
  const context = {scope, tokens, middleware, onError: report, trace: config.trace};
  let calls: PassedCalls | undefined;
  passed.callWith((id, serverFunction, args) => {
    calls ??= new PassedCalls(context, limits.passedCalls, report);
    return calls.call({id, serverFunction, args});
  });
  return new Entry(entered, context, {
    check: passed.takeCaptures ? () => passed.checkTokens(tokens) : undefined,
    beforeRun() {
      // The answer is gone, and has said that the function had not ended.
      if (lifetime.timeoutError) throw lifetime.timeoutError;
      if (scope.phase === 'function') return;
      const error = answeredBefore(entered.id);
      report(error);
      throw error;
    },
  });
}

/** The answer may have been a refusal, which says that nothing ran. */
function answeredBefore(id: string): Error {
  return new Error(
    `The server function ${id} did not run: a middleware ended the call while one that follows it was still at work. Write "await next()", or "return next()".`,
  );
}
