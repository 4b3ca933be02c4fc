import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {cpSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {freePort} from '../../support/freePort.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
/** Below the repository, so that copies find its packages. */
const copies = join(repository, '.cache/development-tests');

/** A copy of an example whose files can be changed while a dev server runs it. */
export interface DevelopmentApp {
  url: string;
  /** Of the copy. */
  folder: string;
  /** Everything that it has printed. */
  output(): string;
  /** Whether the process is still there. */
  isAlive(): boolean;
  write(path: string, text: string): void;
  edit: Edit;
  /** @param signal as `npm run dev` gets it from Ctrl+C and the like */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Replaces text in a file.
 *
 * @throws Error when the text is not there: a test would wait for nothing
 */
type Edit = (path: string, text: string, newText: string) => void;

interface DevelopmentOptions {
  /** @default 'bundled' */
  example?: string;
  /** Of Node, in the folder of the copy. */
  args: readonly string[];
  env?: Record<string, string>;
  /** Further files. */
  files?: Record<string, string>;
  /**
   * Whether files are written where they are: Node's watch mode on Linux follows a file itself, and loses one
   * that another file replaces.
   * @default false
   */
  inPlace?: boolean;
  /** Changes the copy before it is started. */
  prepare?: (edit: Edit) => void;
}

/** As `npm run dev` starts it. */
export const WEBPACK_DEV_SERVER: DevelopmentOptions = {
  args: [
    join(repository, 'node_modules/webpack/bin/webpack.js'),
    'serve',
    '--config-node-env=development',
  ],
};

/** As in docs/development.md, without Express, and with many heartbeats instead of one in ten seconds. */
export const WEBPACK_DEV_MIDDLEWARE: DevelopmentOptions = {
  args: ['dev.js'],
  env: {NODE_ENV: 'development'},
  files: {
    'dev.js': `
      import {createServer} from 'node:http';
      import webpack from 'webpack';
      import webpackDevMiddleware from 'webpack-dev-middleware';
      import {developmentServer} from 'use-server-webpack-plugin/development';
      import createConfigs from './webpack.config.js';

      const compiler = webpack(createConfigs({WEBPACK_SERVE: true}));
      const assets = webpackDevMiddleware(compiler, {hot: {heartbeat: 100}});
      const server = developmentServer(compiler);
      createServer((request, response) => {
        assets(request, response, () => server(request, response));
      }).listen(process.env.PORT);
      process.once('SIGTERM', () => assets.close(() => process.exit()));`,
  },
  prepare: (edit) =>
    edit(
      'webpack.config.js',
      'new ReactRefreshPlugin()',
      'new ReactRefreshPlugin({overlay: false})',
    ),
};

/** Starts a copy of an example. The port is an argument, `--port`, and in the environment. */
export async function startDevelopment(
  name: string,
  {example = 'bundled', args, env = {}, files = {}, inPlace = false, prepare}: DevelopmentOptions,
): Promise<DevelopmentApp> {
  const folder = join(copies, name);
  rmSync(folder, {recursive: true, force: true});
  cpSync(join(repository, 'examples', example), folder, {
    recursive: true,
    filter: (path) => !/[\\/](build|dist|node_modules)$/.test(path),
  });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const writeFile = inPlace ? writeFileSync : replaceFile;
  const write = (path: string, text: string) => writeFile(join(folder, path), text);
  const edit: Edit = (path, text, newText) => {
    const before = readFileSync(join(folder, path), 'utf8');
    if (!before.includes(text)) throw new Error(`${path} does not have: ${text}`);
    write(path, before.replaceAll(text, newText));
  };
  prepare?.(edit);

  const port = String(await freePort());
  const {NODE_ENV: _, NODE_OPTIONS: __, ...inherited} = process.env;
  const child = spawn(process.execPath, [...args, `--port=${port}`], {
    cwd: folder,
    env: {...inherited, ...env, PORT: port},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  const ended = once(child, 'close');
  const url = `http://localhost:${port}/`;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`The dev server ended at once:\n${printed}`);
    await new Promise((fulfil) => setTimeout(fulfil, 100));
  }
  return {
    url,
    folder,
    output: () => printed,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    write,
    edit,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await ended;
    },
  };
}

/** At once: a build that has begun reads all of the old text, or all of the new one. */
function replaceFile(path: string, text: string): void {
  const unfinished = `${path}.unfinished`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, path);
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
