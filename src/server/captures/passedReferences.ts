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

/**
 * Marks a reference as one that came with a request, and those that are bound of it.
 *
 * @param id of the function
 * @returns `reference`
 */
export function markPassed<T extends ServerReference>(reference: T, id: string): T {
  return Object.defineProperties(reference, {
    $$id: {get: () => (encoding.getStore() ? MARK + id : id), configurable: true},
    bind: {
      value: (...args: [thisArgument: unknown, ...rest: unknown[]]) =>
        bindPassed(reference, id, args),
      configurable: true,
    },
  });
}

/** As `bind` in ReactFlightWebpackReferences.js, whose copy of the id could not say more. */
function bindPassed(
  reference: ServerReference & {$$location?: Error},
  id: string,
  args: [thisArgument: unknown, ...rest: unknown[]],
): ServerReference {
  const bound = Function.prototype.bind.apply(reference as never, args) as ServerReference;
  Object.defineProperties(bound, {
    $$typeof: {value: reference.$$typeof},
    $$bound: {value: [...(reference.$$bound ?? []), ...args.slice(1)]},
    $$location: {value: reference.$$location, configurable: true},
  });
  return markPassed(bound, id);
}
