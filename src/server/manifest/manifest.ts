import type {ClientManifest, ManifestEntry, ServerManifest} from '../../references/manifests.ts';
import {bundle, type Bundle} from '../bundle.ts';
import {ManifestError} from '../errors.ts';
import {isObject} from '../platform/isObject.ts';
import {refuse, RequestError} from '../refusals.ts';
import {isChangedModule} from '../development/changedModules.ts';
import {liveEntries} from '../development/liveEntries.ts';
import {liveFunctions} from '../development/liveFunctions.ts';
import {bundledManifest, changingFile, readManifest, type ManifestSource} from './manifestFile.ts';
import {assertOnlyCopy, beginLoad} from './moduleCopies.ts';
import {checkRoot, importListed, isModulePath, listedFile, manifestRoot} from './modulePaths.ts';
import {
  installModuleShim,
  lazyModule,
  loadModule,
  type LoadableModule,
  type Loaded,
  type Namespace,
} from './moduleShim.ts';
import {compareIds, warnOfOtherSecret} from './otherIds.ts';
import {isServerReference, type ServerReference} from './references.ts';
import {isRequired} from './requiredModules.ts';
import {warnOfServedManifest} from './servedManifest.ts';
import {preinitStylesheets} from './stylesheets.ts';

/** A server function that has been found and whose tag has been checked. */
export type ServerFunction = (...args: unknown[]) => unknown;

/** The server functions that requests may reach. */
export interface ServerFunctions {
  /** What React's decoders take as server manifest. See {@link loadServerManifest}. */
  manifest: ServerManifest;
  /** Whether the id is listed. */
  has(id: string): boolean;
  /**
   * Loads one listed function.
   *
   * @throws {RequestError} `unknown-function` when the id is not listed
   * @throws {RequestError} `not-a-server-function` when the export is missing or is not a server reference
   */
  load(id: string): ServerFunction | Promise<ServerFunction>;
  /** The error for a request that names an id which is not listed. */
  unlisted(id: string): RequestError;
  /** In development: waits while webpack is about to write the manifest, for some seconds at most. */
  settle?(): Promise<void>;
}

const LABEL = 'server manifest';
const CLIENT_LABEL = 'client manifest';

const loaded = new WeakMap<object, ServerFunctions>();
/** By id, over all manifests of the process: what captures may refer to. */
const listed = new Map<string, LoadableModule>();

/**
 * Loads `server-actions-manifest.json` and makes it safe to give to React's `decodeReply`,
 * `decodeAction` and `decodeFormState`.
 *
 * React falls back from `id#name` to the entry of `id` with a name out of the request, and never looks
 * at `$$typeof`. In what this returns, each id is one export and nothing else: reading an id that is
 * not listed throws, and every function that React resolves has been checked to be a server reference.
 *
 * @param manifest path of the file, `file:` URL, or its content; in a server bundle, what the bundle
 *   knows of itself by default
 * @param options.root what the paths in it are relative to; default: `USE_SERVER_ROOT`, else the working directory
 * @throws {ManifestError} with what is wrong and what to run
 */
export function loadServerManifest(
  manifest?: ManifestSource,
  options: {root?: string | undefined} = {},
): ServerManifest {
  return loadServerFunctions(manifest, options).manifest;
}

/** As {@link loadServerManifest}, with the means to look functions up by id. */
export function loadServerFunctions(
  source: ManifestSource | undefined,
  {root}: {root?: string | undefined} = {},
): ServerFunctions {
  const known = typeof source === 'object' ? loaded.get(source) : undefined;
  if (known) return known;

  const file = changingFile(source, LABEL);
  const read = () => (bundle ? bundledFunctions(source, bundle) : nodeFunctions(source, root));
  const functions = file === undefined ? read() : liveFunctions(file, read);
  loaded.set(functions.manifest, functions);
  installModuleShim();
  return functions;
}

/** The module of a listed function, of whichever manifest this process loaded last. */
export function findListedFunction(id: string): LoadableModule | undefined {
  return listed.get(id);
}

/**
 * Loads `react-client-manifest.json`, which `renderToReadableStream` needs to send client components.
 *
 * @param manifest path of the file, `file:` URL, or its content; in a server bundle, by default
 *   that of the client's build
 * @throws {ManifestError} with what is wrong and what to run
 */
export function loadClientManifest(manifest?: ManifestSource): ClientManifest {
  if (typeof manifest === 'object' && clientManifests.has(manifest)) {
    return manifest as ClientManifest;
  }
  const opened = openClientManifest(manifest);
  clientManifests.add(opened);
  return opened;
}

/** Those that have been loaded: an app gives one to its renderer and to the handler. */
const clientManifests = new WeakSet<object>();

