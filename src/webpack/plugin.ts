import type {Compilation, Compiler} from 'webpack';
import {addLoader, hashOptions} from './addLoader.ts';
import {Build} from './build.ts';
import {markBuilds} from './buildMarker.ts';
import {checkCallServer} from './callServerOption.ts';
import {ClientModules, type IncludedClientModules} from './clientModules.ts';
import {compileOptionsOf} from './compileModule.ts';
import {getCompilationHooks} from './hooks.ts';
import {guardAgainstLeaks} from './leakGuard.ts';
import {reportLeaks} from './rspack/leaks.ts';
import {
  resolveOptions,
  validateOptions,
  type ResolvedOptions,
  type UseServerWebpackPluginOptions,
} from './options.ts';
import {refuseMisplacedPackages} from './misplacedPackages.ts';
import {resolveOwnRequests, resolvePlainServerUpdates} from './ownRequests.ts';
import {peerProblem} from './peers.ts';
import {plainError} from './plainError.ts';
import {resolveBrowserBuild} from './reactBuilds.ts';
import {renewReturningChunks} from './returningChunks.ts';
import {RspackClientModules} from './rspack/clientModules.ts';
import {isRspack} from './rspack/isRspack.ts';
import {addLoaderRule, setLoaderOptions} from './rspack/loaderRule.ts';
import {Scanner} from './scan.ts';
import {shareTransformedFiles, TransformedFiles} from './transformedFiles.ts';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

const NAME = 'UseServerWebpackPlugin';

/**
 * Makes `"use server"` work in a webpack build for the browser: imports of server modules become
 * references that call the server, and the manifests that the server needs are written.
 *
 * @example
 * // webpack.config.js
 * export default {plugins: [new UseServerWebpackPlugin()]};
 */
export class UseServerWebpackPlugin {
  /** The same as the export {@link getCompilationHooks}. */
  static readonly getCompilationHooks: typeof getCompilationHooks = getCompilationHooks;
  readonly #options: UseServerWebpackPluginOptions;

  /**
   * @param options see {@link UseServerWebpackPluginOptions}
   * @throws {ValidationError} of schema-utils, when an option is unknown or of the wrong type
   */
  constructor(options: UseServerWebpackPluginOptions = {}) {
    validateOptions(options);
    this.#options = options;
  }

