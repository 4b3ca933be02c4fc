import {createHtmlReference} from '../../references/htmlReference.ts';
import type {
  ManifestEntry,
  ServerConsumerManifest,
  ServerManifest,
} from '../../references/manifests.ts';
import {bundle, type Bundle} from '../bundle.ts';
import {ManifestError} from '../errors.ts';
import {liveEntries} from '../development/liveEntries.ts';
import {bundledManifest, changingFile, readManifest, type ManifestSource} from './manifestFile.ts';
import {importClientModule, isModulePath, manifestRoot} from './modulePaths.ts';
import {
  installModuleShim,
  lazyModule,
  presentModule,
  type LoadableModule,
  type Loaded,
} from './moduleShim.ts';

const LABEL = 'SSR manifest';

/**
 * Loads `react-ssr-manifest.json` for `createFromReadableStream` and `createFromNodeStream`
 * (`serverConsumerManifest`), so that client components of a Flight stream become HTML.
 * Only the modules that it lists can be loaded. Works with and without the `react-server` condition.
 *
 * @param manifest path of the file, `file:` URL, or its content; in a server bundle, by default
 *   that of the client's build
 * @param options.root what the paths in it are relative to; default: `USE_SERVER_ROOT`, else the working directory
 * @throws {ManifestError} with what is wrong and what to run
 */
export function loadConsumerManifest(
  manifest?: ManifestSource,
  options: {root?: string | undefined} = {},
): ServerConsumerManifest {
  const source = manifest ?? bundledManifest('ssrManifest');
  const read = () => readConsumerManifest(source, options.root);
  const file = changingFile(source, LABEL);
  installModuleShim();
  if (file === undefined) return {...read(), serverModuleMap: htmlReferences};
  const current = liveEntries(file, read);
  return {
    get moduleMap() {
      return current().moduleMap;
    },
    get moduleLoading() {
      return current().moduleLoading;
    },
    serverModuleMap: htmlReferences,
  };
}

/** @throws {ManifestError} */
function readConsumerManifest(
  source: ManifestSource | undefined,
  root: string | undefined,
): Pick<ServerConsumerManifest, 'moduleMap' | 'moduleLoading'> {
  const {moduleMap, moduleLoading, serverModuleMap} = readManifest(source, LABEL) as Partial<
    Record<keyof ServerConsumerManifest, unknown>
  >;
  if (!isRecord(moduleMap)) throw invalid('"moduleMap" must be an object');
  if (!isModuleLoading(moduleLoading)) {
    throw invalid('"moduleLoading" must be an object {prefix}, or null');
  }
  if (serverModuleMap !== null && serverModuleMap !== undefined) {
    throw invalid('"serverModuleMap" must be null: SSR never loads server functions');
  }
  return {moduleMap: createModuleMap(moduleMap, clientModuleLoader(root)), moduleLoading};
}

/**
 * For each id a module that has a new reference at each read: React registers it for the stream that it
 * reads. No server function is loaded.
 */
const htmlReferences: ServerManifest = new Proxy(Object.create(null), {
  get(_, id) {
    if (typeof id === 'symbol') return undefined;
    const reference = {enumerable: true, get: () => createHtmlReference(id)};
    const module = presentModule(Object.defineProperties({}, {reference}));
    return {id: module, chunks: [], name: 'reference'};
  },
});

function createModuleMap(
  moduleMap: Record<string, unknown>,
  load: LoadClientModule,
): ServerConsumerManifest['moduleMap'] {
  const modules = new Map<string, LoadableModule>();
  const result: ServerConsumerManifest['moduleMap'] = Object.create(null);
  for (const [moduleId, exports] of Object.entries(moduleMap)) {
    if (!isRecord(exports)) throw invalid(`"moduleMap" of module ${moduleId} must be an object`);
    const loadable: Record<string, ManifestEntry> = Object.create(null);
    for (const [name, entry] of Object.entries(exports)) {
      loadable[name] = loadableEntry(moduleId, entry, load, modules);
    }
    result[moduleId] = loadable;
  }
  return new Proxy(Object.freeze(result), {get: getListed});
}

/**
 * React takes from the stream, not from this entry, whether the module is asynchronous. A chunk is
 * awaited in either case, so the module stands as a chunk of itself and is there when it is required.
 */
function loadableEntry(
  moduleId: string,
  value: unknown,
  load: LoadClientModule,
  modules: Map<string, LoadableModule>,
): ManifestEntry {
  const {id: path, name} = isRecord(value) ? value : {};
  if (!isModulePath(path) || typeof name !== 'string') {
    throw invalid(`an entry of module ${moduleId} must be {id: path, chunks, name}`);
  }
  let module = modules.get(path);
  if (!module) modules.set(path, (module = lazyModule(() => load(path))));
  return {id: module as never, chunks: [module as never, ''], name};
}

/** By its path, as in ids. */
type LoadClientModule = (path: string) => Promise<Loaded>;

function clientModuleLoader(root: string | undefined): LoadClientModule {
  const ownBundle = bundle;
  if (ownBundle) return (path) => loadBundled(path, ownBundle);
  const folder = manifestRoot(root);
  return (path) => importClientModule(path, folder);
}

async function loadBundled(path: string, bundle: Bundle): Promise<Loaded> {
  const location = Object.hasOwn(bundle.ssr, path) ? bundle.ssr[path] : undefined;
  if (!location) {
    throw new ManifestError(
      `The ${LABEL} lists the client module ${path}, which the server bundle does not have. The two are of different builds: run the webpack build again, for both configs.`,
    );
  }
  return (await bundle.load(location)) as Loaded;
}

function getListed<T>(target: Record<string, T>, id: string | symbol): T | undefined {
  if (typeof id === 'symbol' || Object.hasOwn(target, id)) return target[id as string];
  throw new ManifestError(
    `The ${LABEL} does not list the client module ${JSON.stringify(id)}. It belongs to another build than the client manifest that the stream was rendered with: run the webpack build again, and restart.`,
  );
}

/** Null where only the browser knows where chunks are: `publicPath: 'auto'`. */
function isModuleLoading(value: unknown): value is ServerConsumerManifest['moduleLoading'] {
  return value === null || (isRecord(value) && typeof value['prefix'] === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(problem: string): ManifestError {
  return new ManifestError(
    `The ${LABEL} is not as UseServerWebpackPlugin writes it: ${problem}. Run the webpack build again, with the same version of the package.`,
  );
}
