import {posix, relative} from 'node:path';
import type {Compilation, Compiler} from 'webpack';
import {addLoader, hashOptions} from '../addLoader.ts';
import {directiveModuleOf} from '../directiveModuleOf.ts';
import {checkCallServer} from '../callServerOption.ts';
import {ClientModules} from '../clientModules.ts';
import {compileOptionsOf, type CompileOptions} from '../compileModule.ts';
import {reportDiagnostics} from '../diagnostics.ts';
import {getCompilationHooks} from '../hooks.ts';
import {guardAgainstLeaks} from '../leakGuard.ts';
import {createClientManifests} from '../manifests.ts';
import {refuseMisplacedPackages} from '../misplacedPackages.ts';
import {resolveOwnRequests} from '../ownRequests.ts';
import {plainError} from '../plainError.ts';
import {refuseOldWebpack} from '../plugin.ts';
import {refuseRspack} from '../rspack/isRspack.ts';
import {resolveBrowserBuild} from '../reactBuilds.ts';
import {renewReturningChunks} from '../returningChunks.ts';
import {GraphFacts} from '../report/graphFacts.ts';
import {resolveAsServerBuild} from '../fileHost.ts';
import {shareTransformedFiles, type TransformedFiles} from '../transformedFiles.ts';
import {copyManifests} from './copyManifests.ts';
import {emitJson} from './emitJson.ts';
import {keepFilesOfOther} from './keepOther.ts';
import type {Link, Side} from './link.ts';
import {resolveLinkedOptions, type CreateUseServerOptions, type LinkedOptions} from './options.ts';
import {refuseSameFiles} from './sameFiles.ts';
import {checkClientTarget} from './setUp.ts';
import {usedExports} from './usedExports.ts';

const NAME = 'UseServerWebpackPlugin';

/** The browser's half of {@link createUseServer}: it takes in the client modules that the server names. */
export class ClientPlugin {
  readonly #options: CreateUseServerOptions;
  readonly #own: Side;
  readonly #other: Side;
  readonly #files: TransformedFiles;

  /** @internal Made by `createUseServer` only. */
  constructor(options: CreateUseServerOptions, {own, other, files}: Link) {
    this.#options = options;
    this.#own = own;
    this.#other = other;
    this.#files = files;
  }

