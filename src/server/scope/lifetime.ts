import {CallTimeoutError} from '../errors.ts';
import {cancelNextTurn, onNextTurn, type NextTurn} from '../platform/nextTurn.ts';
import {clientGone, type Incoming} from '../request/incoming.ts';

/** Milliseconds that `setTimeout` can wait for: it takes more for 1. */
export const LONGEST_TIMEOUT = 2 ** 31 - 1;

/**
 * How long a call may go on: until its answer is complete, the client is gone, or the deadline passes.
 * Whatever works for the call listens to it, and is let go of by {@link finish}.
 *
 * Most calls end before anything else can happen. What costs, an `AbortSignal` and listening to one, is
 * therefore left to those that go on in the next turn of the event loop, or that ask for the signal.
 */
export class CallLifetime {
  readonly #incoming: Incoming;
  readonly #timeout: number;
  readonly #start = performance.now();
  readonly #listeners = new Set<() => void>();
  readonly #onClientGone = () => this.abort(this.#incoming.leaveReason() ?? clientGone());
  #controller: AbortController | undefined;
  #ended: {reason: unknown} | undefined;
  #isListening = false;
  #isOver = false;
  #onFinish: (() => void) | undefined;
  readonly #nextTurn: NextTurn;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param incoming tells when the client is gone
   * @param timeout milliseconds from now on, or `Infinity`
   */
  constructor(incoming: Incoming, timeout: number) {
    this.#incoming = incoming;
    this.#timeout = timeout;
    this.#nextTurn = onNextTurn(() => this.goOn());
  }

  /** Aborted when the call has ended before its time, with the reason. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#ended) this.#controller.abort(this.#ended.reason);
      else this.goOn();
    }
    return this.#controller.signal;
  }

  /** Whether the call has ended before its time. */
  get aborted(): boolean {
    return this.#ended !== undefined;
  }

  get reason(): unknown {
    return this.#ended?.reason;
  }

  /** The error of the deadline, if it is what ended the call. */
  get timeoutError(): CallTimeoutError | undefined {
    return this.reason instanceof CallTimeoutError ? this.reason : undefined;
  }

  /** Calls the listener once when the call ends before its time; at once when it has. */
  onAbort(listener: () => void): void {
    if (this.#ended) listener();
    else this.#listeners.add(listener);
  }

  offAbort(listener: () => void): void {
    this.#listeners.delete(listener);
  }

  /** Calls the listener when the call is over; at once when it is. There is one listener. */
  onFinish(listener: () => void): void {
    if (this.#isOver) return listener();
    this.#onFinish = () => {
      this.#onFinish = undefined;
      listener();
    };
  }

  /** Ends the call before its time. */
  abort(reason: unknown): void {
    if (this.#ended) return;
    const listeners = [...this.#listeners];
    this.#ended = {reason};
    this.finish();
    this.#controller?.abort(reason);
    for (const listener of listeners) listener();
  }

  /** The call is over: nothing of it is aborted any more, and nothing is kept for it. */
  finish(): void {
    this.#isOver = true;
    this.#onFinish?.();
    cancelNextTurn(this.#nextTurn);
    clearTimeout(this.#timer);
    this.#listeners.clear();
    if (this.#isListening) this.#incoming.offLeave(this.#onClientGone);
  }

  /** The call does not end at once: from now on the client and the deadline can end it. */
  goOn(): void {
    if (this.#isListening || this.#isOver) return;
    cancelNextTurn(this.#nextTurn);
    this.#isListening = true;
    const reason = this.#incoming.leaveReason();
    if (reason !== undefined) return this.abort(reason);
    this.#incoming.onLeave(this.#onClientGone);
    const timeout = this.#timeout;
    if (timeout === Infinity) return;
    const left = this.#start + timeout - performance.now();
    if (left <= 0) return this.abort(new CallTimeoutError(timeout));
    this.#timer = setTimeout(() => this.abort(new CallTimeoutError(timeout)), left);
    // A process that has nothing else to do may end.
    (this.#timer as {unref?(): void}).unref?.();
  }

  /**
   * What the work gives, unless the call ends first.
   *
   * @param onLate gets the result of work that nothing waits for any more; `work` never rejects
   * @returns `undefined` when the call has ended
   */
  race<T extends object>(work: Promise<T>, onLate: (result: T) => void): Promise<T | undefined> {
    return new Promise((resolve) => {
      const onAbort = () => {
        void work.then(onLate);
        resolve(undefined);
      };
      this.onAbort(onAbort);
      void work.then((result) => {
        this.#listeners.delete(onAbort);
        return resolve(result);
      });
    });
  }
}

/**
 * Checks the value of the option `timeout`.
 *
 * @throws TypeError
 */
export function checkTimeout(timeout: unknown): number {
  const isTime =
    Number.isSafeInteger(timeout) &&
    (timeout as number) > 0 &&
    (timeout as number) <= LONGEST_TIMEOUT;
  if (isTime || timeout === Infinity) return timeout as number;
  throw new TypeError(
    `timeout must be a positive number of milliseconds, at most ${LONGEST_TIMEOUT}, or Infinity, but is ${String(timeout)}.`,
  );
}
