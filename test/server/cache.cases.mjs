import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  cookies,
  createMemoryCache,
  headers,
  revalidateTag,
  withRequest,
} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {withoutDelay} from '../support/cpuTime.mjs';

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

const LONG = 'x'.repeat(5_000_000);

/** The rules of the cache, for results that depend on nothing, without a thought for speed. */
class Model {
  #kept = [];
  #max;

  constructor(max) {
    this.#max = max;
  }

  /** @returns {boolean} whether it was kept */
  read(key, characters) {
    const found = this.#kept.find((other) => other.key === key);
    const count = Math.ceil(characters / 4000);
    if (found) {
      this.#kept = [...this.#kept.filter((other) => other !== found), found];
    } else if (count <= Math.max(1, this.#max / 100)) {
      this.#kept.push({key, count});
      while (this.#kept.reduce((sum, other) => sum + other.count, 0) > this.#max)
        this.#kept.shift();
    }
    return found !== undefined;
  }

  clear() {
    this.#kept = [];
  }
}

await runCases({
  async 'no argument is so long that it pushes out what others use'() {
    const {cached} = createMemoryCache();
    const calls = [];
    const read = cached(async (text) => void calls.push(text), {tags: ['t']});
    const others = Array.from({length: 990}, (_, index) => `note ${index}`);
    for (const text of others) await read(text);
    for (const length of [3_000, 30_000, 300_000, 3_000_000, 5_000_000]) {
      for (const letter of 'ab') await read(letter.repeat(length));
    }
    calls.length = 0;
    for (const text of [...others].reverse()) await read(text);
    // Those of 3,000 count as one each, those of 30,000 as 8; there was room for 10.
    assert.equal(calls.length, 8);
  },
  async 'nor do the tags and paths that are made of it'() {
    for (const names of ['tags', 'paths']) {
      const {cached} = createMemoryCache({maxEntries: 100});
      const calls = [];
      const compute = async (text) => void calls.push(text);
      const read = cached(compute, {[names]: (text) => [text.repeat(1000)]});
      const others = Array.from({length: 100}, (_, index) => String.fromCharCode(index));
      for (const text of others) await read(text);
      await read('long'.repeat(10));
      calls.length = 0;
      for (const text of others) await read(text);
      assert.deepEqual(calls, []);
    }
  },
  async 'a result that is too large to be kept is given to all who wait, and makes stale what was made of it'() {
    const cache = createMemoryCache();
    const compute = counter();
    const read = cache.cached(compute, {tags: ['t']});
    const outer = cache.cached(async () => `(${await read(LONG)})`, {tags: ['outer']});
    const all = [read(LONG), read(LONG), outer()];
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(compute.calls.length, 1);
    compute.finish('one');
    assert.deepEqual(await Promise.all(all), ['one', 'one', '(one)']);
    const again = outer();
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(compute.calls.length, 2);
    cache.revalidateTag('t');
    const after = read(LONG);
    assert.equal(compute.calls.length, 3);
    compute.finish('two');
    compute.finish('three');
    assert.deepEqual([await again, await after], ['(two)', 'three']);
  },
  async 'it keeps what a simple model of it keeps'() {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 2, 3, 10, 250, 400),
        fc.array(
          fc.oneof(
            {
              weight: 20,
              arbitrary: fc.tuple(fc.nat(12), fc.constantFrom(0, 3, 3995, 4100, 9000, 17_000)),
            },
            {weight: 1, arbitrary: fc.constant('revalidate')},
          ),
          {maxLength: 120},
        ),
        async (maxEntries, steps) => {
          const cache = createMemoryCache({maxEntries});
          const model = new Model(maxEntries);
          let computed = 0;
          const read = cache.cached(async (..._args) => ++computed, {tags: ['t']});
          for (const step of steps) {
            if (step === 'revalidate') {
              cache.revalidateTag('t');
              model.clear();
              continue;
            }
            const [id, length] = step;
            computed = 0;
            await read(id, 'x'.repeat(length));
            // Beside them: the number of the function, the brackets and quotes, and the tag.
            const characters = `0:[${id},""]`.length + length + 't'.length;
            assert.equal(computed, model.read(`${id} ${length}`, characters) ? 0 : 1);
          }
        },
      ),
      {numRuns: 150},
    );
  },
  async 'what many results are made of does not take them along when there is no room'() {
    const cache = createMemoryCache({maxEntries: 10});
    const calls = [];
    const settings = cache.cached(async () => void calls.push('settings'), {tags: ['settings']});
    const language = cache.cached(async () => (await settings(), 'en'), {tags: ['language']});
    const page = cache.cached(
      async (index) => {
        calls.push(index);
        await Promise.all([settings(), language()]);
      },
      {tags: ['page']},
    );
    const pages = [0, 1, 2, 3, 4, 5, 6, 7];
    for (const index of [...pages, ...pages]) await page(index);
    assert.deepEqual(calls, [0, 'settings', 1, 2, 3, 4, 5, 6, 7]);
    await cache.cached(async () => {}, {tags: ['newcomer']})();
    calls.length = 0;
    for (const index of [...pages.slice(1), 0]) await page(index);
    assert.deepEqual(calls, [0]);
  },
  async 'it never gives what is stale, whatever is dropped meanwhile'() {
    const step = fc.oneof(
      {weight: 6, arbitrary: fc.tuple(fc.constant('read'), fc.nat(3), fc.nat(9))},
      {weight: 1, arbitrary: fc.tuple(fc.constant('revalidate'), fc.nat(3), fc.nat(9))},
    );
    const check = async (maxEntries, steps) => {
      const cache = createMemoryCache({maxEntries});
      const versions = new Map();
      const name = (level, index) => `${level}/${index}`;
      /** What a result is: its version, and those of what it is made of. Each is made of two of the next level. */
      const expected = (level, index) => [
        versions.get(name(level, index)) ?? 0,
        ...(level < 3
          ? [expected(level + 1, index >> 1), expected(level + 1, (index >> 1) + 1)]
          : []),
      ];
      const levels = [3, 2, 1, 0].reduce((below, level) => {
        const read = cache.cached(
          async (index) => [
            versions.get(name(level, index)) ?? 0,
            ...(level < 3 ? [await below[0](index >> 1), await below[0]((index >> 1) + 1)] : []),
          ],
          {tags: (index) => [name(level, index)]},
        );
        return [read, ...below];
      }, []);
      for (const [what, level, index] of steps) {
        const key = name(level, index);
        if (what === 'revalidate') {
          versions.set(key, (versions.get(key) ?? 0) + 1);
          cache.revalidateTag(key);
        } else {
          assert.deepEqual(await levels[level](index), expected(level, index));
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(1, 2, 5, 12, 50), fc.array(step, {maxLength: 60}), check),
      {numRuns: 100},
    );
  },
  async 'a miss takes the same time, however much is kept'() {
    const {cached} = createMemoryCache({maxEntries: 100_000});
    const read = cached(async (index) => index, {tags: ['t']});
    for (let index = 0; index < 100_000; index++) void read(index);
    await withoutDelay(async () => {
      for (let index = 0; index < 20_000; index++) void read(-index);
    });
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
