// What becomes of arguments that cannot be sent.
import assert from 'node:assert/strict';
import {createElement} from 'react';
import {action, origin} from '../server/support/app.mjs';
import {dynamicApp, id} from '../server/support/dynamicApp.mjs';
import {body} from '../server/fixtures/app/src/dynamic.mjs';
import {runCases} from '../support/cases.mjs';
import {bundledClient} from './support/bundle.mjs';

const production = process.env.NODE_ENV === 'production';
const client = await bundledClient();
const app = dynamicApp();
let requests = 0;
const fetch = async (url, init) => {
  requests++;
  const request = new Request(new URL(url, origin), {...init, duplex: 'half'});
  request.headers.set('Sec-Fetch-Site', 'same-origin');
  return app.handle(request);
};
const rejection = (promise) => Promise.resolve(promise).then(assert.fail, (reason) => reason);

/** Calls the server function, and gives the warnings. */
async function warnings(args, options, run = async () => 'done') {
  body.run = run;
  const {warn} = console;
  const seen = [];
  console.warn = (text) => seen.push(text);
  try {
    await client.createCallServer({fetch, ...options})(id, args);
  } finally {
    console.warn = warn;
  }
  return seen;
}

class Decimal {
  digits = [1, 2];
  print = this.toString.bind(this);
}
const click = new Event('click');
const bound = () => client.createServerReference(id, client.callServer).bind(null, 1);

/**
 * Arguments, with the place and the kind of what cannot be sent.
 *
 * @type {Record<string, [args: any, path: string, kind: RegExp]>}
 */
const UNSENDABLE = {
  'an instance of a class': [[{price: new Decimal()}], 'argument 1, .price', /Decimal/],
  'a function': [[1, () => {}], 'argument 2', /function of the browser/],
  'a bound method of an instance': [[[new Decimal().print]], 'argument 1, [0]', /function/],
  'a browser`s event': [[click], 'argument 1', /event.*onClick=\{\(\) => save\(\)\}/],
  'an event of React': [
    [
      new (class E {
        nativeEvent = click;
      })(),
    ],
    'argument 1',
    /the event/,
  ],
  'an element': [[{a: [createElement('p')]}], 'argument 1, .a[0]', /React element/],
  'a symbol': [[{'odd key': Symbol('s')}], 'argument 1, ["odd key"]', /symbol/],
  'an object without a prototype': [[Object.create(null)], 'argument 1', /without a prototype/],
  'what a Map holds': [
    [{map: new Map([['a', new Decimal()]])}],
    'argument 1, .map (entries of a Map)[0][1]',
    /Decimal/,
  ],
  'what a Set holds': [[new Set([1, () => {}])], 'argument 1 (values of a Set)[1]', /function/],
  'what a promise gives': [
    [{p: Promise.resolve({x: new Decimal()})}],
    'argument 1, .p.x',
    /Decimal/,
  ],
  'what a stream gives': [
    () => [
      new ReadableStream({
        start(controller) {
          controller.enqueue({x: new Decimal()});
          controller.close();
        },
      }),
    ],
    'argument 1 (a piece of a stream).x',
    /of a class/,
  ],
};

/** A stream can be read once. */
const fresh = (args) => (typeof args === 'function' ? args() : args);

const unsendableCases = Object.entries(UNSENDABLE).flatMap(([name, [args, path, kind]]) => [
  [
    `${name} is warned of in development, once for a call, with its place`,
    async () => {
      const seen = await warnings(fresh(args), {});
      if (production) return assert.deepEqual(seen, []);
      assert.equal(seen.length, 1);
      assert.ok(seen[0].includes(`${path} is `), seen[0]);
      assert.match(seen[0], kind);
      assert.ok(seen[0].includes(id));
      assert.deepEqual(await warnings(fresh(args), {temporaryReferences: true}), []);
    },
  ],
  [
    `${name} rejects before a request where temporary references are off`,
    async () => {
      requests = 0;
      const call = client.createCallServer({
        fetch,
        temporaryReferences: false,
        onFailure: () => assert.fail('a mistake of the program is no failure'),
      });
      const error = await rejection(call(id, fresh(args)));
      assert.ok(error instanceof client.UnsendableArgumentError, String(error));
      assert.ok(error instanceof TypeError);
      assert.deepEqual([error.code, error.id, error.path], ['unsendable-argument', id, path]);
      assert.match(error.message, kind);
      assert.equal(requests, 0);
    },
  ],
]);

