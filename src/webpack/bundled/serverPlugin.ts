import type {Compilation, Compiler} from 'webpack';
import type {BundleLocations} from '../../references/manifests.ts';
import type {Target} from '../../transform/types.ts';
import {addLoader, hashOptions, type LayerOptions} from '../addLoader.ts';
import {compileOptionsOf} from '../compileModule.ts';
import {guardAgainstLeaks} from '../leakGuard.ts';
import {resolveOwnRequests, resolveServerRuntime} from '../ownRequests.ts';
import {refuseMisplacedPackages} from '../misplacedPackages.ts';
import {peerProblem} from '../peers.ts';
import {plainError} from '../plainError.ts';
import {refuseOldWebpack} from '../plugin.ts';
import {refuseRspack} from '../rspack/isRspack.ts';
import {resolveEdgeBuilds} from '../reactBuilds.ts';
import {hostOfCompiler, resolveAsServerBuild} from '../fileHost.ts';
import {emitReport} from '../report/emitReport.ts';
import {GraphFacts} from '../report/graphFacts.ts';
import {makeReport} from '../report/makeReport.ts';
import {shareTransformedFiles, type TransformedFiles} from '../transformedFiles.ts';
import {addGlobalAsyncStorage, isEdge} from './edge.ts';
import {explainMissingExports} from './explainMissing.ts';
import {keepFilesOfOther} from './keepOther.ts';
import {layerEntries, separateLayers, SERVER_LAYER, SSR_LAYER} from './layers.ts';
import type {Link, Side} from './link.ts';
import {addLocationsRuntime} from './locationsRuntime.ts';
import {resolveLinkedOptions, type CreateUseServerOptions, type LinkedOptions} from './options.ts';
import {connectReact} from './reactRuntime.ts';
import {refuseSameFiles} from './sameFiles.ts';
import {ServerBuild} from './serverBuild.ts';
import {checkServerTarget} from './setUp.ts';

const NAME = 'UseServerWebpackPlugin';

/** The server's half of {@link createUseServer}. */
export class ServerPlugin {
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
    resolveAsServerBuild(compiler, () => compiler);
    layerEntries(compiler);
    const options = resolveLinkedOptions(this.#options, compiler);
    const optionsOf = layerOptions(options, compiler);
    const builds = new WeakMap<Compilation, ServerBuild>();

    compiler.hooks.compilation.tap(NAME, (compilation, {normalModuleFactory}) => {
      separateLayers(normalModuleFactory, compiler, new Set(options.ssr.keys()));
      addLoader(compilation, normalModuleFactory, optionsOf);
      resolveOwnRequests(normalModuleFactory);
      resolveServerRuntime(normalModuleFactory, (layer) => layer === SERVER_LAYER);
      connectReact(normalModuleFactory, compiler);
      if (isEdge(compiler)) resolveEdgeBuilds(normalModuleFactory);
      guardAgainstLeaks(compilation, normalModuleFactory, (layer) => layer !== SERVER_LAYER);
    });

    compiler.hooks.thisCompilation.tap(NAME, (compilation, {normalModuleFactory}) => {
      const problem = peerProblem();
      if (problem) compilation.errors.push(plainError(compiler.webpack, problem));
      checkServerTarget(compilation);
      refuseMisplacedPackages(compilation);
      refuseSameFiles(compilation, this.#own, this.#other);
      explainMissingExports(compilation);
      const build = new ServerBuild(compilation, normalModuleFactory, options);
      builds.set(compilation, build);
      this.#follow(compilation, build, options);
    });

    // Child compilers inherit this hook, but have no modules to include.
    compiler.hooks.finishMake.tapPromise(NAME, async (compilation) => {
      const build = builds.get(compilation);
      if (!build) return;
      await this.#own.meet({
        find: () => build.clientFilenames(),
        include: (filenames) => build.include(filenames),
      });
      await build.join();
    });
  }

  /** Does what belongs to each stage of a build. */
  #follow(compilation: Compilation, build: ServerBuild, options: LinkedOptions): void {
    const {compiler, hooks} = compilation;
    const hasFiles = !isEdge(compiler);
    addLocationsRuntime(compilation, hasFiles, () => ({
      ...build.locations(),
      ...(hasFiles ? this.#manifestFiles(options) : this.#manifests()),
    }));
    if (!hasFiles) addGlobalAsyncStorage(compilation);
    keepFilesOfOther(compilation, () => this.#other.compiler, [
      options.clientManifest,
      options.ssrManifest,
    ]);
    hooks.finishModules.tap(NAME, () => build.report());
    hooks.optimizeTree.tapPromise(NAME, async () => {
      await this.#other.analysed();
      if (!hasFiles) await this.#other.manifestsMade();
      this.#own.consume({manifests: !hasFiles});
      build.expose(this.#other.findings.used);
    });
    hooks.processAssets.tap(
      // Behind the stage that puts real content hashes into names: chunks have their last names.
      {name: NAME, stage: compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_OPTIMIZE_HASH + 1},
      () => build.emitManifest(),
    );
    if (options.details) this.#makeReport(compilation, build, options);
  }

  #makeReport(compilation: Compilation, build: ServerBuild, options: LinkedOptions): void {
    const {root, parserPlugins, report: files, serverManifest} = options;
    const {compiler} = compilation;
    const facts = new GraphFacts(compilation, {
      root,
      parserPlugins,
      graph: 'server',
      belongs: (module) => module.layer === SERVER_LAYER && !build.isOwn(module),
    });
    compilation.hooks.processAssets.tapPromise(
      {name: NAME, stage: compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT},
      async () => {
        await this.#other.factsFound();
        const client = this.#other.findings.facts;
        const report = await makeReport({
          server: 'bundled',
          mode: compiler.options.mode ?? 'production',
          root,
          host: hostOfCompiler(compiler),
          ...build.exposure(),
          sides: [await facts.read(), ...(client ? [client] : [])],
        });
        const {outputPath} = compiler;
        const publicPath = this.#other.compiler?.outputPath ?? outputPath;
        const place = {outputPath, serverManifest, publicPath};
        emitReport(compilation, report, {files, root, place, scripts: []});
      },
    );
  }

  #manifestFiles({clientManifest, ssrManifest}: LinkedOptions): BundleManifests {
    return this.#other.compiler ? {clientManifest, ssrManifest} : NO_MANIFESTS;
  }

  #manifests(): BundleManifests {
    const {manifests} = this.#other.findings;
    return manifests
      ? {clientManifest: manifests.client, ssrManifest: manifests.ssr}
      : NO_MANIFESTS;
  }
}

type BundleManifests = Pick<BundleLocations, 'clientManifest' | 'ssrManifest'>;

const NO_MANIFESTS: BundleManifests = {clientManifest: null, ssrManifest: null};

function layerOptions(
  options: LinkedOptions,
  {context}: Compiler,
): (layer: string | null) => LayerOptions {
  const optionsFor = (target: Target): LayerOptions => {
    const compile = {...compileOptionsOf(options), target};
    return {compile, hash: hashOptions(compile, context)};
  };
  const server = optionsFor('server');
  const ssr = optionsFor('ssr');
  return (layer) => (layer === SSR_LAYER ? ssr : server);
}
