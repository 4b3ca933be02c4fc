import {stringifyAsync} from 'devalue';
import {UnserializableCapturesError} from '../errors.ts';
import {
  isClientReference,
  keepClientReference,
  type ClientReference,
} from '../manifest/clientReferences.ts';
import {isServerReference, type ServerReference} from '../manifest/references.ts';
import {builtinModule} from '../platform/builtinModule.ts';
import type {Graph} from './graph.ts';
import {findInlineReference} from './inlineReferences.ts';
import {kindOf, type Kind, type Pieces} from './kinds.ts';
import {ComputedMember, readMembers} from './members.ts';
import {encodePassed} from './passedReferences.ts';
import type {PickedCaptures} from './pickMembers.ts';
import {isElement, isRendered, renderElement} from './renderedElements.ts';
import {describe, Unsendable, unsendableOf} from './unsendable.ts';

/** Milliseconds that a promise has to settle. After that it arrives as one that has failed. */
const PATIENCE = 3000;

/** A value in pieces; see codec.ts. */
export type Payload = [name: string, ...pieces: unknown[]];

/** Writes what `Decoder` reads. */
export class Encoder {
  readonly #graph: Graph;
  readonly #picked: PickedCaptures;
  readonly #pathTo: (value: unknown) => string | undefined;
  /** Ids of server functions, for the decoder to load before it reads the rest. */
  readonly #ids = new Set<string>();
  /** Promises of pieces, which devalue awaits itself. */
  readonly #pieces = new WeakSet<object>();
  /** Promises that have failed with what is written here, to see whether it can be. */
  readonly #failed: readonly object[];

  constructor(
    graph: Graph,
    picked: PickedCaptures,
    pathTo: (value: unknown) => string | undefined,
    failed: readonly object[] = [],
  ) {
    this.#graph = graph;
    this.#picked = picked;
    this.#pathTo = pathTo;
    this.#failed = failed;
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
      if (this.#failed.includes(value)) return ['promise'];
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
    if (!kind || !isGenuine(value, kind)) throw new Unsendable(value, describe(value));
    const reason = kind.refuse?.(value);
    if (reason !== undefined) throw new Unsendable(value, reason);
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
      if (part instanceof Promise) this.#pieces.add(part);
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
      return [false, ...(await this.#sendable(reason, promise))];
    } finally {
      clearTimeout(timer);
    }
  }

  #unsettled(promise: Promise<unknown>): Error {
    return new UnserializableCapturesError(
      `\`${this.#pathTo(promise) ?? 'A promise'}\` was captured by a server function as a promise that had not settled ${PATIENCE / 1000} seconds later, when the function was sent. Await it before, or get the value inside the function.`,
    );
  }

  /**
   * Only code that awaits the promise sees the reason, so it prevents nothing else.
   *
   * @returns in an array, as the reason may be a promise
   */
  async #sendable(reason: unknown, promise: Promise<unknown>): Promise<[reason: unknown]> {
    try {
      const failed = [...this.#failed, promise];
      await new Encoder(this.#graph, this.#picked, this.#pathTo, failed).encode([reason]);
      return [reason];
    } catch (cause) {
      const message: unknown = reason instanceof Error ? reason.message : undefined;
      const text = typeof message === 'string' ? message : unsendableOf(cause).message;
      const error = new UnserializableCapturesError(
        `The promise \`${this.#pathTo(promise) ?? ''}\` has failed with a value that cannot be sent: ${text}`,
      );
      return [error];
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

/** Whether an object is what its prototype says. */
function isGenuine(value: object, kind: Kind): boolean {
  try {
    return kind.probe?.(value) !== false;
  } catch {
    return false;
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

function writeClientReference(reference: ClientReference): Payload {
  keepClientReference(reference);
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
