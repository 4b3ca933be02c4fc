import {types} from 'node:util';
import {beginningOf} from './beginningOf.ts';
import type {Snapshot} from './record.ts';

/*
 * Makes a text of a value without touching it: no getter, trap, iterator or method of the app runs, no promise is
 * awaited and no stream is read. Methods of the language are taken here once, before anybody can replace them.
 */

const DEPTH = 6;
const ENTRIES = 50;
const CHARACTERS = 2_000;
/** Of one value, all in all. */
const NODES = 800;
const TOTAL_CHARACTERS = 40_000;

/** What of a value will be there later. */
export interface Later {
  promise(promise: Promise<unknown>, where: string): void;
  iterable(iterable: object, where: string): void;
}

/** The value as it is now. */
export function snapshot(value: unknown, later?: Later): Snapshot {
  try {
    return new Camera(later).take(value, '', 0);
  } catch {
    // It has the prototype of what it is not.
    return opaque('(cannot be shown)');
  }
}

type AnyFunction = (...args: any[]) => any;
const apply = Reflect.apply;
const call = (method: AnyFunction, self: unknown): any => apply(method, self, []);

const method = (owner: object, name: string) => Reflect.get(owner, name) as AnyFunction;
const getter = (owner: object, name: string) =>
  Reflect.get(Object.getOwnPropertyDescriptor(owner, name)!, 'get') as AnyFunction;
const prototypeOf = (value: object) => Object.getPrototypeOf(value) as object;

const mapEntries = method(Map.prototype, 'entries');
const mapNext = method(prototypeOf(new Map().entries()), 'next');
const mapSize = getter(Map.prototype, 'size');
const setValues = method(Set.prototype, 'values');
const setNext = method(prototypeOf(new Set().values()), 'next');
const setSize = getter(Set.prototype, 'size');
const formEntries = method(FormData.prototype, 'entries');
const formNext = method(prototypeOf(new FormData().entries()), 'next');
const dateText = method(Date.prototype, 'toISOString');
const regExpSource = getter(RegExp.prototype, 'source');
const urlText = getter(URL.prototype, 'href');
const blobSize = getter(Blob.prototype, 'size');
const blobType = getter(Blob.prototype, 'type');
const fileName = getter(File.prototype, 'name');
const bufferLength = getter(ArrayBuffer.prototype, 'byteLength');
const viewLength = getter(prototypeOf(Uint8Array.prototype), 'length');

class Camera {
  #later: Later | undefined;
  readonly #above = new Set<object>();
  #nodes = NODES;
  #characters = TOTAL_CHARACTERS;

  constructor(later: Later | undefined) {
    this.#later = later;
  }

