import type {Chunk, Compilation, Module} from 'webpack';
import type {ModuleLoading, Stylesheet} from '../references/manifests.ts';
import type {ClientModule, IncludedClientModules} from './clientModules.ts';
import {plainError} from './plainError.ts';

/**
 * Tells which stylesheets a client module needs, from the module graph: those that hold CSS which it
 * imports, itself or through other modules. What it loads later (`import()`) brings its own.
 */
export class Stylesheets {
  readonly #compilation: Compilation;
  readonly #clientModules: IncludedClientModules;
  readonly #loading: ModuleLoading | null;
  /** Most builds have no stylesheets, and need no search. */
  readonly #exist: boolean;
  #hasUnknownPlace = false;

  /** @param loading where browsers load files from; null when only they know */
  constructor(
    compilation: Compilation,
    clientModules: IncludedClientModules,
    loading: ModuleLoading | null,
  ) {
    this.#compilation = compilation;
    this.#clientModules = clientModules;
    this.#loading = loading;
    this.#exist = [...compilation.chunks].some((chunk) => stylesheetFiles(chunk).length > 0);
  }

  /** In the order in which webpack loads them. Empty, with a warning, where only browsers know where files are. */
  of(clientModule: ClientModule): Stylesheet[] {
    const files = this.#files(clientModule);
    if (!this.#loading) {
      this.#hasUnknownPlace ||= files.length > 0;
      return [];
    }
    const {prefix, crossOrigin} = this.#loading;
    return files.map((file) => ({
      href: prefix + file,
      ...(crossOrigin !== undefined && {crossOrigin}),
    }));
  }

  /** To be called when all have been asked for. */
  warn(): void {
    if (!this.#hasUnknownPlace) return;
    this.#compilation.warnings.push(
      plainError(
        this.#compilation.compiler.webpack,
        `Client components import stylesheets, but output.publicPath is "auto": only the browser knows where they are, so HTML cannot link them, and pages are shown without style at first. Set output.publicPath, for example to "/".`,
      ),
    );
  }

  /** Names of files, relative to the public path. */
  #files(clientModule: ClientModule): string[] {
    const module = this.#exist && this.#clientModules.moduleOf(clientModule);
    if (!module) return [];
    const chunks = new Set<Chunk>();
    for (const css of importedCss(this.#compilation, module)) {
      for (const chunk of this.#chunksWith(css, clientModule)) chunks.add(chunk);
    }
    return [...new Set([...chunks].flatMap(stylesheetFiles))];
  }

  /** Those that the page loads for the client module, or else those that every page starts with. */
  #chunksWith(css: Module, {block}: ClientModule): Chunk[] {
    const {chunkGraph} = this.#compilation;
    const holding = new Set(chunkGraph.getModuleChunksIterable(css));
    const loaded = (chunkGraph.getBlockChunkGroup(block)?.chunks ?? []).filter((chunk) =>
      holding.has(chunk),
    );
    return loaded.length > 0 ? loaded : [...holding].filter((chunk) => chunk.canBeInitial());
  }
}

function stylesheetFiles(chunk: Chunk): string[] {
  return [...chunk.files].filter((file) => /\.css(\?|$)/.test(file));
}

/** webpack's own CSS modules and those of mini-css-extract-plugin, in the order of their imports. */
function importedCss({moduleGraph}: Compilation, start: Module): Module[] {
  const found: Module[] = [];
  const seen = new Set([start]);
  // The set grows while it is walked.
  for (const module of seen) {
    if (module.type.startsWith('css')) found.push(module);
    for (const dependency of module.dependencies) {
      const imported = moduleGraph.getModule(dependency);
      if (imported) seen.add(imported);
    }
  }
  return found;
}
