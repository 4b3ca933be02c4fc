import {createAsyncStorage, followsAsync} from '../platform/asyncStorage.ts';

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

/** More than requests that render the same object at once. */
const MAX_AT_ONCE = 100;

const running = new WeakMap<object, {count: number; isRefused: boolean}>();

/**
 * Where nothing tells what is inside of what, endless nesting shows by its depth. From then on nothing
 * starts until all has ended: what starts two of its kind would otherwise go on twofold at each level.
 */
function runCounted<T>(owner: object, work: () => Promise<T>): Promise<T> | undefined {
  const state = running.get(owner) ?? {count: 0, isRefused: false};
  running.set(owner, state);
  state.isRefused ||= state.count === MAX_AT_ONCE;
  if (state.isRefused) return undefined;
  state.count++;
  return work().finally(() => {
    if (--state.count === 0) state.isRefused = false;
  });
}
