import {UnserializableCapturesError} from '../errors.ts';
import {hasNoMembers, hasPlainItems, hasPlainMembers, ownMembers} from './members.ts';

/** An object in pieces. What it is made with comes first, as that holds no object that could hold it. */
export interface Pieces {
  /** What {@link Kind.make} takes. Promises in it are awaited. */
  seed?: unknown;
  /** What {@link Kind.fill} takes: items that may lead back to the object. */
  items?: unknown[];
}

/** How objects of one prototype travel. */
export interface Kind {
  readonly name: string;
  /** Whether devalue writes this object as it is. Otherwise it goes in pieces. */
  isNative?(value: object): boolean;
  /** Checks an object, and throws or returns `false` if it has nothing but the prototype. */
  probe?(value: object): unknown;
  /** Why this one object cannot be sent, as the end of "it is …"; `undefined` when it can. */
  refuse?(value: object): string | undefined;
  /** Takes an object apart; without it, only devalue can write objects of the prototype. */
  take?(value: object): Pieces;
  make?(seed: unknown): object;
  fill?(object: object, items: unknown[]): void;
  /** Whether its own members travel too. */
  hasMembers?: boolean;
}

const OWN_MEMBERS = 'given members of its own, or has been frozen';

function kind<T extends object, Seed = unknown>(found: {
  name: string;
  isNative?(value: T): boolean;
  probe?(value: T): unknown;
  refuse?(value: T): string | undefined;
  take?(value: T): {seed?: Seed | readonly (Seed | Promise<unknown>)[]; items?: unknown[]};
  make?(seed: any): T;
  fill?(object: T, items: any[]): void;
  hasMembers?: boolean;
}): Kind {
  return found;
}

const object = kind({
  name: 'object',
  probe: isOrdinary,
  hasMembers: true,
  isNative: hasPlainMembers,
  take: () => ({}),
  make: () => ({}),
});

const withoutPrototype = kind({
  name: 'null',
  probe: isOrdinary,
  hasMembers: true,
  isNative: hasPlainMembers,
  take: () => ({}),
  make: () => Object.create(null) as object,
});

const array = kind<unknown[]>({
  name: 'array',
  probe: Array.isArray,
  hasMembers: true,
  isNative: hasPlainItems,
  take: () => ({}),
  make: () => [],
});

const map = kind<Map<unknown, unknown>>({
  name: 'map',
  probe: (value) => value.size >= 0,
  hasMembers: true,
  isNative: hasNoMembers,
  take: (value) => ({items: [...value]}),
  make: () => new Map(),
  fill: (value, items: [unknown, unknown][]) => {
    for (const [key, item] of items) value.set(key, item);
  },
});

const set = kind<Set<unknown>>({
  name: 'set',
  probe: (value) => value.size >= 0,
  hasMembers: true,
  isNative: hasNoMembers,
  take: (value) => ({items: [...value]}),
  make: () => new Set(),
  fill: (value, items) => {
    for (const item of items) value.add(item);
  },
});

const date = kind<Date, number>({
  name: 'date',
  probe: (value) => typeof value.getTime() === 'number',
  hasMembers: true,
  isNative: hasNoMembers,
  take: (value) => ({seed: value.getTime()}),
  make: (time: number) => new Date(time),
});

const regExp = kind<RegExp, string>({
  name: 'regexp',
  probe: (value) => typeof value.source === 'string',
  hasMembers: true,
  isNative: (value) => hasNoMembers(value, 1) && isAtStart(value),
  take: ({source, flags}) => ({seed: [source, flags]}),
  make: ([source, flags]: [string, string]) => new RegExp(source, flags),
});

function isAtStart(value: RegExp): boolean {
  const {value: index, writable} = Reflect.getOwnPropertyDescriptor(value, 'lastIndex')!;
  return index === 0 && writable === true;
}

const boxed = kind<object>({
  name: 'boxed',
  hasMembers: true,
  // An own member could hide the method.
  take: (value) => ({seed: primitiveOf(value)}),
  make: (primitive: unknown) => Object(primitive) as object,
});

function primitiveOf(value: object): unknown {
  const {valueOf} = Reflect.getPrototypeOf(value) as {valueOf: (this: object) => unknown};
  return valueOf.call(value);
}

