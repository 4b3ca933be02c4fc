import {fileURLToPath} from 'node:url';
import type {Compiler} from 'webpack';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

const CLIENT = 'use-server-webpack-plugin/client';

/**
 * Resolves `use-server-webpack-plugin/client`, which stubs import, to this very package: a stub may
 * stand in a workspace or a package that does not depend on it.
 */
export function resolveOwnRequests(normalModuleFactory: NormalModuleFactory): void {
  const filename = fileURLToPath(new URL('../client/index.js', import.meta.url)).replaceAll(
    '#',
    '\0#',
  );
  normalModuleFactory.hooks.beforeResolve.tap('UseServerWebpackPlugin', (resolveData) => {
    if (resolveData.request === CLIENT) resolveData.request = filename;
  });
}
