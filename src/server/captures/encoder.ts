import {parse, stringifyAsync} from 'devalue';
import {UnserializableCapturesError} from '../errors.ts';
import {
  isClientReference,
  keepClientReference,
  type ClientReference,
} from '../manifest/clientReferences.ts';
import {isServerReference, type ServerReference} from '../manifest/references.ts';
import {isElement, isRendered} from './elements.ts';
import {PATIENCE, type Graph} from './graph.ts';
import {findInlineReference} from './inlineReferences.ts';
import {isProxy} from './isProxy.ts';
import {kindOf, type Kind, type Pieces} from './kinds.ts';
import {ComputedMember, ownMembers, readMembers} from './members.ts';
import {encodePassed} from './passedReferences.ts';
import type {PickedCaptures} from './pickMembers.ts';
import {renderElement} from './renderedElements.ts';
import {describe, TOO_DEEP, Unsendable, unsendableOf} from './unsendable.ts';

/** So many that one inside of the other could be nested too deeply. */
const MANY_PROMISES = 100;

/** A value in pieces; see codec.ts. */
export type Payload = [name: string, ...pieces: unknown[]];

/** What encoders of the same captures have in common. */
export interface Encoding {
  graph: Graph;
  picked: PickedCaptures;
  /** How the program writes a value. */
  pathTo: (value: unknown) => string | undefined;
}

/** Writes what `Decoder` reads. */
export class Encoder {
  readonly #encoding: Encoding;
  readonly #unsendable: Unsendable[] | undefined;
  /** Ids of server functions, for the decoder to load before it reads the rest. */
  readonly #ids = new Set<string>();
  /** Promises of pieces, which devalue awaits itself. */
  readonly #pieces = new WeakSet<object>();
  /** Promises that have failed with what is written here, to see whether it can be. */
  readonly #failed: readonly object[];
  #last: unknown;
  #promises = 0;

  /** @param unsendable collects what cannot be sent, instead of ending at the first; then the bytes are void */
  constructor(encoding: Encoding, unsendable?: Unsendable[], failed: readonly object[] = []) {
    this.#encoding = encoding;
    this.#unsendable = unsendable;
    this.#failed = failed;
  }

