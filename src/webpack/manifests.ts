import type {Chunk, Compilation} from 'webpack';
import {modulePath} from '../references/modulePath.ts';
import {
  sortedRecord,
  type ClientManifest,
  type ClientManifestEntry,
  type ManifestEntry,
  type ModuleLoading,
  type ServerConsumerManifest,
} from '../references/manifests.ts';
import type {ClientModule, IncludedClientModules} from './clientModules.ts';
import {Stylesheets} from './stylesheets.ts';

export interface ClientManifests {
  client: ClientManifest;
  ssr: ServerConsumerManifest;
}

/**
 * Both manifests of the browser's build. They are made when chunks have their final file names.
 *
 * An entry is `async` where the module, or what it imports, has a top-level await: `__webpack_require__`
 * of the browser then gives a promise. React refuses to send a CommonJS module that was awaited on the
 * server when its entry says so (`resolveClientReferenceMetadata` of ReactFlightClientConfigBundlerWebpack),
 * and takes what a module exports under the name `then` for a promise.
 */
export function createClientManifests(
  compilation: Compilation,
  modules: IncludedClientModules,
  root: string,
): ClientManifests {
  const loading = moduleLoading(compilation);
  const stylesheets = new Stylesheets(compilation, modules, loading);
  const client: [string, ClientManifestEntry][] = [];
  const moduleMap: [string, Record<string, ManifestEntry>][] = [];
  for (const clientModule of modules.all()) {
    const module = modules.moduleOf(clientModule);
    const id = module && compilation.chunkGraph.getModuleId(module);
    if (id === null) continue;
    const path = modulePath(clientModule.filename, root);
    const isAsync = compilation.moduleGraph.isAsync(module!) && {async: true};
    const css = stylesheets.of(clientModule);
    client.push([
      path,
      {
        id,
        chunks: chunksOf(compilation, clientModule),
        name: '*',
        ...isAsync,
        ...(css.length > 0 && {stylesheets: css}),
      },
    ]);
    moduleMap.push([String(id), {'*': {id: path, chunks: [], name: '*', ...isAsync}}]);
  }
  stylesheets.warn();
  return {
    client: sortedRecord(client),
    ssr: {
      // React loads classic scripts ahead, which modules are not.
      moduleLoading: compilation.outputOptions.module ? null : loading,
      moduleMap: sortedRecord(moduleMap),
      serverModuleMap: null,
    },
  };
}

/**
 * `[id, file, id, file, ...]`. Empty when every entry holds the module already.
 *
 * A chunk can be nothing but a stylesheet. React knows scripts only, and the browser's runtime loads
 * such a chunk by its id alone, so it is listed with a script that is needed anyway.
 */
export function chunksOf(compilation: Compilation, {block}: ClientModule): (string | number)[] {
  const group = compilation.chunkGraph.getBlockChunkGroup(block);
  const chunks = (group?.chunks ?? []).filter(({id, files}) => id !== null && files.size > 0);
  const scripts = chunks.map((chunk) => scriptOf(compilation, chunk));
  const anyScript = scripts.find((file) => file !== undefined);
  if (anyScript === undefined) return [];
  return chunks.flatMap(({id}, index) => [id!, scripts[index] ?? anyScript]);
}

function scriptOf(compilation: Compilation, chunk: Chunk): string | undefined {
  return [...chunk.files].find(
    (file) =>
      /\.[cm]?js(\?|$)/.test(file) && !compilation.getAsset(file)?.info.hotModuleReplacement,
  );
}

/**
 * Where the server tells browsers to load chunks from while HTML is still streaming. With
 * `publicPath: 'auto'` only the browser knows, so the server tells nothing (React takes null for it)
 * and chunks load when the page asks for them.
 */
function moduleLoading(compilation: Compilation): ModuleLoading | null {
  const {publicPath, crossOriginLoading} = compilation.outputOptions;
  if (publicPath === undefined || publicPath === 'auto') return null;
  const prefix = compilation.getAssetPath(publicPath, {hash: compilation.hash ?? undefined});
  if (!crossOriginLoading) return {prefix};
  return {
    prefix,
    crossOrigin: crossOriginLoading === 'use-credentials' ? 'use-credentials' : '',
  };
}
