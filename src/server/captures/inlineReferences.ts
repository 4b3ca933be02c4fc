import {runEnclosed} from './enclosure.ts';
import {UnserializableCapturesError} from '../errors.ts';
import {isServerReference, type ServerReference} from '../manifest/references.ts';
import {reactIsDevelopment} from '../platform/mode.ts';

type AnyFunction = (...args: any[]) => any;

/** What an inline server function captures. */
export interface InlineCaptures {
  /** Gives the values as they are now. */
  read: () => unknown[];
  /** A hash of the names and members that are captured. */
  shape: string;
  /** Of the variables, separated by commas. */
  names: string;
}

/** Makes captures a token, which the reference of an id is bound to. */
export type EncryptCaptures = (
  id: string,
  values: unknown[],
  shape: string,
  names: string,
) => Promise<string>;

/** A reference with captures, and what it is bound to besides them. */
export interface InlineReference {
  captures: InlineCaptures;
  args: readonly unknown[];
}

const inlineReferences = new WeakMap<object, InlineReference>();

/** Finds what is known of a reference with captures; `undefined` for all others. */
export function findInlineReference(reference: object): InlineReference | undefined {
  return inlineReferences.get(reference);
}

/**
 * Gives a reference the captures that it sends. They are read when React sends it, and not before.
 *
 * @param args what it is bound to behind them
 * @returns `reference`
 */
export function addCaptures<T extends ServerReference>(
  reference: T,
  captures: InlineCaptures,
  encrypt: EncryptCaptures,
  args: readonly unknown[] = [],
): T {
  inlineReferences.set(reference, {captures, args});
  // React's `bind` reads `$$bound` at once.
  return Object.defineProperties(reference, {
    $$bound: {get: () => [seal(reference, captures, encrypt), ...args], configurable: true},
    bind: {
      value: function bind(this: AnyFunction, ...given: [thisArg: unknown, ...rest: unknown[]]) {
        const bound = Function.prototype.bind.apply(this, given);
        if (!isServerReference(this)) return bound;
        warnOfThis(given[0]);
        copyReference(this, bound);
        const rest = [...args, ...given.slice(1)];
        return addCaptures(bound as ServerReference, captures, encrypt, rest);
      },
      configurable: true,
    },
  });
}

/** Binds as `bind` in ReactFlightWebpackReferences.js does. */
function copyReference(
  reference: ServerReference & {$$location?: Error},
  bound: AnyFunction,
): void {
  Object.defineProperties(bound, {
    $$typeof: {value: reference.$$typeof},
    $$id: {value: reference.$$id},
    $$location: {value: reference.$$location, configurable: true},
  });
}

/** Warns as `bind` in ReactFlightWebpackReferences.js does. */
function warnOfThis(thisArg: unknown): void {
  if (thisArg == null || !reactIsDevelopment) return;
  console.error(
    'Cannot bind "this" of a Server Action. Pass null or undefined as the first argument to .bind().',
  );
}

function seal(
  reference: ServerReference,
  {read, shape, names}: InlineCaptures,
  encrypt: EncryptCaptures,
): Promise<string> {
  const token =
    runEnclosed(reference, () => encrypt(reference.$$id, read(), shape, names)) ??
    Promise.reject(rendersItself(reference));
  // React attaches its handlers when it comes to the value; until then a failure is not unhandled.
  token.catch(() => {});
  return token;
}

/** Words the error for a function that its own captures render: its token would have to hold itself. */
function rendersItself({$$id}: ServerReference): Error {
  return new UnserializableCapturesError(
    `The server function ${$$id} captures an element of a Server Component that is given this very function. Capture what the element is made of, and make it inside the function.`,
  );
}
