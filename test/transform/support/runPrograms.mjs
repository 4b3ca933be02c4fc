import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {transformSync} from 'esbuild';
import {transform} from 'use-server-webpack-plugin/transform';
import {runCases} from '../../support/cases.mjs';
import {createWire} from './wire.mjs';

/**
 * Each program of ../programs exports `scenario(call)`. It is run three times: as it is written, with
 * `call(fn, ...args)` being a plain call; compiled, called in the same process; and compiled, where
 * each call goes from React's browser client over Flight to React's server decoder and back.
 */
const programs = fileURLToPath(new URL('../programs/', import.meta.url));
const output = fileURLToPath(new URL('../../../.cache/programs/', import.meta.url));
rmSync(output, {recursive: true, force: true});
mkdirSync(output, {recursive: true});

const directCall = (fn, ...args) => fn(...args);
const cases = {};

for (const file of readdirSync(programs).sort()) {
  const name = file.replace(/\.\w+$/, '').replaceAll('-', ' ');
  cases[`${name}: a call in the same process is the call of the untransformed program`] =
    async () => {
      const program = await load(file);
      const expected = await program.original.scenario(directCall);
      assert.deepStrictEqual(await program.compiled.scenario(directCall), expected);
    };
  cases[`${name}: a call over the wire gives what the untransformed program gives`] = async () => {
    const program = await load(file, 'wire');
    const expected = await program.original.scenario(directCall);
    const {call} = createWire(program.references, program.compiledFile);
    assert.deepStrictEqual(await program.compiled.scenario(call), expected);
  };
}

async function load(file, variant = 'local') {
  const filename = join(programs, file);
  const source = readFileSync(filename, 'utf8');
  const result = transform(source, {filename, root: programs, target: 'server'});
  const errors = result.diagnostics.filter(({severity}) => severity === 'error');
  assert.deepEqual(
    errors.map(({message, frame}) => `${message}\n${frame}`),
    [],
  );
  assertTransformedTwice(result.code, filename);
  const compiledFile = join(output, `${file}.${variant}.compiled.mjs`);
  return {
    original: await compileAndImport(source, file, join(output, `${file}.${variant}.original.mjs`)),
    compiled: await compileAndImport(result.code, file, compiledFile),
    compiledFile,
    references: result.serverReferences,
  };
}

/** What comes out has no directive left, so a second run has nothing to do. */
function assertTransformedTwice(code, filename) {
  assert.equal(transform(code, {filename, root: programs, target: 'server'}), null);
}

async function compileAndImport(source, file, target) {
  const loader = file.split('.').at(-1).replace('js', 'jsx').replace('jsxx', 'jsx');
  const {code} = transformSync(source, {loader, jsx: 'automatic', format: 'esm', target: 'node20'});
  writeFileSync(target, code);
  return import(pathToFileURL(target).href);
}

await runCases(cases);
process.exit();
