import {ModuleGraph, UnknownNames} from '../../resolution/moduleGraph.ts';
import {importUses} from '../../transform/analyse/details/importUses.ts';
import type {ImportUse, ParserPluginItem} from '../../transform/types.ts';
import type {DirectiveModule} from '../compileModule.ts';
import type {ReportedModule} from '../../report/report.ts';
import {findInWebpack, noDependencies, type FileHost} from '../findInWebpack.ts';
import {givesServerFunctions, type FoundImport, type SideFacts} from './facts.ts';
import {sideOf} from './graphModules.ts';
import {pathFrom} from './paths.ts';

/** A file of the server that Node runs from its source. */
interface SourceFile {
  filename: string;
  text: string;
  imports: ImportUse[];
  graph: ModuleGraph;
}

interface SourceOptions {
  root: string;
  parserPlugins: readonly ParserPluginItem[];
  host: FileHost;
  /** Those with a directive, by absolute path. */
  directives: ReadonlyMap<string, DirectiveModule>;
}

/**
 * Finds out about the side of the server where webpack does not build it, from the texts of its files. So
 * it knows imports of ES syntax, and only files that are given.
 *
 * @param filenames absolute paths
 */
export async function readSourceFacts(
  filenames: readonly string[],
  options: SourceOptions,
): Promise<SideFacts> {
  const files = new Map<string, SourceFile>();
  for (const filename of filenames) {
    const file = await readSource(filename, options);
    if (file) files.set(filename, file);
  }
  const sources = new Sources(files, options);
  const imports: FoundImport[] = [];
  for (const file of files.values()) imports.push(...(await sources.importsOf(file)));
  return {imports, modules: [...files.values()].map((file) => describe(file, options))};
}

async function readSource(
  filename: string,
  {host, parserPlugins}: SourceOptions,
): Promise<SourceFile | null> {
  try {
    const text = await host.readText(filename);
    const imports = importUses(text, filename, {parserPlugins});
    return {filename, text, imports, graph: new ModuleGraph(filename, text, {parserPlugins})};
  } catch {
    // It was removed since it was found.
    return null;
  }
}

function describe({filename, text}: SourceFile, {root, directives}: SourceOptions): ReportedModule {
  const directive = directives.get(filename);
  return {
    path: pathFrom(root, filename),
    graph: 'server',
    directive: directive ? sideOf(directive) : null,
    size: Buffer.byteLength(text),
    count: null,
  };
}

class Sources {
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #options: SourceOptions;

  constructor(files: ReadonlyMap<string, SourceFile>, options: SourceOptions) {
    this.#files = files;
    this.#options = options;
  }

  /** Those that lead to modules on the border, through any number of barrels. */
  async importsOf(file: SourceFile): Promise<FoundImport[]> {
    const found: FoundImport[] = [];
    const isServerModule = givesServerFunctions(this.#options.directives.get(file.filename));
    for (const {specifier, name, exportedAs, uses} of file.imports) {
      // A barrel uses nothing itself: who imports from it does.
      if (exportedAs !== null && uses.length === 0 && !isServerModule) continue;
      const target = await this.#follow(file, specifier, name, new Set());
      if (!target || target.filename === file.filename) continue;
      const {filename: from} = file;
      const to = target.filename;
      found.push({from, graph: 'server', to, name: target.name, uses, chunks: []});
    }
    return found;
  }

  async #follow(
    file: SourceFile,
    specifier: string,
    name: string,
    seen: Set<string>,
  ): Promise<{filename: string; name: string} | null> {
    const filename = await this.#resolve(file, specifier);
    if (filename === null || seen.has(`${filename}\0${name}`)) return null;
    seen.add(`${filename}\0${name}`);
    if (this.#options.directives.has(filename)) return {filename, name};
    const barrel = this.#files.get(filename);
    for (const next of barrel?.imports ?? []) {
      const isNamed = next.exportedAs === name;
      if (!isNamed && next.exportedAs !== '*') continue;
      const target = await this.#follow(barrel!, next.specifier, isNamed ? next.name : name, seen);
      if (target && (isNamed || this.#has(target))) return target;
    }
    return null;
  }

  /** What `export *` gives is searched in each of its modules. */
  #has({filename, name}: {filename: string; name: string}): boolean {
    const {isClientModule, serverReferences} = this.#options.directives.get(filename)!;
    return isClientModule || serverReferences.some(({exportName}) => exportName === name);
  }

  async #resolve({filename, graph}: SourceFile, specifier: string): Promise<string | null> {
    try {
      const finding = graph.target(specifier, filename);
      return await findInWebpack(finding, this.#options.host, noDependencies());
    } catch (error) {
      if (error instanceof UnknownNames) return null;
      throw error;
    }
  }
}
