// Server functions where an app expects data: under the name of every method, wherever a body has room.
import assert from 'node:assert/strict';
import * as client from 'react-server-dom-webpack/client.edge';
import {encryptCaptures} from '../../dist/src/server/captures/encryption.js';
import {runCases} from '../support/cases.mjs';
import {withoutDelay} from '../support/cpuTime.mjs';
import {body as dynamic} from './fixtures/app/src/dynamic.mjs';
import {id as inlineId, state as inline} from './fixtures/app/src/inline.mjs';
import {names, observer} from './fixtures/app/src/passed.mjs';
import {assertRefused, callRequest, origin, readResult} from './support/app.mjs';
import {useEach, uses, valuesIn, whole} from './support/carelessUses.mjs';
import {dynamicApp, dynamicManifest, id} from './support/dynamicApp.mjs';
import {bodyWith, formWith, places} from './support/hostileFunctions.mjs';
import {methodNames, refusedNames} from './support/methodNames.mjs';
import {watched} from './support/watched.mjs';

/** Runs of passed functions, and those that middleware has seen. */
const runs = new Map();
let guarded = 0;
let unguarded = 0;
/** What passed functions threw, and `onError` has not heard of. */
const unreported = new Set();

const countRun = (name) => {
  runs.set(name, (runs.get(name) ?? 0) + 1);
  if (--guarded < 0) unguarded++;
};
const onThrow = (error) => {
  unreported.add(error);
  return error;
};
Object.assign(observer, {onRun: countRun, onThrow});
inline.calls.push = () => countRun('inline');
inline.end = async () => {
  throw onThrow(new Error('of the inline function'));
};

const passedReference = (name) => client.createServerReference(`src/passed.mjs#${name}`);
const entry = (path, name) => [`${path}#${name}`, {id: path, chunks: [], name, async: true}];
const manifest = {
  ...dynamicManifest,
  ...Object.fromEntries([
    ...names.map((name) => entry('src/passed.mjs', name)),
    entry('src/inline.mjs', '$$Page$save'),
  ]),
};
const app = dynamicApp({
  manifest,
  onError: (error) => void unreported.delete(error),
  middleware: [
    async (context, next) => {
      if (context.id !== id) guarded++;
      return next();
    },
  ],
  render: (_request, {formState}) => new Response(JSON.stringify(formState?.[1])),
});

const token = await encryptCaptures(inlineId, ['captured']);
/** What a body can name: each function by itself, with bound arguments, with captures. */
const kinds = {
  ...Object.fromEntries(names.map((name) => [name, {id: `src/passed.mjs#${name}`}])),
  'one with bound arguments': {
    id: 'src/passed.mjs#rejectsLater',
    bound: ['text', {deep: ['$h3']}],
  },
  'one that is bound to another': {id: 'src/passed.mjs#calls', bound: ['$h3', 1]},
  'one with captures': {id: inlineId, bound: [token, '$h3']},
};

function formOf(fields) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}
const ways = {
  call: async (...given) => app.handle(await callRequest(id, {raw: formOf(bodyWith(...given))})),
  form: (...given) =>
    app.handle(
      new Request(`${origin}/page`, {
        method: 'POST',
        body: formOf(formWith(id, ...given)),
        headers: {'Sec-Fetch-Site': 'same-origin'},
      }),
    ),
};

/** Sends a function to a place in both ways. */
async function sendTo(place, kind, check) {
  for (const [way, send] of Object.entries(ways)) {
    const response = await send(place, kinds[kind], methodNames);
    await check(response, `${kind} in ${place}, by a ${way}`);
  }
}

/** Streams take no bound functions. */
const kindsIn = (place) =>
  Object.keys(kinds).filter((kind) => !kinds[kind].bound || places[place].takesBound !== false);

async function sendAll(place, check) {
  for (const kind of kindsIn(place)) await sendTo(place, kind, check);
}

/** Of functions that have run: nothing was refused, and nothing is waited for without end. */
async function assertEnded(response, where, codes = [null, 'not-found', 'server-function-failed']) {
  const code = response.headers.get('x-action-error');
  const text = await response.text();
  assert.ok(codes.includes(code), `${where}: ${response.status} ${code} ${text.slice(0, 300)}`);
}

