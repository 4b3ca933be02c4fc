import assert from 'node:assert/strict';
import {inspect, types} from 'node:util';

/**
 * Compares what a value is made of, down to the flags of its members, and which objects in it are the same.
 * `assert.deepStrictEqual` looks at neither of the two.
 *
 * @param {unknown} actual
 * @param {unknown} expected
 */
export async function assertSame(actual, expected) {
  const there = new Map();
  const back = new Map();
  /** @type {[any, any, string][]} */
  const queue = [[actual, expected, 'value']];
  for (const [a, b, path] of queue) {
    if (!isObject(a) || !isObject(b)) {
      if (!Object.is(a, b))
        assert.fail(`${path}: ${types.isNativeError(a) ? a.stack : inspect(a)} for ${inspect(b)}`);
      continue;
    }
    if (there.has(b) || back.has(a)) {
      assert.equal(there.get(b), a, `${path}: another object than before`);
      assert.equal(back.get(a), b, `${path}: the same object as before`);
      continue;
    }
    there.set(b, a);
    back.set(a, b);
    if (a === b) continue;
    queue.push(...(await compareObjects(a, b, path)));
  }
}

const isObject = (value) =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** @returns what is inside, to be compared next */
async function compareObjects(a, b, path) {
  assert.equal(typeof a, typeof b, path);
  assert.equal(Object.getPrototypeOf(a), Object.getPrototypeOf(b), `${path}: prototype`);
  if (typeof b === 'function') return compareReferences(a, b, path);
  if (ArrayBuffer.isView(b)) return compareViews(a, b, path);
  const inside = await insideOf(a, b, path);
  const isOurs = (key) =>
    !(isPlatform(b) && typeof key === 'symbol') &&
    !Object.getOwnPropertyDescriptor(b, key).get?.isReactWarning;
  const keys = Reflect.ownKeys(b).filter(isOurs);
  assert.deepEqual(
    Reflect.ownKeys(a).filter((key) => !isPlatform(a) || typeof key === 'string'),
    keys,
    `${path}: members`,
  );
  assert.equal(Object.isExtensible(a), Object.isExtensible(b), `${path}: extensible`);
  for (const key of keys) {
    // React's development build keeps where the element was made.
    if (b.$$typeof && String(key).startsWith('_')) continue;
    const of = (object) => Object.getOwnPropertyDescriptor(object, key);
    const flags = ({enumerable, configurable, writable}) => ({enumerable, configurable, writable});
    assert.deepEqual(flags(of(a)), flags(of(b)), `${path}.${String(key)}: flags`);
    inside.push([of(a).value, of(b).value, `${path}.${String(key)}`]);
  }
  return inside;
}

function isPlatform(value) {
  return [Blob, FormData, Headers, URL, URLSearchParams, Promise].some(
    (kind) => value instanceof kind,
  );
}

function compareReferences(a, b, path) {
  assert.equal(a.$$typeof, b.$$typeof, path);
  assert.equal(a.$$id, b.$$id, path);
  assert.ok(b.$$bound, `${path}: a reference to which nothing is bound is the same function`);
  return [[[...a.$$bound], [...b.$$bound], `${path}.$$bound`]];
}

function compareViews(a, b, path) {
  assert.equal(a.length, b.length, path);
  assert.equal(a.byteLength, b.byteLength, path);
  const bytes = (view) => Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  assert.ok(bytes(a).equals(bytes(b)), path);
  if (b.buffer.byteLength === Buffer.poolSize) return [];
  assert.equal(a.byteOffset, b.byteOffset, path);
  return [[a.buffer, b.buffer, `${path}.buffer`]];
}

async function insideOf(a, b, path) {
  const named = (name, read) => [read(a), read(b), `${path} (${name})`];
  if (b instanceof Map) return [named('entries', (map) => [...map])];
  if (b instanceof Set) return [named('items', (set) => [...set])];
  if (b instanceof Date) return [named('time', (date) => date.getTime())];
  if (b instanceof RegExp)
    return [named('source', ({source}) => source), named('flags', ({flags}) => flags)];
  if (b instanceof ArrayBuffer)
    return [named('bytes', (buffer) => Buffer.from(buffer).toString('hex'))];
  if (b instanceof URL || b instanceof URLSearchParams) return [named('text', String)];
  if (b instanceof FormData || b instanceof Headers) return [named('entries', (form) => [...form])];
  if (b instanceof Promise) return [[await outcome(a), await outcome(b), `${path} (outcome)`]];
  if (b instanceof Blob) return insideOfBlob(a, b, path);
  const {valueOf} = Object.getPrototypeOf(b) ?? {};
  if ([Number, String, Boolean, BigInt, Symbol].some((kind) => b instanceof kind)) {
    return [named('primitive', (boxed) => valueOf.call(boxed))];
  }
  assert.equal(types.isNativeError(a), types.isNativeError(b), path);
  return [];
}

async function insideOfBlob(a, b, path) {
  const facts = ({type, size, name, lastModified}) => ({type, size, name, lastModified});
  assert.deepEqual(facts(a), facts(b), path);
  return [[await a.text(), await b.text(), path]];
}

async function outcome(promise) {
  return promise.then(
    (value) => ['fulfilled', value],
    (reason) => ['rejected', reason],
  );
}
