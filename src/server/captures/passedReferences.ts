import {createAsyncStorage} from '../platform/asyncStorage.ts';
import type {ServerReference} from '../manifest/references.ts';

/*
 * A function that came with a request may be captured by an inline server function, by an app that takes
 * it for data. When the captures come back it must not be the function itself, as the app's own are, but
 * a reference that calls go through once more. So the token remembers which is which.
 */

/** No id of a function begins with it. */
const MARK = '\0';

const encoding = createAsyncStorage<true>();

/** Runs the encoding of captures: in it, the id of a passed reference says what it is. */
export function encodePassed<T>(encode: () => T): T {
  return encoding.run(true, encode);
}

/** The id of a captured reference that came with a request; `undefined` for the app's own. */
export function passedId(captured: string): string | undefined {
  return captured.startsWith(MARK) ? captured.slice(MARK.length) : undefined;
}

/** Own property: the id of a reference that came with a request. */
const PASSED = Symbol('use-server-webpack-plugin.passed');

interface PassedReference extends ServerReference {
  [PASSED]: string;
  $$location?: Error;
}

/**
 * Marks a reference as one that came with a request, and those that are bound of it.
 *
 * The accessor is one for all: V8 keeps each pair of accessors in the shape of its object, which only a full
 * garbage collection takes away, with everything that the accessors hold.
 *
 * @param id of the function
 * @returns `reference`
 */
export function markPassed<T extends ServerReference>(reference: T, id: string): T {
  return Object.defineProperties(reference, {
    [PASSED]: {value: id, configurable: true},
    $$id: {get: readId, configurable: true},
    bind: {value: bindPassed, configurable: true},
  });
}

function readId(this: PassedReference): string {
  const id = this[PASSED];
  return encoding.getStore() ? MARK + id : id;
}

/** As `bind` in ReactFlightWebpackReferences.js, whose copy of the id could not say more. */
function bindPassed(
  this: PassedReference,
  ...args: [thisArgument: unknown, ...rest: unknown[]]
): unknown {
  const bound = Function.prototype.bind.apply(this as never, args) as ServerReference;
  if (!Object.hasOwn(this, PASSED)) return bound;
  Object.defineProperties(bound, {
    $$typeof: {value: this.$$typeof},
    $$bound: {value: [...(this.$$bound ?? []), ...args.slice(1)]},
    $$location: {value: this.$$location, configurable: true},
  });
  return markPassed(bound, this[PASSED]);
}
