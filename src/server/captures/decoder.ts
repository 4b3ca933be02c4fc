import {parse} from 'devalue';
import {createElement} from 'react';
import {findClientReference} from '../manifest/clientReferences.ts';
import type {ServerReference} from '../manifest/references.ts';
import {refuse} from '../refusals.ts';
import type {Payload} from './encoder.ts';
import {addCaptures, type EncryptCaptures} from './inlineReferences.ts';
import {kindNamed} from './kinds.ts';
import {defineMembers} from './members.ts';
import {renderedNode} from './renderedElements.ts';
import {OpenedCaptures, sealedShape} from './sealedExports.ts';

/** What the functions among captures need. */
export interface References {
  /** Loads a server function by its id, as `encodePassed` gives it. */
  load(id: string): Promise<ServerReference>;
  /** Used when a function that captures something is sent again. */
  encrypt: EncryptCaptures;
}

/** How a value of one kind is put together. */
interface Assembly {
  value: unknown;
  fill?: ((items: any) => void) | undefined;
}

/** Reads what `Encoder` writes. */
export class Decoder {
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
    const call = async (...rest: unknown[]) => {
      if (sealedShape(own) !== shape) throw refuse('other-build');
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
        for (const value of items[0]) values.push(value);
        for (const argument of items[1]) args.push(argument);
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
      bound = own.bind(null, ...args) as ServerReference;
      Object.defineProperties(reference, Object.getOwnPropertyDescriptors(bound));
      Object.setPrototypeOf(reference, Object.getPrototypeOf(bound) as object);
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
