import {ServerFunctionAbortedError, type ServerFunctionRequestError} from './errors.ts';
import {untilAborted} from './untilAborted.ts';

/** What `onFailure` gets beside the error. */
export interface FailureContext {
  /**
   * Sends the call again, with the arguments that were sent before, and gives what becomes of it: to be returned
   * by `onFailure`. Another failure comes to `onFailure` again. It can be called until `onFailure` has ended;
   * called twice, it sends the call once.
   *
   * The function may have run already: see `mayHaveRun` of the error. `undefined` when the call has resolved,
   * and its result breaks off while it streams in.
   */
  retry: (() => Promise<unknown>) | undefined;
  /** How often the call has been sent: 1 at its first failure. */
  attempt: number;
  /** Of the call, if it has one (`withCallOptions`). It ends the call also while `onFailure` waits. */
  signal: AbortSignal | undefined;
}

type OnFailure = (error: ServerFunctionRequestError, context: FailureContext) => unknown;

/** A call that can be sent again. */
interface FailedCall {
  id: string;
  signal: AbortSignal | undefined;
  attempt: number;
  sendAgain: () => Promise<unknown>;
}

/**
 * Lets the app decide what becomes of a call that has failed. The call waits for it, unless its signal is aborted.
 *
 * @throws {ServerFunctionAbortedError}
 */
export async function decideFailure(
  error: ServerFunctionRequestError,
  {id, signal, attempt, sendAgain}: FailedCall,
  onFailure: OnFailure,
): Promise<unknown> {
  let hasEnded = false;
  let again: Promise<unknown> | undefined;
  const retry = async () => {
    if (signal?.aborted) throw new ServerFunctionAbortedError(id, signal.reason);
    if (hasEnded && !again) throw tooLate(id);
    return (again ??= sendAgain());
  };
  try {
    const decision = (async () => onFailure(error, {retry, attempt, signal}))();
    return await untilAborted(id, signal, decision);
  } finally {
    hasEnded = true;
  }
}

function tooLate(id: string): Error {
  return new Error(
    `The call of the server function ${id} has ended, so retry() cannot send it again: onFailure has returned or thrown. Let it return a promise that waits for retry().`,
  );
}

/** Tells of an answer that breaks off, once the call has ended; unless the call ended by that. */
export class LateFailure {
  readonly #onFailure: OnFailure;
  readonly #context: FailureContext;
  #error: ServerFunctionRequestError | undefined;
  #hasEnded = false;

  constructor(onFailure: OnFailure, context: Omit<FailureContext, 'retry'>) {
    this.#onFailure = onFailure;
    this.#context = {...context, retry: undefined};
  }

  readonly hear = (error: ServerFunctionRequestError): void => {
    this.#error = error;
    if (this.#hasEnded) this.tell();
  };

  /** The call rejects with this error, so its caller knows. */
  drop(error: unknown): void {
    if (this.#error === error) this.#error = undefined;
  }

  tell(): void {
    this.#hasEnded = true;
    const error = this.#error;
    if (!error) return;
    // There is no call left to reject: what waits for the result gets the error from React.
    (async () => this.#onFailure(error, this.#context))().catch(() => {});
  }
}
