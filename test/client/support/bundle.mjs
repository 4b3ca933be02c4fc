import assert from 'node:assert/strict';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import webpack from 'webpack';

const client = fileURLToPath(import.meta.resolve('use-server-webpack-plugin/client'));

/**
 * The client as webpack puts it into a browser, in the mode of `NODE_ENV`: its exports, and as `react`
 * those of React's own client, in the same bundle.
 */
export async function bundledClient() {
  const file = await bundle(
    `export * from ${JSON.stringify(client)};
     export * as react from 'react-server-dom-webpack/client';`,
    {library: {type: 'commonjs2'}, filename: 'client.cjs', chunkLoading: false},
  );
  return createRequire(import.meta.url)(file);
}

/** Bundles a text for browsers. */
export async function bundle(source, output) {
  const folder = mkdtempSync(join(tmpdir(), 'client-'));
  const entry = join(folder, 'entry.mjs');
  writeFileSync(entry, source);
  const compiler = webpack({
    mode: process.env.NODE_ENV === 'production' ? 'production' : 'development',
    devtool: false,
    target: ['web', 'es2022'],
    entry,
    context: dirname(client),
    resolve: {modules: [fileURLToPath(new URL('../../../node_modules', import.meta.url))]},
    output: {path: folder, filename: 'client.js', ...output},
    performance: false,
  });
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => (error ? reject(error) : resolve(result)));
  });
  assert.ok(!stats.hasErrors(), stats.toString());
  const modules = [...stats.compilation.modules];
  assert.ok(modules.some((module) => /client\.browser\./.test(module.resource)));
  return join(folder, output?.filename ?? 'client.js');
}
