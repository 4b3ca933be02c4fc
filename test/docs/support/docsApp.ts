import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {codeOfPage} from '../../support/codeOfPage.ts';
import {startServer, type RunningServer} from '../../support/runningServer.ts';
import {Project} from '../../webpack/support/project.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const webpack = join(repository, 'node_modules/webpack/bin/webpack.js');

/** What Node needs for a server that runs from its sources, as in the README. */
const NODE_ARGUMENTS = [
  '--conditions',
  'react-server',
  '--import',
  'use-server-webpack-plugin/register',
];

/**
 * Writes the app of a page of the documentation into a folder. What the page leaves out is in `more`, and the
 * webpack config of the quick start, with the option `callServer`.
 */
export function writeApp(page: string, more: Record<string, string> = {}): Project {
  return new Project(`docs-${page.replace(/\.md$/, '')}`, {
    'package.json': '{"private": true, "type": "module"}',
    'quick-start.config.js': readFileSync(
      join(repository, 'examples/quick-start/webpack.config.js'),
      'utf8',
    ),
    'webpack.config.js': CONFIG,
    ...codeOfPage(page),
    ...more,
  });
}

const CONFIG = `
import {UseServerWebpackPlugin} from 'use-server-webpack-plugin';
import config from './quick-start.config.js';
export default {
  ...config,
  performance: {hints: false},
  plugins: [
    new UseServerWebpackPlugin({
      serverManifest: '../server-actions-manifest.json',
      callServer: './src/callServer.js',
    }),
  ],
};`;

/** Runs webpack as on the command line. */
export async function build(
  {folder}: {folder: string},
  env: Record<string, string> = {},
): Promise<void> {
  await promisify(execFile)(process.execPath, [webpack], {
    cwd: folder,
    env: {...process.env, NODE_OPTIONS: '', NODE_ENV: 'production', ...env},
  });
}

/**
 * Runs the server of an app from its sources.
 *
 * @param port default: a free one
 */
export function startApp(
  {folder}: Project,
  script: string,
  env: Record<string, string> = {},
  port?: number,
): Promise<RunningServer> {
  return startServer(script, {
    cwd: folder,
    env: {NODE_ENV: 'production', ...env},
    nodeArguments: NODE_ARGUMENTS,
    port,
  });
}