function openClientManifest(manifest: ManifestSource | undefined): ClientManifest {
  const read = () => readClientManifest(manifest ?? bundledManifest('clientManifest'));
  const file = changingFile(manifest, CLIENT_LABEL);
  if (file === undefined) return new Proxy(read(), {get: getClientModule});
  const entriesWith = liveEntries(file, read);
  return new Proxy(Object.create(null) as ClientManifest, {
    get: (_, id) => {
      // The first of React's two questions may well have no answer.
      const needed = typeof id === 'symbol' || id.includes('#') ? undefined : id;
      return getClientModule(entriesWith(needed), id);
    },
    has: (_, id) => Object.hasOwn(entriesWith(), id),
    ownKeys: () => Reflect.ownKeys(entriesWith()),
    getOwnPropertyDescriptor(_, id) {
      const found = Object.getOwnPropertyDescriptor(entriesWith(), id);
      // The object behind the Proxy does not have it.
      return found && {...found, configurable: true};
    },
  });
}

function readClientManifest(source: ManifestSource | undefined): ClientManifest {
  const entries = Object.entries(readManifest(source, CLIENT_LABEL));
  return Object.freeze(
    withoutPrototype(entries.map(([id, entry]) => [id, validateEntry(id, entry, CLIENT_LABEL)])),
  );
}

/** React asks for `path#name` first, and for `path` when there is no such entry. */
function getClientModule(entries: ClientManifest, id: string | symbol): ManifestEntry | undefined {
  if (typeof id === 'symbol') return undefined;
  const entry = Object.hasOwn(entries, id) ? entries[id] : undefined;
  if (entry) {
    // React asks for a module when it sends one of its components.
    preinitStylesheets(entry);
    return entry;
  }
  if (id.includes('#')) return undefined;
  throw new ManifestError(
    bundle
      ? `The client component ${id} is rendered on the server, but the client manifest does not have it. It is of another build than the server bundle: run the webpack build again, for both configs.`
      : `The client component ${id} is rendered on the server, but the webpack build did not find it. Name it in the option "include" of UseServerWebpackPlugin: include: ['src', ${JSON.stringify(id.replace(/[^/]*$/, '**'))}]. A package has other files for require() than for import: load it by import.`,
  );
}

/** Each is loaded by the path of its module. */
function nodeFunctions(
  source: ManifestSource | undefined,
  root: string | undefined,
): ServerFunctions {
  const entries = validateEntries(readManifest(source, LABEL), LABEL);
  const folder = manifestRoot(root);
  checkRoot(new Set(Object.values(entries).map(({id}) => id as string)), folder);
  compareIds(entries);
  if (typeof source === 'string' || source instanceof URL) {
    warnOfServedManifest(source, Object.keys(entries));
  }
  return createServerFunctions(
    Object.entries(entries).map(([id, entry]) => {
      const path = entry.id as string;
      const file = listedFile(path, folder);
      const load = () => {
        beginLoad(file);
        return importOwn(path, async () => ({exports: await importListed(path, folder)}));
      };
      const check = (reference: ServerReference) => {
        if (!isRequired(file)) assertOnlyCopy(reference, file, () => isRequired(file));
      };
      const explainMissing = (exports: Namespace) => missingExport(exports, path, file);
      return [id, {name: entry.name, load, check, explainMissing, onOtherId: warnOfOtherSecret}];
    }),
  );
}

/**
 * Each is loaded from the bundle, which alone says what can be called and where it is. A file can
 * only say less.
 */
function bundledFunctions(source: ManifestSource | undefined, bundle: Bundle): ServerFunctions {
  const ids = Object.keys(source === undefined ? bundle.server : readManifest(source, LABEL));
  return createServerFunctions(
    ids.map((id) => {
      const location = Object.hasOwn(bundle.server, id) ? bundle.server[id] : undefined;
      if (!location) {
        throw new ManifestError(
          `The ${LABEL} lists ${JSON.stringify(id)}, which the server bundle does not have. The two are of different builds: run the webpack build again, or leave the manifest out, since the bundle knows its own.`,
        );
      }
      const load = async () => ({
        exports: namespaceOf((await importOwn(id, () => bundle.load(location))).exports),
      });
      return [id, {name: location.name, load}];
    }),
  );
}

/** Whatever it is called in its module: React takes what has an export named `then` for a promise. */
const FUNCTION = 'function';

interface Loadable {
  /** Of the export. */
  name: string;
  load: () => Promise<Loaded>;
  /** Refuses a function that must not be called, though it is a server reference. */
  check?: (reference: ServerReference) => void;
  /** The error for an export that is missing, or no server reference. */
  explainMissing?: (exports: Namespace) => RequestError;
  /** Told when the manifest does not list the export by the id that it has in this process. */
  onOtherId?: (id: string) => void;
}

function createServerFunctions(entries: readonly [string, Loadable][]): ServerFunctions {
  const modules = new Map<string, LoadableModule>();
  const safe: [string, ManifestEntry][] = [];
  for (const [id, loadable] of entries) {
    const module = lazyModule(() => loadServerExport(loadable, (other) => modules.has(other)));
    modules.set(id, module);
    listed.set(id, module);
    // React hands `id` to the shim untouched; see moduleShim.ts for why it is an object.
    safe.push([id, {id: module as never, chunks: [], name: FUNCTION, async: true}]);
  }
  return {
    manifest: throwingManifest(withoutPrototype(safe)),
    has: (id) => modules.has(id),
    load(id) {
      const found = modules.get(id);
      if (!found) throw unlisted();
      const pick = ({exports}: Loaded) => exports[FUNCTION] as ServerFunction;
      const loaded = loadModule(found);
      return loaded instanceof Promise ? loaded.then(pick) : pick(loaded);
    },
    unlisted,
  };
}

