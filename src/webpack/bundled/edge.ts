import type {Compilation, Compiler} from 'webpack';
import {addRuntimeCode} from './runtimeCode.ts';

/** What webpack calls targets that have web APIs and no more, or none that it knows. */
const WEB_TARGETS = new Set<unknown>(['web', 'universal', undefined]);

/** Whether a config's `target` is a runtime without Node's modules: `'webworker'`. */
export function isEdge({options}: Compiler): boolean {
  return WEB_TARGETS.has(options.loader?.target);
}

/**
 * React's builds look for a global `AsyncLocalStorage` when they load, and forget without it behind an
 * `await` what they render. Some runtimes have it in a module of Node's only.
 */
export function addGlobalAsyncStorage(compilation: Compilation): void {
  addRuntimeCode(
    compilation,
    'use-server async storage',
    () => `if (typeof AsyncLocalStorage === "undefined" && typeof process === "object" && process.getBuiltinModule) {
	var asyncHooks = process.getBuiltinModule("node:async_hooks");
	if (asyncHooks) globalThis.AsyncLocalStorage = asyncHooks.AsyncLocalStorage;
}`,
    [],
  );
}
