import {builtinModule} from '../platform/builtinModule.ts';

/**
 * Whether the `then` of the language runs nothing of the app when it is called on a value: a promise of a class of
 * the app's own is asked for its `constructor`, which then makes another one.
 */
export function isPlainPromise(value: unknown): value is Promise<unknown> {
  return (
    builtinModule('node:util')?.types.isPromise(value) === true &&
    Object.getPrototypeOf(value) === Promise.prototype &&
    !Object.hasOwn(value, 'constructor')
  );
}