function unlisted(): RequestError {
  return refuse('unknown-function');
}

/**
 * An object that has the one listed export of a module and nothing else.
 *
 * @throws {RequestError} `not-a-server-function`, or what says more, when the export is missing or is not a
 *   server reference
 */
async function loadServerExport(
  {name, load, check, explainMissing, onOtherId}: Loadable,
  isListed: (id: string) => boolean,
): Promise<Loaded> {
  const {exports} = await load();
  const reference = exportCandidates(exports, name).find(isServerReference);
  if (!reference) throw explainMissing?.(exports) ?? refuse('not-a-server-function');
  check?.(reference);
  if (!isListed(reference.$$id)) onOtherId?.(reference.$$id);
  return {exports: withoutPrototype([[FUNCTION, reference]])};
}

/** An error that a module of the app throws is never a refusal, of whichever class it is. */
async function importOwn<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!(cause instanceof RequestError)) throw cause;
    throw new Error(`The module ${name} threw while it was loaded: ${cause.message}`, {cause});
  }
}

/** webpack gives what a CommonJS module exports as it is; Node puts it under `default`. */
function namespaceOf(exports: unknown): Namespace {
  const isNamespace =
    typeof exports === 'object' &&
    exports !== null &&
    ('__esModule' in exports || Object.hasOwn(exports, Symbol.toStringTag));
  return isNamespace ? (exports as Namespace) : {default: exports};
}

/** An export that is listed, but is no server reference in this process. */
function missingExport(exports: Namespace, path: string, file: string): RequestError {
  if (isUncompiled(exports)) {
    console.error(
      `${path} was loaded without being compiled, so none of its functions can be called. Start Node with: --conditions react-server --import use-server-webpack-plugin/register`,
    );
    return refuse('not-compiled');
  }
  return refuse(isChangedModule(file) ? 'outdated-module' : 'not-a-server-function');
}

/** Whether nothing that a module exports is a server reference, though there are functions. */
function isUncompiled(exports: Namespace): boolean {
  const commonJs = exports['default'];
  const values = [
    ...Object.values(exports),
    ...(isObject(commonJs) ? Object.values(commonJs) : []),
  ];
  return (
    values.some((value) => typeof value === 'function') &&
    !values.some((value) => isServerReference(value))
  );
}

/** Node finds only some named exports of a CommonJS module; the others are on its `default`. */
function exportCandidates(namespace: Namespace, name: string): unknown[] {
  const commonJs = namespace['default'];
  const candidates = [];
  if (Object.hasOwn(namespace, name)) candidates.push(namespace[name]);
  if (isObject(commonJs) && Object.hasOwn(commonJs, name)) {
    candidates.push((commonJs as Namespace)[name]);
  }
  return candidates;
}

/**
 * React reads `manifest[id]` and, when that is undefined, `manifest[id up to the last #]`: throwing at
 * the first read closes the second. Symbols and `then` are read by the language itself.
 */
function throwingManifest(entries: ServerManifest): ServerManifest {
  return new Proxy(Object.freeze(entries), {
    get(target, id) {
      if (typeof id === 'symbol' || id === 'then') return undefined;
      if (!Object.hasOwn(target, id)) throw refuse('unknown-function');
      return target[id];
    },
  });
}

function validateEntries(entries: Record<string, unknown>, label: string): ServerManifest {
  return withoutPrototype(
    Object.entries(entries).map(([id, value]) => {
      const entry = validateEntry(id, value, label);
      if (!isModulePath(entry.id)) {
        throw invalidEntry(
          id,
          label,
          '"id" must be the path of a module relative to the project root',
        );
      }
      if (entry.name === '*' || entry.name === '') {
        throw invalidEntry(
          id,
          label,
          '"name" must be one export: an entry for a whole module would let callers reach all of it',
        );
      }
      return [id, entry] as const;
    }),
  );
}

function validateEntry(id: string, value: unknown, label: string): ManifestEntry {
  const entry = value as Partial<ManifestEntry> | null;
  if (typeof entry !== 'object' || entry === null) {
    throw invalidEntry(id, label, 'it must be an object {id, chunks, name}');
  }
  if (typeof entry.id !== 'string' && typeof entry.id !== 'number') {
    throw invalidEntry(id, label, '"id" must be a string or a number');
  }
  if (typeof entry.name !== 'string') throw invalidEntry(id, label, '"name" must be a string');
  if (!Array.isArray(entry.chunks)) throw invalidEntry(id, label, '"chunks" must be an array');
  return entry as ManifestEntry;
}

function invalidEntry(id: string, label: string, problem: string): ManifestError {
  return new ManifestError(
    `The ${label} is not as UseServerWebpackPlugin writes it. Entry ${JSON.stringify(id)}: ${problem}. Run the webpack build again, with the same version of the package.`,
  );
}

function withoutPrototype<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  const record: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) record[key] = value;
  return record;
}
