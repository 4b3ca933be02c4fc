/** What may be there already. A promise for each step of a call costs more than most of the steps. */
export type MaybePromise<T> = T | Promise<T>;

/** Goes on with a value: at once when it is there. */
export function andThen<T, Result>(
  value: MaybePromise<T>,
  goOn: (value: T) => MaybePromise<Result>,
): MaybePromise<Result> {
  return value instanceof Promise ? value.then(goOn) : goOn(value);
}

/** Whether `await` would wait for a value: for a promise, or something like one. */
export function isThenable<T>(value: PromiseLike<T> | T): value is PromiseLike<T> {
  return typeof (value as {then?: unknown} | null | undefined)?.then === 'function';
}
