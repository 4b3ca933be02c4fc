import {createAsyncStorage, followsAsync} from './asyncStorage.ts';

/** What the work around this code was started for, from the outside in. */
const enclosing = createAsyncStorage<readonly object[]>();

/**
 * Runs work for an object, unless this very object is what it was started for, however far outside.
 *
 * @returns its result; `undefined` when it would run inside of itself
 */
export function runEnclosed<T>(owner: object, work: () => Promise<T>): Promise<T> | undefined {
  if (!followsAsync) return runCounted(owner, work);
  const outer = enclosing.getStore() ?? [];
  return outer.includes(owner) ? undefined : enclosing.run([...outer, owner], work);
}

/** Far more than requests that render the same object at once. */
const MAX_AT_ONCE = 1000;

const running = new WeakMap<object, number>();

/** Where nothing tells what is inside of what, endless nesting shows by its depth. */
function runCounted<T>(owner: object, work: () => Promise<T>): Promise<T> | undefined {
  const count = running.get(owner) ?? 0;
  if (count === MAX_AT_ONCE) return undefined;
  running.set(owner, count + 1);
  return work().finally(() => running.set(owner, running.get(owner)! - 1));
}
