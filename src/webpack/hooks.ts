import {SyncWaterfallHook} from 'tapable';
import type {Compilation} from 'webpack';
import type {ClientManifest, ServerManifest} from '../references/manifests.ts';

/** What {@link getCompilationHooks} gives. */
export interface UseServerCompilationHooks {
  /**
   * The server manifest before it is written. What a tap returns is written in its place. Where webpack
   * builds the server, the bundle knows itself what can be called: there a tap must keep all ids.
   */
  serverManifest: SyncWaterfallHook<[ServerManifest]>;
  /** The client manifest before it is written. What a tap returns is written in its place. */
  clientManifest: SyncWaterfallHook<[ClientManifest]>;
}

const hooksOf = new WeakMap<Compilation, UseServerCompilationHooks>();

/**
 * Hooks for other plugins.
 *
 * @param compilation of the build that has the plugin
 * @example
 * compiler.hooks.thisCompilation.tap('MyPlugin', (compilation) => {
 *   getCompilationHooks(compilation).serverManifest.tap('MyPlugin', (manifest) => {
 *     console.log(Object.keys(manifest));
 *     return manifest;
 *   });
 * });
 */
export function getCompilationHooks(compilation: Compilation): UseServerCompilationHooks {
  let hooks = hooksOf.get(compilation);
  if (!hooks) {
    hooks = {
      serverManifest: new SyncWaterfallHook(['manifest']),
      clientManifest: new SyncWaterfallHook(['manifest']),
    };
    hooksOf.set(compilation, hooks);
  }
  return hooks;
}
