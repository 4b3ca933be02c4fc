class Note {
  id = 7;
}
class Money {
  #cents = 5;
  get cents() {
    return this.#cents;
  }
}
class List extends Array {}
class Index extends Map {}
class Day extends Date {}
class Bytes extends Uint8Array {}
class AppError extends Error {}

/** What cannot come back as it is, and what the error calls it. */
export const unsendableValues = [
  [new Note(), /an instance of the class Note/],
  [new Money(), /an instance of the class Money/],
  [List.of(1), /the class List/],
  [new Index([[1, 2]]), /the class Index/],
  [new Day(0), /the class Day/],
  [new Bytes(2), /the class Bytes/],
  [new AppError('app'), /the class AppError/],
  [Object.create({inherited: 1}), /a prototype of its own/],
  [function () {}, /a function/],
  [async () => {}, /a function/],
  [Note, /a class/],
  [Math.max, /a function/],
  [Symbol('own'), /a symbol that exists only here/],
  [new WeakMap(), /WeakMap/],
  [new WeakRef({}), /WeakRef/],
  [[1][Symbol.iterator](), /Array Iterator/],
  [new Map()[Symbol.iterator](), /Map Iterator/],
  [(function* () {})(), /Generator/],
  [(async function* () {})(), /AsyncGenerator/],
  [new ReadableStream(), /ReadableStream/],
  [new Response('text'), /Response/],
  [new Request('https://example.org'), /Request/],
  [new AbortController().signal, /AbortSignal/],
  [new Intl.NumberFormat('en'), /NumberFormat/],
  [new SharedArrayBuffer(1), /SharedArrayBuffer/],
  [new Proxy({a: 1}, {}), /a Proxy/],
  [new Proxy([], {}), /a Proxy/],
  [new Event('click'), /Event/],
  [new TextEncoder(), /TextEncoder/],
  [Object.create(Map.prototype), /the class Map|Map/],
  [Object.create(Date.prototype), /Date/],
  [Object.create(Array.prototype), /Array/],
  [Object.create(Error.prototype), /Error/],
  [transferred(), /transferred/],
  [revoked(() => {}), /a Proxy/],
  [revoked({}), /a Proxy/],
  [hostileProxy(), /a Proxy/],
  [new Proxy(async () => {}, {}), /a Proxy/],
  [Object.assign(Promise.resolve(), {cancel: 1}), /a promise with a member of its own \(cancel\)/],
  [failing('constructor'), /an object with a prototype of its own/],
  [failing(Symbol.toStringTag), /a prototype of its own/],
  [elementLike(new Note()), /an instance of the class Note/],
  [Object.create(elementLike({})), /a prototype of its own/],
  [commonArguments(1), /the kind Arguments/],
  [Object.setPrototypeOf(new Date(0), Object.prototype), /the kind Date/],
  [Object.setPrototypeOf([1], null), /the kind Array/],
  [polyfill(), /the class Map, which is not the built-in one/],
];

function commonArguments() {
  return arguments;
}

function polyfill() {
  return new (class Map {
    size = 0;
  })();
}

function elementLike(object) {
  const $$typeof = Symbol.for('react.transitional.element');
  return Object.assign(object, {$$typeof, type: 'a', key: null, props: {}});
}

function revoked(target) {
  const {proxy, revoke} = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** Fails whatever it is asked for. */
function hostileProxy() {
  const fail = () => {
    throw new Error('trap');
  };
  return new Proxy({}, new Proxy({}, {get: () => fail}));
}

function failing(key) {
  const get = () => {
    throw new Error('getter');
  };
  return Object.create(Object.defineProperty({}, key, {get}));
}

function transferred() {
  const buffer = new ArrayBuffer(4);
  structuredClone(buffer, {transfer: [buffer]});
  return buffer;
}
