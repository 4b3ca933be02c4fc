import {registerServerReference} from 'react-server-dom-webpack/server';
import {decryptCaptures, encryptCaptures} from './encryption.ts';
import {addCaptures} from './inlineReferences.ts';
import {
  registerServerReference as registerExport,
  type ServerReference,
} from '../manifest/references.ts';
import {holdScope} from '../scope/currentScope.ts';
import {addSealedExport, NO_SHAPE, OpenedCaptures} from './sealedExports.ts';

type AnyFunction = (...args: any[]) => any;

/**
 * Makes an inline server function a reference where it stands. It stays the function that its
 * author wrote; what React sends is its id and, encrypted, the variables that it captures.
 *
 * @param fn the function
 * @param id the module's path, or the whole id when `exportName` is `null`
 * @param exportName the generated name under which the module exports a copy of the function
 * @param name the `name` that the function gets by its place, when it has none of its own
 * @param captures gives the captured values at the time of the call; without it there are none
 * @param shape a hash of the names and members that are captured
 * @param names of the captured variables, separated by commas, for errors
 * @returns `fn`
 */
export function registerInlineFunction<T extends AnyFunction>(
  fn: T,
  id: string,
  exportName: string | null,
  name?: string,
  captures?: () => unknown[],
  shape: string = NO_SHAPE,
  names: string = '',
): T {
  // The second line of this stack is where React's developer tools look for the function.
  const location = new Error('react-stack-top-frame');
  registerServerReference(fn, id, exportName);
  if ('$$location' in fn)
    Object.defineProperty(fn, '$$location', {value: location, configurable: true});
  if (name !== undefined) Object.defineProperty(fn, 'name', {value: name, configurable: true});
  if (captures) {
    addCaptures(fn as T & ServerReference, {read: captures, shape, names}, encryptCaptures);
  }
  return fn;
}

/**
 * The same for a method of an object literal, which is handed over in an object of its own.
 *
 * @returns `holder`, for the object literal to spread
 */
export function registerMethod<T extends object>(
  holder: T,
  id: string,
  exportName: string | null,
  name?: string,
  captures?: () => unknown[],
  shape?: string,
  names?: string,
): T {
  for (const key of Reflect.ownKeys(holder)) {
    registerInlineFunction(
      (holder as Record<PropertyKey, AnyFunction>)[key]!,
      id,
      exportName,
      name,
      captures,
      shape,
      names,
    );
  }
  return holder;
}

/**
 * Makes the exported copy of an inline server function that has captures a reference.
 *
 * @param copy calls {@link callInlineFunction}
 * @param id as for `registerServerReference`
 * @param exportName the same
 * @param shape a hash of the names and members that are captured
 */
export function registerInlineExport(
  copy: AnyFunction,
  id: string,
  exportName: string | null,
  shape: string = NO_SHAPE,
): void {
  registerExport(copy, id, exportName);
  addSealedExport(copy, shape);
}

/**
 * Runs the copy of an inline server function that its module exports.
 *
 * @param factory makes the function from its captured values
 * @param args the arguments of the call; with captures the token comes first, or the handler's
 *   {@link OpenedCaptures}
 * @param id the id under which the captures were encrypted; without it there are none
 * @param shape of the captures that the factory takes
 * @returns what the function returns: always a promise
 * @throws RequestError `invalid-captures` when the token was not made by this application for this function
 * @throws RequestError `other-build` when it holds other captures
 */
export function callInlineFunction(
  factory: (...captures: any[]) => AnyFunction,
  args: ArrayLike<unknown>,
  id?: string,
  shape?: string,
): unknown {
  if (id === undefined) return factory()(...Array.from(args));
  const [token, ...rest] = Array.from(args);
  if (token instanceof OpenedCaptures) return factory(...token.values)(...rest);
  // React keeps what was a promise in `$$bound` a promise on its way through the browser.
  const inScope = holdScope();
  return decryptCaptures(id, token, shape).then((captures) =>
    inScope(() => factory(...captures)(...rest) as unknown),
  );
}
