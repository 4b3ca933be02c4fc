// What becomes of a server function among the arguments after it was handed out.
import assert from 'node:assert/strict';
import * as client from 'react-server-dom-webpack/client.edge';
import {cookies, createMemoryCache, RefusalError, signal} from 'use-server-webpack-plugin/server';
import {registerInlineFunction} from 'use-server-webpack-plugin/runtime';
import {runCases} from '../support/cases.mjs';
import {id as inlineId, state as inline} from './fixtures/app/src/inline.mjs';
import {names, observer} from './fixtures/app/src/passed.mjs';
import {readResult} from './support/app.mjs';
import {dynamicApp, dynamicManifest, id} from './support/dynamicApp.mjs';
import {watched} from './support/watched.mjs';

const passedId = (name) => `src/passed.mjs#${name}`;
const reference = (name) => client.createServerReference(passedId(name));
const entry = (path, name) => [`${path}#${name}`, {id: path, chunks: [], name, async: true}];
const manifest = {
  ...dynamicManifest,
  ...Object.fromEntries([
    ...names.map((name) => entry('src/passed.mjs', name)),
    entry('src/inline.mjs', '$$Page$save'),
  ]),
};
const ran = [];
observer.onRun = (name) => ran.push(name);
inline.calls.push = () => {};
const takeRuns = () => ran.splice(0);

function makeApp(options = {}) {
  const seen = [];
  const app = dynamicApp({
    manifest,
    middleware: [(context, next) => (seen.push(context.id), next())],
    ...options,
  });
  return Object.assign(app, {seen, takeErrors: () => app.errors.splice(0).map(({error}) => error)});
}
const app = makeApp();
const pause = (time = 20) => new Promise((resolve) => setTimeout(resolve, time));
const sorted = (texts) => texts.toSorted((a, b) => (a < b ? -1 : 1));
/** Once there are so many. */
async function messages(count) {
  for (let waits = 0; waits < 200 && app.errors.length < count; waits++) await pause(5);
  return app.takeErrors().map(({message}) => message);
}

