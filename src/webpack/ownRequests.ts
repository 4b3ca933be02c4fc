import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Compiler} from 'webpack';
import {CLIENT_ENTRY, NODE_ENTRY, RUNTIME_ENTRY, SERVER_ENTRY} from '../references/entryPoints.ts';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

/** What the files of this package are relative to. */
const folder = fileURLToPath(new URL('../', import.meta.url));

/**
 * Resolves `use-server-webpack-plugin/client`, which stubs import, to this very package: a stub may
 * stand in a workspace or a package that does not depend on it.
 */
export function resolveOwnRequests(normalModuleFactory: NormalModuleFactory): void {
  normalModuleFactory.hooks.beforeResolve.tap('UseServerWebpackPlugin', (resolveData) => {
    if (resolveData.request === CLIENT_ENTRY) leadTo('./client/index.js', resolveData);
  });
}

/** Lets pages ask the server itself whether it is another one, where no dev server runs it. */
export function resolvePlainServerUpdates(normalModuleFactory: NormalModuleFactory): void {
  replaceResource(
    normalModuleFactory,
    resourceOf('client/serverUpdates.js'),
    resourceOf('client/serverUpdates.plainNode.js'),
  );
}

/**
 * The same for `use-server-webpack-plugin/runtime`, which compiled server modules import, and for
 * `use-server-webpack-plugin/server` and `/node`, so that all have their state in the same modules: with the
 * `react-server` condition or without it, as the layer of the importer has it.
 *
 * @param isServerLayer tells by the importer's layer
 */
export function resolveServerRuntime(
  normalModuleFactory: NormalModuleFactory,
  isServerLayer: (layer: string) => boolean,
): void {
  const withCondition = new Map([
    [SERVER_ENTRY, './server/index.js'],
    [NODE_ENTRY, './server/node/index.js'],
    [RUNTIME_ENTRY, './runtime/index.js'],
  ]);
  const withoutCondition = new Map([
    [SERVER_ENTRY, './server/ssr.js'],
    [NODE_ENTRY, './server/node/ssr.js'],
    [RUNTIME_ENTRY, './runtime/ssr.js'],
  ]);
  const inNode = resourceOf('server/bundle.js');
  const inBundle = resourceOf('server/bundle.webpack.js');
  normalModuleFactory.hooks.beforeResolve.tap('UseServerWebpackPlugin', (resolveData) => {
    const isServer = isServerLayer(resolveData.contextInfo.issuerLayer ?? '');
    const file = (isServer ? withCondition : withoutCondition).get(resolveData.request);
    if (file !== undefined) leadTo(file, resolveData);
  });
  replaceResource(normalModuleFactory, inNode, inBundle);
}

function replaceResource(
  normalModuleFactory: NormalModuleFactory,
  resource: string,
  replacement: string,
): void {
  normalModuleFactory.hooks.afterResolve.tap('UseServerWebpackPlugin', ({createData}) => {
    if (createData.resource === resource) createData.resource = replacement;
  });
}

/**
 * Lets a file of this package be found, by a path from its own folder. An absolute path would be looked for below
 * `resolve.roots` as well, where plugins that keep imports inside a folder refuse it.
 */
function leadTo(file: string, resolveData: {request: string; context: string}): void {
  resolveData.request = file;
  resolveData.context = folder;
}

/** A file of this package as webpack names it, in which `#` does not start a fragment. */
function resourceOf(file: string): string {
  return join(folder, file).replaceAll('#', '\0#');
}
