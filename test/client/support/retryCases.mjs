import assert from 'node:assert/strict';
import {notFound, redirect, RefusalError} from 'use-server-webpack-plugin/server';
import {dynamicApp, id} from '../../server/support/dynamicApp.mjs';

const lost = () => Promise.reject(new TypeError('Failed to fetch'));
const rejection = (promise) => Promise.resolve(promise).then(assert.fail, (reason) => reason);
const all = async (iterable) => {
  const values = [];
  for await (const value of iterable) values.push(value);
  return values;
};
/** A promise and what fulfils it. */
const deferred = () => {
  let resolve;
  const promise = new Promise((fulfil) => (resolve = fulfil));
  return {promise, resolve};
};

/**
 * Cases of `retry`, which `onFailure` gets.
 *
 * @param client the bundled client
 * @param serve makes a reference of a function that a server has: `(run, options of createCallServer)`
 * @param fetch leads to that server
 * @param errors those that it reports
 */
export function retryCases({client, serve, fetch, errors}) {
  const {createCallServer, withCallOptions} = client;
  /** Loses the connection so many times. */
  const failing = (times, inner = fetch) => {
    return (url, init) => (times-- > 0 ? lost() : inner(url, init));
  };
  const always = (error, {retry}) => retry();

  return {
    async 'a call that failed is sent again by its onFailure, and its caller sees the result alone'() {
      const attempts = [];
      const call = serve(async (...args) => args, {
        fetch: failing(2),
        onFailure(error, {retry, attempt}) {
          attempts.push([error.code, attempt]);
          return retry();
        },
      });
      assert.deepEqual(await call('a', {b: 1}), ['a', {b: 1}]);
      assert.deepEqual(attempts, [
        ['network', 1],
        ['network', 2],
      ]);
    },
    async 'the last failure of several is what the call rejects with, when onFailure gives up'() {
      const heard = [];
      const call = serve(async () => {}, {
        fetch: failing(9),
        onFailure(error, {retry, attempt}) {
          heard.push(error);
          if (attempt < 3) return retry();
          throw error;
        },
      });
      assert.equal(await rejection(call()), heard[2]);
      assert.equal(heard.length, 3);
    },
    async 'each time the headers are asked for again, and fetch and signal are those of the call'() {
      const tokens = ['old', 'new'];
      const seen = [];
      const {signal} = new AbortController();
      const own = failing(1);
      const call = serve(async () => 'done', {
        fetch: () => assert.fail('not the fetch of the call'),
        headers: () => ({'X-Token': tokens.shift()}),
        onFailure(error, context) {
          assert.equal(context.signal, signal);
          return context.retry();
        },
      });
      const recording = (url, init) => {
        seen.push([init.headers.get('x-token'), init.signal]);
        return own(url, init);
      };
      assert.equal(await withCallOptions({fetch: recording, signal}, call)(), 'done');
      assert.deepEqual(seen, [
        ['old', signal],
        ['new', signal],
      ]);
    },
    async 'what can be read once goes again whole: streams, iterators and promises'() {
      let reads = 0;
      async function* numbers() {
        for (; reads < 3; reads++) yield reads;
      }
      const text = new ReadableStream({
        start(controller) {
          controller.enqueue('one');
          controller.enqueue('two');
          controller.close();
        },
      });
      const call = serve(
        async (stream, iterable, iterator, promise, file) => [
          await all(stream),
          await all(iterable),
          [...iterator],
          await promise,
          await file.text(),
        ],
        {fetch: failing(2), onFailure: always},
      );
      const file = new Blob(['bytes']);
      const result = await call(text, numbers(), [1, 2].values(), Promise.resolve('p'), file);
      assert.deepEqual(result, [['one', 'two'], [0, 1, 2], [1, 2], 'p', 'bytes']);
      assert.equal(reads, 3);
    },
    async 'arguments that change while the app waits go as they were'() {
      const list = [1];
      const call = serve(async (sent) => sent, {
        fetch: failing(1),
        onFailure(error, {retry}) {
          list.push(2);
          return retry();
        },
      });
      assert.deepEqual(await call(list), [1]);
    },
    async 'a placeholder comes back as the same value after another attempt'() {
      const local = () => {};
      const call = serve(async (value) => value, {
        fetch: failing(1),
        onFailure: always,
        temporaryReferences: true,
      });
      assert.equal(await call(local), local);
    },
    async 'a call that is sent again can throw, redirect, or find nothing, as any call'() {
      const options = () => ({
        fetch: failing(1),
        onFailure: always,
        onRedirect: ({url}) => `to ${url.pathname}`,
      });
      const place = {href: 'https://app.test/', pathname: '/', search: ''};
      globalThis.location = place;
      try {
        assert.equal(await serve(async () => redirect('/done'), options())(), 'to /done');
      } finally {
        delete globalThis.location;
      }
      assert.ok(
        (await rejection(serve(async () => Promise.reject(new Error()), options())())).digest,
      );
      assert.equal((await rejection(serve(async () => notFound(), options())())).code, 'not-found');
      errors.splice(0);
    },
    async 'the call waits for an onFailure that waits, for example for a click'() {
      const notice = deferred();
      const call = serve(async () => 'done', {
        fetch: failing(1),
        onFailure: (error, {retry}) =>
          new Promise((resolve) => notice.resolve({tryAgain: () => resolve(retry())})),
      });
      let settled = false;
      const result = call().finally(() => (settled = true));
      const {tryAgain} = await notice.promise;
      await new Promise((resolve) => setTimeout(resolve));
      assert.equal(settled, false);
      tryAgain();
      assert.equal(await result, 'done');
    },
    async 'an abort ends a call whose onFailure waits, and nothing is sent afterwards'() {
      let sent = 0;
      const failure = deferred();
      const controller = new AbortController();
      const call = serve(async () => 'done', {
        fetch: () => (sent++, lost()),
        onFailure: (error, context) => (failure.resolve(context), new Promise(() => {})),
      });
      const aborted = withCallOptions({signal: controller.signal}, call)();
      const {retry, signal} = await failure.promise;
      controller.abort();
      assert.equal((await rejection(aborted)).name, 'AbortError');
      assert.equal(signal.aborted, true);
      assert.equal((await rejection(retry())).name, 'AbortError');
      assert.equal(sent, 1);
    },
    async 'an abort ends an attempt that is under way'() {
      const second = deferred();
      const controller = new AbortController();
      const call = serve(async () => 'done', {
        fetch: failing(1, () => (second.resolve(), new Promise(() => {}))),
        onFailure: always,
      });
      const aborted = withCallOptions({signal: controller.signal}, call)();
      await second.promise;
      controller.abort();
      assert.equal((await rejection(aborted)).name, 'AbortError');
    },
    async 'a second click on "Try again" sends nothing a second time'() {
      let runs = 0;
      const call = serve(async () => ++runs, {
        fetch: failing(1),
        async onFailure(error, {retry}) {
          void retry();
          return retry();
        },
      });
      assert.equal(await call(), 1);
      assert.equal(runs, 1);
    },
    async 'to send a call again that has ended is an error, and sends nothing'() {
      let sent = 0;
      let retry;
      const call = serve(async () => 'done', {
        fetch: () => (sent++, lost()),
        onFailure(error, context) {
          ({retry} = context);
          throw error;
        },
      });
      assert.equal((await rejection(call())).code, 'network');
      const error = await rejection(retry());
      assert.match(error.message, /src\/dynamic\.mjs#run has ended.*promise that waits for retry/);
      assert.equal(sent, 1);
    },
    async 'a result that breaks off while it streams is told without a way to send the call again'() {
      const contexts = [];
      const call = serve(async () => ({late: new Promise(() => {})}), {
        async fetch(url, init) {
          const response = await fetch(url, init);
          const cut = new TransformStream({
            transform: (chunk, controller) => (controller.enqueue(chunk), controller.terminate()),
          });
          return new Response(response.body.pipeThrough(cut), response);
        },
        onFailure: (error, context) => contexts.push(context),
      });
      const {late} = await call();
      assert.equal((await rejection(late)).code, 'network');
      assert.deepEqual(contexts, [{retry: undefined, attempt: 1, signal: undefined}]);
    },
    async 'ten thousand failures in a row fill no stack'() {
      const call = serve(async () => 'done', {fetch: failing(10_000), onFailure: always});
      assert.equal(await call(), 'done');
    },
    async 'an error tells whether the function may have run'() {
      const known = new Map();
      const via = (handle) => (url, init) =>
        handle(
          new Request(new URL(url, 'https://app.test'), {
            ...init,
            duplex: 'half',
            headers: {...Object.fromEntries(init.headers), 'Sec-Fetch-Site': 'same-origin'},
          }),
        );
      const record = async (name, run, handler, calledId = id, ...args) => {
        const call = createCallServer({
          fetch: typeof handler === 'function' ? handler : via(dynamicApp(handler).handle),
        });
        serve(run);
        known.set(name, (await rejection(call(calledId, args))).mayHaveRun);
      };
      const done = async () => {};
      await record('lost', done, lost);
      await record('a proxy', done, async () => new Response('Bad gateway', {status: 502}));
      await record('too late', () => new Promise(() => {}), {timeout: 10});
      await record('nothing there', async () => notFound(), {});
      await record('unknown', done, {}, 'no#such');
      await record('too large', done, {maxBodySize: 10}, id, 'a text of more bytes');
      await record('middleware', done, {
        middleware: [() => Promise.reject(new RefusalError(401, 'Sign in.', {code: 'signed-out'}))],
      });
      await record('onRequest', done, {
        onRequest: () => Promise.reject(new RefusalError(429, 'Slowly.')),
      });
      assert.deepEqual(Object.fromEntries(known), {
        lost: true,
        'a proxy': true,
        'too late': true,
        'nothing there': true,
        unknown: false,
        'too large': false,
        middleware: false,
        onRequest: false,
      });
    },
  };
}