  /**
   * Called by webpack.
   *
   * @param compiler of the build
   * @throws Error when webpack is too old, or when the plugin is in two configs
   */
  apply(compiler: Compiler): void {
    refuseRspack(compiler);
    refuseOldWebpack(compiler);
    this.#own.attach(compiler);
    shareTransformedFiles(compiler, this.#files);
    resolveAsServerBuild(compiler, () => this.#other.compiler);
    renewReturningChunks(compiler);
    const options = resolveLinkedOptions(this.#options, compiler);
    const compile: CompileOptions = {...compileOptionsOf(options), target: 'client'};
    const hash = hashOptions(compile, compiler.context);
    const included = new WeakMap<Compilation, ClientModules>();

    compiler.hooks.compilation.tap(NAME, (compilation, {normalModuleFactory}) => {
      addLoader(compilation, normalModuleFactory, () => ({compile, hash}));
      resolveOwnRequests(normalModuleFactory);
      resolveBrowserBuild(normalModuleFactory, compiler);
      guardAgainstLeaks(compilation, normalModuleFactory);
    });

    compiler.hooks.thisCompilation.tap(NAME, (compilation, {normalModuleFactory}) => {
      const clientModules = new ClientModules(compilation, normalModuleFactory);
      included.set(compilation, clientModules);
      checkClientTarget(compilation);
      refuseMisplacedPackages(compilation);
      refuseSameFiles(compilation, this.#own, this.#other);
      this.#follow(compilation, clientModules, options);
    });

    copyManifests(
      compiler,
      () => Object.values(this.#manifestFiles(compiler, options)),
      () => this.#other.compiler,
    );

    // Child compilers inherit these hooks, but have no modules to include.
    compiler.hooks.make.tapPromise(NAME, async (compilation) => {
      if (included.has(compilation)) await checkCallServer(compilation, options);
    });
    compiler.hooks.finishMake.tapPromise(NAME, async (compilation) => {
      const clientModules = included.get(compilation);
      if (clientModules) await this.#include(compilation, clientModules);
    });
  }

  /** Builds what the server has found too. */
  async #include(compilation: Compilation, clientModules: ClientModules): Promise<void> {
    // Only now: where this config comes first, the server's build started after this one.
    this.#checkServer(compilation);
    await this.#own.meet({
      find: () => serverModules(compilation).map(({filename}) => filename),
      include: (filenames) => clientModules.include(filenames),
    });
    await clientModules.join();
    this.#own.consume();
  }

  /** Does what belongs to each stage of a build. */
  #follow(compilation: Compilation, clientModules: ClientModules, options: LinkedOptions): void {
    const {compiler, hooks} = compilation;
    if (options.details) this.#findFacts(compilation, options);
    keepFilesOfOther(compilation, () => this.#other.compiler);
    hooks.finishModules.tap(NAME, () => reportAll(compilation));
    hooks.afterOptimizeDependencies.tap(NAME, () => this.#publishUse(compilation));
    hooks.processAssets.tap(
      // Behind the stage that puts real content hashes into names: chunks have their last names.
      {name: NAME, stage: compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_OPTIMIZE_HASH + 1},
      () => this.#emitManifests(compilation, clientModules, options),
    );
  }

  #findFacts(compilation: Compilation, {root, parserPlugins}: LinkedOptions): void {
    const facts = new GraphFacts(compilation, {
      root,
      parserPlugins,
      graph: 'client',
      belongs: () => true,
    });
    compilation.hooks.processAssets.tapPromise(
      {name: NAME, stage: compilation.compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT},
      async () => this.#own.finishFacts(await facts.read()),
    );
  }

  /** A server bundle that is finished, and not watched, cannot take in what this build finds. */
  #checkServer(compilation: Compilation): void {
    const {compiler, isBuilding} = this.#other;
    if (compiler && (isBuilding || compiler.watching)) return;
    compilation.errors.push(
      plainError(
        compilation.compiler.webpack,
        compiler
          ? 'The server was built before this config, but both have to be built at the same time: each finds modules that the other one needs. Remove "dependencies" and "parallelism" from the webpack configs that createUseServer() links.'
          : 'This config has the "client" plugin of createUseServer(), but no config of this build has its "server" plugin. Build both configs in one run of webpack; or, where Node runs the server from its sources, use new UseServerWebpackPlugin() here.',
      ),
    );
  }

  #publishUse(compilation: Compilation): void {
    this.#own.finishAnalysis(
      new Map(
        serverModules(compilation).map(({filename, webpackModule}) => [
          filename,
          usedExports(compilation, webpackModule, () => false),
        ]),
      ),
    );
  }

  #emitManifests(
    compilation: Compilation,
    clientModules: ClientModules,
    options: LinkedOptions,
  ): void {
    const {client, ssr} = createClientManifests(compilation, clientModules, options.root);
    const files = this.#manifestFiles(compilation.compiler, options);
    const hooked = getCompilationHooks(compilation).clientManifest.call(client);
    this.#own.finishManifests({client: hooked, ssr});
    emitJson(compilation, files.client, hooked);
    emitJson(compilation, files.ssr, ssr);
  }

  /** Names of the assets. */
  #manifestFiles(compiler: Compiler, {clientManifest, ssrManifest}: LinkedOptions) {
    const {outputPath} = this.#other.compiler ?? compiler;
    const besideServer = relative(compiler.outputPath, outputPath).replaceAll('\\', '/');
    return {
      client: posix.join(besideServer, clientManifest),
      ssr: posix.join(besideServer, ssrManifest),
    };
  }
}

function serverModules(compilation: Compilation) {
  return [...compilation.modules].flatMap((webpackModule) => {
    const module = directiveModuleOf(webpackModule);
    return module && module.serverReferences.length > 0
      ? [{filename: module.filename, webpackModule}]
      : [];
  });
}

function reportAll(compilation: Compilation): void {
  reportDiagnostics(
    compilation,
    [...compilation.modules].flatMap((webpackModule) => {
      const module = directiveModuleOf(webpackModule);
      return module ? [{module, webpackModule}] : [];
    }),
  );
}