await runCases(
  watched({
    async 'called from a timer after the answer, it is seen by middleware, and what it throws is reported'() {
      app.seen.length = 0;
      const run = async (fn) => void setTimeout(() => (fn(), fn('again')), 5);
      assert.equal((await app.call(run, {args: [reference('rejectsLater')]})).status, 200);
      assert.deepEqual(await messages(2), ['rejects later', 'rejects later']);
      assert.deepEqual(app.seen, [id, passedId('rejectsLater'), passedId('rejectsLater')]);
      await app.call(run, {args: [reference('leaves')]});
      assert.match(
        (await messages(2))[0],
        /redirect\(\) was called after the server function had returned/,
      );
      takeRuns();
    },
    async 'called by another request, it has the cookies of the one that handed it over'() {
      let kept;
      await app.call(async (fn) => void (kept = fn), {args: [client.createServerReference(id)]});
      const run = async () => {
        const own = cookies().get('user')?.value;
        if (own === 'b') {
          const other = await kept();
          return [own, other, cookies().get('user').value];
        }
        return own ?? 'nobody';
      };
      const response = await app.call(run, {args: [], headers: {Cookie: 'user=b'}});
      assert.deepEqual(await readResult(response), ['b', 'nobody', 'b']);
    },
    async 'returned, it is a reference of the same id and arguments, that can be sent again'() {
      const bound = reference('gives').bind(null, 'first', {deep: [1]});
      const run = async (fn) => ({plain: fn, bound: fn.bind(null, 'second')});
      const text = await (await app.call(run, {args: [bound]})).text();
      assert.match(text, /\{"id":"src\/passed\.mjs#gives","bound":"\$@\d"[,}]/);
      assert.match(text, /\["first",\{"deep":\[1\]\}\]|"first"/);
      assert.match(text, /"second"/);
      const again = async (fn) => fn.bind(null, 'second')('third');
      assert.deepEqual(await readResult(await app.call(again, {args: [bound]})), [
        'first',
        {deep: [1]},
        'second',
        'third',
      ]);
      takeRuns();
    },
    async 'captured by a function of the app, and called as data later, it ends nothing, and middleware sees it'() {
      const capture = async (value) =>
        registerInlineFunction(
          async () => {},
          inlineId,
          null,
          'save',
          () => [value],
        );
      const hooked = {
        trim: reference('rejectsLater'),
        map: reference('failsInside'),
        get: reference('rejectsLater').bind(null, 1),
      };
      const token = tokenIn(await (await app.call(capture, {args: [hooked]})).text());
      inline.calls.push = ([value]) => {
        value.trim();
        value.map(() => {});
        value.get('name');
        value.trim.bind(null, 2)();
      };
      inline.end = async () => 'saved';
      app.seen.length = 0;
      const bound = client.createServerReference(inlineId).bind(null, token);
      const response = await app.call(async (fn) => fn(), {args: [bound]});
      assert.equal(await readResult(response), 'saved');
      const errors = await messages(4);
      const laters = Array.from({length: 3}, () => passedId('rejectsLater'));
      assert.deepEqual(sorted(app.seen.slice(2)), [passedId('failsInside'), ...laters]);
      assert.deepEqual(sorted(errors), [
        'inside',
        'rejects later',
        'rejects later',
        'rejects later',
      ]);
      assert.equal(takeRuns().length, 4);
    },
    async 'a cached function does not take it'() {
      const {cached} = createMemoryCache();
      const read = cached(async (query) => query.id, {tags: ['a']});
      const response = await app.call(async (fn) => read({id: fn}), {args: [reference('gives')]});
      assert.equal(response.status, 500);
      assert.match((await messages(1))[0], /A cached function was called with a function/);
      assert.deepEqual(takeRuns(), []);
    },
    async 'a middleware that refuses it keeps it from running, and the error is one of the function around it'() {
      const own = makeApp({
        middleware: [
          (context, next) => {
            if (context.id !== id) throw new RefusalError(403, 'Not for you.');
            return next();
          },
        ],
      });
      const args = [reference('gives')];
      const careless = await own.call(async (fn) => void fn(), {args});
      assert.equal(careless.status, 200);
      const waiting = await own.call(async (fn) => fn(), {args});
      assert.equal(waiting.status, 500);
      assert.equal(waiting.headers.get('x-action-error'), null);
      await waiting.text();
      const catching = await own.call(async (fn) => fn().catch((error) => error.message), {args});
      assert.equal(await readResult(catching), 'Not for you.');
      assert.deepEqual(
        own.takeErrors().map(({code}) => code),
        ['refused', 'refused', 'refused'],
      );
      assert.deepEqual(takeRuns(), []);
    },
    async 'a deadline that passes while it runs answers once, and what it throws later is reported'() {
      const own = makeApp({timeout: 30});
      const run = async (fn) => {
        await fn(fn);
        await fn(null);
      };
      const slow = async (fn) => {
        if (fn !== null) await pause(60);
        throw new Error('too late');
      };
      let calls = 0;
      const both = async (fn) => (calls++ === 0 ? run(fn) : slow(fn));
      const response = await own.call(both, {args: [client.createServerReference(id)]});
      assert.equal(response.status, 504);
      await pause(80);
      assert.deepEqual(
        own.takeErrors().map(({name, message}) => [name, /too late/.test(message)]),
        [
          ['CallTimeoutError', false],
          ['Error', true],
        ],
      );
    },
    async 'a client that leaves while it runs ends nothing, and what it throws because of that is no error'() {
      const leaving = new AbortController();
      let calls = 0;
      const run = async (fn) => {
        if (calls++ === 0) return fn();
        setTimeout(() => leaving.abort(), 5);
        return new Promise((_resolve, reject) => {
          const own = signal();
          own.addEventListener('abort', () => reject(own.reason));
        });
      };
      const args = [client.createServerReference(id)];
      const response = await app.call(run, {args, signal: leaving.signal});
      assert.equal(response.status, 499);
      await pause();
      assert.deepEqual(app.takeErrors(), []);
    },
    async 'while a page is rendered again, it can be called but change nothing of the answer'() {
      let kept;
      const own = makeApp({
        renderPage: async () => ({page: await kept('x').catch((error) => error.message)}),
      });
      const run = async (fn) => {
        if (typeof fn === 'function') {
          kept = fn;
          cookies().set('a', 'b');
          return 'result';
        }
        return cookies().set('c', 'd');
      };
      const response = await own.call(run, {
        args: [client.createServerReference(id)],
        headers: {'X-Action-Page': '/'},
      });
      assert.deepEqual(response.headers.getSetCookie().length, 1);
      const {result, page} = await readResult(response);
      assert.equal(await result, 'result');
      assert.match((await page).page, /after the server function had returned/);
      assert.equal(own.takeErrors().length, 1);
    },
  }),
);

/** The token of the one function of an answer. */
function tokenIn(text) {
  return /"(A[\w-]{60,})"/.exec(text)[1];
}