async function assertHandled() {
  // A moment for what nobody waits for.
  for (let waits = 0; waits < 50 && unreported.size > 0; waits++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const [lost] = unreported;
  unreported.clear();
  assert.equal(lost, undefined, `onError has not heard of ${lost?.stack}`);
  assert.equal(unguarded, 0, 'a function ran that no middleware has seen');
  guarded = 0;
}

async function useInEveryWay(...args) {
  const values = await valuesIn(args);
  for (const use of Object.values(uses)) useEach(values, use);
  return 'done';
}

/** Where a function of one argument finds the functions. */
const atFirst = ['an argument', 'the function itself', 'a promise', 'a value of a Map'];

await runCases(
  watched({
    ...Object.fromEntries(
      Object.keys(places).flatMap((place) =>
        kindsIn(place).map((kind) => [
          `an app uses ${place} as data in every way that it may, and finds a function there: ${kind}`,
          async () => {
            dynamic.run = useInEveryWay;
            await sendTo(place, kind, assertEnded);
            await assertHandled();
          },
        ]),
      ),
    ),
    ...Object.fromEntries(
      Object.entries(whole).map(([title, use]) => [
        `an app does no more than this: ${title}`,
        async () => {
          dynamic.run = use;
          for (const place of atFirst) await sendAll(place, assertEnded);
          await assertHandled();
        },
      ]),
    ),
    async 'an app keeps an argument and gives it to others'() {
      let kept;
      dynamic.run = async (...args) => {
        const before = kept;
        kept = args;
        return before;
      };
      for (const place of Object.keys(places)) await sendAll(place, assertEnded);
      await assertHandled();
    },
    async 'a function that calls what it is given, and is given itself, comes to an end'() {
      const endless = {
        'at once': (fn) => fn(fn),
        'behind an await': async (fn) => {
          await Promise.resolve();
          return fn(fn);
        },
        twice: async (fn) => Promise.all([fn(fn), fn(fn)]),
        'without waiting': async (fn) => {
          fn(fn);
          fn(fn);
          return 'done';
        },
      };
      const errors = [];
      const onError = (error) => void errors.push(error.message);
      for (const middleware of [[], [(_context, next) => next()]]) {
        const own = dynamicApp({onError, middleware});
        for (const [how, run] of Object.entries(endless)) {
          const args = [client.createServerReference(id)];
          const response = await withoutDelay(() => own.call(run, {args}));
          await response.text();
          assert.equal(response.status, how === 'without waiting' ? 200 : 500, how);
          await new Promise((resolve) => setTimeout(resolve, 50));
          assert.match(errors.pop(), /more than 1000 times.*"limits.passedCalls"/);
          // The same error, which is reported once.
          assert.deepEqual(errors, [], how);
        }
      }
    },
    async 'a function that an app calls in a loop, and that gives much, takes the time of one call'() {
      const fields = [
        ['0', '[{"toLowerCase":"$h1"}]'],
        ['1', '{"id":"src/passed.mjs#gives","bound":"$@2"}'],
        ['2', `[[${Array.from({length: 140_000}, () => '[]').join()}]]`],
      ];
      const search = async (query) =>
        Array.from({length: 900}, () => 'title'.includes(query.toLowerCase())).length;
      for (const middleware of [[], [(_context, next) => next()]]) {
        const own = dynamicApp({manifest, middleware});
        const args = {raw: formOf(fields)};
        const response = await withoutDelay(() => own.call(search, {args}));
        assert.equal(await readResult(response), 900);
        await withoutDelay(() => new Promise((resolve) => setTimeout(resolve, 20)));
      }
    },
    async 'how often functions among the arguments may be called can be set, for all of them together'() {
      const own = dynamicApp({manifest, limits: {passedCalls: 3}});
      const args = ['gives', 'gives'].map((name) => passedReference(name));
      const often = (times) => async (first, second) => {
        for (let time = 0; time < times; time++) await (time % 2 ? first : second)(time);
        return 'done';
      };
      assert.equal((await own.call(often(3), {args})).status, 200);
      assert.equal((await own.call(often(4), {args})).status, 500);
      assert.equal((await own.call(often(3), {args})).status, 200);
    },
    async 'what the language calls by itself is refused wherever it stands'() {
      const before = new Map(runs);
      for (const name of refusedNames) {
        for (const place of Object.keys(places)) {
          if (!/argument|member|element|Map|Set|promise|iterator|row/.test(place)) continue;
          for (const send of Object.values(ways)) {
            await assertRefused(await send(place, kinds.rejects, [name]), 400, 'malformed-body');
          }
        }
      }
      assert.deepEqual(runs, before);
    },
    async 'all of these functions ran, most of them under every name'() {
      for (const name of [...names, 'inline']) {
        assert.ok(runs.get(name) > methodNames.length * 10, `${name}: ${runs.get(name)}`);
      }
    },
  }),
);