await runCases({
  ...Object.fromEntries(unsendableCases),
  async 'data, texts that look like placeholders, forms and references are neither warned of nor refused'() {
    const form = new FormData();
    form.append('$T', '"$T"');
    const reference = client.createServerReference(action('echo'), client.callServer);
    const cycle = {text: 'ü'};
    cycle.self = cycle;
    const args = [
      '$T',
      {$T: '"$T"'},
      ['$$T'],
      form,
      cycle,
      reference,
      new Map([['$T', new Set(['$T'])]]),
      new Date(0),
      new Uint8Array(3),
      new Blob(['"$T"']),
      10n,
      null,
      undefined,
      Promise.resolve('$T'),
      new URLSearchParams('a=$T'),
    ];
    let received;
    const seen = await warnings(args, {temporaryReferences: false}, async (...all) => {
      received = all;
    });
    assert.deepEqual(seen, []);
    assert.deepEqual(received.slice(0, 3), args.slice(0, 3));
    assert.deepEqual(await warnings(args, {}), []);
  },
  async 'all that cannot be sent is in one warning, and the last ones are counted'() {
    const seen = await warnings([Array.from({length: 8}, () => new Decimal())], {});
    if (production) return assert.deepEqual(seen, []);
    assert.equal(seen.length, 1);
    assert.match(seen[0], /\[0\] is[^]*\[4\] is[^]*and 3 more/);
    assert.ok(!seen[0].includes('[5] is'));
  },
  async 'a reference that was bound in the browser is refused wherever it stands, whatever is allowed'() {
    for (const [arg, path] of [
      [bound(), 'argument 1'],
      [{save: [bound()]}, 'argument 1, .save[0]'],
      [bound().bind(null, 2), 'argument 1'],
    ]) {
      for (const temporaryReferences of [undefined, true, false]) {
        requests = 0;
        const options = temporaryReferences === undefined ? {} : {temporaryReferences};
        const error = await rejection(client.createCallServer({fetch, ...options})(id, [arg]));
        assert.ok(error instanceof client.UnsendableArgumentError, String(error));
        assert.equal(error.path, path);
        assert.match(error.message, /bound in the browser/);
        assert.equal(requests, 0);
      }
    }
  },
  async 'a reference that is bound in the browser is called with its arguments all the same'() {
    body.run = async (...args) => args;
    const reference = client.createServerReference(id, client.createCallServer({fetch}));
    assert.deepEqual(await reference.bind(null, 1)(2), [1, 2]);
    assert.deepEqual(await reference.bind(null, 1).bind(null, 2)(3), [1, 2, 3]);
  },
  async 'a reference from the server, bound or not, can be sent back'() {
    body.run = async (call) => call('more');
    const callServer = client.createCallServer({fetch, temporaryReferences: false});
    const fromServer = await callServer(action('makeBound'), ['kept']);
    assert.deepEqual(await callServer(id, [fromServer]), ['kept', 'more']);
  },
  async 'what was sent comes back as a copy, what cannot be sent as itself'() {
    body.run = async (arg) => arg;
    const callServer = client.createCallServer({fetch, temporaryReferences: true});
    const data = {list: [1]};
    const copy = await callServer(id, [data]);
    assert.deepEqual(copy, data);
    assert.notEqual(copy, data);
    const opaque = {instance: new Decimal(), click: () => {}};
    const {instance, click: returnedClick} = await callServer(id, [opaque]);
    assert.equal(instance, opaque.instance);
    assert.equal(returnedClick, opaque.click);
  },
  'an option that is neither true nor false is refused'() {
    for (const temporaryReferences of [null, 'warn', 0]) {
      assert.throws(() => client.createCallServer({temporaryReferences}), /true or false/);
    }
  },
});
