/** What an app takes arguments for. */
const types = [
  ...[String, Array, Object, Promise, FormData, Date, Map, Set, Number, BigInt, Boolean, RegExp],
  ...[Function, Error, Blob, File, Headers, Request, Response, URL, URLSearchParams, TextDecoder],
  ...[ReadableStream, ArrayBuffer, DataView, Uint8Array, AbortSignal, WeakMap, EventTarget, Symbol],
  Object.getPrototypeOf(Uint8Array),
  (async function* () {})().constructor,
];
const iterators = [[][Symbol.iterator](), new Map().entries(), (async function* () {})()];

/** The language calls them by itself, so that functions there are refused. */
export const refusedNames = ['toJSON', 'toString', 'valueOf', 'then'];

/** Every method of those types, but for those above. */
export const methodNames = [
  ...new Set([
    ...types.flatMap((type) => methodsOf(type.prototype)),
    ...iterators.flatMap((iterator) => chainOf(iterator).flatMap(methodsOf)),
    // No methods there, but read where methods are.
    ...['length', 'size', 'message', 'stack', 'cause', 'digest', 'name', 'status', 'value'],
    ...[
      '$$typeof',
      '$$id',
      '$$bound',
      '$$FORM_ACTION',
      '_payload',
      '_init',
      'type',
      'props',
      'key',
    ],
    ...['handleEvent', 'start', 'pull', 'write', 'abort', 'inspect', 'toDTO', 'call', '__proto__'],
  ]),
].filter((name) => !refusedNames.includes(name));

/** @param {object} prototype */
function methodsOf(prototype) {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype ?? {}))
    .filter(([, descriptor]) => typeof descriptor.value === 'function' || 'get' in descriptor)
    .map(([name]) => name);
}

/** @param {object} object */
function chainOf(object) {
  const chain = [];
  for (let link = object; link; link = Object.getPrototypeOf(link)) chain.push(link);
  return chain;
}
