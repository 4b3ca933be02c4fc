// An app whose functions look at everything that they are given, or use it carelessly, as apps do.
import {AsyncLocalStorage} from 'node:async_hooks';
import {randomUUID} from 'node:crypto';
import {registerServerReference} from 'react-server-dom-webpack/server';
import {
  CallTimeoutError,
  createServerFunctionHandler,
  RequestError,
} from 'use-server-webpack-plugin/server';
import {encryptCaptures} from '../../../dist/src/server/captures/encryption.js';
import {state as inline} from '../fixtures/app/src/inline.mjs';
import {names as passedNames, observer} from '../fixtures/app/src/passed.mjs';
import {manifest as others, root} from '../support/app.mjs';
import {useEach, uses, valuesIn, whole} from '../support/carelessUses.mjs';
import {walk} from './walk.mjs';

/**
 * What became of one request.
 *
 * `failures` are errors that are no refusals.
 *
 * @typedef {{isGuarded: boolean, ran: number, guarded: number, refused: boolean, isOver: boolean, failures: unknown[]}} Record
 */
/** @type {AsyncLocalStorage<Record>} */
const records = new AsyncLocalStorage();

/** What ran that must not. */
export const forbidden = [];

function countRun(name) {
  const record = records.getStore();
  if (!record) return void forbidden.push(`${name} ran outside a request`);
  record.ran++;
  if (record.refused) forbidden.push(`${name} ran after its request was refused`);
  if (record.isGuarded && record.guarded < record.ran) forbidden.push(`${name} ran unguarded`);
}

const kept = [];
const careful = {
  look: (...args) => walk(args),
  giveBack: (...args) => args,
  leave: (...args) => walk(args, {leaves: true}),
};
const careless = {
  ...Object.fromEntries(
    Object.values(uses).map((use, index) => [
      `use${index}`,
      async (...args) => {
        const values = await valuesIn(args);
        useEach(values, use);
        useEach(values, uses['every method']);
        return args[0];
      },
    ]),
  ),
  ...Object.fromEntries(Object.values(whole).map((use, index) => [`whole${index}`, use])),
  keep: (value) => void kept.splice(0, kept.length - 4, value),
  giveOthers: () => kept,
};

const path = 'src/fuzzed.mjs';
const own = Object.fromEntries(
  Object.entries({...careful, ...careless}).map(([name, run]) => [
    name,
    registerServerReference(async (...args) => (countRun(name), run(...args)), path, name),
  ]),
);
/** In the place of the module, which need not be a file. */
globalThis.fuzzedFunctions = own;

/** Errors of passed functions that `onError` has to hear of, and the request that each belongs to. */
const thrown = new Map();
observer.onRun = countRun;
observer.onThrow = (error) => thrown.set(error, records.getStore());

export const inlineId = 'src/inline.mjs#$$Page$save';
/** No request can hold it but in a token. */
const captured = randomUUID();
export const token = await encryptCaptures(inlineId, [captured]);
inline.calls.push = ([note]) => {
  countRun('the inline function');
  if (note !== captured) forbidden.push(`the inline function ran with ${String(note)}`);
};

const entry = (file, name) => [`${file}#${name}`, {id: file, chunks: [], name}];
const manifest = Object.fromEntries([
  ...Object.keys(own).map((name) => entry(path, name)),
  ...passedNames.map((name) => entry('src/passed.mjs', name)),
  entry('src/inline.mjs', '$$Page$save'),
  entry('src/broken.mjs', 'run'),
  ['src/actions.mjs#plain', others['src/actions.mjs#plain']],
]);
const idsOf = (file, names) => names.map((name) => `${file}#${name}`);
export const carefulIds = idsOf(path, Object.keys(careful));
export const carelessIds = idsOf(path, Object.keys(careless));
export const passedIds = idsOf('src/passed.mjs', passedNames);

const onError = (error) => {
  thrown.delete(error);
  const record = records.getStore();
  // What fails after the deadline has had its report.
  if (error instanceof CallTimeoutError) record.isOver = true;
  if (!(error instanceof RequestError)) record.failures.push(error);
};
const render = (request, {formState}) => new Response(String(formState?.[1]));
const guard = async (_context, next) => {
  records.getStore().guarded++;
  return next();
};
/** Those that wait for what never comes. */
const timeout = ({id}) => (carefulIds.includes(id) ? 5000 : 50);
const options = {manifest, root, onError, timeout};
const handlers = [
  createServerFunctionHandler({...options, bodyTimeout: 60_000}),
  createServerFunctionHandler({
    ...options,
    render,
    renderPage: () => null,
    middleware: [guard, (_context, next) => next()],
  }),
];

/**
 * Sends a request to one of the handlers.
 *
 * @param {number} which
 * @param {Request} request
 * @returns {{record: Record, answer: Promise<Response | null>}}
 */
export function handle(which, request) {
  const record = {
    isGuarded: which === 1,
    ran: 0,
    guarded: 0,
    refused: false,
    isOver: false,
    failures: [],
  };
  return {record, answer: records.run(record, () => handlers[which](request))};
}

/** Errors that `onError` has not heard of, of requests that have had time enough. */
export function takeUnreported() {
  const errors = [...thrown].filter(([, {isOver}]) => !isOver).map(([error]) => error);
  thrown.clear();
  return errors;
}
