import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Compilation, Compiler, MultiCompiler, MultiStats, Stats} from 'webpack';
import {modulesOf, SERVER_LAYER} from '../webpack/bundled/layers.ts';
import {ServerPlugin} from '../webpack/bundled/serverPlugin.ts';
import {DevelopmentError} from './developmentError.ts';

const NAME = 'use-server-webpack-plugin/development';

/** A build without errors. */
export interface Build {
  /** Absolute path of the server bundle. */
  file: string;
  /** Changes with everything that the server's process holds. */
  version: string;
  /** Changes with Server Components, server functions and what they import, and with nothing else. */
  serverGraph: string;
}

export type Outcome = Build | DevelopmentError;

/**
 * The config that has the "server" plugin of `createUseServer`.
 *
 * @throws Error when there is none, or several
 */
export function findServerCompiler(compiler: Compiler | MultiCompiler): Compiler {
  const found = compilersOf(compiler).filter(({options}) =>
    options.plugins.some((plugin) => plugin instanceof ServerPlugin),
  );
  if (found.length === 1) return found[0]!;
  throw new Error(
    found.length === 0
      ? 'developmentServer() runs the server that webpack builds, but no config has the "server" plugin of createUseServer(). Give it the compiler of all configs: developmentServer(webpack(configs)). Where Node runs the server from its sources, start it with node --watch instead.'
      : `developmentServer() runs one server, but ${found.length} configs have the "server" plugin of createUseServer(). Give it the compiler of one pair of configs.`,
  );
}

/** What the compilers have built last. */
export class Builds {
  readonly #server: Compiler;
  readonly #entry: string | undefined;
  readonly #onOutcome: () => void;
  /** Null while something is being built. */
  #outcome: Outcome | null = null;
  #waiting: (() => void)[] = [];

  /** @param onOutcome is called after each build, with errors or without */
  constructor(
    compiler: Compiler | MultiCompiler,
    server: Compiler,
    entry: string | undefined,
    onOutcome: () => void,
  ) {
    this.#server = server;
    this.#entry = entry;
    this.#onOutcome = onOutcome;
    for (const each of compilersOf(compiler)) {
      each.hooks.watchRun.tap(NAME, () => this.#begin());
      each.hooks.invalid.tap(NAME, () => this.#begin());
      // Not by a module, but by a plugin or the disk: there are no stats then.
      each.hooks.failed.tap(NAME, (error) =>
        this.#settle(new DevelopmentError('The build has failed', String(error.stack))),
      );
    }
    // Of all compilers: the server reads what the client's build writes.
    const {done} = compiler.hooks as {done: Compiler['hooks']['done']};
    done.tap(NAME, (stats) => this.#settle(this.#read(stats)));
  }

  /** The newest build, as soon as nothing is being built. */
  async settled(): Promise<Outcome> {
    while (!this.#outcome) await new Promise<void>((fulfil) => this.#waiting.push(fulfil));
    return this.#outcome;
  }

  #begin(): void {
    this.#outcome = null;
  }

  #settle(outcome: Outcome): void {
    this.#outcome = outcome;
    // One compiler of the pair may have the other one build again, and says so now.
    setImmediate(() => {
      if (this.#outcome !== outcome) return;
      for (const fulfil of this.#waiting.splice(0)) fulfil();
      this.#onOutcome();
    });
  }

  #read(stats: Stats | MultiStats): Outcome {
    if (stats.hasErrors()) return new DevelopmentError('The build has errors', errorsOf(stats));
    const all = 'stats' in stats ? stats.stats : [stats];
    const server = all.find(({compilation}) => compilation.compiler === this.#server)!;
    const file = bundleFile(server.compilation, this.#entry);
    if (file instanceof DevelopmentError) return file;
    // The manifests, which the server reads when it starts, hold the names of the client's files.
    const files = all.flatMap(({compilation}) => filesOf(compilation));
    return {
      file,
      version: hash([server.hash ?? '', ...files.sort()]),
      serverGraph: hashServerGraph(server.compilation),
    };
  }
}

/** One or several, as webpack gives them. */
export function compilersOf(compiler: Compiler | MultiCompiler): readonly Compiler[] {
  return 'compilers' in compiler ? compiler.compilers : [compiler];
}

function bundleFile(
  {entrypoints, compiler}: Compilation,
  entry: string | undefined,
): string | DevelopmentError {
  const names = [...entrypoints.keys()];
  const name = entry ?? (names.length === 1 ? names[0]! : undefined);
  const entrypoint = name === undefined ? undefined : entrypoints.get(name);
  if (!entrypoint) {
    return new DevelopmentError(
      'No server to start',
      `developmentServer() runs one entry of the server config. Its option "entry" must be one of: ${names.join(', ')}.`,
    );
  }
  const files = [...entrypoint.getEntrypointChunk().files];
  const file = join(compiler.outputPath, files.find((name) => /\.[cm]?js$/.test(name)) ?? '');
  if (isOnDisk(compiler, file)) return file;
  return new DevelopmentError(
    'No server to start',
    `${file} is not on the disk: the dev server keeps it in memory, and would serve it to browsers. Add "devServer: false" to the server config.`,
  );
}

/** Not an old one either, which a build has left there. */
function isOnDisk({outputFileSystem, intermediateFileSystem}: Compiler, file: string): boolean {
  if (!existsSync(file)) return false;
  // webpack gives a compiler one file system for both, and dev servers change the first.
  if (outputFileSystem === intermediateFileSystem) return true;
  const {readFileSync: readBuilt} = outputFileSystem as {readFileSync?: typeof readFileSync};
  return !readBuilt || readFileSync(file).equals(readBuilt(file));
}

function filesOf(compilation: Compilation): string[] {
  return [...compilation.chunks]
    .flatMap((chunk) => [...chunk.files])
    .filter((file) => !compilation.getAsset(file)?.info.hotModuleReplacement);
}

function hashServerGraph(compilation: Compilation): string {
  const {chunkGraph} = compilation;
  return hash(
    modulesOf(compilation, SERVER_LAYER)
      .flatMap((module) =>
        [...chunkGraph.getModuleRuntimes(module)].map(
          (runtime) => module.identifier() + chunkGraph.getModuleHash(module, runtime),
        ),
      )
      .sort(),
  );
}

/** Errors with their frames. Both configs report a mistake in a module that both have. */
function errorsOf(stats: Stats | MultiStats): string {
  const {errors = []} = stats.toJson({all: false, errors: true, colors: false});
  const texts = errors.map(({moduleName, loc, message}) =>
    [[moduleName?.replace(/^\([^)]*\)\//, ''), loc].filter(Boolean).join(' '), message]
      .filter(Boolean)
      .join('\n'),
  );
  return [...new Set(texts)].join('\n\n');
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}
