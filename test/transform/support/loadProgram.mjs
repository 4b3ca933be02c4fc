import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {dirname, extname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {transformSync} from 'esbuild';
import {transform} from 'use-server-webpack-plugin/transform';
import {findStarExports} from '../../../dist/src/resolution/exportedNames.js';

export const programs = fileURLToPath(new URL('../programs/', import.meta.url));
const output = fileURLToPath(new URL('../../../.cache/programs/', import.meta.url));
rmSync(output, {recursive: true, force: true});

/** A program is a file, or a folder of modules whose entry is `main`. */
export function listPrograms() {
  return readdirSync(programs).sort();
}

/**
 * Loads a program twice: as it is written, and compiled. esbuild turns both into what Node runs.
 *
 * @param {string} program its name in the folder
 * @param {string} variant tells apart several loads, each of which gets modules of its own
 * @param {{isSecond?: boolean, ids?: 'path' | 'hashed'}} options `isSecond`: esbuild compiles first
 */
export async function loadProgram(program, variant, options = {}) {
  const files = filesOf(program);
  const folders = {
    original: join(output, variant, 'original'),
    compiled: join(output, variant, 'compiled'),
  };
  const references = [];
  for (const file of files) {
    const source = readFileSync(join(programs, file), 'utf8');
    if (file.endsWith('.json')) {
      for (const folder of Object.values(folders)) writeText(join(folder, file), source);
      continue;
    }
    const result = compile(file, source, options);
    writeModule(folders.original, file, source, options.isSecond ? AS_TSX : {});
    writeModule(folders.compiled, file, result?.code ?? source);
    for (const reference of result?.serverReferences ?? []) {
      references.push({...reference, file: outputName(file)});
    }
  }
  const entry = outputName(files.find((file) => /\bmain\.\w+$/.test(file)) ?? files[0]);
  return {
    original: await load(folders.original, entry),
    compiled: await load(folders.compiled, entry),
    compiledFolder: folders.compiled,
    references,
  };
}

/** tsx keeps the names of functions and classes, by calls around and after them and by static blocks. */
const AS_TSX = {keepNames: true};

function filesOf(program) {
  if (!statSync(join(programs, program)).isDirectory()) return [program];
  return readdirSync(join(programs, program)).map((file) => join(program, file));
}

function compile(file, originalSource, {isSecond = false, ids = 'path'}) {
  const filename = join(programs, file);
  const source = isSecond ? withoutTypesAndJsx(file, originalSource, AS_TSX) : originalSource;
  const options = {
    filename,
    root: programs,
    target: 'server',
    ids,
    ...(isSecond && {originalSource}),
    // As Node does: these programs are in a package of type "module".
    ...(!/\.c[jt]s$/.test(file) && {format: 'module'}),
  };
  const starExports = starExportsOf(source, filename);
  const result = transform(source, {...options, starExports});
  if (result === null) return null;
  const errors = result.diagnostics.filter(({severity}) => severity === 'error');
  assert.deepEqual(
    errors.map(({message, frame}) => `${message}\n${frame}`),
    [],
  );
  // What comes out has no directive left, so a second run has nothing to do.
  assert.equal(transform(result.code, options), null);
  return result;
}

function starExportsOf(source, filename) {
  const finding = findStarExports(source, filename);
  let step = finding.next();
  while (!step.done) step = finding.next(answer(step.value));
  return step.value;
}

function answer(request) {
  if (request.kind === 'resolve') return besides(request.from, request.specifier);
  return existsSync(request.filename) ? readFileSync(request.filename, 'utf8') : null;
}

/** Programs import the name that a module has after esbuild: `./notes.js` for `notes.ts`. */
function besides(filename, specifier) {
  const folder = dirname(filename);
  const wanted = join(folder, specifier);
  const file = readdirSync(folder).find((name) => outputName(join(folder, name)) === wanted);
  return join(folder, file);
}

function outputName(file) {
  return file.replace(/\.(?:jsx|tsx?)$/, '.js').replace(/\.([cm])ts$/, '.$1js');
}

function writeModule(folder, file, source, options) {
  writeText(join(folder, outputName(file)), withoutTypesAndJsx(file, source, options));
}

function withoutTypesAndJsx(file, source, options = {}) {
  const loader = /tsx?$/.test(extname(file)) ? extname(file).slice(1) : 'jsx';
  const {code} = transformSync(source, {
    loader: loader.replace(/^[cm]/, ''),
    jsx: 'automatic',
    target: 'node20',
    supported: {'import-attributes': true},
    ...options,
  });
  return code;
}

function writeText(file, text) {
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, text);
}

/** The `scenario` of a CommonJS module that replaces `module.exports` stands on its default. */
async function load(folder, entry) {
  const namespace = await import(pathToFileURL(join(folder, entry)).href);
  return namespace.scenario ? namespace : namespace.default;
}
