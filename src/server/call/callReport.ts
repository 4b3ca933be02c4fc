/** How a call ended, for `onCall`. */
export interface CallReport {
  /** `$$id` of the server function. */
  id: string;
  /** The request of the call. */
  request: Request;
  /** Milliseconds from the last check to the end of the function; its result may stream for longer. */
  duration: number;
  /**
   * `returned`; `threw`; `redirected` and `not-found` for `redirect()` and `notFound()`; `refused` when
   * captures could not be opened or a middleware refused the call; `timeout`; `aborted` when the client
   * left before the function ended.
   */
  outcome: 'returned' | 'threw' | 'redirected' | 'not-found' | 'refused' | 'timeout' | 'aborted';
  /** What was thrown; what `onError` gets too, except for `redirect()` and `notFound()`. */
  error?: unknown;
}

/** Called once for each call that has passed every check, when its server function has ended. */
export type OnCall = (report: CallReport) => unknown;

/** Tells `onCall`. Never throws, so that an error in a meter cannot take the answer away. */
export function reportCall(onCall: OnCall, report: CallReport): void {
  try {
    const told = onCall(report);
    if (told instanceof Promise) told.catch(logFailure);
  } catch (failure) {
    logFailure(failure);
  }
}

function logFailure(failure: unknown): void {
  console.error('The onCall option of the handler failed:', failure);
}
