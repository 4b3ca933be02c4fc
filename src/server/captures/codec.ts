import {DevalueError, parse, stringifyAsync} from 'devalue';
import {createElement} from 'react';
import {UnserializableCapturesError} from '../errors.ts';
import {
  findClientReference,
  isClientReference,
  keepClientReference,
} from '../manifest/clientReferences.ts';
import {isServerReference, type ServerReference} from '../manifest/references.ts';
import {builtinModule} from '../platform/builtinModule.ts';
import {refuse} from '../refusals.ts';
import {Graph} from './graph.ts';
import {addCaptures, findInlineReference, type EncryptCaptures} from './inlineReferences.ts';
import {kindNamed, kindOf, type Pieces} from './kinds.ts';
import {ComputedMember, defineMembers, readMembers, throwing} from './members.ts';
import {encodePassed} from './passedReferences.ts';
import {PickedCaptures} from './pickMembers.ts';
import {isElement, isRendered, renderedNode, renderElement} from './renderedElements.ts';
import {OpenedCaptures, sealedShape} from './sealedExports.ts';
import {describe, explainUnsendable, findPlace, Unsendable} from './unsendable.ts';

/*
 * The captures of a function as bytes and back, from server to server. What comes back is equal to what was
 * captured, objects inside being the same or not as they were, or nothing is sent: nothing arrives changed.
 *
 * devalue (https://github.com/sveltejs/devalue) writes what it can write exactly. Everything else goes in
 * pieces: `["pieces", index]`, with the pieces at that index being
 * [name of the kind, seed, items, own members, whether more can be added].
 * An object is made of its seed alone, and gets the rest when all objects are there: they may hold each other.
 *
 * Bytes: ids of the server functions in a line of JSON, then what devalue has written, in UTF-8.
 */

/** Milliseconds that a promise has to settle. After that it arrives as one that has failed. */
const PATIENCE = 3000;

/**
 * Encodes captures, as they are now. Promises are awaited.
 *
 * @param id `$$id` of the server function, for errors
 * @param captures its captured values, as `pickMembers` gives them or whole
 * @param names of the variables
 * @throws {UnserializableCapturesError} for what would not come back as it is
 */
export async function encodeCaptures(
  id: string,
  captures: unknown[],
  names: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const graph = new Graph();
  const picked = new PickedCaptures(captures, graph);
  const {root} = picked;
  const pathTo = (value: unknown) => findPlace(value, root, names, graph)?.path;
  for (;;) {
    try {
      return await new Encoder(graph, picked, pathTo).encode(root);
    } catch (error) {
      const found = unsendableOf(error);
      const place = findPlace(found.value, root, names, graph);
      const explained = explanation(id, found, place, error);
      if (!place?.picked) throw explained;
      // A member of its own right may be one that the function does not read.
      Object.defineProperty(place.picked.object, place.picked.key, throwing(explained));
    }
  }
}

function unsendableOf(error: unknown): Unsendable {
  if (error instanceof Unsendable) return error;
  if (error instanceof DevalueError) return new Unsendable(error.value, error.message);
  if (error instanceof RangeError) return new Unsendable(undefined, 'nested too deeply');
  throw error;
}

function explanation(
  id: string,
  found: Unsendable,
  place: Parameters<typeof explainUnsendable>[2],
  cause: unknown,
): UnserializableCapturesError {
  return new UnserializableCapturesError(explainUnsendable(id, found, place), {cause});
}

type Payload = [name: string, ...pieces: unknown[]];

/** Writes what {@link Decoder} reads. */
class Encoder {
  readonly #graph: Graph;
  readonly #picked: PickedCaptures;
  readonly #pathTo: (value: unknown) => string | undefined;
  /** Ids of server functions, for the decoder to load before it reads the rest. */
  readonly #ids = new Set<string>();
  /** Promises of pieces, which devalue awaits itself. */
  readonly #pieces = new WeakSet<object>();