  async encode(root: unknown): Promise<Uint8Array<ArrayBuffer>> {
    const operations = {isThenable: (value: object) => this.#pieces.has(value)};
    try {
      const text = await stringifyAsync(root, {pieces: this.#write}, {operations});
      // What promises give is written one after the other, but read one inside of the other.
      if (this.#promises > MANY_PROMISES) parse(text, {pieces: (payload: Payload) => payload});
      return new TextEncoder().encode(`${JSON.stringify([...this.#ids])}\n${text}`);
    } catch (error) {
      throw isOverflow(error) ? new Unsendable(this.#last, TOO_DEEP) : error;
    }
  }

  /** The pieces of a value; `undefined` for what devalue writes by itself. */
  #write = (value: unknown): Payload | undefined => {
    this.#last = value;
    try {
      return this.#piecesOf(value);
    } catch (error) {
      if (!this.#unsendable || !(error instanceof Unsendable)) throw error;
      this.#unsendable.push(error);
      return ['unsendable'];
    }
  };

  #piecesOf(value: unknown): Payload | undefined {
    if (typeof value === 'symbol') return writeSymbol(value);
    if (typeof value === 'function') return this.#writeFunction(value as ServerReference);
    if (typeof value !== 'object' || value === null || this.#pieces.has(value)) return undefined;
    return this.#writeObject(value);
  }

  #writeFunction(value: ServerReference): Payload {
    if (isClientReference(value)) return writeClientReference(value);
    if (isProxy(value)) throw new Unsendable(value, 'a Proxy');
    if (!isServerReference(value)) throw new Unsendable(value, describe(value));
    // A function that came with a request says so in its id.
    const id = encodePassed(() => value.$$id);
    this.#ids.add(id);
    const inline = findInlineReference(value);
    if (!inline && !value.$$bound) return ['function', id];
    refuseMembers(value);
    if (!inline) return ['bound', id, [...value.$$bound!]];
    const {shape, names} = inline.captures;
    const values = this.#encoding.picked.capturesOf(inline);
    return ['inline', [id, shape, names, value.name, value.length], [values, inline.args]];
  }

  #writeObject(value: object): Payload | undefined {
    if (isProxy(value) || value instanceof Promise) {
      if (isClientReference(value)) return writeClientReference(value);
      if (isProxy(value)) throw new Unsendable(value, 'a Proxy');
    }
    if (Reflect.getPrototypeOf(value) === Promise.prototype) {
      refuseMembers(value);
      if (this.#failed.includes(value)) return ['promise'];
      return ['promise', undefined, this.#piece(this.#settle(value as Promise<unknown>))];
    }
    if (isRendered(value)) return ['rendered', this.#piece(this.#render(value))];
    if (isElement(value)) return writeElement(value as ElementParts);
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
      const pieces: Payload = [kind.name, this.#seed(seed, value), items];
      if (kind.hasMembers) pieces.push(readMembers(value), Object.isExtensible(value));
      return pieces;
    } catch (error) {
      throw error instanceof ComputedMember
        ? new Unsendable(value, 'computed by a getter', error.key)
        : new Unsendable(value, describe(value));
    }
  }

  /** Promises in a seed read the content of a Blob, which may be a file that has changed. */
  #seed(seed: Pieces['seed'], value: object): unknown {
    if (!Array.isArray(seed)) return seed;
    return seed.map((part: unknown) => {
      if (!(part instanceof Promise)) return part;
      const fail = (cause: Error) => {
        const unreadable = `${describe(value)}, which cannot be read (${cause.message})`;
        throw Object.assign(new Unsendable(value, unreadable), {cause});
      };
      return this.#piece(part.catch(fail));
    });
  }

  #piece<T extends object>(promise: T): T {
    this.#promises++;
    this.#pieces.add(promise);
    return promise;
  }

  async #settle(promise: Promise<unknown>): Promise<[isFulfilled: boolean, value: unknown]> {
    let stop!: () => void;
    const timeout = new Promise<never>((_resolve, reject) => {
      stop = this.#whenLate(() => reject(this.#unsettled(promise)));
    });
    try {
      const value = await Promise.race([promise, timeout]);
      this.#encoding.graph.settle(promise, value);
      return [true, value];
    } catch (reason) {
      return [false, ...(await this.#sendable(reason, promise))];
    } finally {
      stop();
    }
  }

  /**
   * Calls when there is no time left for promises. It begins when all else has been written, which may take
   * longer.
   *
   * @returns keeps it from calling
   */
  #whenLate(callback: () => void): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isStopped = false;
    queueMicrotask(() => {
      if (!isStopped) timer = setTimeout(callback, this.#encoding.graph.patience());
    });
    return () => {
      isStopped = true;
      clearTimeout(timer);
    };
  }

  #unsettled(promise: Promise<unknown>): Error {
    const path = this.#encoding.pathTo(promise);
    return new UnserializableCapturesError(
      `${path === undefined ? 'Something' : `\`${path}\``} was captured by a server function as a promise that had not settled ${PATIENCE / 1000} seconds later, when the function was sent. Await it before, or get the value inside the function.`,
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
      await new Encoder(this.#encoding, undefined, failed).encode([reason]);
      return [reason];
    } catch (cause) {
      const message: unknown = reason instanceof Error ? reason.message : undefined;
      const text = typeof message === 'string' ? message : unsendableOf(cause).message;
      const path = this.#encoding.pathTo(promise);
      const error = new UnserializableCapturesError(
        `${path === undefined ? 'A captured promise' : `The promise \`${path}\``} has failed with a value that cannot be sent: ${text}`,
      );
      return [error];
    }
  }

  async #render(element: object): Promise<ArrayBuffer> {
    const end = new AbortController();
    const late = new Error(`it had not been rendered ${PATIENCE / 1000} seconds later`);
    const stop = this.#whenLate(() => end.abort(late));
    try {
      return await renderElement(element, end.signal);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const text = `an element of a Server Component, which travels as what it renders, and failed (${reason})`;
      throw Object.assign(new Unsendable(element, text), {cause});
    } finally {
      stop();
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

/** Members that functions and promises have of the language and of React. */
const KNOWN_MEMBERS = new Set<string | symbol>([
  ...['name', 'length', 'prototype', 'arguments', 'caller', 'toString', 'bind'],
  ...['$$typeof', '$$id', '$$bound', '$$location', '$$FORM_ACTION', '$$IS_SIGNATURE_EQUAL'],
  ...['status', 'value', 'reason', '_debugInfo', 'displayName'],
]);

/** A bound function, or a promise, comes back as another one, without such members. */
function refuseMembers(value: object): void {
  const found = ownMembers(value).find((key) => !KNOWN_MEMBERS.has(key));
  if (found === undefined) return;
  const what = typeof value === 'function' ? 'server function' : 'promise';
  throw new Unsendable(value, `a ${what} with a member of its own (${String(found)})`);
}

function isOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}

const wellKnown = new Map(
  Reflect.ownKeys(Symbol)
    .map((name) => [Reflect.get(Symbol, name) as unknown, name] as const)
    .filter(([symbol]) => typeof symbol === 'symbol'),
);

function writeSymbol(symbol: symbol): Payload {
  const key = Symbol.keyFor(symbol);
  if (key !== undefined) return ['symbol', key];
  const name = wellKnown.get(symbol);
  if (name === undefined) {
    throw new Unsendable(symbol, `a symbol that exists only here (${String(symbol)})`);
  }
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
