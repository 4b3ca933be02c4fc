import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {transformSync} from 'esbuild';
import {loadServerManifest} from 'use-server-webpack-plugin/server';
import {transform} from 'use-server-webpack-plugin/transform';
import {assertSame} from '../server/support/sameValue.mjs';
import {runCases} from '../support/cases.mjs';
import {travelling} from './support/travellingPrograms.mjs';

const root = fileURLToPath(new URL('../../.cache/travels/', import.meta.url));
rmSync(root, {recursive: true, force: true});
mkdirSync(root, {recursive: true});

const manifest = {};
let count = 0;

const page = readFileSync(new URL('../../docs/language.md', import.meta.url), 'utf8');
writeFileSync(`${root}notes.js`, 'export const put = async () => {};');

/** Compiles a module for the server, where it can import what the examples of the page do. */
function compile(source) {
  const file = `program${count++}.mjs`;
  const options = {
    filename: `${root}${file.replace('mjs', 'tsx')}`,
    root,
    target: 'server',
    format: 'module',
  };
  const result = transform(source, options);
  const of = (wanted) => result.diagnostics.filter(({severity}) => severity === wanted);
  for (const {id, exportName} of result.serverReferences) {
    manifest[id] = {id: file, chunks: [], name: exportName, async: true};
  }
  return {file, code: result.code, errors: of('error'), warnings: of('warning')};
}

async function load({file, code, errors}) {
  assert.deepEqual(
    errors.map(({message}) => message),
    [],
  );
  const {code: plain} = transformSync(code, {loader: 'tsx', jsx: 'automatic', target: 'node20'});
  writeFileSync(`${root}${file}`, plain);
  loadServerManifest(manifest, {root});
  return import(pathToFileURL(`${root}${file}`).href);
}

const TOP = `import {createElement, Fragment, Suspense, useCallback} from 'react';
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {registerClientReference} from 'use-server-webpack-plugin/runtime';
const Button = registerClientReference(() => {}, 'src/Button.js', 'Button');
async function render(element) {
  const text = await new Response(renderToReadableStream(element)).text();
  return /\\["\\$","li".*?7/.test(text);
}
async function archive(...args) { 'use server'; return args; }
`;

/** The module of a program; see `travelling`. */
function sourceOf(program) {
  const {
    top = '',
    before = '',
    use,
  } = typeof program === 'string' ? {before: `const value = ${program};`, use: 'value'} : program;
  return `${TOP}${top}
export function Page() {
  ${before}
  return async () => { 'use server'; return {result: ${use}}; };
}`;
}

/** Calls a server function as a request does, with what its reference carries. */
async function callRemotely(module, fn) {
  const captures = await Promise.all(fn.$$bound ?? []);
  return module[fn.$$id.split('#')[1]](...captures);
}

async function checkArrival(source) {
  const module = await load(compile(source));
  const fn = await module.Page({note: {id: 7}, rows: []});
  await assertSame(await callRemotely(module, fn), await fn());
}

async function refusalWhenSent(source) {
  const module = await load(compile(source));
  return Promise.resolve(module.Page({note: {id: 7}, rows: []}))
    .then((fn) => Promise.all(fn.$$bound))
    .then(
      () => assert.fail('Nothing was refused.'),
      ({name, message}) => {
        assert.equal(name, 'UnserializableCapturesError', message);
        return message;
      },
    );
}

async function checkRow({arrives = [], atBuild = [], whenSent = [], warned = []}) {
  const failures = [];
  const check = async (program, run) => {
    try {
      await run(sourceOf(program));
    } catch (error) {
      failures.push(`${JSON.stringify(program)}: ${error.message}`);
    }
  };
  for (const program of arrives) await check(program, checkArrival);
  for (const [program, expected] of atBuild) {
    await check(program, (source) => {
      const {errors} = compile(source);
      assert.equal(errors.length, 1, errors.map(({message}) => message).join('\n'));
      assert.match(errors[0].message, expected);
    });
  }
  for (const [program, expected] of whenSent) {
    await check(program, async (source) => assert.match(await refusalWhenSent(source), expected));
  }
  for (const [program, code] of warned) {
    await check(program, (source) => {
      const {errors, warnings} = compile(source);
      assert.deepEqual([errors, warnings.map((warning) => warning.code)], [[], [code]]);
    });
  }
  assert.deepEqual(failures, []);
}

const cases = {};
for (const [kind, row] of Object.entries(travelling)) {
  cases[`${kind}: what the table says`] = () => checkRow(row);
}

/** The examples of the page, each with the message that stands below it. */
function examples() {
  const blocks = [...page.matchAll(/```(jsx|text)\n([^]*?)```/g)];
  return blocks
    .map(([, language, text], index) => {
      const [, next, message] = blocks[index + 1] ?? [];
      return {language, source: text, message: next === 'text' ? message.trim() : null};
    })
    .filter(({language}) => language === 'jsx');
}

cases['each row of the table is tested, and has what is tested'] = () => {
  const found = page.matchAll(/^\| (.*?) +\| (.*?) +\| (.*?) +\|$/gm);
  const rows = [...found].slice(2).map(([, kind, arrives, refused]) => [
    kind,
    {
      arrives: arrives !== '',
      atBuild: refused.includes('**built**'),
      whenSent: refused.includes('**sent**'),
      warned: refused.includes('**warned**'),
    },
  ]);
  const tested = Object.entries(travelling).map(([kind, row]) => [
    kind,
    Object.fromEntries(Object.keys(rows[0][1]).map((key) => [key, key in row])),
  ]);
  assert.deepEqual(rows, tested);
};
for (const [index, {source, message}] of examples().entries()) {
  cases[`example ${index + 1} does what the page says`] = async () => {
    if (message === null) return checkArrival(source);
    const [error] = compile(source).errors;
    const text = error?.message ?? (await refusalWhenSent(source));
    assert.equal(text.replace(/program\d+\.tsx/, 'src/Page.jsx'), message.replace(/\s+/g, ' '));
  };
}

await runCases(cases);
process.exit();
