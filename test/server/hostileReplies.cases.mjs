// Bodies that are well-formed, small and complete, and that React alone does not survive.
import assert from 'node:assert/strict';
import * as client from 'react-server-dom-webpack/client.edge';
import {runCases} from '../support/cases.mjs';
import {body} from './fixtures/app/src/dynamic.mjs';
import {
  action,
  assertRefused,
  callRequest,
  manifest,
  readResult,
  root,
  takeCalls,
} from './support/app.mjs';
import {createHandler} from './support/door.mjs';
import {kinds, replies} from './support/hostileReplies.mjs';
import {watched} from './support/watched.mjs';

const dynamicId = 'src/dynamic.mjs#run';
const handler = (options = {}) =>
  createHandler({
    manifest: {
      ...manifest,
      [dynamicId]: {id: 'src/dynamic.mjs', chunks: [], name: 'run', async: true},
    },
    root,
    onError() {},
    ...options,
  });
const handle = handler();

/** A call of the function of `dynamic.mjs`, with fields as they are or with arguments. */
async function call(run, args, own = handle) {
  body.run = run;
  return own(await callRequest(dynamicId, Array.isArray(args) ? args : {raw: formOf(args)}));
}
function formOf({fields}) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}
const send = (name, run = async (...args) => args, own) => call(run, {fields: replies[name]}, own);

