import {builtinModule} from './builtinModule.ts';

/** A value that belongs to a piece of work, as in `AsyncLocalStorage`. */
export interface AsyncStorage<T> {
  run<Result>(store: T, work: () => Result): Result;
  getStore(): T | undefined;
}

/** Global on Vercel's edge runtime; elsewhere in a module of Node's. */
const AsyncLocalStorage =
  (globalThis as {AsyncLocalStorage?: new <T>() => AsyncStorage<T>}).AsyncLocalStorage ??
  builtinModule('node:async_hooks')?.AsyncLocalStorage;

/** Whether the runtime knows behind an `await` what the work belongs to. */
export const followsAsync = AsyncLocalStorage !== undefined;

/** What to do where it does not, as the end of an error. */
export const HOW_TO_FOLLOW_ASYNC =
  'On Cloudflare Workers, set "compatibility_flags": ["nodejs_compat"] with a "compatibility_date" of 2024-09-23 or later; elsewhere, set globalThis.AsyncLocalStorage in a module that is imported before all others.';

/**
 * Where the runtime has no `AsyncLocalStorage`, the value is there until the work first waits, and
 * never afterwards: nothing then tells one request from another.
 */
export function createAsyncStorage<T>(): AsyncStorage<T> {
  return AsyncLocalStorage ? new AsyncLocalStorage<T>() : new SynchronousStorage<T>();
}

class SynchronousStorage<T> implements AsyncStorage<T> {
  #store: T | undefined;

  run<Result>(store: T, work: () => Result): Result {
    const around = this.#store;
    this.#store = store;
    try {
      return work();
    } finally {
      this.#store = around;
    }
  }

  getStore(): T | undefined {
    return this.#store;
  }
}
