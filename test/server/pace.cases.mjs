// Streams in results are taken from as fast as the client reads, and arrive whole.
import assert from 'node:assert/strict';
import {createElement} from 'react';
import {createMemoryCache, revalidatePath} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {readResult} from './support/app.mjs';
import {dynamicApp} from './support/dynamicApp.mjs';

const pause = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));
/** No half of a character at its end: no encoding of Unicode has one. */
const text = (index, size = 5000) =>
  `${index}:`.padEnd(size, 'äx😀').replace(/[\ud800-\udbff]$/, '');
/** So much that the answer has to wait for its client many times. */
const COUNT = 300;

async function* generate(count = COUNT, state = {}) {
  try {
    for (state.given = 0; state.given < count; state.given++) yield text(state.given);
    return 'end';
  } finally {
    state.closed = true;
  }
}
const bytesOf = (index) => new TextEncoder().encode(text(index));
function streamOf(make, options = {}) {
  let index = 0;
  return new ReadableStream({
    ...options,
    async pull(controller) {
      await pause();
      if (index < COUNT) controller.enqueue(make(index++));
      else controller.close();
    },
  });
}

/** The same answer, through a client that rests between its reads. */
function slowly(response) {
  const reader = response.body.getReader();
  const body = new ReadableStream({
    async pull(controller) {
      await pause(Math.random() < 0.1 ? 2 : 0);
      const {done, value} = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return new Response(body, response);
}

const all = (make) => Array.from({length: COUNT}, (_, index) => make(index));
async function collect(source) {
  const items = [];
  for await (const item of source) items.push(item);
  return items;
}
const joined = (pieces) => Buffer.concat(pieces).toString();

/** Reads nothing until nothing happens any more. */
async function untilStill(state) {
  for (let before = -1; before !== state.given;) {
    before = state.given;
    await pause(30);
  }
}

await runCases({
  async 'a client that reads slowly gets everything once and in order'() {
    const app = dynamicApp();
    const response = await app.call(async () => ({
      generator: generate(),
      texts: streamOf(text),
      bytes: streamOf(bytesOf),
      later: pause(5).then(() => ({inside: generate()})),
      map: new Map([['many', Array.from({length: 20}, () => generate(30))]]),
      nested: (async function* () {
        for (let index = 0; index < 20; index++) yield generate(20);
      })(),
    }));
    const result = await readResult(slowly(response));
    const {inside} = await result.later;
    const expected = all(text);
    const [generator, texts, bytes, later, many, nested] = await Promise.all([
      collect(result.generator),
      collect(result.texts),
      collect(result.bytes),
      collect(inside),
      Promise.all(result.map.get('many').map(collect)),
      collect(result.nested).then((inner) => Promise.all(inner.map(collect))),
    ]);
    assert.deepEqual(generator, expected);
    assert.deepEqual(texts, expected);
    assert.equal(joined(bytes), expected.join(''));
    assert.deepEqual(later, expected);
    for (const items of many) assert.deepEqual(items, expected.slice(0, 30));
    assert.equal(many.length, 20);
    for (const items of nested) assert.deepEqual(items, expected.slice(0, 20));
    assert.equal(nested.length, 20);
    assert.deepEqual(app.errors, []);
    // Alone: React's client hands over the buffer of what it received, whatever else is in it.
    const byteStream = await app.call(async () => streamOf(bytesOf, {type: 'bytes'}));
    assert.equal(joined(await collect(await readResult(slowly(byteStream)))), expected.join(''));
  },
  async 'long and short texts of every alphabet arrive as they were'() {
    const halves = '\ud83d\ude00'.repeat(200_000);
    const texts = [halves, `x${halves}`, 'ä'.repeat(300_000), '€'.repeat(70_000), '', 'x', '\0\n'];
    for (let size = 1; size < 5000; size += 37) texts.push(text(size, size));
    const app = dynamicApp();
    const result = await readResult(
      slowly(await app.call(async () => ({texts, later: pause().then(() => texts)}))),
    );
    assert.deepEqual(result.texts, texts);
    assert.deepEqual(await result.later, texts);
  },
  async 'the return value, and the error, of a generator arrive'() {
    const app = dynamicApp();
    const ending = await readResult(await app.call(async () => generate(200)));
    const iterator = ending[Symbol.asyncIterator]();
    for (let index = 0; index < 200; index++) await iterator.next();
    assert.deepEqual(await iterator.next(), {done: true, value: 'end'});

    const failing = async function* () {
      yield* generate(200);
      throw new Error('late');
    };
    const items = await readResult(await app.call(async () => failing()));
    await assert.rejects(collect(items));
    assert.deepEqual(
      app.errors.map(({error}) => error.message),
      ['late'],
    );
  },
  async 'a generator stands still while the client does, and is closed when it goes away'() {
    const app = dynamicApp();
    const state = {};
    const response = await app.call(async () => generate(Infinity, state));
    const reader = response.body.getReader();
    await reader.read();
    await untilStill(state);
    assert.ok(state.given > 0 && state.given < 200, String(state.given));
    const before = state.given;
    for (let index = 0; index < 100; index++) await reader.read();
    await untilStill(state);
    assert.ok(state.given > before + 50, String(state.given));
    assert.equal(state.closed, undefined);
    await reader.cancel();
    await pause(10);
    assert.equal(state.closed, true);
  },
  async 'the deadline ends a generator that waits for its client'() {
    const app = dynamicApp({timeout: 200});
    const state = {};
    const response = await app.call(async () => ({items: generate(Infinity, state)}));
    const result = await readResult(response);
    const iterator = result.items[Symbol.asyncIterator]();
    await pause(250);
    assert.equal(state.closed, true);
    await assert.rejects(async () => {
      for (;;) await iterator.next();
    });
    assert.deepEqual(
      app.errors.map(({error}) => error.name),
      ['CallTimeoutError'],
    );
  },
  async 'streams that take their time do not hold others up'() {
    const app = dynamicApp();
    const {promise: never} = Promise.withResolvers?.() ?? {promise: new Promise(() => {})};
    const silent = () => new ReadableStream({pull: () => never});
    const response = await app.call(async () => ({
      silent: Array.from({length: 50}, silent),
      ready: generate(20),
    }));
    const {ready} = await readResult(response);
    assert.equal((await collect(ready)).length, 20);
  },
  async 'so it is in the page beside the result, in what its components return'() {
    const states = [{given: 0}, {given: 0}];
    async function List() {
      await pause();
      return createElement('ul', null, generate(COUNT, states[0]));
    }
    const Direct = () => generate(COUNT, states[1]);
    const app = dynamicApp({
      cache: createMemoryCache(),
      renderPage: () => createElement('div', null, createElement(List), createElement(Direct)),
    });
    const response = await app.call(
      async () => {
        revalidatePath('/');
      },
      {headers: {'X-Action-Page': '/notes'}},
    );
    const given = () => states.reduce((sum, state) => sum + state.given, 0);
    await untilStill({
      get given() {
        return given();
      },
    });
    assert.ok(given() > 0 && given() < 100, `${given()} items`);
    const received = await slowly(response).text();
    for (const index of [0, COUNT - 1])
      assert.equal(received.split(`,${index}:`.padEnd(50, 'äx😀')).length, 3);
    for (const state of states) assert.equal(state.given, COUNT);
  },
  async 'an iterable that several answers share goes at the pace of each, and its own on the server'() {
    const app = dynamicApp();
    const states = [];
    const feed = {
      async *[Symbol.asyncIterator]() {
        const state = {};
        states.push(state);
        yield* generate(COUNT, state);
      },
    };
    const waiting = await app.call(async () => ({feed}));
    const reader = waiting.body.getReader();
    await reader.read();
    await untilStill(states[0]);
    const read = readResult(await app.call(async () => ({feed})));
    assert.deepEqual(await collect((await read).feed), all(text));
    assert.deepEqual(await collect(feed), all(text));
    assert.ok(states[0].given < 100);
    await reader.cancel();
  },
  async 'a frozen iterable is refused with what to write'() {
    const app = dynamicApp();
    for (const frozen of [
      Object.freeze({[Symbol.asyncIterator]: () => generate(1)}),
      Object.freeze(streamOf(text)),
    ]) {
      await assert.rejects(async () => readResult(await app.call(async () => frozen)));
      assert.match(app.errors.pop().error.message, /holds a frozen .*, which cannot be read/);
    }
    const list = Object.freeze(Object.assign([1, 2], {[Symbol.asyncIterator]: () => generate(1)}));
    assert.deepEqual(await readResult(await app.call(async () => [...list, list].length)), 3);
    assert.deepEqual(await readResult(await app.call(async () => ({list}))), {list: [1, 2]});
  },
});
process.exit();
