// What an app gets when a request passes it a server function.
import assert from 'node:assert/strict';
import * as client from 'react-server-dom-webpack/client.edge';
import {notFound, redirect, RefusalError} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {action, readResult, takeCalls} from './support/app.mjs';
import {dynamicApp} from './support/dynamicApp.mjs';
import {body, run} from './fixtures/app/src/dynamic.mjs';

const unhandled = [];
process.on('unhandledRejection', (error) => unhandled.push(error));

const reference = (name) => client.createServerReference(action(name));
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
/** Calls the function of the fixture with itself among the arguments; `inner` runs when that is called. */
async function callWithItself(app, outer, inner, ...more) {
  let isInner = false;
  const own = client.createServerReference(run.$$id);
  const response = await app.call(
    (...args) => (isInner ? inner(...args) : ((isInner = true), outer(...args))),
    {args: [own, ...more]},
  );
  return response;
}
const codes = (app) => app.errors.splice(0).map(({error}) => error.code ?? error.message);

await runCases({
  async 'a function where the app expects data ends nothing: what fails in it is handled and reported'() {
    const app = dynamicApp();
    for (const outer of [
      async ({trim}) => void trim(),
      async (value) => void value.trim(),
      async (value) => value.trim() && 'ok',
      async (value) => ({later: value.trim()}),
      async (value) => [[value.trim()], new Map([[1, value.trim()]])],
      async (value) => void setTimeout(() => value.trim(), 1),
    ]) {
      let isInner = false;
      const response = await app.call(
        async (value) => {
          if (isInner) throw new Error('inner');
          isInner = true;
          return outer(value);
        },
        {args: [{trim: client.createServerReference(run.$$id)}]},
      );
      await response.text();
      await turn();
      assert.ok(codes(app).includes('inner'));
    }
    assert.deepEqual(unhandled, []);
  },
  async 'a promise that rejects inside the result of such a call is handled and reported as well'() {
    const app = dynamicApp();
    const inner = async () => ({deep: [Promise.reject(new Error('deep'))]});
    await (await callWithItself(app, async (fn) => void (await fn()), inner)).text();
    await turn();
    assert.deepEqual(codes(app), ['deep']);
    assert.deepEqual(unhandled, []);
  },
  async 'an error is reported once, with the function that it comes from, and the client gets its digest'() {
    const app = dynamicApp({
      onError: (error, {id, digest}) => void reported.push({error, id, digest}),
    });
    const reported = [];
    const response = await app.call(async (fn) => fn('x'), {args: [reference('fail')]});
    const error = await readResult(response).catch((caught) => caught);
    assert.equal(reported.length, 1);
    assert.equal(reported[0].id, action('fail'));
    assert.equal(error.digest, reported[0].digest);
    await takeCalls();
  },
  async 'middleware runs around each call of such a function, and can refuse it'() {
    const seen = [];
    const app = dynamicApp({
      middleware: [
        ({id, request}, next) => {
          seen.push([id, new URL(request.url).pathname]);
          if (id === action('echo')) throw new RefusalError(403, 'no', {code: 'forbidden'});
          return next();
        },
      ],
    });
    const outer = async (fn) => fn('in').catch(({code}) => code);
    const response = await app.call(outer, {args: [reference('echo')]});
    assert.equal(await readResult(response), 'forbidden');
    assert.deepEqual(seen, [
      [run.$$id, '/rsc-action'],
      [action('echo'), '/rsc-action'],
    ]);
    assert.deepEqual(await takeCalls(), []);
    // What the app does not catch is its own error: the outer function has run.
    const uncaught = await app.call(async (fn) => fn('in'), {args: [reference('echo')]});
    assert.equal(uncaught.status, 500);
    assert.equal(uncaught.headers.get('x-action-error'), null);
    await uncaught.text();
  },
  async 'what it is bound to comes first, and the app can bind more'() {
    const app = dynamicApp();
    const args = [reference('echo').bind(null, 'a')];
    const outer = async (fn) => [await fn('b'), await fn.bind(null, 'b')('c'), fn.$$bound];
    assert.deepEqual(await readResult(await app.call(outer, {args})), [
      ['a', 'b'],
      ['a', 'b', 'c'],
      ['a'],
    ]);
    await takeCalls();
  },
  async 'it has the tag and the id of the function, not its properties nor its source'() {
    const app = dynamicApp();
    const outer = async (fn) => [String(fn.$$typeof), fn.$$id, fn.$$bound, fn.name, String(fn)];
    const answer = await readResult(await app.call(outer, {args: [reference('echo')]}));
    assert.deepEqual(answer.slice(0, 3), ['Symbol(react.server.reference)', action('echo'), null]);
    assert.ok(!/echo|=>.*call/.test(answer[4]), answer[4]);
  },
  async 'redirect() and notFound() in it work as in the function around it, and are no failures'() {
    const app = dynamicApp();
    const leaving = await callWithItself(
      app,
      async (fn) => fn(),
      async () => redirect('/there'),
    );
    assert.equal(leaving.headers.get('x-action-redirect'), '/there');
    const missing = await callWithItself(
      app,
      async (fn) => fn(),
      async () => notFound(),
    );
    assert.equal(missing.status, 404);
    assert.deepEqual(codes(app), []);
  },
  async 'a redirect in it that the app does not wait for is an error that says so'() {
    const app = dynamicApp();
    const outer = async (fn) => void fn();
    const response = await callWithItself(app, outer, async () => redirect('/there'));
    assert.equal(response.status, 500);
    await response.text();
    assert.match(app.errors.splice(0)[0].error.message, /redirect\("\/there"\) was called/);
    assert.deepEqual(unhandled, []);
  },
  async 'as a listener of an EventTarget it ends nothing, and what fails in it is reported'() {
    const uncaught = [];
    const hear = (error) => void uncaught.push(error);
    process.on('uncaughtException', hear);
    const app = dynamicApp();
    const listen = async ({listener}) => {
      const target = new EventTarget();
      target.addEventListener('done', listener);
      target.dispatchEvent(new Event('done'));
    };
    for (const listener of [
      reference('fail'),
      reference('fail').bind(null, 1),
      {handleEvent: reference('fail')},
    ]) {
      await (await app.call(listen, {args: [{listener}]})).text();
      await turn();
      assert.equal(app.errors.splice(0).length, 1);
    }
    process.off('uncaughtException', hear);
    assert.deepEqual(uncaught, []);
    await takeCalls();
  },
  async 'a form passes functions in the same way'() {
    const app = dynamicApp();
    const form = new FormData();
    form.append('$ACTION_REF_1', '');
    form.append('$ACTION_1:0', JSON.stringify({id: run.$$id, bound: '$@1'}));
    form.append('$ACTION_1:1', JSON.stringify([{trim: '$h2'}]));
    form.append('$ACTION_1:2', JSON.stringify({id: action('fail'), bound: null}));
    form.append('name', 'Ada');
    let seen;
    body.run = async (value, data) => {
      seen = [...data];
      void value.trim();
    };
    const response = await app.handle(
      new Request('http://app.test/notes', {
        method: 'POST',
        body: form,
        headers: {'Sec-Fetch-Site': 'same-origin'},
      }),
    );
    assert.equal(response.status, 303);
    await turn();
    assert.deepEqual(seen, [['name', 'Ada']]);
    assert.equal(codes(app).length, 1);
    assert.deepEqual(unhandled, []);
    await takeCalls();
  },
});
