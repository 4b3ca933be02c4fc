import assert from 'node:assert/strict';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {transform} from 'use-server-webpack-plugin/transform';
import {createWire} from '../../support/wire.mjs';
import {loadLiteRuntime} from './liteRuntime.mjs';
import {isPlainObject, runProgram} from './runProgram.mjs';

/** Why the compiler may refuse a program that `randomProgram.mjs` writes. */
const REFUSALS = new Set([
  'ambiguous-capture',
  'assigned-in-switch',
  'computed-static-method',
  'constant-assignment',
  'server-function-member',
  'unserializable-capture',
]);

const root = fileURLToPath(
  new URL(`../../../../.cache/properties/${process.pid}/`, import.meta.url),
);
mkdirSync(root, {recursive: true});
process.on('exit', () => rmSync(root, {recursive: true, force: true}));

/** How many programs there were of each kind. */
export const counts = {programs: 0, serverFunctions: 0};

function count(what) {
  counts[what] = (counts[what] ?? 0) + 1;
}

/** What the program that runs now exports, and what prevents a comparison over the wire. */
let current = {exports: {}, problem: ''};

const runtime = await loadLiteRuntime({
  encryptCaptures: async (id, values, shape) => ({id, shape, values: copy(values)}),
  decryptCaptures: async (id, token, shape) => {
    assert.equal((await token).id, id);
    assert.match(shape, /^[0-9a-f]{8}$/);
    assert.equal((await token).shape, shape);
    return copy((await token).values);
  },
});

/**
 * Compiles a program and runs it in three ways, which must show the same: as it was written, compiled
 * in the same process, and compiled with each call made as from a browser.
 *
 * @param {{source: string, isSloppy: boolean, isForOneProcess: boolean}} program
 * @param {{overFlight?: boolean}} options with `overFlight` the calls go through React's Flight and the
 *   real encryption; otherwise captures and arguments are copied as Flight would
 */
export async function checkProgram({source, isSloppy, isForOneProcess}, {overFlight = false} = {}) {
  const ending = isSloppy ? 'cjs' : 'mjs';
  const name = overFlight ? `program${counts.programs}.${ending}` : `program.${ending}`;
  const evaluate = isSloppy ? evaluateScript : evaluateModule;
  const options = {filename: root + name, root, target: 'server', sourceMap: false};
  const result = transform(source, options);
  if (!result) return count('without server functions');
  count('programs');
  counts.serverFunctions += result.serverReferences.length;
  const errors = result.diagnostics.filter(({severity}) => severity === 'error');
  if (errors.length > 0) return checkRefusal(errors);

  const original = await runProgram(evaluate(source, []), directCall, exactly);
  const start = evaluate(result.code, result.serverReferences);
  assert.deepEqual(await runProgram(start, directCall, exactly), original, 'in the same process');
  assert.equal(transform(result.code, options), null, 'transformed twice');

  if (isForOneProcess || result.diagnostics.some(({severity}) => severity === 'warning')) {
    return count('with writes to captures, compared in the same process only');
  }
  // A local function that is rebuilt has its value from the start.
  if (original.some((line) => line.includes('before initialization'))) {
    return count('with uses before the declaration, compared in the same process only');
  }
  current.problem = '';
  const wired = overFlight
    ? await runOverFlight(name, result)
    : await runProgram(start, copyingCall, roughly);
  // The short wire cannot carry what holds itself, and the program may have caught the error.
  if (!overFlight && wired.some((line) => line.includes('UnserializableCapturesError'))) {
    current.problem ||= 'captures that hold themselves';
  }
  if (current.problem) return count(`over the wire: ${current.problem}`);
  const expected = await runProgram(evaluate(source, []), directCall, roughly);
  assert.deepEqual(wired, expected, 'over the wire');
  count(overFlight ? 'compared over Flight' : 'compared over the wire');
}

function checkRefusal(errors) {
  for (const {code, message, frame} of errors) {
    assert.ok(REFUSALS.has(code), `refused: ${code} ${message}\n${frame}`);
  }
  count('refused');
}

const directCall = (fn, ...args) => fn(...args);
/** V8 quotes the source in the text of a TypeError. */
const exactly = (error) => (error instanceof TypeError ? error.name : String(error));
/** An error's text may speak of the other side. */
const roughly = () => 'an error';

