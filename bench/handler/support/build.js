import {execFile} from 'node:child_process';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import webpack from 'webpack';
import config from '../ours/webpack.config.js';

const run = promisify(execFile);
const next = createRequire(import.meta.url).resolve('next/dist/bin/next');

/** The manifest of our server functions. */
export async function build() {
  const stats = await promisify(webpack)(config);
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
}

/** The app of Next. */
export async function buildNext() {
  await run(process.execPath, [next, 'build'], {
    cwd: fileURLToPath(new URL('../next', import.meta.url)),
    env: {...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1'},
  });
}
