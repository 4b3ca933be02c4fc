import {CallTimeoutError} from './errors.ts';

/** What `setTimeout` can wait for; see {@link checkTimeout}. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/**
 * How long a call may go on: until its answer is complete, the client is gone, or the deadline passes.
 * Whatever works for the call listens to {@link signal}, and is let go of by {@link finish}.
 */
export class CallLifetime {
  readonly #controller = new AbortController();
  readonly #client: AbortSignal;
  readonly #onClientGone = () => this.abort(this.#client.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param client aborted when the client is gone
   * @param timeout milliseconds from now on, or `Infinity`
   */
  constructor(client: AbortSignal, timeout: number) {
    this.#client = client;
    if (client.aborted) {
      this.abort(client.reason);
      return;
    }
    client.addEventListener('abort', this.#onClientGone, {once: true});
    if (timeout === Infinity) return;
    this.#timer = setTimeout(() => this.abort(new CallTimeoutError(timeout)), timeout);
    // A process that has nothing else to do may end.
    (this.#timer as {unref?(): void}).unref?.();
  }

  /** Aborted when the call has ended before its time, with the reason. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The error of the deadline, if it is what ended the call. */
  get timeoutError(): CallTimeoutError | undefined {
    const {reason} = this.signal as {reason: unknown};
    return reason instanceof CallTimeoutError ? reason : undefined;
  }

  /** Ends the call before its time. */
  abort(reason: unknown): void {
    this.finish();
    this.#controller.abort(reason);
  }

  /** The call is over: nothing of it is aborted any more, and nothing is kept for it. */
  finish(): void {
    clearTimeout(this.#timer);
    this.#client.removeEventListener('abort', this.#onClientGone);
  }

  /**
   * What the work gives, unless the call ends first.
   *
   * @param onLate gets the result of work that nobody waits for any more; `work` never rejects
   * @returns `undefined` when the call has ended
   */
  async race<T extends object>(
    work: Promise<T>,
    onLate: (result: T) => void,
  ): Promise<T | undefined> {
    const {signal} = this;
    let onAbort!: () => void;
    const aborted = new Promise<undefined>((resolve) => {
      onAbort = () => resolve(undefined);
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, {once: true});
    });
    const first = await Promise.race([aborted, work]);
    signal.removeEventListener('abort', onAbort);
    if (!signal.aborted) return first;
    void work.then(onLate);
    return undefined;
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
