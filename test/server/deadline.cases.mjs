import assert from 'node:assert/strict';
import {getEventListeners} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {cookies, headers, redirect, revalidatePath, signal} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {body} from './fixtures/app/src/dynamic.mjs';
import {callRequest, clientManifest, readResult, silenced} from './support/app.mjs';
import {dynamicApp, id} from './support/dynamicApp.mjs';

const production = process.env.NODE_ENV === 'production';
const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));
const never = new Promise(() => {});
const TIMEOUT = 40;
/** Long enough for everything that a passed deadline sets off. */
const settled = () => sleep(60);
const names = (app) =>
  app.errors.splice(0).map(({error}) => (error.name === 'RequestError' ? error.code : error.name));

/** Resolves when the function has said that it is at a certain point. */
function milestone() {
  let reached;
  const promise = new Promise((resolve) => (reached = resolve));
  return {promise, reached};
}

/** How many timers were set and neither ran nor were cleared, of those that `work` set. */
async function pendingTimers(work) {
  // The case has a timer of its own, which is set by now.
  await sleep(0);
  const {setTimeout, clearTimeout} = globalThis;
  const pending = new Set();
  globalThis.setTimeout = (run, ...rest) => {
    const timer = setTimeout(() => (pending.delete(timer), run()), ...rest);
    pending.add(timer);
    return timer;
  };
  globalThis.clearTimeout = (timer) => (pending.delete(timer), clearTimeout(timer));
  try {
    await work();
  } finally {
    Object.assign(globalThis, {setTimeout, clearTimeout});
  }
  return pending.size;
}

