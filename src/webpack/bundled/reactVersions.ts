import type {Compilation, Module, NormalModule} from 'webpack';
import {assertVersions, PeerError, PEERS, type PeerVersion} from '../../references/peers.ts';

/**
 * The packages of React's that are in the bundle, which may be others than those beside this package:
 * an alias, or a package in between, can bring copies of its own.
 */
export function bundledReact({modules}: Pick<Compilation, 'modules'>): PeerVersion[] {
  const found = new Map<string, PeerVersion>();
  for (const module of modules) {
    const {name, version} = packageOf(module);
    if (version === undefined || !PEERS.some((peer) => peer === name)) continue;
    found.set(`${name} ${version}`, {name: name!, version});
  }
  // In an order that does not depend on that of the build.
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, version]) => version);
}

/** What is wrong with them, as a message, or null. */
export function bundledReactProblem(versions: readonly PeerVersion[]): string | null {
  try {
    assertVersions(versions);
    return null;
  } catch (error) {
    if (error instanceof PeerError) return error.message;
    throw error;
  }
}

/** Of the package.json of the package that a module is in. */
export function packageOf(module: Module): {name?: string; version?: string} {
  const {resourceResolveData} = module as NormalModule;
  const data: unknown = resourceResolveData?.['descriptionFileData'];
  return typeof data === 'object' && data !== null ? data : {};
}

/**
 * The folder of the package that a module is in. By the module's own path, in which symbolic links are
 * resolved as webpack does it to tell modules apart: where packages are linked, as pnpm does, webpack
 * finds the package.json of one package by several paths.
 */
export function packageFolderOf(module: Module): string | null {
  const {resourceResolveData} = module as NormalModule;
  const inPackage: unknown = resourceResolveData?.['relativePath'];
  const path = module.nameForCondition();
  if (typeof inPackage !== 'string' || path === null) return null;
  // Starts with "./".
  return path.slice(0, 1 - inPackage.length);
}
