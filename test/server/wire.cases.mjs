// Every kind of value that React's protocol has, from the browser's client to a server function and
// from its result back, beside React's own encoder and decoder used without this package.
import assert from 'node:assert/strict';
import {
  createTemporaryReferenceSet,
  decodeReply,
  renderToReadableStream,
} from 'react-server-dom-webpack/server';
import {loadServerManifest} from 'use-server-webpack-plugin/server';
import {bundledClient} from '../client/support/bundle.mjs';
import {runCases} from '../support/cases.mjs';
import {action, manifest, origin, root} from './support/app.mjs';
import {body, run} from './fixtures/app/src/dynamic.mjs';
import {dynamicApp, id} from './support/dynamicApp.mjs';

const production = process.env.NODE_ENV === 'production';
const client = await bundledClient();
const {react} = client;
const app = dynamicApp();
const serverManifest = loadServerManifest(manifest, {root});
const requests = [];
const callServer = client.createCallServer({
  async fetch(url, init) {
    requests.push(init.body);
    const request = new Request(new URL(url, origin), {...init, duplex: 'half'});
    request.headers.set('Sec-Fetch-Site', 'same-origin');
    return app.handle(request);
  },
});
const call = client.createServerReference(id, callServer);
const rejection = (promise) => Promise.resolve(promise).then(assert.fail, (reason) => reason);

/** To the server function, and what `look` sees of it there. */
async function up(value, look = shape) {
  let seen;
  body.run = async (...args) => void (seen = await look(args[0]));
  await call(value);
  return seen;
}
/** The same with React's encoder and decoder alone. */
async function reactUp(value, look = shape) {
  const encoded = await react.encodeReply([value], {
    temporaryReferences: react.createTemporaryReferenceSet(),
  });
  const args = await decodeReply(encoded, serverManifest, {
    temporaryReferences: createTemporaryReferenceSet(),
  });
  return look(args[0]);
}
/** From the server function to its caller. */
async function down(value, look = shape) {
  body.run = async () => ({value: typeof value === 'function' ? value() : value});
  return look((await call()).value);
}
async function reactDown(value, look = shape) {
  const stream = renderToReadableStream({value: typeof value === 'function' ? value() : value}, {});
  return look((await react.createFromReadableStream(stream, {callServer})).value);
}

/** A value as a tree that can be compared: what it is, what it holds, and which objects are the same. */
async function shape(value, seen = new Map()) {
  if (typeof value === 'symbol') return String(value);
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
  if (seen.has(value)) return {same: seen.get(value)};
  seen.set(value, seen.size);
  const all = async (values) => {
    const shapes = [];
    for (const item of values) shapes.push(await shape(item, seen));
    return shapes;
  };
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (typeof value === 'function') return {kind: 'function'};
  if (typeof value.then === 'function') {
    return {kind: 'Promise', settles: await shape(await value, seen)};
  }
  if (Array.isArray(value)) return all(value);
  if (value instanceof Date) return {kind, time: value.getTime()};
  if (value instanceof Map || value instanceof Set) return {kind, items: await all(value)};
  if (value instanceof FormData) return {kind, items: await all(value)};
  if (value instanceof Blob) {
    // A file in a result is a blob for React.
    return {type: value.type, bytes: [...new Uint8Array(await value.arrayBuffer())]};
  }
  if (value instanceof ArrayBuffer) return {kind, bytes: [...new Uint8Array(value)]};
  if (ArrayBuffer.isView(value)) {
    const {buffer, byteOffset, byteLength} = value;
    return {kind, bytes: [...new Uint8Array(buffer, byteOffset, byteLength)]};
  }
  if (value instanceof ReadableStream) return {kind, items: await all(await collect(value))};
  if (Symbol.asyncIterator in value) {
    const once = value[Symbol.asyncIterator]() === value;
    return {
      kind: once ? 'async iterator' : 'async iterable',
      items: await all(await collect(value)),
    };
  }
  if (Symbol.iterator in value) return {kind: 'iterator', items: await all(value)};
  if (value instanceof Error) return {kind, message: value.message};
  const members = {};
  for (const [key, item] of Object.entries(value)) members[key] = await shape(item, seen);
  return {kind, members};
}

