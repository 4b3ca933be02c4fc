import type {ServerManifest} from '../../references/manifests.ts';
import {isRegistered} from '../manifest/moduleCopies.ts';
import type {ServerFunction, ServerFunctions} from '../manifest/manifest.ts';
import {refuse, RequestError} from '../refusals.ts';
import {ManifestReader} from './manifestReader.ts';
import {buildEnd, isBuilding} from './webpackBuild.ts';

/**
 * The server functions of a manifest that changes while the server runs, for development.
 *
 * @param file absolute path of the manifest
 * @param read gives the functions that it lists now
 * @throws {ManifestError} when the file is missing or malformed, and webpack is not about to write it
 */
export function liveFunctions(file: string, read: () => ServerFunctions): ServerFunctions {
  const reader = new ManifestReader(file, read);

  function unlisted(id: string): RequestError {
    const functions = reader.manifest;
    if (!functions) {
      warnOnce(reader.error instanceof Error ? reader.error.message : String(reader.error));
      return refuse('no-manifest');
    }
    if (!isRegistered(id)) return functions.unlisted(id);
    warnOnce(
      `The server function ${id} is in the code of the server, but not in the server manifest ${file}: that is of an older build, webpack has found errors in the module, or the option "include" of UseServerWebpackPlugin leaves the module out. Run the webpack build again, or let it run while you work: npx webpack --watch`,
    );
    return refuse('outdated-manifest');
  }

  async function load(id: string): Promise<ServerFunction> {
    const functions = reader.manifest;
    if (!functions?.has(id)) throw unlisted(id);
    try {
      return await functions.load(id);
    } catch (error) {
      // It may have been removed, or renamed, and webpack has not written the manifest yet.
      if (!isOfChangedModule(error) || !isBuilding(file)) throw error;
      await buildEnd(file);
      if (!reader.manifest?.has(id)) throw unlisted(id);
      throw error;
    }
  }

  return {
    manifest: new Proxy(Object.create(null) as ServerManifest, {
      get: (_, id) => {
        if (typeof id === 'symbol' || id === 'then') return undefined;
        if (!reader.manifest?.has(id)) throw unlisted(id);
        return reader.manifest.manifest[id];
      },
    }),
    has: (id) => reader.manifest?.has(id) ?? false,
    load,
    unlisted,
    settle: () => buildEnd(file),
  };
}

function isOfChangedModule(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    (error.code === 'not-a-server-function' || error.code === 'outdated-module')
  );
}

const warned = new Set<string>();

function warnOnce(message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  console.warn(message);
}
