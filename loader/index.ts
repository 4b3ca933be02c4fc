/**
 * The Node module hooks themselves, for those who chain their own:
 *
 *     module.register('use-server-webpack-plugin/loader', import.meta.url, {data: {root: '/app'}});
 *
 * They see what is imported. `use-server-webpack-plugin/register` installs them, and takes care of
 * `require` as well.
 */
import type {LoadHook, ResolveHook} from 'node:module';
import {compileLoaded, explainFailedLoad, resolveModule} from '../src/node/hooks.ts';
import {refuseOtherRuntimes} from '../src/node/otherRuntimes.ts';
import {readSettings, type NodeHookOptions, type Settings} from '../src/node/settings.ts';

export type {NodeHookOptions};

refuseOtherRuntimes();

let settings: Settings | undefined;

/**
 * Takes the options; called by Node with the `data` of `module.register`.
 *
 * @param options see {@link NodeHookOptions}
 * @throws {TypeError} when an option is unknown or has a wrong value
 */
export function initialize(options?: NodeHookOptions): void {
  settings = readSettings(options);
}

/** Resolves the specifiers that compiled modules import to this package. */
export const resolve: ResolveHook = (specifier, context, nextResolve) =>
  resolveModule(specifier, context, nextResolve);

/** Compiles modules with `"use server"` or `"use client"`. */
export const load: LoadHook = async (url, context, nextLoad) => {
  try {
    return compileLoaded(await nextLoad(url, context), url, context, (settings ??= readSettings()));
  } catch (error) {
    throw explainFailedLoad(error, url);
  }
};
