import {formatId, type IdOptions, type ReferenceLocation} from './ids.ts';
import type {PeerVersion} from './peers.ts';

/**
 * One entry of a manifest in the shape that React's decoders read
 * (`ImportManifestEntry` of react-server-dom-webpack).
 */
export interface ManifestEntry {
  /** What `__webpack_require__` gets: a webpack module id, or in plain Node the module's path. */
  id: string | number;
  /** Chunk ids and their files in turn: `[chunkId, file, chunkId, file, ...]`. */
  chunks: (string | number)[];
  /** Export name; `'*'` for the whole namespace. */
  name: string;
  /** `__webpack_require__(id)` gives a promise of the module. */
  async?: boolean;
}

/** `server-actions-manifest.json`: `$$id` -> where to load that one function. */
export type ServerManifest = Record<string, ManifestEntry>;

/** Props of a `<link rel="stylesheet">`. */
export interface Stylesheet {
  /** Its URL. */
  href: string;
  /** As the browser's runtime loads it (`output.crossOriginLoading`). */
  crossOrigin?: 'use-credentials' | '';
}

/** An entry of the client manifest. React reads what is in {@link ManifestEntry}. */
export interface ClientManifestEntry extends ManifestEntry {
  /** Those with CSS that the module imports. Left out where there are none. */
  stylesheets?: Stylesheet[];
}

/** Client manifest: path of a `"use client"` module -> its webpack module and chunks. */
export type ClientManifest = Record<string, ClientManifestEntry>;

/** Where browsers load files of the build from. */
export interface ModuleLoading {
  /** Put before the names of files (`output.publicPath`). */
  prefix: string;
  /** As the browser's runtime loads them (`output.crossOriginLoading`). */
  crossOrigin?: 'use-credentials' | '';
}

/** What `createFromNodeStream` and `createFromReadableStream` take as `serverConsumerManifest`. */
export interface ServerConsumerManifest {
  /** webpack module id of the client build -> export name (or `'*'`) -> where SSR loads it. */
  moduleMap: Record<string, Record<string, ManifestEntry>>;
  /** Null in the file. SSR never loads server functions; `loadConsumerManifest` puts references here. */
  serverModuleMap: ServerManifest | null;
  /** Where HTML tells browsers to load chunks from; null when only the browser knows. */
  moduleLoading: ModuleLoading | null;
}

/**
 * The server manifest for plain Node, where the module shim imports `id` relative to the root.
 * One entry per id, sorted, so that the same references give the same bytes.
 */
export function createServerManifest(
  references: Iterable<ReferenceLocation>,
  options: IdOptions = {},
): ServerManifest {
  const entries = new Map<string, ManifestEntry>();
  for (const reference of references) {
    entries.set(formatId(reference, options), {
      id: reference.path,
      chunks: [],
      name: reference.exportName,
      async: true,
    });
  }
  return sortedRecord(entries);
}

/** A record with a null prototype whose keys stand in code unit order. */
export function sortedRecord<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  const record: Record<string, T> = Object.create(null);
  for (const [key, value] of [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    record[key] = value;
  }
  return record;
}

/** Where a module is in a bundle. */
export interface BundleLocation {
  id: string | number;
  chunks: (string | number)[];
  /** `__webpack_require__(id)` gives a promise of the module. */
  async?: boolean;
}

/** What a server bundle knows of itself. */
export interface BundleLocations {
  /** `$$id` of each server function that may be called -> where it is. */
  server: Record<string, BundleLocation & {name: string}>;
  /** Path of each client module -> where it is in the SSR graph. */
  ssr: Record<string, BundleLocation>;
  /**
   * Of the build of what runs in the browser: the name of a file beside the bundle, or what it holds;
   * null without such a build.
   */
  clientManifest: string | ClientManifest | null;
  ssrManifest: string | ServerConsumerManifest | null;
  /** The packages of React's that the bundle holds. */
  react: PeerVersion[];
}
