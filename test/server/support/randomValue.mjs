import {createElement, Fragment, Suspense} from 'react';

/**
 * Values in which objects of every kind that can be captured hold each other at random, in circles too.
 *
 * @param {(count: number) => number} choose a number from 0 below `count`
 * @param {Function[]} functions server functions and client references
 */
export function randomValue(choose, functions) {
  const one = (list) => list[choose(list.length)];
  const objects = [];
  const primitive = () => one(PRIMITIVES);
  const any = () => {
    const kind = choose(6);
    if (kind < 3 && objects.length > 0) return one(objects);
    return kind === 3 ? one(functions) : primitive();
  };
  const makers = makersOf({one, any, choose, functions});
  const count = 1 + choose(14);
  for (let index = 0; index < count; index++) objects.push(one(makers)());
  for (const object of objects) fill(object, {any, one, choose});
  for (const object of objects) dress(object, {any, one, choose});
  return [...objects, any(), one(objects)];
}

const SERVER_REFERENCE = Symbol.for('react.server.reference');
const PRIMITIVES = [
  ...[undefined, null, true, false, 0, -0, 1, -1.5, NaN, Infinity, -Infinity, 2 ** 53, 5e-324],
  ...[
    '',
    'text',
    '$',
    '\0',
    '\ud800',
    '\udc00x',
    '🙂',
    '__proto__',
    '<script>\u2028',
    'x'.repeat(3000),
  ],
  ...[
    0n,
    -(10n ** 30n),
    Symbol.for('shared'),
    Symbol.for(''),
    Symbol.iterator,
    Symbol.asyncIterator,
  ],
];
const KEYS = [
  ...['a', 'b', 'c d', '', '0', '7', '01', '-1', '4294967295', 'length', 'constructor', 'toString'],
  ...['__proto__', 'name', 'message', '$$id', '\ud800', 'hasOwnProperty'],
  ...[Symbol.for('key'), Symbol.toStringTag, Symbol.toPrimitive],
];
const ERRORS = [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError];
const TYPED = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array];
const WIDE = [Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView];

function makersOf({one, any, choose, functions}) {
  const memory = Uint8Array.from({length: 64}, (_, index) => index * 7).buffer;
  return [
    ...[() => ({}), () => ({}), () => [], () => [], () => new Map(), () => new Set()],
    () => Object.create(null),
    () => new Date(one([0, 1234.5, -1, NaN, 8.64e15])),
    () => new RegExp(one(['a', '', '/', '(?<y>\\d+)', '\\n']), one(['', 'g', 'dgimsuy', 'v'])),
    () => /(?<y>\d+)(x)?/.exec('a2020'),
    () => /b/d.exec('abc'),
    () => new (one(ERRORS))(one(['', 'message']), {cause: any()}),
    () => new AggregateError([any(), any()], 'several'),
    () => Object.assign(new Error('system'), {code: 'ENOENT', errno: -2}),
    () => new DOMException('message', one(['AbortError', 'TimeoutError', 'x'])),
    () => new (one([...TYPED, ...WIDE]))(memory, 8 * choose(3), 1 + choose(3)),
    () => new (one(TYPED))(choose(4)),
    () => memory.slice(0, choose(20)),
    () => Buffer.from('in the pool'),
    () => Buffer.alloc(5, 'own'),
    () => new URL('https://example.org/?q=ä#h'),
    () => new URLSearchParams('a=1&a=2&b=%20'),
    () =>
      new Headers([
        ['a', '1'],
        ['set-cookie', 'x=1'],
        ['set-cookie', 'y=2'],
      ]),
    () => new FormData(),
    () => new Blob(['blob'], {type: 'text/plain'}),
    () => new File(['file'], 'ä.txt', {type: 'text/plain', lastModified: 1000}),
    ...[1, 'text', '', true, 5n, -0, Symbol.for('boxed')].map((value) => () => Object(value)),
    () => handled(Promise.resolve(any())),
    () => handled(Promise.reject(any())),
    () => Promise.resolve([any()]).then((value) => value),
    () =>
      one(functions.filter(({$$typeof}) => $$typeof === SERVER_REFERENCE)).bind(null, any(), any()),
    () => createElement(one(['p', Fragment, Suspense]), {a: any(), key: one([null, 'k'])}, any()),
    () => createElement('input', {ref: null, ...Object.fromEntries([['value', any()]])}),
  ];
}

function handled(promise) {
  promise.catch(() => {});
  return promise;
}

function fill(object, {any, one, choose}) {
  const times = choose(4);
  for (let time = 0; time < times; time++) {
    if (object instanceof Map) object.set(any(), any());
    else if (object instanceof Set) object.add(any());
    else if (object instanceof FormData)
      object.append('key', one(['text', new File(['in'], 'form.txt')]));
    else if (Array.isArray(object)) object[one([0, 1, 2, 3, 9, 5000])] = any();
    else if (isPlain(object)) define(object, one(KEYS), any());
  }
}

/** What only few objects have: other members, and flags. */
function dress(object, {any, one, choose}) {
  if (!canDress(object)) return;
  const how = choose(16);
  if (how === 0 && !Object.isFrozen(object)) Object.freeze(object);
  if (how === 1) Object.seal(object);
  if (how === 2) Object.preventExtensions(object);
  if (how === 3 && object instanceof RegExp) object.lastIndex = one([1, -1, 'x']);
  if (how > 7 || !Object.isExtensible(object)) return;
  const flags = {
    enumerable: choose(2) === 0,
    writable: choose(2) === 0,
    configurable: choose(2) === 0,
  };
  // V8 reads name and message of an error when its stack is read for the first time.
  const key = one(object instanceof Error ? ['a', 'code', Symbol.for('key')] : KEYS);
  if (!Object.hasOwn(object, key)) Object.defineProperty(object, key, {value: any(), ...flags});
}

function canDress(object) {
  if (typeof object === 'function' || ArrayBuffer.isView(object)) return false;
  if (object.$$typeof || object instanceof Promise || object instanceof ArrayBuffer) return false;
  return ![Blob, FormData, Headers, URL, URLSearchParams].some((kind) => object instanceof kind);
}

function isPlain(object) {
  const prototype = Object.getPrototypeOf(object);
  return !object.$$typeof && (prototype === null || prototype === Object.prototype);
}

function define(object, key, value) {
  const common = {enumerable: true, configurable: true, writable: true};
  Object.defineProperty(object, key, {value, ...common});
}
