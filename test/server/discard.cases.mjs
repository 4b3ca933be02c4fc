// Results that are dropped, or whose rendering ends early: what is still open in them.
import assert from 'node:assert/strict';
import {createElement} from 'react';
import {createMemoryCache, redirect, revalidatePath} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {withoutDelay} from '../support/cpuTime.mjs';
import {dynamicApp, statefulFields} from './support/dynamicApp.mjs';

const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const later = (message, ms = 30) =>
  new Promise((_, reject) => setTimeout(() => reject(new Error(message)), ms));

/** Runs `work`, waits until everything has failed, and gives the messages that onError was told. */
async function messages(app, work) {
  await work();
  await pause(120);
  assert.deepEqual(unhandled.splice(0), []);
  return app.errors.splice(0).map(({error}) => error.message);
}

/** A result with promises and open ends in all places, and what was closed of it. */
function openResult() {
  const closed = [];
  const stream = (name) => new ReadableStream({cancel: () => void closed.push(name)});
  async function* generate(name) {
    try {
      for (;;) {
        yield name;
        await pause(5);
      }
    } finally {
      closed.push(name);
    }
  }
  const makeResult = (started) => ({
    at: Promise.reject(new Error('now')),
    late: later('late'),
    inside: Promise.resolve([{deep: later('deep')}]),
    map: new Map([[Promise.reject(new Error('key')), new Set([later('set')])]]),
    element: createElement('p', {children: later('child')}),
    stream: stream('stream'),
    nested: Promise.resolve({stream: stream('nested stream')}),
    iterator: {
      next: async () => ({done: true}),
      return: async () => (closed.push('iterator'), {done: true}),
      [Symbol.asyncIterator]() {
        return this;
      },
    },
    started,
  });
  return {
    closed,
    make: async () => {
      const started = generate('generator');
      await started.next();
      const result = makeResult(started);
      result.cycle = result;
      return result;
    },
  };
}
const FAILURES = ['child', 'deep', 'key', 'late', 'now', 'set'];
const OPEN = ['generator', 'iterator', 'nested stream', 'stream'];
const assertAll = (actual, expected) => assert.deepEqual(new Set(actual), new Set(expected));

await runCases({
  async 'a form whose result is not shown reports what fails in it, and closes what is open'() {
    const app = dynamicApp();
    const {make, closed} = openResult();
    const reported = await messages(app, async () => {
      assert.equal((await app.post(make)).status, 303);
    });
    assertAll(reported, FAILURES);
    assertAll(closed, OPEN);
  },
  async 'a form with a page of its own does so too, when the page gets no form state'() {
    const app = dynamicApp({render: () => new Response('page')});
    const {make, closed} = openResult();
    assertAll(await messages(app, () => app.post(make)), FAILURES);
    assertAll(closed, OPEN);
  },
  async 'a form state is the page`s to read: what fails in it ends nothing, and it stays open'() {
    let formState;
    const app = dynamicApp({
      render(_, context) {
        ({formState} = context);
        return new Response('page');
      },
    });
    const {make, closed} = openResult();
    const fields = await statefulFields({count: 1});
    assertAll(await messages(app, () => app.post(make, {fields})), FAILURES);
    assert.equal((await formState[0].inside).length, 1);
    assert.deepEqual(closed, []);
  },
  async 'a function that swallowed its redirect, and then returned something, is no danger'() {
    const app = dynamicApp();
    for (const kind of ['post', 'call']) {
      const {make, closed} = openResult();
      const reported = await messages(app, async () => {
        const response = await app[kind](async () => {
          try {
            redirect('/x');
          } catch {}
          return make();
        });
        assert.equal(response.status, 500);
        await response.text();
      });
      assertAll(
        reported.filter((message) => !message.startsWith('redirect(')),
        FAILURES,
      );
      assertAll(closed, OPEN);
    }
  },
  async 'neither is a result whose revalidation takes long, or fails'() {
    const slow = dynamicApp({
      cache: {...createMemoryCache(), revalidatePath: () => pause(20), revalidateTag() {}},
    });
    const response = await slow.call(async () => {
      revalidatePath('/');
      return {failed: Promise.reject(new Error('early'))};
    });
    assert.deepEqual(await messages(slow, () => response.text()), ['early']);

    const failing = dynamicApp({
      cache: {
        revalidatePath: () => Promise.reject(new Error('no cache')),
        revalidateTag() {},
      },
    });
    const {make, closed} = openResult();
    const reported = await messages(failing, async () => {
      const answer = await failing.call(async () => {
        revalidatePath('/');
        return make();
      });
      await answer.text();
    });
    assertAll(reported, [...FAILURES, 'no cache']);
    assertAll(closed, OPEN);
  },
  async 'a result that is dropped for the redirect of its page is closed'() {
    const app = dynamicApp({renderPage: () => redirect('/login')});
    const {make, closed} = openResult();
    const reported = await messages(app, async () => {
      const response = await app.call(
        async () => {
          revalidatePath('/');
          return make();
        },
        {headers: {'X-Action-Page': '/notes'}},
      );
      assert.equal(response.status, 204);
    });
    assertAll(reported, FAILURES);
    assertAll(closed, OPEN);
  },
  async 'a client that goes away before, while or after the result is read is no danger'() {
    const app = dynamicApp();
    for (const leave of ['before', 'at once', 'while', 'by cancelling']) {
      const {make, closed} = openResult();
      const controller = new AbortController();
      await messages(app, async () => {
        const response = await app.call(
          async () => {
            if (leave === 'before') controller.abort();
            return make();
          },
          {signal: controller.signal},
        );
        if (leave === 'at once') controller.abort();
        const reader = response.body.getReader();
        await reader.read().catch(() => {});
        if (leave === 'while') controller.abort();
        await reader.cancel().catch(() => {});
      });
      assertAll(closed, OPEN);
    }
  },
  async 'a page that the answer holds is no danger either'() {
    const app = dynamicApp({
      renderPage: () =>
        createElement('div', {title: new URLSearchParams(), children: later('page')}),
    });
    await messages(app, async () => {
      const response = await app.call(async () => revalidatePath('/'), {
        headers: {'X-Action-Page': '/notes'},
      });
      await response.text();
    });
  },
  async 'getters, foreign thenables and class instances of a dropped result are not touched'() {
    const app = dynamicApp();
    const touched = [];
    await messages(app, () =>
      app.post(async () => ({
        get value() {
          touched.push('getter');
          return 1;
        },
        query: {then: () => touched.push('then')},
        client: new (class {
          stream = new ReadableStream({cancel: () => void touched.push('stream')});
        })(),
      })),
    );
    assert.deepEqual(touched, []);
  },
  async 'a very deep or very large result is dropped without delay'() {
    const app = dynamicApp();
    const large = Array.from({length: 100_000}, (_, index) => ({index}));
    const makeDeep = () => {
      let deep = later('bottom');
      for (let depth = 0; depth < 100_000; depth++) deep = [deep];
      return deep;
    };
    const reported = await messages(app, () =>
      withoutDelay(() => app.post(async () => ({deep: makeDeep(), large}))),
    );
    assert.deepEqual(reported, ['bottom']);
  },
});
