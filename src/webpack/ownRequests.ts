import {fileURLToPath} from 'node:url';
import type {Compiler} from 'webpack';
import {CLIENT_ENTRY, NODE_ENTRY, RUNTIME_ENTRY, SERVER_ENTRY} from '../references/entryPoints.ts';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

/**
 * Resolves `use-server-webpack-plugin/client`, which stubs import, to this very package: a stub may
 * stand in a workspace or a package that does not depend on it.
 */
export function resolveOwnRequests(normalModuleFactory: NormalModuleFactory): void {
  const filename = requestOf('../client/index.js');
  normalModuleFactory.hooks.beforeResolve.tap('UseServerWebpackPlugin', (resolveData) => {
    if (resolveData.request === CLIENT_ENTRY) resolveData.request = filename;
  });
}

/** Lets pages ask the server itself whether it is another one, where no dev server runs it. */
export function resolvePlainServerUpdates(normalModuleFactory: NormalModuleFactory): void {
  replaceResource(
    normalModuleFactory,
    requestOf('../client/serverUpdates.js'),
    requestOf('../client/serverUpdates.plainNode.js'),
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
    [SERVER_ENTRY, requestOf('../server/index.js')],
    [NODE_ENTRY, requestOf('../server/node/index.js')],
    [RUNTIME_ENTRY, requestOf('../runtime/index.js')],
  ]);
  const withoutCondition = new Map([
    [SERVER_ENTRY, requestOf('../server/ssr.js')],
    [NODE_ENTRY, requestOf('../server/node/ssr.js')],
    [RUNTIME_ENTRY, requestOf('../runtime/ssr.js')],
  ]);
  const inNode = requestOf('../server/bundle.js');
  const inBundle = requestOf('../server/bundle.webpack.js');
  normalModuleFactory.hooks.beforeResolve.tap('UseServerWebpackPlugin', (resolveData) => {
    const isServer = isServerLayer(resolveData.contextInfo.issuerLayer ?? '');
    const file = (isServer ? withCondition : withoutCondition).get(resolveData.request);
    if (file !== undefined) resolveData.request = file;
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

/** An absolute path as a request, in which `#` does not start a fragment. */
function requestOf(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url)).replaceAll('#', '\0#');
}