/** The module as a function of what it imports. */
function evaluateModule(code, references) {
  const locals = new Map(references.map(({exportName}) => [exportName, exportName]));
  const body = code
    .replace(/import \{(.*?)\} from "use-server-webpack-plugin\/runtime";/, (_, names) => {
      return `const {${names.replaceAll(' as ', ': ')}} = $runtime;`;
    })
    .replace(/^export \{(\S+) as (\S+)\};/gm, (_, local, exported) => {
      locals.set(exported, local);
      return '';
    })
    .replaceAll('export function', 'function');
  const exported = [...locals].map(([name, local]) => `${name}: ${local}`).join(', ');
  // oxlint-disable-next-line no-implied-eval -- the program was written by this test
  const run = new Function(
    '$runtime',
    '$globals',
    `'use strict';const {use, trace, tick, num, is, caught} = $globals;${body}\nreturn {Page, ${exported}};`,
  );
  return (globals) => (current.exports = run(runtime, globals));
}

/** The same for CommonJS, which is not strict. */
function evaluateScript(code) {
  // oxlint-disable-next-line no-implied-eval -- the program was written by this test
  const run = new Function(
    'require',
    'module',
    'exports',
    '$globals',
    `const {use, trace, tick, num, is, caught} = $globals;${code}\nreturn module.exports;`,
  );
  return (globals) => {
    const module = {exports: {}};
    return (current.exports = run(() => runtime, module, module.exports, globals));
  };
}

// --- the wire, in short ---

async function copyingCall(fn, ...args) {
  const remote = copy(fn);
  try {
    return copy(await remote(...copy(args)));
  } catch (error) {
    // What holds itself cannot be sent inside itself.
    if (error.name === 'UnserializableCapturesError')
      current.problem ||= 'captures that hold themselves';
    throw error;
  }
}

/** What Flight makes of a value on its way to the other side, and of a server reference coming back. */
function copy(value, seen = new Map()) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
  if (seen.has(value)) return seen.get(value);
  const note = (copied) => {
    seen.set(value, copied);
    return copied;
  };
  if (typeof value === 'function') return note(copyReference(value, seen));
  if (value instanceof Promise) return note(value.then((result) => copy(result)));
  if (value instanceof Map) return note(new Map(copy([...value], seen)));
  if (Array.isArray(value)) {
    const list = note([]);
    for (const item of value) list.push(copy(item, seen));
    return list;
  }
  if (!isPlainObject(value)) return stop('a value that cannot be sent');
  const object = note({});
  for (const key of Object.keys(value)) object[key] = copy(value[key], seen);
  return object;
}

function copyReference(fn, seen) {
  if (fn.$$typeof === undefined) return stop('a function that cannot be sent');
  const exported = current.exports[fn.$$id.split('#')[1]];
  let bound;
  try {
    bound = fn.$$bound;
  } catch (error) {
    if (!/before initialization/.test(error.message)) throw error;
    return stop('a capture that has no value yet');
  }
  // The token of the captures stays what it is.
  const items = bound?.map((item) => (item instanceof Promise ? item : copy(item, seen)));
  return items ? exported.bind(null, ...items) : exported;
}

/** Only data can go over the wire; a program that sends something else is not compared. */
function stop(problem) {
  current.problem = problem;
  throw new TypeError(problem);
}

// --- the wire, in full ---

async function runOverFlight(name, {code, serverReferences}) {
  writeFileSync(root + name, code);
  const {call} = createWire(
    serverReferences.map((reference) => ({...reference, file: name})),
    root,
  );
  const wiredCall = async (fn, ...args) => {
    try {
      return await call(fn, ...args);
    } catch (error) {
      current.problem ||= problemOf(error);
      throw error;
    }
  };
  const start = (globals) => {
    Object.assign(globalThis, globals);
    return import(pathToFileURL(root + name).href).then((module) => module.default ?? module);
  };
  return runProgram(start, wiredCall, roughly);
}

function problemOf({message}) {
  if (message.includes('before initialization')) return 'a capture that has no value yet';
  if (message.includes('holds this very function')) return 'captures that hold themselves';
  const isNoData = /cannot be (passed|sent)|not supported|Only plain objects/.test(message);
  return isNoData ? 'a value that cannot be sent' : '';
}