const numbers = [1, -2, 300];
const typed = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
];
const textStream = () =>
  new ReadableStream({
    async start(controller) {
      controller.enqueue('one');
      await pause();
      controller.enqueue({two: 2});
      controller.close();
    },
  });
const byteStream = () =>
  new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      await pause();
      controller.enqueue(Uint8Array.of(0, 127, 128, 255));
      controller.close();
    },
  });
const asyncIterable = () => ({
  async *[Symbol.asyncIterator]() {
    yield 'one';
    await pause();
    yield new Map([['two', 2]]);
  },
});
const asyncIterator = () => asyncIterable()[Symbol.asyncIterator]();
const iterator = () => [1, 'two', new Date(3)].values();
const form = () => {
  const data = new FormData();
  data.append('a', '1');
  data.append('a', '2');
  data.append('ünï', '"\r\nü');
  data.append('file', new File(['file'], 'f.txt', {type: 'text/x'}));
  return data;
};
const shared = () => {
  const inner = {inner: true};
  return {first: inner, list: [inner, inner], map: new Map([['inner', inner]])};
};
const cyclic = () => {
  const parent = {name: 'parent', children: []};
  parent.children.push({name: 'child', parent}, parent);
  return parent;
};

/** Makes each value anew, because streams and iterators can be read once. */
const rows = {
  texts: () => ['', 'text', 'ünï🙂', '$', '$$1', '$undefined', '@', '\0\r\n"\\', '__proto__'],
  'a long text': () => 'ünï🙂'.repeat(5000),
  numbers: () => [0, 1, -1.5, 2 ** 53, 5e-324, Number.MAX_VALUE],
  NaN: () => Number.NaN,
  Infinity: () => Infinity,
  '-Infinity': () => -Infinity,
  '-0': () => -0,
  booleans: () => [true, false],
  null: () => null,
  undefined: () => undefined,
  'undefined in objects and arrays': () => ({a: undefined, b: [undefined, 1]}),
  'a bigint': () => [0n, -1n, 12345678901234567890n, 10n ** 250n],
  'a Date': () => [new Date(0), new Date(-1), new Date(1234567890123)],
  'an object': () => ({a: {b: {c: [1, {d: 2}]}}, 'e f': 1, $g: 2, '': 3}),
  'a Map': () =>
    new Map([
      [1, 'one'],
      ['1', 'text'],
      [{key: 1}, new Map([[null, undefined]])],
    ]),
  'a Set': () => new Set([1, '1', null, new Set([{a: 1}])]),
  'an ArrayBuffer': () => Uint8Array.of(0, 127, 128, 255).buffer,
  ...Object.fromEntries(
    typed.map((Type) => [
      `a ${Type.name}`,
      () => [Type.from(numbers), new Type(0), Type.from([9, ...numbers, 9]).subarray(1, 4)],
    ]),
  ),
  'a BigInt64Array': () => BigInt64Array.of(-1n, 2n ** 62n),
  'a BigUint64Array': () => BigUint64Array.of(1n, 2n ** 63n),
  'a DataView': () => new DataView(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2),
  'a Blob': () => new Blob(['blob', Uint8Array.of(0, 255)], {type: 'text/x'}),
  'a File': () => new File(['file'], 'f.txt', {type: 'text/x'}),
  'a FormData': form,
  'a ReadableStream of text and objects': textStream,
  'a ReadableStream of bytes': byteStream,
  'an async iterable': asyncIterable,
  'an async iterator': asyncIterator,
  'an iterator': iterator,
  'a promise': () => Promise.resolve({later: new Date(1)}),
  'a promise in a promise': () => ({outer: Promise.resolve({inner: pause().then(() => 'inner')})}),
  'a shared object': shared,
  'a shared promise': () => {
    const promise = pause().then(() => ({a: 1}));
    return [promise, promise];
  },
  'a cyclic object': cyclic,
  'a mixture': () => [new Map([['k', [new Set([1n, form()])]]]), {p: Promise.resolve(-0)}],
};

