import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import ts from 'typescript-with-api';
import {ambientModules} from './support/publicTypes.mjs';

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve('react-server-dom-webpack/package.json'));
/** @type {{exports: Record<string, unknown>}} */
const {exports} = require('react-server-dom-webpack/package.json');

/** React's own tools for what this package does, and what only throws. */
const LEFT_OUT = new Set(['.', './plugin', './node-loader', './node-register', './package.json']);
/** What says that the condition `react-server` is missing. */
const THROWING = /\/(server|static)\.js$/;

const entries = Object.keys(exports).filter((entry) => !LEFT_OUT.has(entry));
// React reads both when it is loaded.
globalThis.__webpack_require__ = Object.assign(() => {}, {u: () => ''});
globalThis.__webpack_chunk_load__ = () => {};

/** The builds that an entry point can be, by its conditions. */
function buildsOf(target) {
  if (typeof target === 'string') return THROWING.test(target) ? [] : [target];
  return [...new Set(Object.values(target).flatMap(buildsOf))];
}

/** The functions of all builds of an entry point: how many parameters they have, and which options they read. */
function realFunctions(entry) {
  const found = new Map();
  for (const build of buildsOf(exports[entry])) {
    for (const [name, value] of Object.entries(require(join(folder, build)))) {
      const {length = 0, options = new Set()} = found.get(name) ?? {};
      for (const option of optionsOf(value, build)) options.add(option);
      found.set(name, {length: Math.max(length, value.length), options});
    }
  }
  return found;
}

/** What the text of a function reads of its parameter `options`. */
function optionsOf(value, build) {
  let text = value.toString();
  if (text.includes('createResponseFromOptions(')) text += responseFromOptions(build);
  return [...text.matchAll(/\boptions\.(\w+)/g)].map(([, name]) => name);
}

function responseFromOptions(build) {
  const name = `react-server-dom-webpack-${build.slice(2, -3)}.development.js`;
  const source = readFileSync(join(folder, 'cjs', name), 'utf8');
  const start = source.indexOf('function createResponseFromOptions(options)');
  return source.slice(start, source.indexOf('\n    function ', start));
}

/** The same of the declarations. */
function declaredFunctions(checker, module) {
  const found = new Map();
  for (const exported of checker.getExportsOfModule(module)) {
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
    const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
    if (!(symbol.flags & ts.SymbolFlags.Value)) continue;
    const [signature] = checker.getTypeOfSymbol(symbol).getCallSignatures();
    const parameters = signature.parameters.filter(
      ({valueDeclaration}) => !valueDeclaration.dotDotDotToken,
    );
    const options = parameters.find(({name}) => name === 'options');
    const type = options && checker.getNonNullableType(checker.getTypeOfSymbol(options));
    const names = type ? checker.getPropertiesOfType(type).map(({name}) => name) : [];
    found.set(exported.name, {length: parameters.length, options: new Set(names)});
  }
  return found;
}

/** @param {import('typescript-with-api').Program} program */
export const flightCases = (program) => ({
  'react-server-dom-webpack has types for every entry point, and for no other'() {
    const declared = [...ambientModules(program).keys()].sort();
    const expected = entries.map((entry) => entry.replace('.', 'react-server-dom-webpack')).sort();
    assert.deepEqual(declared, expected);
  },
  ...Object.fromEntries(
    entries.map((entry) => [
      `the types of react-server-dom-webpack${entry.slice(1)} have its exports, parameters and options`,
      () => {
        const module = ambientModules(program).get(entry.replace('.', 'react-server-dom-webpack'));
        const declared = declaredFunctions(program.getTypeChecker(), module);
        const real = realFunctions(entry);
        assert.deepEqual(new Set(declared.keys()), new Set(real.keys()));
        for (const [name, {length, options}] of real) {
          assert.equal(declared.get(name).length, length, `parameters of ${name}`);
          assert.deepEqual(declared.get(name).options, options, `options of ${name}`);
        }
      },
    ]),
  ),
});
