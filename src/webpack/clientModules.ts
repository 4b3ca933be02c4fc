import {fileURLToPath} from 'node:url';
import type {
  AsyncDependenciesBlock,
  Compilation,
  Compiler,
  Dependency,
  Module,
  NormalModule,
} from 'webpack';
import {clientModuleDependency} from './clientModuleDependency.ts';

const NAME = 'UseServerWebpackPlugin';
/** The file of the module on which client modules hang. */
export const EMPTY_MODULE = fileURLToPath(new URL('emptyModule.js', import.meta.url));
const JAVASCRIPT_TYPES = ['javascript/auto', 'javascript/dynamic', 'javascript/esm'] as const;

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

/** A `"use client"` module of the browser's build, and the chunks that load it. */
export interface ClientModule {
  /** Absolute. */
  filename: string;
  block: AsyncDependenciesBlock;
}

/** Those of one build: webpack's or Rspack's. */
export interface IncludedClientModules {
  /**
   * Includes those modules that are not included yet.
   *
   * @returns whether there were any
   */
  include(filenames: readonly string[]): Promise<boolean>;
  /** In the order of their file names. */
  all(): ClientModule[];
  /** The module that the build has for it, after concatenation too. */
  moduleOf(clientModule: ClientModule): Module | null;
}

interface Included {
  holder: NormalModule;
  dependency: Dependency;
}

/**
 * Takes `"use client"` modules into the browser's build, each with chunks that load it on demand.
 *
 * They hang as asynchronous blocks on an empty module that every entry includes, so webpack itself
 * finds out what each page still has to load. The empty module is the same one whatever hangs on it:
 * webpack's records, which keep the ids of chunks while it watches, know chunks by it. So it is built
 * every time, and no cache can bring back an old list.
 */
export class ClientModules implements IncludedClientModules {
  readonly #compilation: Compilation;
  readonly #layer: string | null;
  readonly #Dependency: ReturnType<typeof clientModuleDependency>;
  readonly #lists = new Map<string, string[]>();
  readonly #included: Included[] = [];
  readonly #known = new Set<string>();

  /**
   * @param layer in which the modules are built, where a compilation has several
   */
  constructor(
    compilation: Compilation,
    normalModuleFactory: NormalModuleFactory,
    layer: string | null = null,
  ) {
    const {webpack} = compilation.compiler;
    this.#compilation = compilation;
    this.#layer = layer;
    this.#Dependency = clientModuleDependency(webpack);
    compilation.dependencyFactories.set(this.#Dependency, normalModuleFactory);
    compilation.dependencyTemplates.set(
      this.#Dependency,
      new webpack.dependencies.NullDependency.Template(),
    );
    normalModuleFactory.hooks.afterResolve.tap(NAME, ({createData}) => {
      // Modules inherit the layer of what imports them, so those of the list get it from here.
      if (layer !== null && this.#lists.has(createData.resource!)) createData.layer = layer;
    });
    for (const type of JAVASCRIPT_TYPES) {
      normalModuleFactory.hooks.parser.for(type).tap(NAME, (parser) => {
        parser.hooks.program.tap(NAME, () => this.#addBlocks(parser.state.module));
      });
    }
  }

  async include(filenames: readonly string[]): Promise<boolean> {
    const list = [...new Set(filenames)].filter((filename) => !this.#known.has(filename)).sort();
    if (list.length === 0) return false;
    for (const filename of list) this.#known.add(filename);
    const resource = this.#resource(this.#included.length);
    this.#lists.set(resource, list);
    // "!!": the app's own loaders have no business here.
    const dependency = new this.#Dependency(`!!${resource}`);
    this.#included.push({holder: await this.#build(dependency), dependency});
    return true;
  }

  /**
   * Makes one list of what several calls of `include` have brought. Which call brings what can depend
   * on who is faster, and the bundle must not.
   */
  async join(): Promise<void> {
    if (this.#included.length < 2) return;
    const [{holder}, ...others] = this.#included as [Included, ...Included[]];
    this.#lists.set(holder.resource, [...this.#known].sort());
    await this.#rebuild(holder);
    const dropped = new Set(others.map(({dependency}) => dependency));
    const {includeDependencies} = this.#compilation.globalEntry;
    const kept = includeDependencies.filter((dependency) => !dropped.has(dependency));
    includeDependencies.splice(0, includeDependencies.length, ...kept);
    this.#included.splice(1);
  }

  all(): ClientModule[] {
    return this.#included
      .flatMap(({holder}) => {
        const list = this.#lists.get(holder.resource)!;
        return holder.blocks.map((block, index) => ({filename: list[index]!, block}));
      })
      .sort((a, b) => (a.filename < b.filename ? -1 : 1));
  }

  moduleOf({block}: ClientModule): Module | null {
    return this.#compilation.moduleGraph.getModule(block.dependencies[0]!);
  }

  /** Whether it is one of the empty modules that everything hangs on. */
  isHolder(module: Module): boolean {
    return this.#lists.has((module as NormalModule).resource);
  }

  /** Of the empty module for the list of this number. */
  #resource(index: number): string {
    return `${escapeRequest(EMPTY_MODULE)}?${[this.#layer ?? 'client', index].join('-')}`;
  }

  #build(dependency: Dependency): Promise<NormalModule> {
    return new Promise((fulfil, reject) => {
      this.#compilation.addInclude(
        this.#compilation.compiler.context,
        dependency,
        {name: undefined},
        (error, module) => {
          if (error) reject(error);
          else fulfil(module as NormalModule);
        },
      );
    });
  }

  #rebuild(module: Module): Promise<void> {
    return new Promise((fulfil, reject) => {
      this.#compilation.rebuildModule(module, (error) => (error ? reject(error) : fulfil()));
    });
  }

  #addBlocks(module: NormalModule): void {
    const list = this.#lists.get(module.resource);
    if (!list) return;
    module.buildInfo!.cacheable = false;
    for (const filename of list) {
      const block = new this.#compilation.compiler.webpack.AsyncDependenciesBlock(
        {},
        null,
        filename,
      );
      block.addDependency(new this.#Dependency(escapeRequest(filename)));
      module.addBlock(block);
    }
  }
}

/** A path in which `#` does not start a fragment. (No build of webpack's finds a `?` in a path.) */
function escapeRequest(path: string): string {
  return path.replaceAll('#', '\0#');
}