/** React leaves members out that are `undefined`; everything else arrives as it was. */
const changedByReact = new Set(['undefined in objects and arrays']);

const cases = {};
for (const [name, make] of Object.entries(rows)) {
  cases[`${name}: to the server, as with React alone`] = async () => {
    const arrived = await up(make());
    assert.deepEqual(arrived, await reactUp(make()));
    const same = changedByReact.has(name) ? assert.notDeepEqual : assert.deepEqual;
    same(arrived, await shape(make()));
  };
  cases[`${name}: back from the server, as with React alone`] = async () => {
    const arrived = await down(make);
    assert.deepEqual(arrived, await reactDown(make));
    const same = changedByReact.has(name) ? assert.notDeepEqual : assert.deepEqual;
    same(arrived, await shape(make()));
  };
}

await runCases({
  ...cases,
  async 'a server function with bound arguments: there and back, and it can be called at both ends'() {
    const echo = client.createServerReference(action('echo'), callServer);
    const results = [];
    body.run = async (fn) => {
      results.push(await fn('called'));
      return fn.bind(null, 'more');
    };
    const returned = await call(echo);
    assert.deepEqual(await returned('here'), ['more', 'here']);
    // What came back can go there again, with what is bound to it.
    body.run = async (fn) => fn('there');
    assert.deepEqual(await call(returned), ['more', 'there']);
    assert.deepEqual(results, [['called']]);
  },
  async 'a server function in a result comes back as a reference of the same id, one for each function'() {
    body.run = async () => run;
    const returned = await call();
    let seen;
    body.run = async (fn, again) => void (seen = [fn.$$id === run.$$id, fn === again, fn === run]);
    await call(returned, returned);
    assert.deepEqual(seen, [true, true, false]);
  },
  async 'a symbol from the registry comes back from the server; to the server it is opaque, as for React'() {
    assert.equal(await down(Symbol.for('shared'), (value) => value), Symbol.for('shared'));
    assert.equal(await reactDown(Symbol.for('shared'), (value) => value), Symbol.for('shared'));
    body.run = async (symbol) => symbol;
    const local = Symbol('local');
    assert.equal(await call(local), local);
    body.run = async () => Symbol('local');
    const reason = await rejection(call());
    assert.match(app.errors.splice(0)[0].error.message, /Only global symbols/);
    assert.ok(reason instanceof Error);
  },
  async 'an error as a value comes back, in production as a digest'() {
    const error = () => new RangeError('the reason', {cause: 'c'});
    const look = (value) => [value instanceof Error, value.message, value.name];
    const arrived = await down(error, look);
    assert.deepEqual(arrived, await reactDown(error, look));
    assert.equal(arrived[0], true);
    assert.equal(arrived[1] === 'the reason', !production);
    body.run = async (value) => value;
    const own = new Error('mine');
    assert.equal(await call(own), own);
  },
  async 'an object is sent once, however often it stands in the arguments'() {
    requests.length = 0;
    const inner = {text: 'x'.repeat(1000)};
    const identical = (value) => value[0] === value[1].deep && value[2].get('k') === value[0];
    assert.equal(await up([inner, {deep: inner}, new Map([['k', inner]])], identical), true);
    const text = [...requests[0].values()].join('');
    assert.ok(text.length < 1200, `${text.length}`);
    assert.equal(await down([inner, {deep: inner}], (value) => value[0] === value[1].deep), true);
    const isCyclic = (value) => value.children[0].parent === value && value.children[1] === value;
    assert.equal(await up(cyclic(), isCyclic), true);
    assert.equal(await down(cyclic, isCyclic), true);
  },
  async 'a file keeps its name on its way to the server'() {
    const look = async (file) => [file instanceof File, file.name, file.type, await file.text()];
    const file = () => new File(['file'], 'ünï"f.txt', {type: 'text/x'});
    assert.deepEqual(await up(file(), look), [true, 'ünï"f.txt', 'text/x', 'file']);
    const inForm = async (data) => look(data.get('file'));
    assert.deepEqual(await up(form(), inForm), [true, 'f.txt', 'text/x', 'file']);
  },
  async 'several arguments arrive in their places, also those that are left out'() {
    body.run = async (...args) => args;
    assert.deepEqual(await call(1, undefined, [2], undefined), [1, undefined, [2], undefined]);
    assert.deepEqual(await call(), []);
  },
  async 'a promise that rejects and a stream that breaks reach their consumer'() {
    body.run = async () => ({
      promise: Promise.reject(new Error('promise secret')),
      late: pause().then(() => Promise.reject(new Error('late secret'))),
      iterable: (async function* () {
        yield 1;
        throw new Error('iterable secret');
      })(),
      stream: new ReadableStream({
        async start(controller) {
          controller.enqueue('first');
          await pause();
          controller.error(new Error('stream secret'));
        },
      }),
      fine: 'fine',
    });
    const result = await call();
    assert.equal(result.fine, 'fine');
    const reasons = await Promise.all([
      rejection(result.promise),
      rejection(result.late),
      rejection(collect(result.iterable)),
      rejection(collect(result.stream)),
    ]);
    const reported = new Map(
      app.errors.splice(0).map(({error, digest}) => [digest, error.message]),
    );
    for (const [index, kind] of ['promise', 'late', 'iterable', 'stream'].entries()) {
      assert.equal(reported.get(reasons[index].digest), `${kind} secret`);
      assert.equal(reasons[index].message === `${kind} secret`, !production);
    }
    body.run = async () => ({
      iterable: (async function* () {
        yield 1;
        throw new Error('late');
      })(),
    });
    const {iterable} = await call();
    const iterator = iterable[Symbol.asyncIterator]();
    assert.deepEqual(await iterator.next(), {done: false, value: 1});
    await rejection(iterator.next());
    app.errors.splice(0);
  },
  async 'what cannot travel is rejected with what React says, before a request is made'() {
    requests.length = 0;
    const broken = () =>
      new ReadableStream({start: (own) => own.error(new Error('broken stream'))});
    const inaccessible = {
      get secret() {
        throw new Error('getter');
      },
    };
    for (const make of [
      () => inaccessible,
      () => Promise.reject(new Error('rejected argument')),
      broken,
      () =>
        (async function* () {
          yield 1;
          throw new Error('broken iterable');
        })(),
      () => ({'a:b': () => {}}),
      () => ({'a:b': Symbol('s')}),
      () => ({'a:b': {$$typeof: Symbol.for('react.transitional.element'), type: 'p', props: {}}}),
    ]) {
      const own = await rejection(call(make()));
      const temporaryReferences = react.createTemporaryReferenceSet();
      const expected = await rejection(react.encodeReply([make()], {temporaryReferences}));
      assert.equal(own.message, expected.message);
      assert.ok(!(own instanceof client.ServerFunctionRequestError));
    }
    assert.deepEqual(requests, []);
  },
  async 'what only the browser has comes back as itself, and says so when the server looks into it'() {
    class Local {
      field = 1;
    }
    for (const value of [() => {}, new Local(), new Error('e'), Symbol('s')]) {
      body.run = async (first) => ({first});
      assert.equal((await call(value)).first, value);
      assert.match(
        await up(value, (seen) => {
          try {
            return seen.message;
          } catch (error) {
            return error.message;
          }
        }),
        /temporary client reference/,
      );
    }
  },
});

function pause() {
  return new Promise((resolve) => setTimeout(resolve, 2));
}

async function collect(iterable) {
  const values = [];
  for await (const value of iterable) values.push(value);
  return values;
}
