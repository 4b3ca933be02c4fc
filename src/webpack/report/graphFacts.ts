import type {Compilation, Module} from 'webpack';
import type {ReportedModule} from '../../report/report.ts';
import type {ParserPluginItem} from '../../transform/types.ts';
import {hostOfCompiler} from '../fileHost.ts';
import type {SideFacts} from './facts.ts';
import {describeGraphImports, findGraphImports} from './graphImports.ts';
import {findGraphModules} from './graphModules.ts';

interface GraphOptions {
  root: string;
  parserPlugins: readonly ParserPluginItem[];
  graph: ReportedModule['graph'];
  /** Which modules of the build are of this graph. */
  belongs: (module: Module) => boolean;
}

/** What the report says of one side, from the module graph of the build that makes it. */
export class GraphFacts {
  readonly #compilation: Compilation;
  readonly #options: GraphOptions;
  #imports: ReturnType<typeof findGraphImports> = [];
  #modules: ReportedModule[] = [];

  constructor(compilation: Compilation, options: GraphOptions) {
    this.#compilation = compilation;
    this.#options = options;
    const {graph, root, belongs} = options;
    // Chunks are what they will be, and modules are not concatenated yet.
    compilation.hooks.optimizeTree.tap('UseServerWebpackPlugin', () => {
      this.#imports = findGraphImports(compilation, belongs);
      this.#modules = findGraphModules(compilation, graph, root, belongs);
    });
  }

  /** To be called when chunks have their ids. */
  async read(): Promise<SideFacts> {
    const {graph, parserPlugins} = this.#options;
    const host = hostOfCompiler(this.#compilation.compiler);
    return {
      imports: await describeGraphImports(this.#imports, graph, host, parserPlugins),
      modules: this.#modules,
    };
  }
}

/** Names of the scripts of a build, relative to its output folder. */
export function scriptsOf({chunks}: Compilation): string[] {
  return [...chunks].flatMap((chunk) => [...chunk.files].filter((file) => /\.[cm]?js$/.test(file)));
}
