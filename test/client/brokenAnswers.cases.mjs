// Answers that end before their time, or come from something other than the handler.
import assert from 'node:assert/strict';
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {origin} from '../server/support/app.mjs';
import {dynamicApp, id} from '../server/support/dynamicApp.mjs';
import {body} from '../server/fixtures/app/src/dynamic.mjs';
import {runCases} from '../support/cases.mjs';
import {bundledClient} from './support/bundle.mjs';

const production = process.env.NODE_ENV === 'production';
const client = await bundledClient();
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const rejection = (promise) => Promise.resolve(promise).then(assert.fail, (reason) => reason);
const app = dynamicApp();

/** `fetch` of a browser on the app's own page, without a network. */
const fetchFrom =
  ({handle}) =>
  async (url, init) => {
    const request = new Request(new URL(url, origin), {...init, duplex: 'half'});
    request.headers.set('Sec-Fetch-Site', 'same-origin');
    return handle(request);
  };

/** What the handler answers for a value: its bytes, and the rest. */
async function answerOf(make) {
  body.run = async () => make();
  const headers = {'X-Action-Id': id, Accept: 'text/x-component;end=row'};
  const response = await fetchFrom(app)('/rsc-action', {method: 'POST', headers, body: '[]'});
  return {bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers};
}

/** Calls a function that is answered with these bytes, and reads its result to the end. */
async function callAnswered(bytes, headers) {
  const told = [];
  const call = client.createCallServer({
    fetch: async () => new Response(bytes, {headers}),
    onFailure(error) {
      told.push(error);
      throw error;
    },
  });
  const outcome = await call(id, [])
    .then(plain)
    .then(
      (value) => ({value}),
      (error) => ({error}),
    );
  await pause(0);
  return {...outcome, told};
}

/** A value with what its promises, iterables and streams give in their place. */
async function plain(value) {
  if (typeof value !== 'object' || value === null) return value;
  if (typeof value.then === 'function') return plain(await value);
  if (value instanceof Map) return new Map(await plain([...value]));
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (Symbol.asyncIterator in value) {
    const all = [];
    for await (const one of value) all.push(await plain(one));
    return all;
  }
  const entries = Object.entries(value).map(async ([key, one]) => [key, await plain(one)]);
  return Object.fromEntries(await Promise.all(entries));
}

const long = 'ä'.repeat(1500);
const VALUES = {
  'a number': () => 1,
  nothing: () => undefined,
  'a text in a row of its own': () => ({long}),
  bytes: () => ({bytes: new Uint8Array([0, 58, 10, 55])}),
  'a map': () => new Map([['a', {b: [1]}]]),
  'a promise': () => ({now: 1, later: pause(2).then(() => ({deep: pause(2).then(() => 'end')}))}),
  'a generator': () =>
    (async function* () {
      yield {a: 1};
      await pause(1);
      yield 2;
    })(),
  'a stream': () =>
    new ReadableStream({
      start(controller) {
        controller.enqueue('first');
        controller.enqueue('second');
        controller.close();
      },
    }),
};

const cutCases = Object.entries(VALUES).map(([name, make]) => [
  `an answer with ${name} that is cut at any byte gives all of it, or fails as a lost network does`,
  async () => {
    const {bytes, headers} = await answerOf(make);
    const expected = await plain(make());
    const step = bytes.length > 1000 ? 37 : 1;
    for (let length = 0; length < bytes.length; length += step) {
      const {value, error, told} = await callAnswered(bytes.subarray(0, length), headers);
      const where = `cut after ${bytes.subarray(0, length).toString()}`;
      if (error === undefined) {
        assert.deepEqual(value, expected, where);
      } else {
        assert.ok(error instanceof client.ServerFunctionNetworkError, `${where}: ${error}`);
        assert.equal(error.code, 'network');
      }
      assert.equal(told.length, 1, where);
      if (error) assert.equal(told[0], error);
    }
    const whole = await callAnswered(bytes, headers);
    assert.deepEqual(whole, {value: expected, told: []});
  },
]);

const serverCases = Object.entries(VALUES).map(([name, make]) => [
  `an answer with ${name} of React's server alone is read, and cut at any byte fails as a lost network does`,
  async () => {
    const stream = renderToReadableStream(make(), {});
    const bytes = Buffer.from(await new Response(stream).arrayBuffer());
    const expected = await plain(make());
    const headers = {
      'Content-Type': 'text/x-component',
      ...(!production && {'X-Action-Mode': 'development'}),
    };
    const step = bytes.length > 1000 ? 37 : 1;
    for (let length = 0; length < bytes.length; length += step) {
      const {value, error} = await callAnswered(bytes.subarray(0, length), headers);
      if (error === undefined) assert.deepEqual(value, expected);
      else assert.ok(error instanceof client.ServerFunctionNetworkError, String(error));
    }
    assert.deepEqual(await callAnswered(bytes, headers), {value: expected, told: []});
  },
]);

/** A call of a function whose result takes longer than the server gives it. */
function callTooSlow(make) {
  const impatient = dynamicApp({timeout: 30});
  const told = [];
  const call = client.createCallServer({
    fetch: fetchFrom(impatient),
    onFailure(error) {
      told.push(error);
      throw error;
    },
  });
  body.run = async () => make();
  return {call: () => call(id, []), told, errors: impatient.errors};
}
const never = () => new Promise(() => {});

