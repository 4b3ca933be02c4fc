// What is recorded of values and calls: as they were, within bounds, and without touching anything.
import assert from 'node:assert/strict';
import {Calls} from '../../dist/src/inspector/calls.js';
import {asCurl} from '../../dist/src/inspector/page/curl.js';
import {maskCookie, maskHeader} from '../../dist/src/inspector/secrets.js';
import {snapshot} from '../../dist/src/inspector/snapshot.js';
import {runCases} from '../support/cases.mjs';

const unhandled = [];
process.on('unhandledRejection', (error) => unhandled.push(error));
const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

const request = {
  method: 'POST',
  url: 'http://localhost/rsc-action',
  headers: [
    ['cookie', 'session=abc; theme=dark'],
    ['authorization', 'Bearer abc'],
    ['accept', 'text/x-component'],
  ],
  address: undefined,
};
const nothing = () => {};
const begin = (calls, listen = nothing) => calls.begin('call', request, listen);

/** Fails the case when anything of a value is asked for. */
function touchy() {
  const touched = [];
  const trap = (name) => () => void touched.push(name);
  const proxy = new Proxy(() => {}, {
    ...Object.fromEntries(
      ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'apply'].map(
        (name) => [name, trap(name)],
      ),
    ),
  });
  const value = {
    proxy,
    get getter() {
      touched.push('getter');
      return 1;
    },
    toJSON: trap('toJSON'),
    toString: trap('toString'),
    then: trap('then'),
    [Symbol.toPrimitive]: trap('toPrimitive'),
    [Symbol.iterator]: trap('iterator'),
    [Symbol.asyncIterator]: trap('asyncIterator'),
    [Symbol.for('nodejs.util.inspect.custom')]: trap('inspect'),
  };
  return {value, touched};
}