/** The built-in errors, which share one internal kind and differ by prototype. */
const errors: Record<string, {prototype: object} | undefined> = {
  AggregateError,
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  UnserializableCapturesError,
  ...('SuppressedError' in globalThis && {
    SuppressedError: (globalThis as never as {SuppressedError: {prototype: object}})
      .SuppressedError,
  }),
};
const errorNames = new Map(Object.entries(errors).map(([name, made]) => [made!.prototype, name]));

const error = kind<object, string>({
  name: 'error',
  probe: (value) => /^\[object Error\]$/.test(tagOf(value)) || Symbol.toStringTag in value,
  hasMembers: true,
  take: (value) => ({seed: errorNames.get(localPrototype(value)!)!}),
  make: (name: string) => Object.setPrototypeOf(new Error(), errors[name]!.prototype) as object,
});

/** Not so `arguments`, and what was a Date before it was given another prototype. */
function isOrdinary(value: object): boolean {
  return Symbol.toStringTag in value || tagOf(value) === '[object Object]';
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value);
}

const domException = kind<DOMException, string>({
  name: 'domexception',
  hasMembers: true,
  take: ({message, name}) => ({seed: [message, name]}),
  make: ([message, name]: [string, string]) => new DOMException(message, name),
});

const bytes = kind<ArrayBufferView>({
  name: 'bytes',
  probe: (value) => value.byteLength >= 0,
  isNative: () => true,
  refuse: refuseMembersOfView,
});

function refuseMembersOfView(view: ArrayBufferView): string | undefined {
  // The indices of a typed array are members as well.
  const expected = view instanceof DataView ? 0 : (view as Uint8Array).length;
  return hasNoMembers(view, expected) ? undefined : OWN_MEMBERS;
}

const arrayBuffer = kind<ArrayBuffer & {resizable?: boolean; detached?: boolean}>({
  name: 'arraybuffer',
  probe: (value) => value.byteLength >= 0,
  isNative: () => true,
  refuse(value) {
    if (value.resizable) return 'an ArrayBuffer that can be resized';
    if (isDetached(value)) return 'an ArrayBuffer that has been transferred';
    return hasNoMembers(value) ? undefined : OWN_MEMBERS;
  },
});

function isDetached(value: ArrayBuffer): boolean {
  if (value.byteLength > 0) return false;
  try {
    return new Uint8Array(value).length > 0;
  } catch {
    return true;
  }
}

const buffer = kind<Uint8Array, Uint8Array>({
  name: 'buffer',
  probe: (value) => value.byteLength >= 0,
  refuse: refuseMembersOfView,
  take: (value) => ({seed: isPooled(value) ? new Uint8Array(value) : viewOf(value)}),
  make: (view: Uint8Array) =>
    globalThis.Buffer.from(view.buffer as ArrayBuffer, view.byteOffset, view.length),
});

/** Whether Node shares the memory among small buffers: it then holds data of others. */
function isPooled({buffer: memory, length}: Uint8Array): boolean {
  return memory.byteLength === globalThis.Buffer.poolSize && length < memory.byteLength;
}

function viewOf(value: Uint8Array): Uint8Array {
  return new Uint8Array(value.buffer, value.byteOffset, value.length);
}

const platformObject = kind({
  name: 'platform',
  probe: String,
  isNative: () => true,
  refuse: refuseMembers,
});

function refuseMembers(value: object): string | undefined {
  const isChanged = ownMembers(value).length > 0 || !Object.isExtensible(value);
  return isChanged ? OWN_MEMBERS : undefined;
}

/** What changes the `searchParams` of a URL changes the URL. */
const owners = new WeakMap<URLSearchParams, URL>();

const url = kind<URL, string>({
  name: 'url',
  probe: String,
  refuse: refuseMembers,
  take(value) {
    owners.set(value.searchParams, value);
    return {seed: value.href};
  },
  make: (href: string) => new URL(href),
});

const searchParams = kind<URLSearchParams>({
  name: 'searchparams',
  probe: String,
  refuse: refuseMembers,
  // The URL may come after its parameters. In an array, as devalue takes no promise of what it has seen.
  take: (value) => ({seed: [String(value), Promise.resolve().then(() => [owners.get(value)])]}),
  make: ([text, [owner]]: [string, [URL | undefined]]) =>
    owner ? owner.searchParams : new URLSearchParams(text),
});