  take(value: unknown, where: string, depth: number): Snapshot {
    this.#nodes--;
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'number':
        return {kind: 'number', text: Object.is(value, -0) ? '-0' : String(value)};
      case 'bigint':
        return {kind: 'number', text: `${shorten(String(value))}n`};
      case 'symbol':
        return {kind: 'symbol', text: shorten(String(value))};
      case 'boolean':
      case 'undefined':
        return {kind: 'constant', text: String(value)};
      default:
        return value === null || value === undefined
          ? constant('null')
          : this.#object(value, where, depth);
    }
  }

  #text(value: string): Snapshot {
    const room = Math.max(Math.min(CHARACTERS, this.#characters), 0);
    const text = beginningOf(value, room);
    this.#characters -= text.length;
    return {kind: 'string', text, ...(value.length > room && {more: value.length - room})};
  }

  #object(value: object, where: string, depth: number): Snapshot {
    if (types.isProxy(value)) return opaque('Proxy (not looked into)');
    if (this.#above.has(value)) return opaque('Circular');
    this.#above.add(value);
    try {
      return this.#known(value, where, depth);
    } finally {
      this.#above.delete(value);
    }
  }

  #known(value: object, where: string, depth: number): Snapshot {
    if (typeof value === 'function') return functionSnapshot(value);
    if (types.isPromise(value)) {
      this.#later?.promise(value, where || 'result');
      return opaque('Promise');
    }
    if (types.isDate(value)) return {kind: 'date', text: dateOf(value)};
    if (types.isRegExp(value)) return opaque(`/${call(regExpSource, value)}/`);
    if (types.isNativeError(value)) return this.#error(value, where, depth);
    if (types.isMap(value)) return this.#map(value, where, depth);
    if (types.isSet(value)) return this.#set(value, where, depth);
    if (types.isAnyArrayBuffer(value)) return opaque(bufferText(value));
    if (types.isTypedArray(value)) return opaque(`${nameOf(value)}(${call(viewLength, value)})`);
    if (types.isWeakMap(value) || types.isWeakSet(value)) return opaque(nameOf(value));
    if (Array.isArray(value)) return this.#array(value, where, depth);
    const web = this.#web(value, where, depth);
    if (web) return web;
    if (hasAsyncIterator(value)) {
      this.#later?.iterable(value, where || 'result');
      return opaque(`${nameOf(value)} (async iterable)`);
    }
    return this.#members(value, where, depth);
  }

  /** What the platform has, and keeps outside of members. */
  #web(value: object, where: string, depth: number): Snapshot | undefined {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === URL.prototype) return opaque(`URL ${call(urlText, value)}`);
    if (prototype === FormData.prototype) return this.#form(value, where, depth);
    if (prototype === Blob.prototype || prototype === File.prototype) {
      const name = prototype === File.prototype ? `File ${call(fileName, value)}` : 'Blob';
      const type = call(blobType, value) as string;
      return opaque(
        `${shorten(name)} (${call(blobSize, value)} bytes${type && `, ${shorten(type)}`})`,
      );
    }
    if (prototype === ReadableStream.prototype) return opaque('ReadableStream');
    return undefined;
  }

  #array(value: unknown[], where: string, depth: number): Snapshot {
    const {length} = value;
    const text = `Array(${length})`;
    return this.#list('array', text, length, depth, function* (take) {
      for (let index = 0; index < length; index++) {
        const own = Object.getOwnPropertyDescriptor(value, index);
        yield [String(index), own ? take(own, `${where}[${index}]`) : constant('empty')];
      }
    });
  }

  #map(value: Map<unknown, unknown>, where: string, depth: number): Snapshot {
    const size = call(mapSize, value) as number;
    return this.#list('object', `Map(${size})`, size, depth, function* (take) {
      const entries: unknown = call(mapEntries, value);
      for (;;) {
        const {done, value: entry} = call(mapNext, entries) as IteratorResult<[unknown, unknown]>;
        if (done) return;
        const name = keyText(entry[0]);
        yield [name, take({value: entry[1]}, `${where}.get(${name})`)];
      }
    });
  }

  #set(value: Set<unknown>, where: string, depth: number): Snapshot {
    const size = call(setSize, value) as number;
    return this.#list('array', `Set(${size})`, size, depth, function* (take) {
      const values: unknown = call(setValues, value);
      for (let index = 0; ; index++) {
        const {done, value: item} = call(setNext, values) as IteratorResult<unknown>;
        if (done) return;
        yield [String(index), take({value: item}, `${where}[${index}]`)];
      }
    });
  }

  #form(value: object, where: string, depth: number): Snapshot {
    const list: [string, unknown][] = [];
    const entries: unknown = call(formEntries, value);
    for (;;) {
      const {done, value: entry} = call(formNext, entries) as IteratorResult<[string, unknown]>;
      if (done) break;
      list.push(entry);
    }
    return this.#list('object', `FormData(${list.length})`, list.length, depth, function* (take) {
      for (const [name, one] of list) yield [name, take({value: one}, `${where}.${name}`)];
    });
  }

  #error(value: Error, where: string, depth: number): Snapshot {
    const message = ownText(value, 'message') ?? '';
    const {entries, more} = this.#unsent(() =>
      this.#members(value, where, depth, ['stack', 'message']),
    );
    return {
      kind: 'error',
      text: shorten(`${ownText(value, 'name') ?? nameOf(value)}: ${message}`),
      ...(entries && entries.length > 0 && {entries}),
      ...(more !== undefined && {more}),
    };
  }

  #members(value: object, where: string, depth: number, hidden: PropertyKey[] = []): Snapshot {
    const element = elementName(value);
    if (element !== undefined) hidden = ELEMENT_MEMBERS;
    const keys = Reflect.ownKeys(value).filter((key) => !hidden.includes(key));
    const name = element === undefined ? nameOf(value) : `<${element}>`;
    const kind = element === undefined ? 'object' : 'element';
    const isPlainObject = hasPlainPrototype(value);
    const look = (isSent: boolean, take: () => Snapshot) => (isSent ? take() : this.#unsent(take));
    return this.#list(kind, name, keys.length, depth, function* (take) {
      for (const key of keys) {
        const own = Object.getOwnPropertyDescriptor(value, key)!;
        const at = where ? `${where}.${String(key)}` : String(key);
        const isSent = isPlainObject && own.enumerable === true && typeof key === 'string';
        yield [shorten(String(key)), look(isSent, () => take(own, at))];
      }
    });
  }

  /**
   * Of what React does not send, nobody looks at promises: one that rejects ends the process, as it does where
   * nothing is recorded.
   */
  #unsent(look: () => Snapshot): Snapshot {
    const later = this.#later;
    this.#later = undefined;
    try {
      return look();
    } finally {
      this.#later = later;
    }
  }

  /** @param list gives names and values, one by one; it is left where there is no more room */
  #list(
    kind: Snapshot['kind'],
    text: string,
    size: number,
    depth: number,
    list: (take: Take) => Iterable<[string, Snapshot]>,
  ): Snapshot {
    if (size === 0) return {kind, text, entries: []};
    if (depth >= DEPTH) return {kind, text, more: size};
    const entries: [string, Snapshot][] = [];
    const take: Take = (own, where) =>
      'value' in own ? this.take(own.value, where, depth + 1) : opaque('Getter (not run)');
    for (const entry of list(take)) {
      entries.push(entry);
      if (entries.length >= ENTRIES || this.#nodes <= 0 || this.#characters <= 0) break;
    }
    const more = size - entries.length;
    return {kind, text, entries, ...(more > 0 && {more})};
  }
}