await runCases({
  'plain values are shown as they are'() {
    const {kind, text, entries} = snapshot({title: 'Milk', count: 2n, at: new Date(0), none: null});
    assert.deepEqual([kind, text], ['object', 'Object']);
    assert.deepEqual(entries, [
      ['title', {kind: 'string', text: 'Milk'}],
      ['count', {kind: 'number', text: '2n'}],
      ['at', {kind: 'date', text: '1970-01-01T00:00:00.000Z'}],
      ['none', {kind: 'constant', text: 'null'}],
    ]);
    assert.equal(snapshot(-0).text, '-0');
    assert.equal(snapshot(new Map([['a', 1]])).entries[0][0], '"a"');
    assert.equal(snapshot(Object.assign(new Error('no'), {code: 7})).text, 'Error: no');
    const form = new FormData();
    form.append('file', new File(['abc'], 'a.txt', {type: 'text/plain'}));
    assert.match(snapshot(form).entries[0][1].text, /^File a\.txt \(3 bytes, text\/plain\)$/);
  },
  async 'no getter, trap, method or iterator of a value runs'() {
    const {value, touched} = touchy();
    for (const one of [value, [value], new Map([[value, value]]), new Set([value])]) {
      snapshot(one, {promise: nothing, iterable: nothing});
    }
    class Own extends Map {
      entries() {
        touched.push('entries');
      }
      get size() {
        touched.push('size');
        return 0;
      }
    }
    snapshot(new Own([[1, 2]]));
    const array = [1];
    Object.defineProperty(array, 0, {get: () => void touched.push('index')});
    snapshot(array);
    snapshot(Object.defineProperty(new Error(), 'message', {get: () => touched.push('message')}));
    snapshot(Object.create(value.proxy));
    await turn();
    assert.deepEqual(touched, []);
  },
  async 'a promise that rejects is nothing new, and nothing waits for one in the arguments'() {
    const calls = new Calls();
    const recorder = begin(calls);
    let asked = 0;
    const promise = new Promise(nothing);
    promise.then = () => void asked++;
    recorder.decoded('a.js#a', [promise]);
    assert.equal(asked, 0);
    const rejected = Promise.reject(new Error('handled by the server'));
    rejected.catch(nothing);
    recorder.returned({rejected});
    await turn();
    assert.deepEqual(unhandled, []);
  },
  async 'a promise of a class of the app makes no other, and no member of an error is asked for'() {
    const touched = [];
    class Lazy extends Promise {
      constructor(work) {
        super(work);
        touched.push('constructor');
      }
    }
    const lazy = Lazy.resolve(1);
    const own = Object.defineProperty(Promise.resolve(1), 'constructor', {
      get: () => touched.push('own constructor'),
    });
    class Failure extends Error {
      get code() {
        return touched.push('code');
      }
      get status() {
        return touched.push('status');
      }
    }
    touched.length = 0;
    const recorder = begin(new Calls());
    recorder.decoded('src/actions.js#run', []);
    recorder.returned([lazy, own]);
    recorder.failed(new Failure('no'), undefined);
    await turn();
    assert.deepEqual(touched, []);
    assert.equal(recorder.record.errors[0].message, 'no');
  },
  async 'a promise that nobody looks at, since it is not sent, stays unhandled when it rejects'() {
    const rejected = (name) => Promise.reject(new Error(name));
    class Note {
      text = rejected('class');
    }
    const recorder = begin(new Calls());
    recorder.decoded('src/actions.js#run', []);
    recorder.returned([
      new Note(),
      {[Symbol('key')]: rejected('symbol')},
      Object.defineProperty({}, 'hidden', {value: rejected('hidden')}),
      Object.assign(new Error('no'), {more: rejected('error')}),
      {sent: rejected('sent')},
    ]);
    await turn();
    const messages = unhandled.splice(0).map(({message}) => message);
    assert.deepEqual(new Set(messages), new Set(['class', 'symbol', 'hidden', 'error']));
    assert.deepEqual(recorder.record.streamed, []);
  },
  async 'what has the prototype of what it is not shows as that, and ends no process'() {
    const recorder = begin(new Calls());
    recorder.decoded('src/actions.js#run', []);
    recorder.returned({later: Promise.resolve(Object.create(URL.prototype))});
    await turn();
    assert.deepEqual(recorder.record.streamed[0][1].kind, 'opaque');
    assert.deepEqual(unhandled, []);
  },
  'a request as a line for a shell makes the shell and curl read nothing else'() {
    const line = asCurl(
      {method: '`id`', url: "http://localhost/{a,b}?'$(id)"},
      [['x', "'; id"]],
      '@/etc/passwd',
    );
    assert.deepEqual(line.split(' \\\n  '), [
      String.raw`curl 'http://localhost/{a,b}?'\''$(id)' --globoff -X '` + "`id`'",
      String.raw`-H 'x: '\''; id'`,
      "--data-raw '@/etc/passwd'",
    ]);
  },
  async 'what promises and iterables of a result give is recorded when it is there'() {
    const listeners = [];
    const calls = new Calls();
    const recorder = begin(calls, (iterable, listener) => listeners.push(listener));
    recorder.decoded('a.js#a', []);
    async function* items() {}
    recorder.returned({later: Promise.resolve({deep: Promise.resolve(1)}), items: items()});
    listeners[0]({done: false, value: 'one'});
    listeners[0]({done: true, value: 'end'});
    listeners[0](new Proxy({}, {get: () => assert.fail('asked')}));
    await turn();
    const seen = recorder.record.streamed.map(([where, {text}]) => [where, text]);
    assert.deepEqual(seen, [
      ['items #1', 'one'],
      ['later', 'Object'],
      ['deep', '1'],
    ]);
  },
  'cycles end, and one object may be in two places'() {
    const shared = {a: 1};
    const value = {one: shared, two: shared};
    value.self = value;
    const {entries} = snapshot(value);
    assert.deepEqual(entries[0][1], entries[1][1]);
    assert.deepEqual(entries[2][1], {kind: 'opaque', text: 'Circular'});
  },
  'large values are cut, and say how much is missing'() {
    assert.equal(snapshot('x'.repeat(10_000)).more, 8000);
    assert.equal(snapshot(new Array(1_000_000).fill(0)).more, 999_950);
    assert.equal(snapshot(new Array(2 ** 32 - 1)).more, 2 ** 32 - 1 - 50);
    const wide = Object.fromEntries(
      Array.from({length: 1000}, (_, i) => [`k${i}`, 'y'.repeat(9000)]),
    );
    let deep = {};
    for (let i = 0; i < 100_000; i++) deep = {deep, wide};
    for (const value of [wide, [wide, wide, wide], deep, new Map([[1, deep]])]) {
      assert.ok(JSON.stringify(snapshot(value)).length < 150_000);
    }
    assert.ok(snapshot(new Uint8Array(100_000_000)).text === 'Uint8Array(100000000)');
  },
  async 'a record changes no more when its value does, and keeps nothing of it'() {
    const calls = new Calls();
    const recorder = begin(calls);
    const value = {title: 'before'};
    recorder.decoded('a.js#a', [value]);
    value.title = 'after';
    assert.equal(recorder.record.called.args[0].entries[0][1].text, 'before');
    const text = JSON.stringify(recorder.record);
    assert.deepEqual(JSON.parse(text), structuredClone(recorder.record));
  },
  async 'the latest calls are remembered, up to a number and a size'() {
    const calls = new Calls();
    const told = [];
    calls.listen((message) => told.push(message));
    for (let i = 0; i < 1000; i++) begin(calls).decoded('a.js#a', [i]);
    assert.equal(calls.all().length, 200);
    assert.equal(calls.all().at(-1).number, 1000);
    assert.equal(calls.find(1), undefined);
    const large = new Uint8Array(99_000);
    for (let i = 0; i < 150; i++) begin(calls).received(large);
    await new Promise((resolve) => setTimeout(resolve, 120));
    assert.ok(calls.all().length <= 81, `${calls.all().length}`);
    assert.equal(told.at(-1).record.number, 1150);
    calls.clear();
    assert.deepEqual(calls.all(), []);
    assert.equal(told.at(-1).type, 'cleared');
  },
  'nothing of a large text or body is kept beyond what is shown'() {
    const calls = new Calls();
    const used = () => (globalThis.gc(), process.memoryUsage());
    const before = used();
    for (let i = 0; i < 100; i++) {
      const recorder = begin(calls);
      recorder.received(Buffer.alloc(2_000_000).subarray(0, 10));
      recorder.decoded('a.js#a', [`${i}${'x'.repeat(2_000_000)}`]);
      recorder.failed(new Error(`${i}${'y'.repeat(2_000_000)}`), 'a.js#a');
      recorder.returned({items: [`${i}${'z'.repeat(2_000_000)}`]});
    }
    const after = used();
    const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
    assert.ok(grown < 30_000_000, `${grown / 1e6} MB`);
  },
  'a body that is too large is not kept'() {
    const recorder = begin(new Calls());
    recorder.received(new Uint8Array(100_001));
    assert.equal(recorder.kept.body, undefined);
    assert.equal(recorder.record.canRepeat, false);
    assert.equal(recorder.record.received, 100_001);
  },
  'what is told of late streams is bounded'() {
    const recorder = begin(new Calls(), (_, listener) => {
      for (let i = 0; i < 100_000; i++) listener({done: false, value: i});
    });
    recorder.decoded('a.js#a', []);
    async function* items() {}
    recorder.returned(items());
    assert.equal(recorder.record.streamed.length, 50);
    assert.equal(recorder.record.moreStreamed, 99_950);
  },
  'cookies and tokens are masked'() {
    assert.deepEqual(begin(new Calls()).record.headers, [
      ['cookie', 'session=••••; theme=••••'],
      ['authorization', 'Bearer ••••'],
      ['accept', 'text/x-component'],
    ]);
    assert.equal(maskHeader('x-api-key', 'abc'), '••••');
    assert.equal(maskHeader('X-CSRF-Token', 'abc'), '••••');
    assert.equal(maskCookie('a=b; Path=/; HttpOnly'), 'a=••••; Path=/; HttpOnly');
  },
});
