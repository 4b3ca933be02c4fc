/**
 * React's decoders load modules through webpack's `__webpack_require__` and `__webpack_chunk_load__`.
 * Plain Node has neither, so this file puts both on `globalThis`. They know no names: they only load
 * a {@link LoadableModule}, an object that a manifest of ours handed out. No text of a request can
 * therefore name a module, whatever React reads from it.
 *
 * This is the only process-wide state of the runtime, because React takes the two functions from
 * the global scope.
 */

/** `Symbol.for`, so that two copies of this package in one process can share the shim. */
const LOAD = Symbol.for('use-server-webpack-plugin.load');

/** A module namespace, or an object of our own that stands for one. */
export type Namespace = Record<string, unknown>;

/** Around a namespace, since a promise of it would take an export named `then` for its own. */
export interface Loaded {
  exports: Namespace;
}

/** What the shim accepts as a module id and as a chunk id. */
export interface LoadableModule {
  /** The module once it is there; before that the one promise of it. */
  [LOAD](): Loaded | Promise<Loaded>;
}

type WebpackRequire = (id: unknown) => unknown;
type ShimmedGlobal = typeof globalThis & {
  __webpack_require__?: WebpackRequire;
  __webpack_chunk_load__?: (id: unknown) => Promise<unknown>;
};

/**
 * A module that is loaded at first use and only once.
 *
 * @param load runs at most once; its rejection is kept, as the module loader of Node keeps it
 */
export function lazyModule(load: () => Promise<Loaded>): LoadableModule {
  let loaded: Loaded | undefined;
  let promise: Promise<Loaded> | undefined;
  return {
    [LOAD]() {
      if (loaded) return loaded;
      promise ??= load().then((module) => (loaded = module));
      return promise;
    },
  };
}

/** A module that needs no loading. */
export function presentModule(exports: Namespace): LoadableModule {
  return {[LOAD]: () => ({exports})};
}

/** Loads what the shim would load for React. */
export function loadModule(module: LoadableModule): Loaded | Promise<Loaded> {
  return module[LOAD]();
}

/**
 * Puts the two functions where React looks for them. A function that is there already keeps every
 * id that is not ours.
 */
export function installModuleShim(): void {
  const scope = globalThis as ShimmedGlobal;
  if (scope.__webpack_require__ && LOAD in scope.__webpack_require__) return;
  const otherRequire = scope.__webpack_require__;
  const otherChunkLoad = scope.__webpack_chunk_load__;

  const require: WebpackRequire = (id) => {
    if (isLoadable(id)) return exportsOf(id);
    if (otherRequire) return otherRequire(id);
    throw notListed();
  };
  Object.defineProperty(require, LOAD, {value: true});

  scope.__webpack_require__ = require;
  scope.__webpack_chunk_load__ = async (id) => {
    if (isLoadable(id)) return void (await id[LOAD]());
    if (otherChunkLoad) return otherChunkLoad(id);
    throw notListed();
  };
}

/** What modules that are loading will give. */
const loading = new WeakMap<LoadableModule, Promise<Namespace | undefined>>();

/**
 * The exports, or the same promise of them every time until the module has loaded, as React needs it. The
 * promise of exports that have a `then` gives nothing, since it would call that; React asks again.
 */
function exportsOf(id: LoadableModule): Namespace | Promise<Namespace | undefined> {
  const loaded = id[LOAD]();
  if (!(loaded instanceof Promise)) return loaded.exports;
  let promise = loading.get(id);
  if (!promise) {
    promise = loaded.then(({exports}) => ('then' in Object(exports) ? undefined : exports));
    loading.set(id, promise);
  }
  return promise;
}

function isLoadable(id: unknown): id is LoadableModule {
  return typeof id === 'object' && id !== null && LOAD in id;
}

function notListed(): Error {
  return new Error(
    'React asked for a module that is in no manifest loaded by this process. Give React the object that loadServerManifest() or loadConsumerManifest() returns, not the JSON file itself.',
  );
}