await runCases({
  async 'a function that never ends is answered with 504, a code and a text; onError gets the error'() {
    const app = dynamicApp({timeout: TIMEOUT});
    const response = await app.call(() => never);
    assert.equal(response.status, 504);
    assert.equal(response.headers.get('x-action-error'), 'timeout');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.match(await response.text(), /did not end within 40 ms \("timeout"\)/);
    const [{error}] = app.errors;
    assert.equal(app.errors.length, 1);
    assert.equal(error.name, 'CallTimeoutError');
    assert.equal(error.code, 'timeout');
  },
  async 'cookies that it had set by then are sent; later ones are an error, as is a redirect'() {
    const app = dynamicApp({timeout: TIMEOUT});
    const late = [];
    const response = await app.call(async () => {
      cookies().set('early', '1');
      await sleep(TIMEOUT * 2);
      for (const work of [() => cookies().set('late', '1'), () => redirect('/x')]) {
        try {
          work();
        } catch (error) {
          late.push(error.message);
        }
      }
    });
    assert.match(response.headers.get('set-cookie'), /^early=1/);
    await sleep(TIMEOUT * 3);
    assert.equal(late.length, 2);
    for (const message of late) assert.match(message, /after the deadline .*signal\(\).*"timeout"/);
  },
  async 'signal() is aborted at the deadline with that error; to throw it, or what Node makes of it, is no error of its own'() {
    const app = dynamicApp({timeout: TIMEOUT});
    const seen = [];
    const enders = [
      async () => {
        await sleep(10_000, undefined, {signal: signal()});
      },
      () =>
        new Promise((_, reject) => {
          const own = signal();
          own.addEventListener('abort', () => (seen.push(own.reason.name), reject(own.reason)));
        }),
    ];
    for (const run of enders) assert.equal((await app.call(run)).status, 504);
    await settled();
    assert.deepEqual(seen, ['CallTimeoutError']);
    assert.deepEqual(names(app), ['CallTimeoutError', 'CallTimeoutError']);
  },
  async 'what it returns after all is closed, what it throws is reported, what it revalidates takes effect'() {
    const revalidated = [];
    const app = dynamicApp({
      timeout: TIMEOUT,
      cache: {revalidatePath: (path) => void revalidated.push(path), revalidateTag() {}},
    });
    let cancelled = false;
    const {promise, reached} = milestone();
    await app.call(async () => {
      await sleep(TIMEOUT * 2);
      revalidatePath('/late');
      return {
        stream: new ReadableStream({cancel: () => ((cancelled = true), reached())}),
        failed: Promise.reject(new RangeError('inside')),
      };
    });
    await promise;
    await settled();
    assert.ok(cancelled);
    assert.deepEqual(revalidated, ['/late']);
    await app.call(async () => {
      await sleep(TIMEOUT * 2);
      throw new TypeError('late');
    });
    await sleep(TIMEOUT * 3);
    assert.deepEqual(names(app), [
      'CallTimeoutError',
      'RangeError',
      'CallTimeoutError',
      'TypeError',
    ]);
    assert.deepEqual(unhandled.splice(0), []);
  },
  async 'a promise, a stream and an iterable in a result that never end are stopped: the client`s reject, all is closed, onError hears it once'() {
    const app = dynamicApp({timeout: TIMEOUT * 2});
    const closed = [];
    let own;
    async function* generate() {
      try {
        yield 'first';
        await signalled(own);
        yield 'never';
      } finally {
        closed.push('generator');
      }
    }
    const response = await app.call(async () => {
      own = signal();
      return {
        promise: never,
        stream: new ReadableStream({cancel: () => void closed.push('stream')}),
        generator: generate(),
        iterator: {
          next: () => never,
          return: async () => (closed.push('iterator'), {done: true}),
          [Symbol.asyncIterator]() {
            return this;
          },
        },
      };
    });
    assert.equal(response.status, 200);
    const result = await readResult(response);
    const expected = production
      ? ({digest}) => digest === app.errors[0].digest
      : /did not end within 80 ms/;
    await assert.rejects(result.promise, expected);
    await assert.rejects(async () => {
      for await (const item of result.generator) assert.equal(item, 'first');
    }, expected);
    await assert.rejects(result.iterator.next(), expected);
    await assert.rejects(result.stream.getReader().read(), expected);
    await settled();
    assert.ok(own.aborted);
    assert.deepEqual(new Set(closed), new Set(['generator', 'iterator', 'stream']));
    assert.deepEqual(names(app), ['CallTimeoutError']);
    assert.deepEqual(unhandled.splice(0), []);
  },
  async 'a form without JavaScript is answered with 504, through renderError where there is one'() {
    const plain = dynamicApp({timeout: TIMEOUT});
    const response = await plain.post(() => never);
    assert.equal(response.status, 504);
    assert.equal(response.headers.get('x-action-error'), 'timeout');

    const failures = [];
    const app = dynamicApp({
      timeout: TIMEOUT,
      renderError(_, failure) {
        failures.push(failure);
        return new Response('page');
      },
    });
    const page = await app.post(() => never);
    assert.equal(page.status, 504);
    assert.equal(await page.text(), 'page');
    const [{error, digest, status, message}] = failures;
    assert.equal(error.name, 'CallTimeoutError');
    assert.equal(digest, app.errors[0].digest);
    assert.equal(status, 504);
    assert.equal(message, error.message);
  },
  async 'the page of a form is not stopped by the deadline of its function'() {
    const app = dynamicApp({
      timeout: TIMEOUT,
      render: async () => {
        await sleep(TIMEOUT * 2);
        return new Response('page');
      },
    });
    assert.equal(await (await app.post(async () => {})).text(), 'page');
  },
  async 'a page that is rendered beside the result and never comes is stopped too'() {
    const app = dynamicApp({timeout: TIMEOUT, clientManifest, renderPage: () => never});
    let cancelled = false;
    const response = await app.call(
      async () => {
        revalidatePath('/');
        return new ReadableStream({cancel: () => void (cancelled = true)});
      },
      {headers: {'X-Action-Page': '/'}},
    );
    assert.equal(response.status, 504);
    assert.ok(cancelled);
    assert.deepEqual(names(app), ['CallTimeoutError']);
  },
  async 'the time can depend on the function, and be unlimited'() {
    const asked = [];
    const app = dynamicApp({
      timeout: (context) => {
        asked.push(context);
        return context.request.headers.has('X-Long') ? Infinity : TIMEOUT;
      },
    });
    const slow = async () => {
      await sleep(TIMEOUT * 3);
      return 'done';
    };
    assert.equal((await app.call(slow)).status, 504);
    assert.equal(await readResult(await app.call(slow, {headers: {'X-Long': '1'}})), 'done');
    assert.deepEqual([...new Set(asked.map((context) => context.id))], [id]);
    const wrong = dynamicApp({timeout: () => -1});
    const lines = await silenced(async () => {
      assert.equal((await wrong.call(slow)).status, 500);
    });
    assert.deepEqual(lines, []);
    assert.match(wrong.errors[0].error.message, /^timeout must be a positive number/);
  },
  'a timeout that is none is refused when the handler is made'() {
    for (const timeout of [0, -1, 1.5, '5', NaN, 2 ** 31, null]) {
      assert.throws(() => dynamicApp({timeout}), /^TypeError: timeout must be a positive number/);
    }
  },
  async 'the signal of a call that ends in time is never aborted, and nothing is kept for it'() {
    const app = dynamicApp();
    const controller = new AbortController();
    const signals = [];
    const keep = (value) => async () => (signals.push(signal()), value());
    const left = await pendingTimers(async () => {
      for (const value of [
        () => 'result',
        () => {
          throw new Error('thrown');
        },
        () => redirect('/elsewhere'),
        async function* () {
          yield 1;
        },
      ]) {
        const response = await app.call(keep(value), {signal: controller.signal});
        await response.text();
        await app.post(keep(value), {signal: controller.signal});
      }
    });
    assert.equal(left, 0);
    controller.abort();
    assert.equal(signals.length, 8);
    assert.deepEqual(
      signals.filter(({aborted}) => aborted),
      [],
    );
  },
  async 'a client that goes away aborts the signal, and the function is waited for no longer'() {
    const app = dynamicApp();
    for (const kind of ['call', 'post']) {
      const controller = new AbortController();
      const {promise, reached} = milestone();
      let own;
      const pending = app[kind](
        () => {
          own = signal();
          reached();
          return never;
        },
        {signal: controller.signal},
      );
      await promise;
      assert.equal(own.aborted, false);
      controller.abort(new Error('gone'));
      const response = await pending;
      assert.ok(own.aborted);
      assert.equal(own.reason.message, 'gone');
      assert.equal(response.status, 499);
    }
    assert.deepEqual(names(app), []);
  },
  async 'a client that stops reading the result aborts the signal'() {
    const app = dynamicApp();
    let own;
    const response = await app.call(async () => {
      own = signal();
      return {never};
    });
    const reader = response.body.getReader();
    await reader.read();
    await reader.cancel();
    assert.equal(own.aborted, true);
    assert.equal(own.reason.name, 'AbortError');
    assert.deepEqual(names(app), []);
  },
  async 'what a generator yields after the client has left is closed, and what fails in it ends nothing'() {
    const app = dynamicApp();
    for (const wrap of [
      (generator) => generator,
      (generator) => ({[Symbol.asyncIterator]: () => generator}),
    ]) {
      const controller = new AbortController();
      const {promise: gone, reached: leave} = milestone();
      let cancelled = false;
      async function* generate() {
        yield 'first';
        await gone;
        yield {
          later: sleep(20).then(() => Promise.reject(new Error('late'))),
          stream: new ReadableStream({cancel: () => void (cancelled = true)}),
        };
      }
      const response = await app.call(async () => wrap(generate()), {signal: controller.signal});
      const reader = response.body.getReader();
      await reader.read();
      controller.abort();
      await reader.read().catch(() => {});
      leave();
      await settled();
      assert.deepEqual(unhandled.splice(0), []);
      // An iterable may be shared with others, so what it yields stays open.
      assert.equal(cancelled, wrap.length === 1 && wrap(gone) === gone);
    }
  },
  async 'hundreds of calls that end in every way leave neither timers nor listeners nor results behind'() {
    const {gc} = globalThis;
    const app = dynamicApp({timeout: 30});
    const references = [];
    body.run = async () => {
      const kind = headers().get('x-kind');
      const result =
        kind === 'result' ? {big: 'x'.repeat(1000)} : {never: new Promise(() => {}), own: signal()};
      references.push(new WeakRef(result));
      if (kind === 'hangs') {
        await result.never;
      }
      delete result.own;
      return result;
    };
    const one = async (kind) => {
      const request = await callRequest(id, [], {headers: {'X-Kind': kind}});
      const response = await app.handle(request);
      if (kind === 'cancelled') await response.body.cancel();
      else await response.text();
      assert.equal(getEventListeners(request.signal, 'abort').length, 0);
    };
    const left = await pendingTimers(async () => {
      for (let round = 0; round < 10; round++) {
        const kinds = ['result', 'streams', 'hangs', 'cancelled'];
        await Promise.all(Array.from({length: 40}, (_, i) => one(kinds[i % 4])));
      }
    });
    assert.equal(left, 0);
    app.errors.splice(0);
    await sleep(50);
    gc();
    await sleep(0);
    gc();
    const alive = references.filter((reference) => reference.deref() !== undefined).length;
    assert.ok(alive < 10, `${alive} of ${references.length} results are kept`);
  },
});

/** Resolves when the signal is aborted. */
function signalled(own) {
  return new Promise((resolve) => own.addEventListener('abort', resolve, {once: true}));
}
