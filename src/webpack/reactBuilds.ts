import type {Compiler} from 'webpack';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

/**
 * Resolves React's packages to their builds for servers that have web APIs only. React names these
 * under conditions of single vendors.
 */
export function resolveEdgeBuilds(normalModuleFactory: NormalModuleFactory): void {
  replaceRequests(normalModuleFactory, {
    'react-dom/server': 'react-dom/server.edge',
    'react-dom/static': 'react-dom/static.edge',
    'react-server-dom-webpack/client': 'react-server-dom-webpack/client.edge',
    'react-server-dom-webpack/server': 'react-server-dom-webpack/server.edge',
    'react-server-dom-webpack/static': 'react-server-dom-webpack/static.edge',
  });
}

/**
 * Resolves React's client to the build that can call server functions, where the config's `target` is
 * a worker: under the condition `worker` React has one that makes HTML.
 */
export function resolveBrowserBuild(
  normalModuleFactory: NormalModuleFactory,
  {options}: Compiler,
): void {
  if (![options.target].flat().includes('webworker')) return;
  replaceRequests(normalModuleFactory, {
    'react-server-dom-webpack/client': 'react-server-dom-webpack/client.browser',
  });
}

function replaceRequests(
  normalModuleFactory: NormalModuleFactory,
  replacements: Readonly<Record<string, string>>,
): void {
  normalModuleFactory.hooks.beforeResolve.tap('UseServerWebpackPlugin', (resolveData) => {
    const {request} = resolveData;
    if (Object.hasOwn(replacements, request)) resolveData.request = replacements[request]!;
  });
}