await runCases(
  watched({
    // Streams
    async 'an empty stream of bytes arrives as one'() {
      const read = async (stream) => new Response(stream).text();
      const empty = new ReadableStream({type: 'bytes', start: (controller) => controller.close()});
      assert.equal(await readResult(await call(read, [empty])), '');
      assert.equal(await readResult(await send('emptyBytes', read)), '');
      const bytes = new Response('text').body;
      assert.equal(await readResult(await call(read, [bytes])), 'text');
    },
    async 'a stream that is cancelled at once, or in the middle, ends nothing but itself'() {
      const chunks = Array.from({length: 200}, (_, index) => new Uint8Array([index]));
      const sources = {
        bytes: () => new Response('text').body,
        values: () => ReadableStream.from(chunks),
        late: () => Promise.resolve([ReadableStream.from(chunks)]),
      };
      const leave = {
        'at once': async (stream) => stream.cancel(),
        'after one': async (stream) => {
          for await (const chunk of stream) return chunk.length;
        },
      };
      for (const source of Object.values(sources)) {
        for (const end of Object.values(leave)) {
          const run = async (given) => {
            const value = await given;
            await end(Array.isArray(value) ? value[0] : value);
            return 'ended';
          };
          assert.equal(await readResult(await call(run, [source()])), 'ended');
        }
      }
      const cancel = async (promise) => void (await (await promise)[0].cancel());
      assert.equal(await readResult(await send('lateBytes', cancel)), undefined);
    },
    async 'a piece of a stream that may come late and fail is refused'() {
      for (const name of kinds.lateFailures) {
        await assertRefused(await send(name), 400, 'malformed-body');
      }
    },
    async 'a stream of values with bytes in them arrives, and so does one of what stands elsewhere too'() {
      const read = async (stream) => {
        const values = [];
        for await (const value of stream) values.push(value);
        return values;
      };
      const pieces = [
        {name: '$1', bytes: new Uint8Array([1]), at: new Date(0), big: 12n},
        [new Float64Array([1.5]), -0, NaN],
      ];
      const streamed = await readResult(await call(read, [ReadableStream.from(pieces)]));
      assert.deepEqual(streamed, pieces);
      const shared = {id: 1};
      const both = async (one, stream) => (await read(stream))[0] === one;
      const args = [shared, ReadableStream.from([shared])];
      assert.equal(await readResult(await call(both, args)), true);
    },
    async 'a function with bound arguments in a stream, which could only be made later, is refused'() {
      for (const name of ['lateFunction', 'lateFunctionBehindRows']) {
        await assertRefused(await send(name), 400, 'malformed-body');
      }
      const plain = client.createServerReference(action('echo'));
      const run = async (stream) => {
        for await (const piece of stream) return (await piece('called'))[0];
      };
      assert.equal(await readResult(await call(run, [ReadableStream.from([plain])])), 'called');
      await takeCalls();
    },
    async 'a stream of bytes that is anything but one file is refused'() {
      const bodies = [
        [
          ['2', new Blob(['a'])],
          ['3', new Blob(['b'])],
          ['S1', '"$o2"'],
          ['S1', '"$o3"'],
          ['S1', 'C'],
        ],
        [
          ['2', '"$o3"'],
          ['3', new Blob(['b'])],
          ['S1', '"$2"'],
          ['S1', 'C'],
        ],
        [
          ['S1', '"text"'],
          ['S1', 'C'],
        ],
        [
          ['S1', '{"byteLength":1}'],
          ['S1', 'C'],
        ],
        [
          ['2', '"text"'],
          ['S1', '"$o2"'],
          ['S1', 'C'],
        ],
      ];
      for (const fields of bodies) {
        const response = await call(async () => {}, {fields: [['0', '["$r1"]'], ...fields]});
        await assertRefused(response, 400, 'malformed-body');
      }
    },
    async 'a file that is asked for as a file and as bytes is refused'() {
      const fields = [
        ['0', '["$B1","$o1"]'],
        ['1', new Blob(['a'])],
      ];
      await assertRefused(await call(async () => {}, {fields}), 400, 'malformed-body');
    },
    async 'a file that is passed on is a file like any other'() {
      const run = async (file) => {
        const failure = file.arrayBuffer().then(() => {
          throw new Error('of the app');
        });
        return [await file.text(), file.name, await failure.catch((error) => error.message)];
      };
      const result = await readResult(await call(run, [new File(['text'], 'a.txt')]));
      assert.deepEqual(result, ['text', 'a.txt', 'of the app']);
    },

    // Bound arguments
    async 'a function whose bound arguments wait for it is refused, and the text says why'() {
      for (const name of kinds.endlessBinding) {
        await assertRefused(await send(name), 400, 'malformed-body');
      }
      // React's own client writes it, and its server waits for ever.
      const shared = {id: 1};
      const save = client.createServerReference(action('echo')).bind(null, shared);
      const response = await call(async () => {}, [shared, save]);
      assert.match(await response.clone().text(), /must not be bound as well/);
      await assertRefused(response, 400, 'malformed-body');
    },
    async 'the same in a form is refused'() {
      const form = formOf({
        fields: [
          ['$ACTION_REF_1', ''],
          ['$ACTION_1:0', `{"id":"${action('submit')}","bound":"$@1"}`],
          ['$ACTION_1:1', '["$h0"]'],
        ],
      });
      const headers = {'Sec-Fetch-Site': 'same-origin'};
      const request = new Request('http://app.test/', {method: 'POST', body: form, headers});
      await assertRefused(await handle(request), 400, 'malformed-body');
    },
    async 'functions that are bound to one another, to one object, or nested, arrive'() {
      const echo = client.createServerReference(action('echo'));
      const shared = {id: 1};
      const inner = echo.bind(null, shared);
      const args = [inner, echo.bind(null, inner, shared), {deep: [echo.bind(null, [inner])]}];
      const run = async (first, second, {deep}) => {
        const [nested] = await second();
        const [[viaDeep]] = await deep[0]();
        return [await first(), await nested(), await viaDeep()];
      };
      const result = await readResult(await call(run, args));
      assert.deepEqual(result, [[{id: 1}], [{id: 1}], [{id: 1}]]);
      await takeCalls();
    },

    // Promises
    async 'a promise that gives a promise, and so may give itself, is refused'() {
      for (const name of kinds.endlessPromises) {
        await assertRefused(await send(name), 400, 'malformed-body');
      }
    },
    async 'promises in promises, of what stands elsewhere, and of the same value, arrive and go back'() {
      const shared = {id: 1};
      const once = Promise.resolve(shared);
      const args = [once, once, Promise.resolve([Promise.resolve('deep')]), shared];
      const run = async (...all) => ({same: (await all[0]) === (await all[1]), all});
      const {same, all} = await readResult(await call(run, args));
      assert.deepEqual([same, await all[0], await (await all[2])[0]], [true, {id: 1}, 'deep']);
    },
    async 'a promise among the arguments does what promises do, whatever the sender made of it'() {
      const broken = [
        ['0', '["$@1"]'],
        ['1', '["$Q2","$Q2"]'],
        ['2', '[]'],
      ];
      const number = [Promise.resolve(5)];
      const failures = [
        async (given) => void (await given.then(async (text) => text.trim())),
        async (given) => void (await given.then((text) => text.trim())),
        async (given) => void (await given.finally(() => {})),
        async (given) => void (await given.catch(() => Promise.reject(new Error('again')))),
      ];
      for (const run of failures) {
        assert.equal((await call(run, {fields: broken})).status, 500);
      }
      for (const run of failures.slice(0, 2)) assert.equal((await call(run, number)).status, 500);
      const careless = async (given) => {
        given.then(async (text) => text.trim());
        given.then((text) => text.trim());
        given.finally(() => {});
      };
      for (const args of [number, {fields: broken}]) {
        assert.equal((await call(careless, args)).status, 200);
      }
      // What fails in a listener of the app is told, once for each.
      const told = [];
      const telling = handler({onError: (error) => void told.push(error.constructor.name)});
      assert.equal((await call(careless, number, telling)).status, 200);
      await new Promise((resolve) => setTimeout(resolve, 5));
      assert.deepEqual(told, ['TypeError', 'TypeError']);
      const chained = async (given) => [
        await given.then((value) => value + 1).then((value) => value * 2),
        await given.then(undefined, undefined),
        await given.finally(() => {}),
      ];
      assert.deepEqual(await readResult(await call(chained, number)), [12, 5, 5]);
    },
    async 'a form whose description lacks the bound arguments is refused, and runs nothing'() {
      const form = formOf({
        fields: [
          ['$ACTION_REF_1', ''],
          ['$ACTION_1:0', `{"id":"${action('submit')}"}`],
          ['$ACTION_KEY', 'key'],
        ],
      });
      const headers = {'Sec-Fetch-Site': 'same-origin'};
      const request = new Request('http://app.test/', {method: 'POST', body: form, headers});
      const own = handler({render: () => new Response('rendered')});
      await assertRefused(await own(request), 400, 'malformed-body');
    },

    async 'a function that would be called by whoever looks at the arguments is refused'() {
      for (const name of ['toJSON', 'toString', 'valueOf']) {
        const described = JSON.stringify({id: action('echo'), bound: null});
        const look = async (given) => `${JSON.stringify(given)} ${given}`;
        for (const rows of [
          [['1', described]],
          [
            ['1', '"$h2"'],
            ['2', described],
          ],
        ]) {
          const own = rows.length === 1 ? '$h1' : '$1';
          const fields = [['0', JSON.stringify([{[name]: own}])], ...rows];
          await assertRefused(await call(look, {fields}), 400, 'malformed-body');
        }
      }
      const text = await call(async (given) => given.toJSON, [{toJSON: 'text', then: 1}]);
      assert.equal(await readResult(text), 'text');
      const shared = {deep: [1]};
      const data = await call(async (given) => given.valueOf.deep, [{shared, valueOf: shared}]);
      assert.deepEqual(await readResult(data), [1]);
    },

    // Repetition and depth
    async 'references that repeat too much are refused'() {
      for (const name of [...kinds.repeated, 'doubledPromises', 'repeatedPaths']) {
        const response = await send(name);
        assert.match(await response.clone().text(), /"repeatedSize" of 10000000/, name);
        await assertRefused(response, 400, 'limit-exceeded');
      }
    },
    async 'how much may be repeated can be set, and what is not repeated does not count'() {
      const own = handler({limits: {repeatedSize: 100}});
      const user = {name: 'x'.repeat(60)};
      const long = Array.from({length: 1000}, () => 'x'.repeat(60));
      assert.equal((await call(async () => {}, [[user, user], long], own)).status, 200);
      const response = await call(async () => {}, [[user, user, user]], own);
      await assertRefused(response, 400, 'limit-exceeded');
      const file = new File([new Uint8Array(500_000)], 'large');
      const size = async (given) => given.size;
      assert.equal(await readResult(await call(size, [file], own)), 500_000);
    },
    async 'a list whose items hold the same objects is no danger, and neither is what holds itself'() {
      const users = Array.from({length: 10}, (_, id) => ({id, name: 'x'.repeat(50)}));
      const items = Array.from({length: 5000}, (_, id) => ({id, user: users[id % 10]}));
      const run = async (list) => [list.length, list[10].user === list[20].user];
      assert.deepEqual(await readResult(await call(run, [items])), [5000, true]);
      const own = {};
      own.self = {own, list: [own, own]};
      const isItself = async (given) => given.self.list[1] === given;
      assert.equal(await readResult(await call(isItself, [own])), true);
      const map = new Map([['users', new Set(users)]]);
      const counted = async (...maps) => maps.map((one) => one.get('users').size);
      assert.deepEqual(await readResult(await call(counted, [map, map])), [10, 10]);
    },
    async 'rows inside one another are as deep as they are together'() {
      for (const name of ['deepRows', 'deepPromises', 'deepPaths', 'endlessPath']) {
        const response = await send(name);
        assert.match(await response.clone().text(), /"depth" of 200/, name);
        await assertRefused(response, 400, 'limit-exceeded');
      }
    },
    async 'after all of this the handler still answers'() {
      assert.equal(await readResult(await call(async (value) => value, ['here'])), 'here');
    },
  }),
);
