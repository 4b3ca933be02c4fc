import type {Compilation, Dependency, Module, NormalModule} from 'webpack';
import {EMPTY_MODULE, type ClientModule, type IncludedClientModules} from '../clientModules.ts';
import {plainError} from '../plainError.ts';
import {listRequest, setList} from './listLoader.ts';

/**
 * Takes `"use client"` modules into Rspack's build, each with chunks that load it on demand.
 *
 * Rspack has no way to hang blocks on a module, so a module that every entry includes has an `import()` of each.
 * The functions around them never run.
 */
export class RspackClientModules implements IncludedClientModules {
  readonly #compilation: Compilation;
  readonly #included: {holder: NormalModule; list: string[]}[] = [];
  readonly #known = new Set<string>();

  constructor(compilation: Compilation) {
    this.#compilation = compilation;
    compilation.hooks.finishModules.tap('UseServerWebpackPlugin', () => this.#refuseProxies());
  }

  async include(filenames: readonly string[]): Promise<boolean> {
    const list = [...new Set(filenames)].filter((filename) => !this.#known.has(filename)).sort();
    if (list.length === 0) return false;
    for (const filename of list) this.#known.add(filename);
    const query = `?client-${this.#included.length}`;
    setList(this.#compilation.compiler, query, list);
    this.#included.push({holder: await this.#build(listRequest(EMPTY_MODULE + query)), list});
    return true;
  }

  all(): ClientModule[] {
    return this.#included
      .flatMap(({holder, list}) =>
        holder.blocks.map((block, index) => ({filename: list[index]!, block})),
      )
      .sort((a, b) => (a.filename < b.filename ? -1 : 1));
  }

  moduleOf({block}: ClientModule): Module | null {
    return this.#compilation.moduleGraph.getModule(block.dependencies[0]!);
  }

  /** A proxy asks the development server for its module when it is loaded; React would take it for the module. */
  #refuseProxies(): void {
    const {compiler, errors} = this.#compilation;
    const modules = this.all().map((clientModule) => this.moduleOf(clientModule));
    if (!modules.some((module) => module?.identifier().startsWith('lazy-compilation-proxy|')))
      return;
    errors.push(
      plainError(
        compiler.webpack,
        'Client components cannot be compiled lazily: the server has to know their modules when it renders a page. Write lazyCompilation: false in the Rspack config; "rspack dev" switches it on otherwise.',
      ),
    );
  }

  #build(request: string): Promise<NormalModule> {
    const {context, webpack} = this.#compilation.compiler;
    const dependency: Dependency = webpack.EntryPlugin.createDependency(request, {});
    return new Promise((fulfil, reject) => {
      this.#compilation.addInclude(context, dependency, {name: undefined}, (error, module) => {
        if (error) reject(error);
        else fulfil(module as NormalModule);
      });
    });
  }
}
