import * as flight from 'react-server-dom-webpack/server';
import {recordExport} from './moduleCopies.ts';

/** A server function as React sees it (`ServerReference` of ReactFlightWebpackReferences.js). */
export interface ServerReference<Arguments extends unknown[] = unknown[], Result = unknown> {
  (...args: Arguments): Result;
  readonly $$typeof: symbol;
  readonly $$id: string;
  readonly $$bound: unknown[] | null;
}

const SERVER_REFERENCE_TAG = Symbol.for('react.server.reference');

/** Whether a value is a server reference: only these can be called from outside. */
export function isServerReference(value: unknown): value is ServerReference {
  return (
    typeof value === 'function' &&
    (value as Partial<ServerReference>).$$typeof === SERVER_REFERENCE_TAG
  );
}

/**
 * Makes a function a server reference, as React does.
 *
 * @param reference the function
 * @param id the module's path, or the whole id when `exportName` is `null`
 * @param exportName name of the export
 * @returns `reference`
 * @throws Error for a second copy of a module whose first one is called
 */
export function registerServerReference<T extends (...args: any[]) => unknown>(
  reference: T,
  id: string,
  exportName: string | null,
): T {
  const registered = flight.registerServerReference(reference, id, exportName);
  if ('$$location' in registered) {
    // The second line of this stack is where React's developer tools look for the function.
    const value = new Error('react-stack-top-frame');
    Object.defineProperty(registered, '$$location', {value, configurable: true});
  }
  recordExport(registered as unknown as ServerReference);
  return registered;
}

/**
 * Registers what a `"use server"` module exports, when only the run can tell what that is. A value
 * that is a reference already keeps its id.
 *
 * @param value the exported value
 * @param id the module's path, or the whole id when `exportName` is `null`
 * @param exportName name of the export
 * @returns `value`
 * @throws TypeError when the value is not a function, or a class
 */
export function registerServerExport<T>(value: T, id: string, exportName: string | null): T {
  if (isServerReference(value)) return value;
  if (typeof value !== 'function' || isClass(value)) {
    const full = exportName === null ? id : `${id}#${exportName}`;
    throw new TypeError(
      `A "use server" module may only export async functions, but ${full} is ${describe(value)}. Move it to a module without the directive, and import it from there.`,
    );
  }
  registerServerReference(value as unknown as () => unknown, id, exportName);
  return value;
}

/**
 * Registers what a `"use server"` module exports from another one. In a cycle of modules the other
 * one may not have run yet; then this is done as soon as the modules have.
 *
 * @param read reads the imported binding
 */
export function registerServerImport(
  read: () => unknown,
  id: string,
  exportName: string | null,
): void {
  const value = readInitialized(read);
  // A `var` and an export of CommonJS are undefined, not in a dead zone, before their module runs.
  if (value !== NOT_YET && value !== undefined) registerServerExport(value, id, exportName);
  else queueMicrotask(() => registerLater(read, id, exportName, 1));
}

const NOT_YET = Symbol('not yet');

/** At most some seconds: a module that waits at its top level for longer has most likely failed. */
const LONGEST_WAIT = 10_000;

function registerLater(
  read: () => unknown,
  id: string,
  exportName: string | null,
  wait: number,
): void {
  const value = readInitialized(read);
  if (value !== NOT_YET) registerServerExport(value, id, exportName);
  else if (wait <= LONGEST_WAIT) {
    const timer = setTimeout(() => registerLater(read, id, exportName, wait * 2), wait);
    // A number where only web APIs exist.
    timer.unref?.();
  }
}

function readInitialized(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReferenceError) return NOT_YET;
    throw error;
  }
}

/**
 * Registers everything that a CommonJS `"use server"` module exports. A function that is the whole
 * of `module.exports` is known as `default`.
 *
 * @param module the CommonJS module object
 * @param names the exports that the compiler saw; with hashed ids the whole id of each
 * @param path the module's path
 * @throws TypeError when something exported is not a function, or is not among `names`: the browser would
 *   not have it
 */
export function registerCommonJsExports(
  module: {exports: unknown},
  names: readonly string[] | Readonly<Record<string, string>>,
  path: string,
): void {
  const ids = Array.isArray(names) ? null : (names as Record<string, string>);
  const isListed = (name: string) =>
    ids ? Object.hasOwn(ids, name) : (names as readonly string[]).includes(name);
  const register = (value: unknown, name: string) => {
    if (!isListed(name)) throw new TypeError(unseenExport(path, name));
    registerServerExport(value, ids ? ids[name]! : path, ids ? null : name);
  };
  const {exports} = module;
  if (typeof exports === 'function') register(exports, 'default');
  if (exports === null || (typeof exports !== 'object' && typeof exports !== 'function')) return;
  const listed = ids ? Object.keys(ids) : (names as readonly string[]);
  // What `Object.defineProperty` adds is among the listed, but not enumerable.
  const defined = listed.filter((name) => Object.hasOwn(exports, name));
  for (const name of new Set([...Object.keys(exports), ...defined])) {
    if (name !== '__esModule') register((exports as Record<string, unknown>)[name], name);
  }
}

function unseenExport(path: string, name: string): string {
  return `The "use server" module ${path} exports ${JSON.stringify(name)} in a way that the compiler cannot see, so the browser does not have it. Write it down at the top level of the module: exports.${name} = ….`;
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'function') return 'a class';
  return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}
