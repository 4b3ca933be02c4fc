import {ignore} from '../platform/ignore.ts';

/*
 * What an async generator of a result yields is known to React alone, which drops it without a look once
 * the answer is not read any more. A promise in it that rejects later would then end the process, so the
 * iterators of a result are watched: an own `next` stands before theirs.
 */

const watched = new WeakSet<object>();

/** In development, while somebody looks. */
let listeners: WeakMap<object, (result: unknown) => void> | undefined;

/** Calls the listener with each result of the iterators of an iterable that is watched. */
export function listenToItems(iterable: object, listener: (result: unknown) => void): void {
  listeners ??= new WeakMap();
  listeners.set(iterable, listener);
}

/** Tells the listener of an iterable, if it has one. */
export function tellItem(iterable: object, result: unknown): void {
  listeners?.get(iterable)?.(result);
}

/**
 * Watches the iterators of an object. Does nothing where it cannot be changed.
 *
 * @param onNext gets each result of an iterator, when it is there
 */
export function watchIterable(
  iterable: AsyncIterable<unknown>,
  onNext: (result: unknown) => void,
): void {
  if (watched.has(iterable)) return;
  watched.add(iterable);
  if (isIterator(iterable)) return watchIterator(iterable, onNext);
  const iterate = iterable[Symbol.asyncIterator];
  shadow(iterable, Symbol.asyncIterator, function (this: unknown) {
    const iterator: unknown = Reflect.apply(iterate, this, []);
    if (isIterator(iterator)) watchIterator(iterator, onNext);
    return iterator;
  });
}

/** Whether React sends it as what it yields. */
export function isAsyncIterable(value: object): value is AsyncIterable<unknown> {
  return typeof (value as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function';
}

function watchIterator(iterator: AsyncIterator<unknown>, onNext: (result: unknown) => void): void {
  const next: unknown = Reflect.get(iterator, 'next');
  shadow(iterator, 'next', function (this: unknown, ...args: unknown[]) {
    const result: unknown = Reflect.apply(next as () => unknown, this, args);
    // An iterator that fails fails for React, too, which reports it.
    Promise.resolve(result).then(onNext, ignore);
    return result;
  });
}

function shadow(object: object, key: PropertyKey, value: unknown): void {
  Reflect.defineProperty(object, key, {value, configurable: true, writable: true});
}

function isIterator(value: unknown): value is AsyncIterator<unknown> {
  return typeof (value as Partial<AsyncIterator<unknown>> | null)?.next === 'function';
}
