import {ignore} from '../platform/ignore.ts';
import {isObject} from '../platform/isObject.ts';
import {isAsyncIterable, tellItem, watchIterable} from './watchedIterables.ts';

/*
 * What a server function returned, once it will not be looked at, or not all of it: a promise in it that
 * rejects would end the process, and a stream in it would stay open.
 */

/** More objects than any answer holds; a result of endless promises is followed no further. */
const MAX_OBJECTS = 1_000_000;

/** Iterators whose results are not read any more. */
const dropped = new WeakSet<object>();

/**
 * Makes the rejection of every promise in a value a handled one, however deep it is, and of those that
 * other promises resolve to and async iterators yield.
 *
 * @param value what React could send: class instances, which it could not, are not looked into
 * @param onError told of each rejection
 * @param seen objects that are not looked into again, when many values may hold the same
 */
export function handleRejections(
  value: unknown,
  onError: (error: unknown) => void,
  seen?: SeenObjects,
): void {
  new Walk(onError, false, seen).visit(value);
}

/**
 * The same, but tells only of promises that are in no value which takes the place of this one: of those
 * that are, React tells when it sends them.
 *
 * @param kept the value in its place
 * @param seen as for {@link handleRejections}
 */
export function handleDroppedRejections(
  value: unknown,
  kept: unknown,
  onError: (error: unknown) => void,
  seen: SeenObjects = new Set(),
): void {
  if (value === kept) return;
  new Walk(ignore, false, seen).visit(kept);
  new Walk(onError, false, seen).visit(value);
}

/**
 * Also ends everything in it that is open: streams are cancelled, async iterators returned, unless
 * they are read.
 *
 * @param value as for {@link handleRejections}
 * @param onError told of each rejection, also those of `cancel()` and `return()`
 */
export function discardResult(value: unknown, onError: (error: unknown) => void): void {
  new Walk(onError, true).visit(value);
}

/** A `Set`, or for as long as a request a `WeakSet`. */
type SeenObjects = Pick<Set<object>, 'has'> & {add(value: object): unknown};

class Walk {
  readonly #seen: SeenObjects;
  readonly #onError: (error: unknown) => void;
  readonly #ends: boolean;
  #count = 0;

  /** @param seen objects that are not looked into */
  constructor(onError: (error: unknown) => void, ends: boolean, seen: SeenObjects = new Set()) {
    this.#onError = onError;
    this.#ends = ends;
    this.#seen = seen;
  }

  visit(root: unknown): void {
    const pending = [root];
    while (pending.length > 0 && this.#count < MAX_OBJECTS) {
      const value = pending.pop();
      if (!isObject(value) || this.#seen.has(value)) continue;
      this.#seen.add(value);
      this.#count++;
      try {
        this.#visitObject(value, pending);
      } catch (error) {
        // A Proxy that cannot be looked into, or an iterator whose return() throws.
        this.#onError(error);
      }
    }
  }

  #visitObject(value: object, pending: unknown[]): void {
    // First: references to client components are functions that throw for what they do not have.
    if (typeof value === 'function') pending.push(ownValue(value, '$$bound'));
    else if (hasPromiseTag(value) && this.#follow(value)) return;
    else if (value instanceof ReadableStream) this.#cancel(value);
    else if (isAsyncIterable(value)) this.#iterate(value);
    else collectChildren(value, pending);
  }

  /**
   * Only true promises: the `then` of others may start something, as those of query builders do.
   *
   * @returns whether it is one
   */
  #follow(value: object): boolean {
    try {
      // Throws for what merely inherits from Promise.prototype, as the promises of React's decoder do.
      void Promise.prototype.then.call(value, (result) => this.visit(result), this.#onError);
      return true;
    } catch {
      return false;
    }
  }

  #cancel(stream: ReadableStream): void {
    if (this.#ends && !stream.locked) stream.cancel().catch(this.#onError);
  }

  #iterate(iterable: AsyncIterable<unknown> & Partial<AsyncIterator<unknown>>): void {
    if (!this.#ends) {
      watchIterable(iterable, (result) => {
        tellItem(iterable, result);
        if (dropped.has(iterable)) discardResult(result, this.#onError);
        else handleRejections(result, this.#onError);
      });
    } else if (typeof iterable.return === 'function') {
      dropped.add(iterable);
      this.visit(iterable.return());
    }
  }
}

function collectChildren(value: object, children: unknown[]): void {
  if (Array.isArray(value) || value instanceof Set) {
    for (const item of value) if (isObject(item)) children.push(item);
  } else if (value instanceof Map) {
    for (const entry of value) children.push(...entry);
  } else if (isPlainObject(value)) {
    for (const key of Object.keys(value)) children.push(ownValue(value, key));
  }
}

/** Nothing of a getter: what it would give does not exist yet. */
function ownValue(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

function hasPromiseTag(value: object): boolean {
  return (value as {[Symbol.toStringTag]?: unknown})[Symbol.toStringTag] === 'Promise';
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
