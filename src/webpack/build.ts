import {existsSync} from 'node:fs';
import type {Compilation} from 'webpack';
import type {ReferenceLocation} from '../references/ids.ts';
import {modulePath} from '../references/modulePath.ts';
import {createServerManifest} from '../references/manifests.ts';
import type {IncludedClientModules} from './clientModules.ts';
import {hasErrors, type DirectiveModule} from './compileModule.ts';
import {directiveModuleOf} from './directiveModuleOf.ts';
import {reportDiagnostics, type Diagnosed} from './diagnostics.ts';
import {hostOfCompiler} from './fileHost.ts';
import {getCompilationHooks} from './hooks.ts';
import {logCallable} from './logCallable.ts';
import {createClientManifests} from './manifests.ts';
import type {ResolvedOptions} from './options.ts';
import {emitReport} from './report/emitReport.ts';
import {GraphFacts, scriptsOf} from './report/graphFacts.ts';
import {makeReport} from './report/makeReport.ts';
import {readServerModules} from './report/serverModules.ts';
import {readSourceFacts} from './report/sourceFacts.ts';
import {plainError} from './plainError.ts';
import type {Scanner, ScanResult} from './scan.ts';
import {noDependencies} from './findInWebpack.ts';

/** What the plugin does in one compilation: everything that it knows lives and ends with it. */
export class Build {
  readonly #compilation: Compilation;
  readonly #options: ResolvedOptions;
  /** null where no browser's build is made: only that has chunks for client modules. */
  readonly #clientModules: IncludedClientModules | null;
  readonly #facts: GraphFacts | null;
  #scanned: ScanResult = {modules: [], files: [], dependencies: noDependencies(), unmatched: []};
  #modules: Diagnosed[] = [];
  /** The ids in the server manifest. */
  #callable: readonly string[] = [];

  constructor(
    compilation: Compilation,
    options: ResolvedOptions,
    clientModules: IncludedClientModules | null,
  ) {
    this.#compilation = compilation;
    this.#options = options;
    this.#clientModules = clientModules;
    const {root, parserPlugins, details} = options;
    this.#facts = details
      ? new GraphFacts(compilation, {root, parserPlugins, graph: 'client', belongs: () => true})
      : null;
  }

  async scan(scanner: Scanner): Promise<void> {
    this.#scanned = await scanner.scan(this.#compilation);
    const {files, contexts, missing} = this.#scanned.dependencies;
    this.#compilation.fileDependencies.addAll(files);
    this.#compilation.contextDependencies.addAll(contexts);
    this.#compilation.missingDependencies.addAll(missing);
    this.#warnOfUnmatched();
  }

  /** Client modules can bring further ones with them, so this goes on until there are none. */
  async includeClientModules(): Promise<void> {
    if (!this.#clientModules) return;
    let filenames = this.#clientFilenames();
    while (await this.#clientModules.include(filenames)) filenames = this.#clientFilenames();
  }

  /** Before chunks are made: concatenation then hides modules behind others. */
  collectModules(): void {
    this.#modules = [
      ...this.#scanned.modules.map((module) => ({module, webpackModule: null})),
      ...this.#graphModules(),
    ];
    reportDiagnostics(this.#compilation, this.#modules);
  }

  emitManifests(): void {
    const hooks = getCompilationHooks(this.#compilation);
    const {serverManifest, clientManifest, ssrManifest, root} = this.#options;
    const server = hooks.serverManifest.call(
      createServerManifest(this.#serverReferences(), this.#options),
    );
    this.#callable = Object.keys(server);
    logCallable(this.#compilation, this.#callable);
    this.#emit(serverManifest, server);
    if (!this.#clientModules) return;
    const {client, ssr} = createClientManifests(this.#compilation, this.#clientModules, root);
    this.#emit(clientManifest, hooks.clientManifest.call(client));
    this.#emit(ssrManifest, ssr);
  }

  /** Does nothing unless somebody wants the report. */
  async emitReport(): Promise<void> {
    if (!this.#facts) return;
    const {compiler} = this.#compilation;
    const {root, parserPlugins, report: files, serverManifest} = this.#options;
    const host = hostOfCompiler(compiler);
    const client = await this.#facts.read();
    const inBrowser = new Set(client.modules.map(({path}) => path));
    const modules = await readServerModules(
      this.#modules.map(({module}) => module).filter((module) => !hasErrors(module)),
      {...this.#options, host},
    );
    const server = await readSourceFacts(
      this.#scanned.files.filter((file) => this.#isOfServer(file, inBrowser)),
      {root, parserPlugins, host, directives: this.#directives()},
    );
    const report = await makeReport({
      server: 'sources',
      mode: compiler.options.mode ?? 'production',
      root,
      host,
      modules,
      callable: new Set(this.#callable),
      sides: [server, client],
    });
    const {outputPath} = compiler;
    emitReport(this.#compilation, report, {
      files,
      root,
      place: {outputPath, serverManifest, publicPath: outputPath},
      scripts: scriptsOf(this.#compilation),
    });
  }

  /** The browser's modules are not, but for those that are a stub there. */
  #isOfServer(file: string, inBrowser: ReadonlySet<string>): boolean {
    const directive = this.#directives().get(file);
    if (directive) return !directive.isClientModule;
    return !inBrowser.has(modulePath(file, this.#options.root));
  }

  #directives(): Map<string, DirectiveModule> {
    return new Map(this.#modules.map(({module}) => [module.filename, module]));
  }

  /** Whatever such a pattern was meant to find would be missing at run time, without a word. */
  #warnOfUnmatched(): void {
    const {compiler, warnings, missingDependencies} = this.#compilation;
    for (const {pattern, folder} of this.#scanned.unmatched) {
      // Watch mode builds again when it appears. (In a folder that is there, the scan sees to that.)
      if (!existsSync(folder)) missingDependencies.add(folder);
      warnings.push(
        plainError(
          compiler.webpack,
          `UseServerWebpackPlugin: the option "include" finds no JavaScript or TypeScript file by ${JSON.stringify(pattern)} in ${this.#options.root}. Server functions and client components there would be missing. A pattern is a glob or a folder, relative to the option "root"; "exclude" may also leave everything out.`,
        ),
      );
    }
  }

  #clientFilenames(): string[] {
    const modules = [...this.#scanned.modules, ...this.#graphModules().map(({module}) => module)];
    return modules
      .filter((module) => module.isClientModule && !hasErrors(module))
      .map(({filename}) => filename);
  }

  #serverReferences(): ReferenceLocation[] {
    return this.#modules
      .filter(({module}) => !hasErrors(module))
      .flatMap(({module: {path, serverReferences}}) =>
        serverReferences.map(({exportName}) => ({path, exportName})),
      );
  }

  #graphModules(): Diagnosed[] {
    const found: Diagnosed[] = [];
    for (const webpackModule of this.#compilation.modules) {
      const module = directiveModuleOf(webpackModule);
      if (module) found.push({module, webpackModule});
    }
    return found;
  }

  #emit(file: string, content: object): void {
    const {RawSource} = this.#compilation.compiler.webpack.sources;
    this.#compilation.emitAsset(file, new RawSource(`${JSON.stringify(content, null, 2)}\n`));
  }
}
