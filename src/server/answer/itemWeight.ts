import {isAsyncIterable} from './watchedIterables.ts';

/** Bytes that React and the engine need for a value at least. */
const VALUE = 32;
/** The same for a promise, a stream or an async iterable, which React follows. */
const FOLLOWED = 2048;

/**
 * About the bytes that an item of a stream takes until it is written.
 *
 * @param limit in bytes; an item that weighs more is not looked at further
 */
export function weightOf(item: unknown, limit: number): number {
  if (typeof item === 'string') return VALUE + item.length;
  if (typeof item !== 'object' || item === null) return VALUE;
  try {
    return weighAll(item, limit);
  } catch {
    // A Proxy that cannot be looked into: React will say so.
    return VALUE;
  }
}

function weighAll(item: object, limit: number): number {
  const seen = new Set<object>();
  const pending: unknown[] = [item];
  let weight = 0;
  while (pending.length > 0 && weight + pending.length * VALUE < limit) {
    const value = pending.pop();
    weight += VALUE;
    if (typeof value === 'string') weight += value.length;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    weight += weighOne(value, pending, limit / VALUE);
  }
  return weight + pending.length * VALUE;
}

/**
 * @param parts gets what the object consists of
 * @param maxParts of an object that has more, only their number counts
 */
function weighOne(value: object, parts: unknown[], maxParts: number): number {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  if (value instanceof Blob) return value.size;
  if (isFollowed(value)) return FOLLOWED;
  if (Array.isArray(value)) {
    if (value.length > maxParts) return value.length * VALUE;
    for (const part of value) parts.push(part);
  } else if (value instanceof Map || value instanceof Set) {
    if (value.size > maxParts) return value.size * VALUE;
    for (const part of value) parts.push(part);
  } else {
    const keys = Object.keys(value);
    if (keys.length > maxParts) return keys.length * VALUE;
    // Nothing of a getter: what it would give does not exist yet.
    for (const key of keys) parts.push(Object.getOwnPropertyDescriptor(value, key)?.value);
  }
  return 0;
}

function isFollowed(value: object): boolean {
  return value instanceof Promise || value instanceof ReadableStream || isAsyncIterable(value);
}
