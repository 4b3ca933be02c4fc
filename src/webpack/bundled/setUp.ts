import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import type {Compilation, Module} from 'webpack';
import {PEERS} from '../../references/peers.ts';
import {plainError} from '../plainError.ts';
import {modulesOf, SERVER_LAYER} from './layers.ts';
import {bundledReact, bundledReactProblem, packageFolderOf, packageOf} from './reactVersions.ts';

/** Packages of which each layer needs a copy of its own. */
const LAYERED = [...PEERS, 'use-server-webpack-plugin', 'server-only', 'client-only'];
const IS_LAYERED = new RegExp(`^(${LAYERED.join('|')})(\\/|$)`);

/** Reports a server config whose bundle could not be loaded, or would have another React than it needs. */
export function checkServerSetUp(compilation: Compilation): void {
  const {compiler, errors, warnings} = compilation;
  const externals = externalRequests(compilation);
  const problems = [
    layeredExternals(externals),
    bundledReactProblem(bundledReact(compilation)),
    ...reactWithoutCondition(modulesOf(compilation, SERVER_LAYER)),
  ];
  for (const problem of problems) if (problem) errors.push(plainError(compiler.webpack, problem));
  const doubts = [
    externalsWithReact(externals, compiler.context),
    copiesOfReact([...compilation.modules]),
  ];
  for (const doubt of doubts) if (doubt) warnings.push(plainError(compiler.webpack, doubt));
}

/** Reports a server config that makes a bundle for pages. To be called when webpack has its defaults. */
export function checkServerTarget(compilation: Compilation): void {
  const {compiler, errors, outputOptions} = compilation;
  // By <script>, as nothing but a page can.
  if (outputOptions.chunkLoading !== 'jsonp') return;
  errors.push(
    plainError(
      compiler.webpack,
      `The config with the "server" plugin of createUseServer() builds for browsers. Write target: 'node' there, or target: 'webworker' for an edge runtime. The config of what runs in the browser takes the "client" plugin.`,
    ),
  );
}

/** Reports a client config that makes a bundle for Node. To be called when webpack has its defaults. */
export function checkClientTarget({compiler, errors}: Compilation): void {
  const {node, web} = compiler.options.externalsPresets;
  // Electron's pages have both.
  if (!node || web) return;
  errors.push(
    plainError(
      compiler.webpack,
      'The config with the "client" plugin of createUseServer() builds for Node. The plugin belongs into the config of what runs in the browser; the config of the server takes the "server" plugin.',
    ),
  );
}

function externalRequests({compiler, modules}: Compilation): string[] {
  const {ExternalModule} = compiler.webpack;
  const requests = [...modules].flatMap((module) =>
    module instanceof ExternalModule ? [module.userRequest] : [],
  );
  return [...new Set(requests)].sort();
}

/** Left to Node, both layers would share one copy, with or without the `react-server` condition. */
function layeredExternals(requests: readonly string[]): string | null {
  const layered = requests.filter((request) => IS_LAYERED.test(request));
  if (layered.length === 0) return null;
  return `"externals" keeps ${layered.join(', ')} out of the server bundle, but the server and the SSR layer each need a copy of their own. Let webpack bundle ${LAYERED.join(', ')}. With webpack-node-externals: nodeExternals({allowlist: [${IS_LAYERED.toString()}]}).`;
}

/** Left to Node, they import a React that is none of the two in the bundle, so hooks and contexts fail. */
function externalsWithReact(requests: readonly string[], context: string): string | null {
  const names = requests
    .filter((request) => !IS_LAYERED.test(request))
    .map((request) => /^(@[\w.-]+\/)?[\w-][\w.-]*(?=\/|$)/.exec(request)?.[0])
    .filter((name) => name !== undefined && needsReact(name, context));
  if (names.length === 0) return null;
  return `"externals" keeps ${[...new Set(names)].join(', ')} out of the server bundle, but what imports React gets another one there than the bundle has. Let webpack bundle each of these packages, unless the server uses no part of it that imports React.`;
}

interface PackageJson {
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, {optional?: boolean}>;
}

function needsReact(name: string, context: string): boolean {
  const {dependencies, peerDependencies, peerDependenciesMeta} = packageJson(name, context);
  const isOptional = peerDependenciesMeta?.['react']?.optional ?? false;
  return Boolean(dependencies?.['react'] ?? (!isOptional && peerDependencies?.['react']));
}

/** Of an installed package, whether or not its `exports` show the file; empty when there is none. */
function packageJson(name: string, context: string): PackageJson {
  const folders = createRequire(join(context, 'webpack.config.js')).resolve.paths(name) ?? [];
  for (const folder of folders) {
    try {
      return JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as PackageJson;
    } catch {
      // Not in this folder.
    }
  }
  return {};
}

const FROM_ONE_FOLDER =
  'new webpack.NormalModuleReplacementPlugin(/^(react|react-dom)(\\/|$)/, (data) => {data.context = import.meta.dirname;})';

/**
 * A path in `resolve.alias`, written to have one React with linked packages, leads past the `exports` of
 * the package and so past its conditions. React itself would only say so when the bundle is loaded.
 */
function reactWithoutCondition(serverModules: readonly Module[]): string[] {
  return serverModules.flatMap((module) => {
    const {name} = packageOf(module);
    const path = module.nameForCondition();
    if (!path || (name !== 'react' && name !== 'react-dom')) return [];
    // What the condition "react-server" never leads to.
    if (!/[\\/]index\.js$/.test(path)) return [];
    return [
      `The server has ${path}, which ${name} is without the condition "react-server". A path in "resolve.alias" leads past the conditions of a package. Remove the alias from the server config; where it keeps linked packages from bringing another React, add this to "plugins" instead: ${FROM_ONE_FOLDER}`,
    ];
  });
}

/** Hooks of one copy know nothing of what another one renders. */
function copiesOfReact(modules: readonly Module[]): string | null {
  const folders = new Set<string>();
  for (const module of modules) {
    const folder = packageOf(module).name === 'react' && packageFolderOf(module);
    if (folder) folders.add(folder);
  }
  if (folders.size < 2) return null;
  return `The server bundle has several copies of React: ${[...folders].sort().join(', ')}. A component that gets another one than React renders with fails at its first hook. Install React once, or add this to "plugins": ${FROM_ONE_FOLDER}`;
}
