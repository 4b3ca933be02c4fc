import assert from 'node:assert/strict';
import {
  cookies,
  createMemoryCache,
  headers,
  revalidateTag,
  withRequest,
} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';

/** A computation that counts, and that finishes when it is told to. */
function counter() {
  const waiting = [];
  const compute = (...args) => {
    compute.calls.push(args);
    return new Promise((resolve, reject) => waiting.push({resolve, reject}));
  };
  compute.calls = [];
  compute.finish = (value) => waiting.shift().resolve(value);
  compute.fail = (error) => waiting.shift().reject(error);
  return compute;
}
const counting = () => {
  let count = 0;
  return async () => ++count;
};

await runCases({
  async 'results with long arguments make room for each other'() {
    const {cached} = createMemoryCache();
    const calls = [];
    const read = cached(async (text) => void calls.push(text[0]), {tags: ['t']});
    const long = (letter) => letter.repeat(1_500_000);
    await read(long('a'));
    await read(long('b'));
    await read(long('a'));
    assert.deepEqual(calls, ['a', 'b']);
    await read(long('c'));
    await read(long('a'));
    assert.deepEqual(calls, ['a', 'b', 'c']);
    await read(long('b'));
    assert.deepEqual(calls, ['a', 'b', 'c', 'b']);
  },
  async 'equal arguments are computed once'() {
    const {cached} = createMemoryCache();
    const calls = [];
    const read = cached(async (...args) => (calls.push(args), args), {tags: ['t']});
    const date = new Date(5);
    const all = [
      [],
      [undefined],
      [null],
      ['1'],
      [1],
      [1n],
      [-0],
      [0],
      [NaN],
      [true],
      ['true'],
      [date],
      [5],
      [[1, [2]]],
      [[[1], 2]],
      [{a: 1, b: 2}],
      [{a: 1}],
      [{a: undefined}],
      ['a', 'b'],
      ['a,b'],
      ['a","b'],
    ];
    for (const args of all) await read(...args);
    for (const args of all) assert.deepEqual(await read(...args), args);
    assert.equal(calls.length, all.length);
    await read({b: 2, a: 1});
    await read(new Date(5));
    assert.equal(calls.length, all.length);
  },
  async 'two functions of one cache do not share results'() {
    const {cached} = createMemoryCache();
    const one = cached(async () => 1, {tags: ['t']});
    const two = cached(async () => 2, {tags: ['t']});
    assert.deepEqual([await one(), await two()], [1, 2]);
  },
  async 'arguments that are not plain data are refused'() {
    const read = createMemoryCache().cached(async () => 1, {tags: ['t']});
    for (const value of [
      () => {},
      Symbol('s'),
      new Map(),
      new (class A {
        field = 1;
      })(),
      [new Set()],
    ]) {
      assert.throws(() => read(value), /arguments must be plain data/);
    }
    await read(Object.assign(Object.create(null), {a: 1}));
  },
  async 'calls that come while it is computed wait for the same result'() {
    const compute = counter();
    const read = createMemoryCache().cached(compute, {tags: ['t']});
    const all = [read(1), read(1), read(1)];
    assert.equal(compute.calls.length, 1);
    compute.finish('value');
    assert.deepEqual(await Promise.all(all), ['value', 'value', 'value']);
  },
  async 'a rejection reaches all who wait, and is not kept'() {
    const compute = counter();
    const read = createMemoryCache().cached(compute, {tags: ['t']});
    const all = [read(), read()];
    compute.fail(new Error('down'));
    for (const promise of all) await assert.rejects(promise, /down/);
    const again = read();
    assert.equal(compute.calls.length, 2);
    compute.finish('up');
    assert.equal(await again, 'up');
    const throwing = createMemoryCache().cached(
      () => {
        throw new Error('sync');
      },
      {tags: ['t']},
    );
    await assert.rejects(throwing(), /sync/);
  },
  async 'revalidation drops what has the tag or the path, and nothing else'() {
    const cache = createMemoryCache();
    const tagged = cache.cached(counting(), {tags: ['a', 'b']});
    const placed = cache.cached(counting(), {paths: ['/x']});
    const both = async () => [await tagged(), await placed()];
    assert.deepEqual(await both(), [1, 1]);
    cache.revalidateTag('/x');
    cache.revalidatePath('a');
    cache.revalidateTag('c');
    assert.deepEqual(await both(), [1, 1]);
    cache.revalidateTag('b');
    assert.deepEqual(await both(), [2, 1]);
    cache.revalidatePath('/x');
    assert.deepEqual(await both(), [2, 2]);
    cache.clear();
    assert.deepEqual(await both(), [3, 3]);
  },
  async 'tags and paths may depend on the arguments'() {
    const cache = createMemoryCache();
    let count = 0;
    const read = cache.cached(async (/** @type {number} */ id) => [id, ++count][1], {
      tags: (id) => [`note:${id}`],
      paths: (id) => [`/notes/${id}`],
    });
    assert.deepEqual([await read(1), await read(2)], [1, 2]);
    cache.revalidateTag('note:1');
    assert.deepEqual([await read(1), await read(2)], [3, 2]);
    cache.revalidatePath('/notes/2');
    assert.deepEqual([await read(1), await read(2)], [3, 4]);
  },
  async 'a result whose computation began before a revalidation is not kept'() {
    const cache = createMemoryCache();
    const compute = counter();
    const read = cache.cached(compute, {tags: ['t']});
    const before = read();
    cache.revalidateTag('t');
    const after = read();
    assert.equal(compute.calls.length, 2);
    compute.finish('old');
    assert.equal(await before, 'old');
    compute.finish('new');
    assert.equal(await after, 'new');
    assert.equal(await read(), 'new');
  },
  async 'a late failure of a dropped computation leaves the new one alone'() {
    const cache = createMemoryCache();
    const compute = counter();
    const read = cache.cached(compute, {tags: ['t']});
    const before = read();
    cache.revalidateTag('t');
    const after = read();
    compute.fail(new Error('old'));
    await assert.rejects(before, /old/);
    compute.finish('new');
    assert.equal(await after, 'new');
    assert.equal(await read(), 'new');
    assert.equal(compute.calls.length, 2);
  },
  async 'a cached function that calls another one goes stale with it, however deep, and while it runs'() {
    const cache = createMemoryCache();
    let text = 'one';
    const inner = cache.cached(async () => text, {tags: ['text']});
    const middle = cache.cached(async () => `(${await inner()})`, {tags: ['middle']});
    const outer = cache.cached(async () => `[${await middle()}]`, {tags: ['outer']});
    assert.equal(await outer(), '[(one)]');
    text = 'two';
    assert.equal(await outer(), '[(one)]');
    cache.revalidateTag('text');
    assert.equal(await outer(), '[(two)]');
    const gate = counter();
    const slow = cache.cached(async () => `${await inner()} ${await gate()}`, {tags: ['slow']});
    const before = slow();
    await new Promise((resolve) => setTimeout(resolve, 1));
    text = 'three';
    cache.revalidateTag('text');
    const after = slow();
    await new Promise((resolve) => setTimeout(resolve, 1));
    gate.finish('!');
    gate.finish('!');
    assert.deepEqual([await before, await after, await slow()], ['two !', 'three !', 'three !']);
  },
  async 'what is used least recently goes first, with what depends on it'() {
    const cache = createMemoryCache({maxEntries: 2});
    const calls = [];
    const read = cache.cached(async (key) => (calls.push(key), key), {tags: ['t']});
    await read('a');
    await read('b');
    await read('a');
    await read('c');
    await read('a');
    assert.deepEqual(calls, ['a', 'b', 'c']);
    await read('b');
    assert.deepEqual(calls, ['a', 'b', 'c', 'b']);

    const nested = createMemoryCache({maxEntries: 2});
    let value = 1;
    const inner = nested.cached(async () => value, {tags: ['inner']});
    const outer = nested.cached(async () => inner(), {tags: ['outer']});
    const other = nested.cached(async () => 0, {tags: ['other']});
    assert.equal(await outer(), 1);
    // Pushes out the inner result; the outer one would not hear of its tag any more.
    await outer();
    await other();
    value = 2;
    nested.revalidateTag('inner');
    assert.equal(await outer(), 2);
  },
  async 'a cached function cannot ask for the request, because its result is shared by all'() {
    const {cached} = createMemoryCache();
    for (const [name, ask] of Object.entries({
      'cookies()': () => cookies(),
      'headers()': () => headers(),
      'revalidateTag()': () => revalidateTag('t'),
    })) {
      const read = cached(async () => ask(), {tags: ['t']});
      await assert.rejects(
        withRequest(new Request('http://app.test/'), () => read()),
        (error) => error.message.startsWith(`${name} was called in a cached function`),
      );
    }
  },
  'a result that could never become stale, and a wrong size, are refused'() {
    const {cached} = createMemoryCache();
    assert.throws(() => cached(async () => 1, {}), /at least one tag or path/);
    assert.throws(() => cached(async () => 1, {tags: []}), /at least one tag or path/);
    assert.throws(() => cached(async () => 1, {tags: [1]})(), /must be strings/);
    assert.throws(() => createMemoryCache({maxEntries: 0}), /maxEntries must be a positive/);
  },
});