type Take = (own: PropertyDescriptor, where: string) => Snapshot;

function opaque(text: string): Snapshot {
  return {kind: 'opaque', text: shorten(text)};
}

function constant(text: string): Snapshot {
  return {kind: 'constant', text};
}

function shorten(text: string): string {
  return text.length > 200 ? `${beginningOf(text, 200)}…` : text;
}

/** Server references say which function they are. */
function functionSnapshot(value: object): Snapshot {
  const id = ownText(value, '$$id');
  const name = ownText(value, 'name') ?? '';
  const text = id === undefined ? `function ${name || 'without a name'}` : `server function ${id}`;
  return {kind: 'function', text: shorten(text)};
}

function dateOf(value: Date): string {
  try {
    return call(dateText, value) as string;
  } catch {
    return 'Invalid Date';
  }
}

function bufferText(value: ArrayBuffer | SharedArrayBuffer): string {
  if (types.isSharedArrayBuffer(value)) return 'SharedArrayBuffer';
  return `ArrayBuffer(${call(bufferLength, value)})`;
}

/** Of a key of a Map. */
function keyText(key: unknown): string {
  if (typeof key === 'string') return shorten(JSON.stringify(key));
  if (typeof key === 'object' || typeof key === 'function') return key === null ? 'null' : '{…}';
  return shorten(typeof key === 'symbol' ? key.toString() : `${key as number}`);
}

/** The name of the class, as far as data says it. */
function nameOf(value: object): string {
  let prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return 'Object (no prototype)';
  for (let steps = 0; steps < 20 && isPlain(prototype); steps++) {
    const owner: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    const name = isPlain(owner) ? ownText(owner, 'name') : undefined;
    if (name) return shorten(name);
    prototype = Object.getPrototypeOf(prototype);
  }
  return 'Object';
}

/** React sends the members of no other objects. */
function hasPlainPrototype(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function isPlain(value: unknown): value is object {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isObject && !types.isProxy(value);
}

/** Of a member that is data. */
function ownText(value: object, key: string): string | undefined {
  const text: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return typeof text === 'string' ? text : undefined;
}

function hasAsyncIterator(value: object): boolean {
  let holder: unknown = value;
  for (let steps = 0; steps < 20 && isPlain(holder); steps++) {
    const own = Object.getOwnPropertyDescriptor(holder, Symbol.asyncIterator);
    if (own) return typeof own.value === 'function';
    holder = Object.getPrototypeOf(holder);
  }
  return false;
}

const ELEMENT = Symbol.for('react.transitional.element');
const ELEMENT_MEMBERS = [
  '$$typeof',
  'type',
  '_owner',
  '_store',
  '_debugInfo',
  '_debugStack',
  '_debugTask',
];

/** Name of a React element's type; `undefined` for what is none. */
function elementName(value: object): string | undefined {
  if (Object.getOwnPropertyDescriptor(value, '$$typeof')?.value !== ELEMENT) return undefined;
  const type: unknown = Object.getOwnPropertyDescriptor(value, 'type')?.value;
  if (typeof type === 'string') return shorten(type);
  if (!isPlain(type)) return typeof type === 'symbol' ? 'Fragment' : 'Component';
  return shorten(
    ownText(type, '$$id')?.replace(/^.*#/s, '') ?? ownText(type, 'name') ?? 'Component',
  );
}
