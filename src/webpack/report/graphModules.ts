import type {Compilation, Module, NormalModule} from 'webpack';
import type {ReportedModule} from '../../report/report.ts';
import {directiveModuleOf} from '../directiveModuleOf.ts';
import {packageOf} from '../bundled/reactVersions.ts';
import {filenameOf} from './graphImports.ts';
import {pathFrom} from './paths.ts';

/**
 * Lists the modules of one side that a build has in its chunks. To be called while they stand alone.
 *
 * @param belongs which modules are of this side
 */
export function findGraphModules(
  compilation: Compilation,
  graph: ReportedModule['graph'],
  root: string,
  belongs: (module: Module) => boolean,
): ReportedModule[] {
  const found = new Map<string, ReportedModule>();
  for (const module of compilation.modules) {
    if (typeof (module as NormalModule).resource !== 'string' || !belongs(module)) continue;
    if (compilation.chunkGraph.getNumberOfModuleChunks(module) === 0) continue;
    addModule(found, describe(module as NormalModule, graph, root));
  }
  return [...found.values()];
}

/** Adds up the modules of a package, and parts of one file. */
function addModule(found: Map<string, ReportedModule>, module: ReportedModule): void {
  const same = found.get(module.path);
  if (!same) {
    found.set(module.path, module);
    return;
  }
  same.size += module.size;
  same.directive ??= module.directive;
  if (same.count !== null) same.count += module.count ?? 1;
}

function describe(
  module: NormalModule,
  graph: ReportedModule['graph'],
  root: string,
): ReportedModule {
  const filename = filenameOf(module);
  const directive = directiveModuleOf(module);
  const path = pathFrom(root, filename);
  const isOfApp = !path.startsWith('../') && !/(^|\/)node_modules\//.test(path);
  const packageName = isOfApp ? null : (packageOf(module).name ?? null);
  return {
    path: packageName ?? path,
    graph,
    directive: directive ? sideOf(directive) : null,
    size: module.size(),
    count: packageName === null ? null : 1,
  };
}

/** What a module says at its top; nothing where it has inline functions only. */
export function sideOf({
  isClientModule,
  serverReferences,
}: NonNullable<ReturnType<typeof directiveModuleOf>>): ReportedModule['directive'] {
  if (isClientModule) return 'use client';
  return serverReferences.some(({isInline}) => !isInline) ? 'use server' : null;
}
