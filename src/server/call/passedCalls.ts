import {handleRejections} from '../answer/discardResult.ts';
import {isInterruption} from '../scope/interruptions.ts';
import {Entry, type EnteredFunction, type EntryContext} from './entry.ts';
import type {Report} from './reportError.ts';
import type {PassedTrace, Trace} from './trace.ts';

/** What the calls have in common with the one that they are passed to. */
interface PassedContext extends EntryContext {
  trace: Trace | undefined;
}

/**
 * The calls of the functions among the arguments of one request. The app may not know that it calls one,
 * and so neither look at the promise nor expect what it costs: whatever fails in it is handled and reported
 * here, there is an end to how often they are called, and what all of them give is looked through once.
 */
export class PassedCalls {
  readonly #context: PassedContext;
  readonly #limit: number;
  readonly #report: Report;
  /** Objects of results whose rejections are reported. */
  readonly #reported = new WeakSet();
  #count = 0;
  /** The same for each that is too many, so that it is reported once. */
  #tooMany: Error | undefined;

  /** @param limit the option `limits.passedCalls` */
  constructor(context: PassedContext, limit: number, report: Report) {
    this.#context = {...context, handled: new WeakSet(), dropped: new WeakSet()};
    this.#limit = limit;
    this.#report = report;
  }

  call(entered: EnteredFunction): Promise<unknown> {
    const report = (error: unknown) => void this.#report(error, entered.id);
    const {scope} = this.#context;
    const trace = this.#context.trace?.passed(entered.id, entered.args);
    // Later, as one that calls itself would otherwise come to the end of the stack, anywhere.
    const result = Promise.resolve().then(() => this.#enter(entered, trace));
    result.then(
      (value) => {
        handleRejections(value, report, this.#reported);
        return trace?.returned(value);
      },
      (error: unknown) => {
        trace?.threw(error);
        // What redirect() and notFound() throw is told by the function around it.
        if (!isInterruption(error) && !isAbortion(error, scope.signal)) report(error);
      },
    );
    return result;
  }

  #enter(entered: EnteredFunction, trace: PassedTrace | undefined): unknown {
    if (++this.#count > this.#limit) throw (this.#tooMany ??= tooManyCalls(this.#limit));
    const context = trace ? {...this.#context, trace} : this.#context;
    return new Entry(entered, context).enter();
  }
}

/** Whether a function that was told to stop threw just because of that. */
export function isAbortion(error: unknown, {aborted, reason}: AbortSignal): boolean {
  if (!aborted) return false;
  // Functions of Node wrap the reason: https://nodejs.org/api/errors.html#class-aborterror
  return error === reason || (error instanceof Error && error.cause === reason);
}

function tooManyCalls(limit: number): Error {
  return new Error(
    `The server functions among the arguments of one request were called more than ${limit} times. If your app means to, raise "limits.passedCalls" of the handler.`,
  );
}
