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

/** What is known of a reference with captures. */
export interface InlineReference {
  captures: InlineCaptures;
  /** What it is bound to behind them. */
  args: readonly unknown[];
  encrypt: EncryptCaptures;
}

/** Own property of references with captures. */
const INLINE = Symbol('use-server-webpack-plugin.inline');

type WithCaptures = ServerReference & {[INLINE]?: InlineReference};

/** Finds what is known of a reference with captures; `undefined` for all others. */
export function findInlineReference(reference: object): InlineReference | undefined {
  return Object.getOwnPropertyDescriptor(reference, INLINE)?.value as InlineReference | undefined;
}

/**
 * Gives a reference the captures that it sends. They are read when React sends it, and not before.
 *
 * Accessors are the same for all references: V8 keeps each pair of accessors in the shape of its object, which
 * only a full garbage collection takes away, with everything that the accessors hold.
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
  return Object.defineProperties(reference, {
    [INLINE]: {value: {captures, args, encrypt} satisfies InlineReference, configurable: true},
    // React's `bind` reads `$$bound` at once.
    $$bound: {get: readBound, configurable: true},
    bind: {value: bindInline, configurable: true},
  });
}

function readBound(this: WithCaptures): unknown[] {
  const inline = this[INLINE]!;
  return [seal(this, inline.captures, inline.encrypt), ...inline.args];
}

function bindInline(this: AnyFunction, ...given: [thisArg: unknown, ...rest: unknown[]]) {
  const bound = Function.prototype.bind.apply(this, given);
  const inline = findInlineReference(this);
  if (!inline || !isServerReference(this)) return bound;
  warnOfThis(given[0]);
  copyReference(this, bound);
  const args = [...inline.args, ...given.slice(1)];
  return addCaptures(bound as ServerReference, inline.captures, inline.encrypt, args);
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