  constructor(
    graph: Graph,
    picked: PickedCaptures,
    pathTo: (value: unknown) => string | undefined,
  ) {
    this.#graph = graph;
    this.#picked = picked;
    this.#pathTo = pathTo;
  }

  async encode(root: unknown): Promise<Uint8Array<ArrayBuffer>> {
    const operations = {isThenable: (value: object) => this.#pieces.has(value)};
    const text = await stringifyAsync(root, {pieces: this.#write}, {operations});
    return new TextEncoder().encode(`${JSON.stringify([...this.#ids])}\n${text}`);
  }

  /** The pieces of a value; `undefined` for what devalue writes by itself. */
  #write = (value: unknown): Payload | undefined => {
    if (typeof value === 'symbol') return writeSymbol(value);
    if (typeof value === 'function') return this.#writeFunction(value as ServerReference);
    if (typeof value !== 'object' || value === null || this.#pieces.has(value)) return undefined;
    return this.#writeObject(value);
  };

  #writeFunction(value: ServerReference): Payload {
    if (isClientReference(value)) return writeClientReference(value);
    if (!isServerReference(value)) throw new Unsendable(value, describe(value));
    // A function that came with a request says so in its id.
    const id = encodePassed(() => value.$$id);
    this.#ids.add(id);
    const inline = findInlineReference(value);
    if (!inline) return value.$$bound ? ['bound', id, [...value.$$bound]] : ['function', id];
    const {shape, names} = inline.captures;
    const values = this.#picked.of(this.#graph.capturesOf(inline));
    return ['inline', [id, shape, names, value.name, value.length], [values, inline.args]];
  }

  #writeObject(value: object): Payload | undefined {
    if (isProxy?.(value) || value instanceof Promise) {
      if (isClientReference(value)) return writeClientReference(value);
      if (isProxy?.(value)) throw new Unsendable(value, 'a Proxy');
    }
    if (Reflect.getPrototypeOf(value) === Promise.prototype) {
      return ['promise', undefined, this.#piece(this.#settle(value as Promise<unknown>))];
    }
    if ('$$typeof' in value) {
      if (isRendered(value)) return ['rendered', this.#piece(this.#render(value))];
      if (isElement(value)) return writeElement(value as object as ElementParts);
    }
    return this.#writeKind(value);
  }

  #writeKind(value: object): Payload | undefined {
    const kind = kindOf(value);
    const reason = kind ? kind.refuse?.(value) : describe(value);
    if (!kind || reason !== undefined) throw new Unsendable(value, reason!);
    if (kind.isNative?.(value)) return undefined;
    try {
      const {seed, items} = kind.take!(value);
      const pieces: Payload = [kind.name, this.#seed(seed), items];
      if (kind.hasMembers) pieces.push(readMembers(value), Object.isExtensible(value));
      return pieces;
    } catch (error) {
      throw error instanceof ComputedMember
        ? new Unsendable(value, 'computed by a getter', error.key)
        : new Unsendable(value, describe(value));
    }
  }

  #seed(seed: Pieces['seed']): unknown {
    for (const part of Array.isArray(seed) ? (seed as unknown[]) : []) {
      if (part instanceof Promise) this.#piece(part);
    }
    return seed;
  }

  #piece<T extends object>(promise: T): T {
    this.#pieces.add(promise);
    return promise;
  }

  async #settle(promise: Promise<unknown>): Promise<[isFulfilled: boolean, value: unknown]> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(this.#unsettled(promise)), PATIENCE);
    });
    try {
      const value = await Promise.race([promise, timeout]);
      this.#graph.settle(promise, value);
      return [true, value];
    } catch (reason) {
      return [false, await this.#sendable(reason, promise)];
    } finally {
      clearTimeout(timer);
    }
  }

  #unsettled(promise: Promise<unknown>): Error {
    return new UnserializableCapturesError(
      `\`${this.#pathTo(promise) ?? 'A promise'}\` was captured by a server function as a promise that had not settled ${PATIENCE / 1000} seconds later, when the function was sent. Await it before, or get the value inside the function.`,
    );
  }

  /** Only code that awaits the promise sees the reason, so it prevents nothing else. */
  async #sendable(reason: unknown, promise: Promise<unknown>): Promise<unknown> {
    try {
      await new Encoder(this.#graph, this.#picked, this.#pathTo).encode([reason]);
      return reason;
    } catch (cause) {
      const text = reason instanceof Error ? String(reason) : unsendableOf(cause).message;
      return new UnserializableCapturesError(
        `The promise \`${this.#pathTo(promise) ?? ''}\` has failed with a value that cannot be sent: ${text}`,
      );
    }
  }

  async #render(element: object): Promise<ArrayBuffer> {
    try {
      return await renderElement(element);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const text = `an element of a Server Component, which travels as what it renders, and failed (${reason})`;
      throw Object.assign(new Unsendable(element, text), {cause});
    }
  }
}

