// Results that would give megabytes without end to a client that reads nothing.
import {createElement} from 'react';

/** Bytes that each of them can give in all: so many that it shows if they are kept. */
const TOTAL = 64e6;
const pause = () => new Promise((resolve) => setImmediate(resolve));

/** What has been taken from all sources since it was set to 0. */
export const taken = {bytes: 0};

/** Takes from a source, unless it has given enough. */
function take(size) {
  if (taken.bytes >= TOTAL) return false;
  taken.bytes += size;
  return true;
}

async function* generate(make, size, wait = pause) {
  while (take(size)) {
    yield make(size);
    await wait();
  }
}

const text = (size) => Buffer.alloc(size, 'x').toString();
const bytes = (size) => new Uint8Array(size);
const note = (size) => ({id: taken.bytes, text: text(size), tags: ['a', 'b']});
/** Without ever leaving the turn of the event loop. */
const atOnce = () => {};

function streamOf(make, size, options = {}) {
  return new ReadableStream({
    ...options,
    async pull(controller) {
      await pause();
      if (take(size)) controller.enqueue(make(size));
      else controller.close();
    },
  });
}

async function* generateGenerators() {
  while (take(50)) yield generate(text, 1000);
}

/** An iterable that makes a new iterator each time, as a class of an app may. */
class Feed {
  [Symbol.asyncIterator]() {
    return generate(note, 3000);
  }
}

async function Ticker() {
  await pause();
  return createElement(
    'ul',
    null,
    generate((size) => createElement('li', null, text(size)), 2000),
  );
}

/** By what they are. Each is a server function. */
export const endlessResults = {
  'an async generator of strings': () => generate(text, 20_000),
  'an async generator of short strings': () => generate(text, 20),
  'an async generator that never waits': () => generate(text, 1000, atOnce),
  'an async generator of objects': () => generate(note, 5000),
  'an async generator of objects that never waits': () => generate(note, 5000, atOnce),
  'an async generator of long strings': () => generate(text, 500_000),
  'an async generator of bytes': () => generate(bytes, 50_000),
  'an iterable': () => new Feed(),
  'a stream of strings': () => streamOf(text, 20_000),
  'a stream of bytes': () => streamOf(bytes, 20_000),
  'a byte stream': () => streamOf(bytes, 20_000, {type: 'bytes'}),
  'a stream in a promise in a map': () => new Map([['x', Promise.resolve([streamOf(text, 2000)])]]),
  'a generator of generators': () => generateGenerators(),
  'a generator of promises of streams': () =>
    generate(async () => ({inside: streamOf(text, 5000)}), 100),
  'many generators': () => Array.from({length: 100}, () => generate(text, 5000)),
  'many streams': () => Array.from({length: 100}, () => streamOf(bytes, 5000)),
  'a Server Component that holds a generator': () => createElement(Ticker),
};
