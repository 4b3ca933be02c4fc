import {createRequire} from 'node:module';
import {relative} from 'node:path';
import type {Compiler, Configuration, MultiCompiler, MultiStats, Stats} from 'webpack';
import type {Report} from '../report/report.ts';
import {ReportReceiver} from '../webpack/report/receiver.ts';
import type {BuildArguments} from './arguments.ts';
import {CommandError} from './commandError.ts';
import {loadConfig, type LoadedConfig} from './loadConfig.ts';

export interface BuiltReport {
  report: Report;
  /** Absolute path that the report's paths are relative to. */
  root: string;
}

interface Received extends BuiltReport {
  /** Of the config. */
  name: string;
}

type Webpack = (configs: Configuration[]) => MultiCompiler;

/**
 * Builds the project and takes the report, without a file written.
 *
 * @param folder where the command was typed
 * @throws {CommandError} when there is no config, no plugin in it, or the build fails
 */
export async function buildReport(args: BuildArguments, folder: string): Promise<BuiltReport> {
  const loaded = await loadConfig(args, folder);
  const received: Received[] = [];
  const receiver = new ReportReceiver((report, root, compiler) => {
    received.push({report, root, name: compiler.name ?? ''});
  });
  const {configs} = loaded;
  const compiler = webpackOf(loaded)(
    configs.map((config) => ({
      ...config,
      cache: false,
      watch: false,
      plugins: [receiver, ...(config.plugins ?? [])],
    })),
  );
  for (const one of compiler.compilers) writeNothing(one);
  const stats = await runOnce(compiler);
  if (stats.hasErrors()) {
    const errors = stats.toString({preset: 'errors-only', colors: false});
    throw new CommandError(`The build failed, so there is no report.\n\n${errors}`);
  }
  return choose(received, args, loaded, relative(folder, loaded.file));
}

function webpackOf({file}: LoadedConfig): Webpack {
  try {
    return createRequire(file)('webpack') as Webpack;
  } catch {
    throw new CommandError(
      `webpack was not found from ${file}. Install it in the project: npm install --save-dev webpack`,
    );
  }
}

function writeNothing(compiler: Compiler): void {
  compiler.hooks.shouldEmit.tap('use-server-webpack-plugin report', () => false);
}

async function runOnce(compiler: MultiCompiler): Promise<Stats | MultiStats> {
  const stats = await new Promise<MultiStats>((fulfil, reject) => {
    compiler.run((error, result) => (error ? reject(error) : fulfil(result!)));
  });
  await new Promise<void>((fulfil) => {
    compiler.close(() => fulfil());
  });
  return stats;
}

function choose(
  received: readonly Received[],
  {configName}: BuildArguments,
  {configs}: LoadedConfig,
  file: string,
): BuiltReport {
  const named =
    configName === undefined ? received : received.filter(({name}) => name === configName);
  if (named.length === 1) return named[0]!;
  if (received.length > 0) {
    const names = received.map(({name}) => JSON.stringify(name)).join(', ');
    throw new CommandError(
      `${file} has ${received.length} builds to report of, named ${names}. Choose one: --config-name <name>`,
    );
  }
  const hasOther = configs.some(({plugins}) => plugins?.some((plugin) => isOurs(plugin)));
  throw new CommandError(
    hasOther
      ? `${file} imports use-server-webpack-plugin from another folder than this command runs from, or it builds the browser's side only. Run the command that is installed beside it, on all configs of the app.`
      : `${file} does not use the plugin. Add new UseServerWebpackPlugin(), or both plugins of createUseServer(), to "plugins"; or name the right file by --config.`,
  );
}

function isOurs(plugin: unknown): boolean {
  const name = (plugin as object | null)?.constructor?.name ?? '';
  return ['UseServerWebpackPlugin', 'ServerPlugin', 'ClientPlugin'].includes(name);
}
