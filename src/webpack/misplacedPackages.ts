import type {Compilation, Compiler, Module, NormalModule} from 'webpack';
import {plainError} from './plainError.ts';

const NAME = 'UseServerWebpackPlugin';

/** Files that do nothing but throw, to which conditions lead those who must not import the package. */
const THROWING: readonly {name: string; file: RegExp; message: string}[] = [
  {
    name: 'server-only',
    file: /[\\/]index\.js$/,
    message:
      'This module imports "server-only", but it is client code: it or what imports it says "use client", or the entry of the browser or a module of the option "ssr" imports it. Move what only the server may have to another module.',
  },
  {
    name: 'client-only',
    file: /[\\/]error\.js$/,
    message:
      'This module imports "client-only", but it runs in the server graph. Write "use client" at the top of the component that uses it.',
  },
  {
    name: 'react-dom',
    file: /[\\/](server|static)[\w.]*\.react-server\.js$/,
    message:
      'This module makes HTML with react-dom, which does not work under the condition "react-server". Name the module in the option "ssr" of createUseServer().',
  },
];

/**
 * Reports imports that would throw when the bundle is loaded, at the module that has them. What webpack
 * leaves out of the bundle, because nothing uses it, is not reported.
 */
export function refuseMisplacedPackages(compilation: Compilation): void {
  const {compiler, errors, hooks, moduleGraph, warnings} = compilation;
  hooks.optimizeTree.tap(NAME, (_chunks, modules) => {
    const {chunkGraph} = compilation;
    for (const module of modules) {
      const message = chunkGraph.getModuleChunks(module).length > 0 && messageFor(module);
      if (!message) continue;
      const importers = [...moduleGraph.getIncomingConnections(module)].map(
        ({originModule}) => originModule,
      );
      for (const importer of new Set(importers)) {
        if (!importer) continue;
        // A package may do so where it is never called.
        const isOwn = !/[\\/]node_modules[\\/]/.test(importer.nameForCondition() ?? '');
        (isOwn ? errors : warnings).push(errorIn(compiler.webpack, importer, message));
      }
    }
  });
}

function messageFor(module: Module): string | undefined {
  const {resourceResolveData} = module as NormalModule;
  const data: unknown = resourceResolveData?.['descriptionFileData'];
  if (typeof data !== 'object' || data === null || !('name' in data)) return undefined;
  const path = module.nameForCondition() ?? '';
  return THROWING.find(({name, file}) => name === data.name && file.test(path))?.message;
}

function errorIn(webpack: Compiler['webpack'], module: Module, message: string) {
  return Object.assign(plainError(webpack, message), {module});
}