/** Tells a Proxy where the runtime can: it decides itself what it shows of the object behind it. */
const isProxy = builtinModule('node:util')?.types.isProxy;

const wellKnown = new Map(
  Reflect.ownKeys(Symbol)
    .map((name) => [Reflect.get(Symbol, name) as unknown, name] as const)
    .filter(([symbol]) => typeof symbol === 'symbol'),
);

function writeSymbol(symbol: symbol): Payload {
  const key = Symbol.keyFor(symbol);
  if (key !== undefined) return ['symbol', key];
  const name = wellKnown.get(symbol);
  if (name === undefined) throw new Unsendable(symbol, 'a symbol that exists only here');
  return ['wellKnown', name];
}

function writeClientReference(reference: {$$id: string; $$async: boolean}): Payload {
  keepClientReference(reference as never);
  return ['client', [reference.$$id, reference.$$async]];
}

interface ElementParts {
  type: unknown;
  key: unknown;
  props: object;
}

function writeElement({type, key, props}: ElementParts): Payload {
  return ['element', undefined, [type, key, props]];
}

/** What a function that came with a request, and was captured, comes back as. */
export interface References {
  /**
   * Loads a server function by the id that {@link Encoder} has written.
   */
  load(id: string): Promise<ServerReference>;
  encrypt: EncryptCaptures;
}

/**
 * The values of {@link encodeCaptures}, new ones at each call. The bytes must be trusted: they name
 * functions to load.
 */
export async function decodeCapturesWith(
  bytes: Uint8Array,
  references: References,
): Promise<unknown[]> {
  const text = new TextDecoder().decode(bytes);
  const end = text.indexOf('\n');
  const ids = JSON.parse(text.slice(0, end)) as string[];
  const loaded = await Promise.all(ids.map(async (id) => [id, await references.load(id)] as const));
  return new Decoder(new Map(loaded), references).decode(text.slice(end + 1));
}

/** How a value of one kind is put together. */
interface Assembly {
  value: unknown;
  fill?: ((items: any) => void) | undefined;
}

/** Reads what {@link Encoder} writes. */
class Decoder {
  readonly #functions: ReadonlyMap<string, ServerReference>;
  readonly #references: References;
  /** By its pieces, which devalue may give twice: while they are read, and afterwards. */
  readonly #made = new Map<Payload, Assembly>();

  constructor(functions: ReadonlyMap<string, ServerReference>, references: References) {
    this.#functions = functions;
    this.#references = references;
  }

