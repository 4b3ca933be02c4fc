/*
 * Writes `dist/commonjs`: the entry points that tests import, for test runners that cannot `require` an ES
 * module. All are in one file, so that their state is in one place; each is evaluated when it is asked for.
 */
import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

/** Entry points as they are without the condition `react-server`, and their types. */
const entryPoints = {
  server: {module: 'server/ssr', types: 'server/index'},
  node: {module: 'server/node/ssr', types: 'server/node/index'},
  client: {module: 'client/index', types: 'client/index'},
  testing: {module: 'testing/index', types: 'testing/index'},
};

/**
 * React's build for browsers reads a property of webpack's `__webpack_require__` when it is loaded, which there is
 * not where nothing is bundled. Not a function, as packages take one for a sign of webpack.
 */
const BEFORE_CLIENT = 'globalThis.__webpack_require__ ??= {};\n';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const loaders = Object.entries(entryPoints).map(
  ([name, {module}]) => `exports.${name} = () => require('./${module}.js');`,
);

await build({
  stdin: {contents: loaders.join('\n'), resolveDir: `${dist}src`},
  outfile: `${dist}commonjs/all.cjs`,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  define: {'import.meta.webpackHot': 'undefined'},
  logLevel: 'warning',
});

for (const [name, {types}] of Object.entries(entryPoints)) {
  const code = `'use strict';
${name === 'client' ? BEFORE_CLIENT : ''}// A copy, so that tests can spy on its members.
module.exports = {...require('./all.cjs').${name}()};
`;
  writeFileSync(`${dist}commonjs/${name}.cjs`, code);
  writeFileSync(`${dist}commonjs/${name}.d.cts`, `export * from '../src/${types}.js';\n`);
}
