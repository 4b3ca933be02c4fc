import type {Chunk, Compilation, Module, NormalModule} from 'webpack';
import {importUses} from '../../transform/analyse/details/importUses.ts';
import type {ImportUse, ParserPluginItem} from '../../transform/types.ts';
import {directiveModuleOf} from '../directiveModuleOf.ts';
import type {FileHost} from '../findInWebpack.ts';
import {givesServerFunctions, type FoundImport} from './facts.ts';

type Dependency = Parameters<Compilation['getDependencyReferencedExports']>[0];

/** An import as webpack's module graph has it. */
interface GraphImport {
  importer: NormalModule;
  /** Absolute path of the module on the border. */
  to: string;
  /** Of the export there; `'*'` for all. */
  name: string;
  /** Specifier and name as the importer has them, by which its text is searched. */
  key: string;
  chunks: Chunk[];
}

/**
 * Finds who imports modules on the border, through any number of barrels. To be called while modules still
 * stand alone: concatenation hides them.
 *
 * @param isImporter which modules count
 */
export function findGraphImports(
  compilation: Compilation,
  isImporter: (module: Module) => boolean,
): GraphImport[] {
  const {chunkGraph, moduleGraph} = compilation;
  const found: GraphImport[] = [];
  for (const importer of compilation.modules) {
    if (!isNormalModule(importer) || !isImporter(importer)) continue;
    const isServerModule = givesServerFunctions(directiveModuleOf(importer));
    for (const connection of moduleGraph.getOutgoingConnections(importer)) {
      const {dependency} = connection;
      if (!dependency || OWN.test(dependency.type)) continue;
      if (REEXPORT.test(dependency.type) && !isServerModule) continue;
      if (connection.getActiveState(undefined) === false) continue;
      for (const name of namesIn(compilation, dependency)) {
        const target = targetOf(compilation, connection.module, name);
        if (!target || target.module === importer) continue;
        const to = directiveModuleOf(target.module)!.filename;
        const chunks = [...chunkGraph.getModuleChunksIterable(importer)];
        found.push({importer, to, name: target.name, key: keyOf(dependency), chunks});
      }
    }
  }
  return found;
}

/** A barrel uses nothing itself: who imports from it does. */
const REEXPORT = /export imported specifier/;
const OWN = /self exports|module decorator/;

function isNormalModule(module: Module): module is NormalModule {
  return typeof (module as NormalModule).resource === 'string';
}

function namesIn(compilation: Compilation, dependency: Dependency): string[] {
  const paths = compilation.getDependencyReferencedExports(dependency, undefined);
  return paths.map((reference) => {
    const path = Array.isArray(reference) ? reference : reference.name;
    return path[0] ?? '*';
  });
}

/** Follows an export to the module on the border that it comes from. */
function targetOf(
  {moduleGraph}: Compilation,
  module: Module,
  name: string,
): {module: Module; name: string} | null {
  if (isOnBorder(module)) return {module, name};
  if (name === '*') return null;
  const target = moduleGraph
    .getExportInfo(module, name)
    .getTarget(moduleGraph, (step) => !isOnBorder(step.module));
  if (!target || !isOnBorder(target.module)) return null;
  return {module: target.module, name: target.export?.[0] ?? '*'};
}

function isOnBorder(module: Module): boolean {
  const found = directiveModuleOf(module);
  return found !== undefined && (found.isClientModule || found.serverReferences.length > 0);
}

function keyOf(dependency: Dependency): string {
  const {request, ids} = dependency as {request?: string; ids?: string[]};
  return `${request}\0${ids?.[0] ?? '*'}`;
}

/**
 * Says what importers do with what they import, by their texts. To be called when chunks have their ids.
 *
 * @param graph where the importers run
 */
export async function describeGraphImports(
  imports: readonly GraphImport[],
  graph: FoundImport['graph'],
  host: FileHost,
  parserPlugins: readonly ParserPluginItem[],
): Promise<FoundImport[]> {
  const texts = new Map<string, Promise<ImportUse[]>>();
  const usesIn = (filename: string) => {
    if (!texts.has(filename)) texts.set(filename, readUses(filename, host, parserPlugins));
    return texts.get(filename)!;
  };
  return Promise.all(
    imports.map(async ({importer, to, name, key, chunks}) => {
      const from = filenameOf(importer);
      const uses = (await usesIn(from)).filter((use) => `${use.specifier}\0${use.name}` === key);
      return {
        from,
        graph,
        to,
        name,
        uses: uses.flatMap((use) => use.uses),
        chunks: chunks.map((chunk) => chunk.name ?? String(chunk.id)).sort(),
      };
    }),
  );
}

/** Without query and fragment. */
export function filenameOf(module: NormalModule): string {
  return module.resource.replace(/[?#].*$/s, '');
}

async function readUses(
  filename: string,
  host: FileHost,
  parserPlugins: readonly ParserPluginItem[],
): Promise<ImportUse[]> {
  try {
    return importUses(await host.readText(filename), filename, {parserPlugins});
  } catch {
    // What a loader has made of no file shows nothing.
    return [];
  }
}
