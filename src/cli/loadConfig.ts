import {existsSync} from 'node:fs';
import {relative, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Configuration} from 'webpack';
import type {BuildArguments} from './arguments.ts';
import {CommandError} from './commandError.ts';

const NAMES = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ending) => `webpack.config.${ending}`);

/** What a config file may export, before functions are called. */
type Exported = Configuration | ((env: object, argv: object) => Exported | Promise<Exported>);

export interface LoadedConfig {
  /** Absolute. */
  file: string;
  configs: Configuration[];
}

/**
 * Loads the project's webpack config as webpack's command line does: an object, a function, a promise, or a
 * list of these, of an ES module or CommonJS.
 *
 * @throws {CommandError} when there is none, or it cannot be loaded
 */
export async function loadConfig(
  {config, mode, env}: BuildArguments,
  folder: string,
): Promise<LoadedConfig> {
  const file = findConfig(config, folder);
  // Many configs ask for it, and React's builds do.
  if (mode !== undefined && mode !== 'none') process.env['NODE_ENV'] ??= mode;
  const exported = await load(file, folder);
  const argv = {mode, config: [file], env: readEnv(env)};
  const list = (await Promise.all([await exported].flat())) as Exported[];
  const configs: Configuration[] = [];
  for (const item of list) configs.push(...[await settle(item, argv)].flat());
  if (configs.length === 0 || configs.some((item) => typeof item !== 'object' || item === null)) {
    throw new CommandError(`${nameOf(file, folder)} exports no webpack config.`);
  }
  return {file, configs: configs.map((item) => (mode === undefined ? item : {...item, mode}))};
}

function findConfig(config: string | undefined, folder: string): string {
  if (config !== undefined) {
    const file = resolve(folder, config);
    if (existsSync(file)) return file;
    throw new CommandError(`There is no webpack config at ${file}. Name it by --config.`);
  }
  const found = NAMES.map((name) => resolve(folder, name)).find((file) => existsSync(file));
  if (found) return found;
  throw new CommandError(
    `There is no webpack.config.js (or .mjs, .cjs, .ts) in ${folder}. Run the command in the folder of your project, or name the file: --config build/webpack.config.js`,
  );
}

async function load(file: string, folder: string): Promise<unknown> {
  try {
    const loaded = (await import(pathToFileURL(file).href)) as {default?: unknown};
    const exported = loaded.default ?? loaded;
    // CommonJS that a compiler made of an ES module.
    return (exported as {default?: unknown}).default ?? exported;
  } catch (error) {
    const {code, stack, message} = error as NodeJS.ErrnoException;
    if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
      throw new CommandError(
        `Node ${process.version} cannot load ${nameOf(file, folder)}, which is TypeScript. Use Node 22.18 or newer, or: NODE_OPTIONS="--import tsx" npx use-server-webpack-plugin report`,
      );
    }
    throw new CommandError(`${nameOf(file, folder)} could not be loaded.\n${stack ?? message}`);
  }
}

async function settle(exported: Exported, argv: {env: object}): Promise<Configuration> {
  return typeof exported === 'function' ? settle(await exported(argv.env, argv), argv) : exported;
}

/** `--env staging --env region=eu`, as webpack's command line reads it. */
function readEnv(env: readonly string[]): Record<string, string | true> {
  const pairs = env.map((item): [string, string | true] => {
    const [name, ...value] = item.split('=') as [string, ...string[]];
    return [name, value.length === 0 ? true : value.join('=')];
  });
  return {WEBPACK_BUNDLE: true, WEBPACK_BUILD: true, ...Object.fromEntries(pairs)};
}

function nameOf(file: string, folder: string): string {
  return relative(folder, file) || file;
}