const blob = kind<Blob>({
  name: 'blob',
  refuse: refuseMembersOfBlob,
  take: (value) => ({seed: [value.type, value.arrayBuffer()]}),
  make: ([type, content]: [string, ArrayBuffer]) => new Blob([content], {type}),
});

/**
 * Node's parts of blobs and of files on disk are of a class of its own from version 22 on, and each
 * is given a member `constructor`.
 */
function refuseMembersOfBlob(value: Blob): string | undefined {
  const isPart = Reflect.getPrototypeOf(value) === partOfBlob;
  const expected = isPart && Object.hasOwn(value, 'constructor') ? 1 : 0;
  const isChanged = ownMembers(value).length !== expected || !Object.isExtensible(value);
  return isChanged ? OWN_MEMBERS : undefined;
}

const partOfBlob = Reflect.getPrototypeOf(new Blob([]).slice())!;

const file = kind<File>({
  name: 'file',
  refuse: refuseMembers,
  take: (value) => ({seed: [value.type, value.arrayBuffer(), value.name, value.lastModified]}),
  make: ([type, content, name, lastModified]: [string, ArrayBuffer, string, number]) =>
    new File([content], name, {type, lastModified}),
});

const formData = kind<FormData>({
  name: 'formdata',
  refuse: refuseMembers,
  take: (value) => ({items: [...value]}),
  make: () => new FormData(),
  fill: (value, items: [string, string][]) => {
    for (const [key, item] of items) value.append(key, item);
  },
});

const headers = kind<Headers>({
  name: 'headers',
  refuse: refuseMembers,
  take: (value) => ({seed: [...value]}),
  make: (items: [string, string][]) => new Headers(items),
});

const TYPED_ARRAYS = [
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array'],
  ...['Uint32Array', 'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array'],
  ...['BigUint64Array', 'DataView'],
];

/** Kinds by the name of their constructor on the global object. */
const GLOBAL_KINDS: readonly (readonly [string, Kind])[] = [
  ['Object', object],
  ['Array', array],
  ['Map', map],
  ['Set', set],
  ['Date', date],
  ['RegExp', regExp],
  ...['Number', 'String', 'Boolean', 'BigInt', 'Symbol'].map((name) => [name, boxed] as const),
  ...Object.keys(errors).map((name) => [name, error] as const),
  ['DOMException', domException],
  ...TYPED_ARRAYS.map((name) => [name, bytes] as const),
  ['ArrayBuffer', arrayBuffer],
  ['Buffer', buffer],
  ['URL', url],
  ['URLSearchParams', searchParams],
  ['Blob', blob],
  ['File', file],
  ['FormData', formData],
  ['Headers', headers],
];

const prototypes = new Map<object, Kind>();
for (const [name, found] of GLOBAL_KINDS) addKind(globalThis, name, found);
const {Temporal} = globalThis as {Temporal?: object};
for (const name of Object.getOwnPropertyNames(Temporal ?? {})) {
  addKind(Temporal!, name, platformObject);
}
prototypes.set(UnserializableCapturesError.prototype, error);
prototypes.set(partOfBlob, blob);

function addKind(holder: object, name: string, found: Kind): void {
  const {prototype} = (Reflect.get(holder, name) ?? {}) as {prototype?: object};
  if (prototype) prototypes.set(prototype, found);
}

const kinds = new Map(
  [...prototypes.values(), withoutPrototype].map((found) => [found.name, found]),
);

/** Finds how an object travels, by its prototype alone; `undefined` when no built-in object has it. */
export function kindOf(value: object): Kind | undefined {
  const prototype = localPrototype(value);
  return prototype === null ? withoutPrototype : prototypes.get(prototype);
}

export function kindNamed(name: string): Kind | undefined {
  return kinds.get(name);
}

/**
 * The prototype, and for that of another realm, as test runners make one for each file, the one in its
 * place.
 */
function localPrototype(value: object): object | null {
  const prototype: object | null = Reflect.getPrototypeOf(value);
  if (prototype === null || prototypes.has(prototype)) return prototype;
  const made: unknown = Reflect.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  const isForeign =
    typeof made === 'function' &&
    made.prototype === prototype &&
    /\[native code\]\s*\}$/.test(Function.prototype.toString.call(made));
  const local = isForeign ? (Reflect.get(globalThis, made.name) as unknown) : undefined;
  return (local as {prototype?: object} | undefined)?.prototype ?? prototype;
}
