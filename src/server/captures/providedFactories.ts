import type {ServerReference} from '../manifest/references.ts';

/*
 * Inline server functions that use variables of code which runs once, when their module is loaded. There is
 * one of each of these variables, so a request must find the very variables and not copies of them.
 */

type AnyFunction = (...args: any[]) => any;
type Factory = (...captures: any[]) => AnyFunction;

/** Factories, by what the modules export for the functions. */
const factories = new WeakMap<AnyFunction, Factory>();

/**
 * Notes the factory of an inline server function. It stands among the variables that it shares.
 *
 * @param copy what the module exports for the function
 * @param factory makes the function from its captured values
 */
export function provideFactory(copy: AnyFunction, factory: Factory): void {
  factories.set(copy, factories.has(copy) ? failing(copy, RUNS_AGAIN) : factory);
}

/**
 * Notes a function that is itself made once: a request calls this very function.
 *
 * @param copy what the module exports for the function
 * @param made the function, or the object that holds it as a method
 * @returns `made`
 */
export function provideOriginal<T extends object>(copy: AnyFunction, made: T): T {
  const original: unknown =
    typeof made === 'function' ? made : Reflect.get(made, Reflect.ownKeys(made)[0]!);
  provideFactory(copy, () => original as AnyFunction);
  return made;
}

/**
 * Gives what has been noted for a function.
 *
 * @param copy what the module exports for the function
 * @returns its factory; it throws when the code has not run, or has run again
 */
export function providedFactory(copy: AnyFunction): Factory {
  return factories.get(copy) ?? failing(copy, HAS_NOT_RUN);
}

const HAS_NOT_RUN =
  'stands in code that has not run in this process: in a branch that was not taken, or behind an "await" that has not ended. Move it to code that runs whenever its module is loaded.';
const RUNS_AGAIN =
  'stands in code that seemed to run once, when its module is loaded, but has run again, so it is unknown which of its variables are meant. Move these variables to the top level of the module.';

function failing(copy: AnyFunction, why: string): Factory {
  return () => {
    throw new Error(`The server function ${(copy as AnyFunction & ServerReference).$$id} ${why}`);
  };
}