  decode(text: string): unknown[] {
    const values = parse(text, {pieces: this.#read}) as unknown[];
    for (const [[, , items, members, isExtensible], {value, fill}] of this.#made) {
      fill?.(items);
      if (members) defineMembers(value as object, members as unknown[], isExtensible as boolean);
    }
    return values;
  }

  #read = (payload: Payload): unknown => {
    let made = this.#made.get(payload);
    if (!made) this.#made.set(payload, (made = this.#make(payload)));
    return made.value;
  };

  #make([name, seed]: Payload): Assembly {
    switch (name) {
      case 'symbol':
        return {value: Symbol.for(seed as string)};
      case 'wellKnown':
        return {value: Reflect.get(Symbol, seed as string)};
      case 'client':
        return {value: findClientReference(...(seed as [id: string, isAsync: boolean]))};
      case 'function':
        return {value: this.#function(seed as string)};
      case 'bound':
        return boundReference(this.#function(seed as string));
      case 'inline':
        return this.#inlineReference(seed as InlineSeed);
      case 'promise':
        return promiseOf();
      case 'element':
        return newElement();
      case 'rendered':
        return {value: renderedNode(seed as ArrayBuffer, (id) => this.#references.load(id))};
      default:
        return makeKind(name, seed);
    }
  }

  #function(id: string): ServerReference {
    return this.#functions.get(id)!;
  }

  #inlineReference([id, shape, names, name, length]: InlineSeed): Assembly {
    const own = this.#function(id);
    const values: unknown[] = [];
    const args: unknown[] = [];
    const call = (...rest: unknown[]) => {
      if (sealedShape(own) !== shape) return Promise.reject(refuse('other-build'));
      return own(new OpenedCaptures(values), ...args, ...rest);
    };
    Object.defineProperties(call, {
      $$typeof: {value: own.$$typeof},
      $$id: {value: own.$$id, configurable: true},
      name: {value: name, configurable: true},
      length: {value: length, configurable: true},
    });
    const captures = {read: () => values, shape, names};
    return {
      value: addCaptures(call as never, captures, this.#references.encrypt, args),
      fill(items: [unknown[], unknown[]]) {
        values.push(...items[0]);
        args.push(...items[1]);
      },
    };
  }
}

type InlineSeed = [id: string, shape: string, names: string, name: string, length: number];

function makeKind(name: string, seed: unknown): Assembly {
  const kind = kindNamed(name);
  if (!kind?.make) throw new Error(`Values of the kind ${name} do not exist here.`);
  const value = kind.make(seed);
  return {value, fill: kind.fill && ((items) => kind.fill!(value, items))};
}

/** A bound function is made with its arguments, which may hold it. So it stands behind another one. */
function boundReference(own: ServerReference): Assembly {
  let bound: ServerReference;
  const reference = (...args: unknown[]) => bound(...args);
  return {
    value: reference,
    fill(args: unknown[]) {
      bound = Function.prototype.call.call(own.bind as never, own, null, ...args) as never;
      Object.defineProperties(reference, Object.getOwnPropertyDescriptors(bound));
    },
  };
}

function promiseOf(): Assembly {
  const {promise, settle} = newPromise();
  // Whether a failure is handled is for the function to decide, when it looks at the promise.
  promise.catch(() => {});
  return {value: promise, fill: settle};
}

function newPromise() {
  let settle!: (items: [isFulfilled: boolean, value: unknown]) => void;
  const promise = new Promise<unknown>((resolve, reject) => {
    settle = ([isFulfilled, value]) => (isFulfilled ? resolve(value) : reject(value));
  });
  return {promise, settle};
}

/** An element with everything that this build of React keeps on one. */
function newElement(): Assembly {
  const value = {};
  return {
    value,
    fill([type, key, props]: [unknown, unknown, {ref?: unknown}]) {
      const model = createElement('a') as object & {_store?: {validated: number}};
      // Its keys have been checked where it was made.
      if (model._store) model._store.validated = 1;
      const found = Object.getOwnPropertyDescriptors(model) as Record<string, PropertyDescriptor>;
      Object.assign(found['type']!, {value: type});
      Object.assign(found['key']!, {value: key});
      Object.assign(found['props']!, {value: props});
      Object.defineProperties(value, found);
      if (Object.isFrozen(model)) Object.freeze(value);
    },
  };
}
