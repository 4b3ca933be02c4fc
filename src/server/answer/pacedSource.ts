import {ignore} from '../platform/ignore.ts';
import {isAsyncIterable} from './watchedIterables.ts';

/** Asks a source for its next item, now or later. */
export type Pull = <T>(ask: () => T) => T | Promise<Awaited<T>>;

/** What React uses of the temporary references of a call while it renders. */
export interface References {
  get(value: object): string | undefined;
  set(value: object, reference: string): unknown;
}

/** Gives the sources of an answer their methods back. */
type Disarm = () => void;

/** The `next` of iterators that two answers share, which must not wait for each other. */
const ownNext = new WeakMap<object, unknown>();

/**
 * Has React take from streams and async iterables by way of `pull`.
 *
 * React looks up every object that it is about to send in the temporary references, and only then looks
 * at it itself (`renderModelDestructive` in ReactFlightServer.js). So a source is met here wherever it is:
 * in a promise, in another source, in what a Server Component returns. From then on until React has asked
 * for its reader or iterator, in the same turn, another method stands before its own; to all others it
 * stays what it was.
 *
 * @returns the references for React
 */
export function pacedReferences(references: References, pull: Pull): References {
  let disarm: Disarm = ignore;
  return {
    get(value) {
      disarm();
      disarm = ignore;
      if (typeof value === 'object') {
        const before = arm(value, pull);
        if (before) queueMicrotask((disarm = before));
      }
      return references.get(value);
    },
    set: (value, reference) => references.set(value, reference),
  };
}

/** @throws TypeError for a source that is frozen */
function arm(value: object, pull: Pull): Disarm | undefined {
  if (value instanceof ReadableStream) {
    const getReader = Reflect.get(value, 'getReader') as (...args: unknown[]) => unknown;
    return shadow(value, 'getReader', (...args: unknown[]) => {
      const reader: unknown = Reflect.apply(getReader, value, args);
      if (isDefaultReader(reader)) paceReader(reader, pull);
      return reader;
    });
  }
  if (!isAsyncIterable(value)) return undefined;
  const iterate = value[Symbol.asyncIterator];
  return shadow(value, Symbol.asyncIterator, () => {
    const iterator: unknown = Reflect.apply(iterate, value, []);
    if (isIterator(iterator)) paceIterator(iterator, pull);
    return iterator;
  });
}

function paceReader(reader: ReadableStreamDefaultReader<unknown>, pull: Pull): void {
  const read = reader.read.bind(reader);
  define(reader, 'read', () => pull(read));
}

function paceIterator(iterator: AsyncIterator<unknown>, pull: Pull): void {
  const next: unknown = ownNext.get(iterator) ?? Reflect.get(iterator, 'next');
  ownNext.set(iterator, next);
  const paced = (...args: unknown[]) =>
    pull((): unknown => Reflect.apply(next as () => unknown, iterator, args));
  if (!define(iterator, 'next', paced)) throw frozenError(iterator);
}

function shadow(source: object, key: PropertyKey, method: unknown): Disarm | undefined {
  const own = Object.getOwnPropertyDescriptor(source, key);
  if (!define(source, key, method)) {
    if (isSentOtherwise(source)) return undefined;
    throw frozenError(source);
  }
  return () => {
    if (own) Reflect.defineProperty(source, key, own);
    else Reflect.deleteProperty(source, key);
  };
}

/** Whether React sends it as a promise or as a list, although it is async iterable as well. */
function isSentOtherwise(source: object): boolean {
  const {then, [Symbol.iterator]: iterate} = source as Record<PropertyKey, unknown>;
  return typeof then === 'function' || typeof iterate === 'function';
}

function frozenError(source: object): TypeError {
  const kind = source instanceof ReadableStream ? 'ReadableStream' : 'async iterable';
  return new TypeError(
    `The result of a server function holds a frozen ${kind}, which cannot be read at the pace of its client. Do not freeze it, or return a generator that gives the same: (async function* () { yield* source; })().`,
  );
}

function define(object: object, key: PropertyKey, value: unknown): boolean {
  return Reflect.defineProperty(object, key, {value, configurable: true, writable: true});
}

/** React asks for a byte reader too, only to see whether there is one. */
function isDefaultReader(reader: unknown): reader is ReadableStreamDefaultReader<unknown> {
  return reader instanceof ReadableStreamDefaultReader;
}

function isIterator(value: unknown): value is AsyncIterator<unknown> {
  return typeof (value as Partial<AsyncIterator<unknown>> | null)?.next === 'function';
}