const timeoutCases = Object.entries({
  'a promise': () => ({now: 1, late: never()}),
  'a generator': () => ({
    now: 1,
    late: (async function* () {
      yield 1;
      await never();
    })(),
  }),
  'a stream': () => ({now: 1, late: new ReadableStream({pull: never})}),
}).map(([name, make]) => [
  `${name} in a result that the server's deadline stops rejects with the error of the deadline`,
  async () => {
    const {call, told, errors} = callTooSlow(make);
    const {now, late} = await call();
    assert.equal(now, 1);
    const error = await rejection(plain(late));
    assert.ok(error instanceof client.ServerFunctionTimeoutError, String(error));
    assert.equal(error.code, 'timeout');
    assert.deepEqual(told, [error]);
    assert.deepEqual(
      errors.map(({error: {name: errorName}}) => errorName),
      ['CallTimeoutError'],
    );
  },
]);

const HTML = '<!DOCTYPE html><style>a{font:Helvetica}</style><p>0:{"a":1}\n</html>';
const flight = {'Content-Type': 'text/x-component'};

await runCases({
  ...Object.fromEntries([...cutCases, ...serverCases, ...timeoutCases]),
  async 'a call hears of a deadline that passes before its result, and onFailure hears of it once'() {
    const {call, told} = callTooSlow(never);
    const error = await rejection(call());
    assert.ok(error instanceof client.ServerFunctionTimeoutError);
    assert.equal(error.status, 504);
    assert.deepEqual(told, [error]);
  },
  async 'a text that is no Flight stream is told from one, whatever type it claims'() {
    for (const text of [
      HTML,
      ' 0:1\n',
      '{"error":"bad gateway"}',
      'Bad gateway',
      '123456789:1\n',
    ]) {
      const {error, told} = await callAnswered(text, flight);
      assert.ok(error instanceof client.UnexpectedResponseError, `${text}: ${error}`);
      assert.equal(error.code, 'unexpected-response');
      assert.equal(error.status, 200);
      assert.deepEqual(told, [error]);
    }
  },
  async 'a page of a proxy in the middle of an answer fails the call by type'() {
    const {bytes, headers} = await answerOf(() => ({a: 1}));
    for (let cut = 0; cut < bytes.indexOf('\n'); cut++) {
      const {error} = await callAnswered(`${bytes.subarray(0, cut).toString()}${HTML}`, headers);
      assert.ok(error instanceof client.ServerFunctionRequestError, String(error));
      const codes = ['network', 'unexpected-response', 'unreadable-answer'];
      assert.ok(codes.includes(error.code), error.code);
    }
  },
  async 'an answer without a body fails as a lost network does'() {
    const {error} = await callAnswered(null, flight);
    assert.ok(error instanceof client.ServerFunctionNetworkError, String(error));
  },
  async 'the media type is the same in any case and with parameters, and no other is taken for it'() {
    for (const type of ['Text/X-Component', 'TEXT/X-COMPONENT ; charset=utf-8']) {
      assert.deepEqual(await callAnswered('0:1\n', {'Content-Type': type}), {value: 1, told: []});
    }
    const {error} = await callAnswered('0:1\n', {'Content-Type': 'text/x-component-not'});
    assert.equal(error.code, 'unexpected-response');
  },
  async 'what stands between is told by its code, with status and headers'() {
    const CODES = {
      400: 'unexpected-response',
      401: 'unauthorized',
      403: 'forbidden',
      404: 'unexpected-response',
      429: 'too-many-requests',
      500: 'unexpected-response',
      502: 'unavailable',
      503: 'unavailable',
      504: 'unavailable',
    };
    for (const [status, code] of Object.entries(CODES)) {
      const headers = {
        'Content-Type': 'text/html',
        'Retry-After': '7',
        'WWW-Authenticate': 'Basic',
      };
      const response = new Response('<h1>no</h1>', {status: Number(status), headers});
      const call = client.createCallServer({fetch: async () => response});
      const error = await rejection(call(id, []));
      assert.ok(error instanceof client.UnexpectedResponseError);
      assert.ok(error instanceof client.ServerFunctionRequestError);
      assert.deepEqual([error.code, error.status], [code, Number(status)]);
      assert.equal(error.redirected, false);
      assert.equal(error.headers.get('retry-after'), '7');
      assert.equal(error.headers.get('www-authenticate'), 'Basic');
      assert.equal(
        /does the endpoint lead to it\?/.test(error.message),
        !production,
        error.message,
      );
    }
  },
  async 'a redirect to what is no URL is not of the handler'() {
    for (const url of ['http://[', 'http://a b/', 'javascript:alert(1)']) {
      const {error, told} = await callAnswered('', {'X-Action-Redirect': url});
      assert.ok(error instanceof client.UnexpectedResponseError, String(error));
      assert.equal(error.code, 'unexpected-response');
      assert.deepEqual(told, [error]);
    }
  },
  async 'a refusal has its headers too'() {
    const headers = {'X-Action-Error': 'rate-limited', 'Retry-After': '60'};
    const call = client.createCallServer({
      fetch: async () => new Response('slowly', {status: 429, headers}),
    });
    const error = await rejection(call(id, []));
    assert.deepEqual([error.code, error.status], ['rate-limited', 429]);
    assert.equal(error.headers.get('retry-after'), '60');
  },
  async 'captures of a page that cannot be read any more lead to the same way out as another build'() {
    for (const code of ['other-build', 'invalid-captures', 'expired-captures']) {
      const headers = {'X-Action-Error': code};
      const call = client.createCallServer({
        fetch: async () => new Response('no', {status: 400, headers}),
        onFailure: (error) =>
          error instanceof client.UnknownServerFunctionError ? 'reload' : 'no',
      });
      assert.equal(await call(id, []), 'reload');
      const error = await rejection(
        client.createCallServer({fetch: async () => new Response('no', {status: 400, headers})})(
          id,
          [],
        ),
      );
      assert.ok(error instanceof client.OtherBuildError);
      assert.equal(error.code, code);
      assert.match(error.message, /Reload the page/);
    }
  },
});