  /**
   * Called by webpack.
   *
   * @param compiler of the build
   * @throws Error when webpack is older than react-server-dom-webpack asks for, `root` is no folder, or a
   *   manifest is named by an absolute path
   */
  apply(compiler: Compiler): void {
    if (!isRspack(compiler)) refuseOldWebpack(compiler);
    const options = resolveOptions(this.#options, compiler);
    if (isRspack(compiler)) {
      refuseReport(options);
      addLoaderRule(compiler, options);
    } else {
      renewReturningChunks(compiler);
    }
    shareTransformedFiles(compiler, new TransformedFiles());
    const scanner = new Scanner(compiler, options);
    const builds = new WeakMap<Compilation, Build>();
    const {serverManifest, clientManifest, ssrManifest} = options;
    markBuilds(compiler, [serverManifest, clientManifest, ssrManifest]);
    // Now, as the user wrote it: webpack moves it elsewhere when it fills in its defaults.
    const isServerGraph =
      compiler.options.resolve.conditionNames?.includes('react-server') ?? false;

    compiler.hooks.compilation.tap(NAME, (compilation, {normalModuleFactory}) => {
      compileModules(compiler, compilation, normalModuleFactory, options);
      resolveOwnRequests(normalModuleFactory);
      resolvePlainServerUpdates(normalModuleFactory);
      resolveBrowserBuild(normalModuleFactory, compiler);
    });

    compiler.hooks.thisCompilation.tap(NAME, (compilation, {normalModuleFactory}) => {
      reportSetUp(compilation, isServerGraph);
      refuseMisplacedPackages(compilation);
      const isClient = targetOf(compiler) === 'client';
      const clientModules = isClient && clientModulesOf(compilation, normalModuleFactory);
      const build = new Build(compilation, options, clientModules || null);
      builds.set(compilation, build);
      followBuild(compilation, build);
    });

    compiler.hooks.make.tapPromise(NAME, async (compilation) => {
      const build = builds.get(compilation);
      if (!build) return;
      await Promise.all([build.scan(scanner), checkCallServer(compilation, options)]);
    });

    // Child compilers inherit this hook, but no build.
    compiler.hooks.finishMake.tapPromise(NAME, async (compilation) => {
      await builds.get(compilation)?.includeClientModules();
    });
  }
}

/** Gives the loader to modules with directives, and refuses those that must not be in a browser's build. */
function compileModules(
  compiler: Compiler,
  compilation: Compilation,
  normalModuleFactory: NormalModuleFactory,
  options: ResolvedOptions,
): void {
  const compile = {...compileOptionsOf(options), target: targetOf(compiler)};
  if (isRspack(compiler)) {
    setLoaderOptions(compiler, compile);
    reportLeaks(compilation);
  } else {
    const hash = hashOptions(compile, compiler.context);
    addLoader(compilation, normalModuleFactory, () => ({compile, hash}));
    guardAgainstLeaks(compilation, normalModuleFactory);
  }
}

/** Does what belongs to each stage of a build. */
function followBuild({compiler, hooks}: Compilation, build: Build): void {
  const {PROCESS_ASSETS_STAGE_OPTIMIZE_HASH, PROCESS_ASSETS_STAGE_REPORT} =
    compiler.webpack.Compilation;
  hooks.finishModules.tap(NAME, () => build.collectModules());
  hooks.processAssets.tap(
    // Behind the stage that puts real content hashes into names: chunks have their last names.
    {name: NAME, stage: PROCESS_ASSETS_STAGE_OPTIMIZE_HASH + 1},
    () => build.emitManifests(),
  );
  hooks.processAssets.tapPromise({name: NAME, stage: PROCESS_ASSETS_STAGE_REPORT}, () =>
    build.emitReport(),
  );
}

/** Rspack does not tell plugins which exports a module uses. */
function refuseReport({details}: ResolvedOptions): void {
  if (!details) return;
  throw new Error(
    'UseServerWebpackPlugin: a report can be made with webpack only, not with Rspack. Leave the option "report" out.',
  );
}

/** @throws Error for webpack before 5.59 */
export function refuseOldWebpack({webpack}: Compiler): void {
  // Only the type says that these exist; the oldest releases of webpack 5 have neither.
  const found = webpack as Partial<Compiler['webpack']> | undefined;
  if (found?.dependencies?.ModuleDependency) return;
  throw new Error(
    `UseServerWebpackPlugin needs webpack 5.59.0 or newer, but runs in ${found?.version ?? 'an older one'}. Run: npm install --save-dev webpack@5`,
  );
}

function clientModulesOf(
  compilation: Compilation,
  normalModuleFactory: ReturnType<Compiler['createNormalModuleFactory']>,
): IncludedClientModules {
  return isRspack(compilation.compiler)
    ? new RspackClientModules(compilation)
    : new ClientModules(compilation, normalModuleFactory);
}

/** Node builds of client modules render HTML; all others run in a browser or something like it. */
function targetOf({options}: Compiler): 'client' | 'ssr' {
  const {node, web} = options.externalsPresets;
  return node && !web ? 'ssr' : 'client';
}

function reportSetUp({compiler, errors}: Compilation, isServerGraph: boolean): void {
  const problem = peerProblem();
  // First, because everything else that fails then follows from it.
  if (problem) errors.unshift(plainError(compiler.webpack, problem));
  if (isServerGraph) {
    errors.push(
      plainError(
        compiler.webpack,
        'UseServerWebpackPlugin builds what runs in the browser, but this config resolves with the "react-server" condition. Run the server from its sources instead: node --conditions react-server --import use-server-webpack-plugin/register server.js',
      ),
    );
  }
}
