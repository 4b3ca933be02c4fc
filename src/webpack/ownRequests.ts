import {fileURLToPath} from 'node:url';
import type {Compiler} from 'webpack';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

const CLIENT = 'use-server-webpack-plugin/client';
const SERVER = 'use-server-webpack-plugin/server';

/**
 * Resolves `use-server-webpack-plugin/client`, which stubs import, to this very package: a stub may
 * stand in a workspace or a package that does not depend on it.
 */
export function resolveOwnRequests(normalModuleFactory: NormalModuleFactory): void {
  const filename = requestOf('../client/index.js');
  normalModuleFactory.hooks.beforeResolve.tap('UseServerWebpackPlugin', (resolveData) => {
    if (resolveData.request === CLIENT) resolveData.request = filename;
  });
}

/**
 * The same for `use-server-webpack-plugin/server`, which compiled server modules import: with the
 * `react-server` condition or without it, as the layer of the importer has it.
 *
 * @param isServerLayer tells by the importer's layer
 */
export function resolveServerRuntime(
  normalModuleFactory: NormalModuleFactory,
  isServerLayer: (layer: string) => boolean,
): void {
  const withCondition = requestOf('../server/index.js');
  const withoutCondition = requestOf('../server/ssr.js');
  const inNode = requestOf('../server/bundle.js');
  const inBundle = requestOf('../server/bundle.webpack.js');
  normalModuleFactory.hooks.beforeResolve.tap('UseServerWebpackPlugin', (resolveData) => {
    const {request, contextInfo} = resolveData;
    if (request !== SERVER) return;
    resolveData.request = isServerLayer(contextInfo.issuerLayer ?? '')
      ? withCondition
      : withoutCondition;
  });
  normalModuleFactory.hooks.afterResolve.tap('UseServerWebpackPlugin', ({createData}) => {
    if (createData.resource === inNode) createData.resource = inBundle;
  });
}

/** An absolute path as a request, in which `#` does not start a fragment. */
function requestOf(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url)).replaceAll('#', '\0#');
}
