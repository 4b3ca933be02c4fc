import assert from 'node:assert/strict';
import * as client from 'react-server-dom-webpack/client.edge';
import {runCases} from '../support/cases.mjs';
import {
  action,
  assertRefused,
  callRequest,
  clientManifest,
  manifest,
  origin,
  readResult,
  root,
  silenced,
  takeCalls,
} from './support/app.mjs';
import {createHandler} from './support/door.mjs';

const production = process.env.NODE_ENV === 'production';
const errors = [];
const handler = (options = {}) =>
  createHandler({
    manifest,
    clientManifest,
    root,
    onError: (error, context) => void errors.push({error, context}),
    ...options,
  });
const handle = handler();
const takeErrors = () => errors.splice(0);
const call = async (name, args, init) => handle(await callRequest(action(name), args, init));

await runCases({
  async 'a call runs the function with the arguments and answers its result'() {
    const response = await call('echo', [1, 'two', {three: [3]}]);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.deepEqual(await readResult(response), [1, 'two', {three: [3]}]);
    assert.deepEqual(await takeCalls(), ['echo']);
  },
  async 'everything that React encodes arrives: dates, maps, sets, numbers, bytes, files, promises, iterables'() {
    const form = new FormData();
    form.append('a', '1');
    form.append('a', '2');
    const response = await call('echo', [
      new Date(0),
      new Map([['k', new Set([1n])]]),
      [undefined, Number.NaN, -0, Infinity],
      new Uint8Array([1, 2, 3]),
      new Blob(['blob'], {type: 'text/x'}),
      Promise.resolve('promised'),
      form,
      (async function* () {
        yield 'first';
        yield 'second';
      })(),
      'x'.repeat(5000),
      '$escaped',
    ]);
    const [date, map, numbers, bytes, blob, promise, fields, iterable, long, text] =
      await readResult(response);
    assert.deepEqual(date, new Date(0));
    assert.deepEqual(map, new Map([['k', new Set([1n])]]));
    assert.deepEqual(numbers, [undefined, Number.NaN, -0, Infinity]);
    assert.deepEqual(bytes, new Uint8Array([1, 2, 3]));
    assert.equal(await blob.text(), 'blob');
    assert.equal(await promise, 'promised');
    assert.deepEqual(
      [...fields],
      [
        ['a', '1'],
        ['a', '2'],
      ],
    );
    assert.deepEqual(await collect(iterable), ['first', 'second']);
    assert.equal(long.length, 5000);
    assert.equal(text, '$escaped');
    await takeCalls();
  },
  async 'a function without a result answers undefined'() {
    assert.equal(await readResult(await call('nothing')), undefined);
    await takeCalls();
  },
  async 'an id with characters that headers cannot carry comes percent-encoded'() {
    const request = await callRequest(encodeURIComponent(action('ünïcode')));
    assert.equal(await readResult(await handle(request)), 'ünïcode');
  },
  async 'a function exported by CommonJS in a way that Node does not see is found'() {
    const request = await callRequest('src/common.cjs#save');
    assert.equal(await readResult(await handle(request)), 'from CommonJS');
  },
  async 'a listed server function may be passed as an argument, with bound arguments'() {
    const echo = client.createServerReference(action('echo'));
    const response = await call('invoke', [echo.bind(null, 'bound'), 'called']);
    assert.deepEqual(await readResult(response), ['bound', 'called']);
    assert.deepEqual(await takeCalls(), ['invoke', 'echo']);
  },
  async 'a result may hold a bound server function, which can be passed back'() {
    const bound = await readResult(await call('makeBound', ['kept']));
    assert.equal(typeof bound, 'function');
    const response = await call('invoke', [bound, 'more']);
    assert.deepEqual(await readResult(response), ['kept', 'more']);
    await takeCalls();
  },
  async 'JSX among the arguments comes back as the same object through temporary references'() {
    const temporaryReferences = client.createTemporaryReferenceSet();
    const element = {$$typeof: Symbol.for('react.transitional.element'), type: 'p', props: {}};
    const raw = await client.encodeReply([{element}], {temporaryReferences});
    const response = await call('echo', {raw});
    const [{element: returned}] = await readResult(response, {temporaryReferences});
    assert.equal(returned, element);
    await takeCalls();
  },
  async 'an argument that the function changes and returns comes back changed'() {
    const temporaryReferences = client.createTemporaryReferenceSet();
    const raw = await client.encodeReply([{done: false}], {temporaryReferences});
    const response = await call('finish', {raw});
    assert.deepEqual(await readResult(response, {temporaryReferences}), {done: true});
  },
  async 'a client component in the result travels through the client manifest'() {
    const text = await (await call('component')).text();
    assert.match(text, /I\["42",\[\],"Button"\]/);
  },
  async 'without a client manifest a client component in the result rejects and says which option to give'() {
    const own = handler({clientManifest: undefined});
    const response = await own(await callRequest(action('component')));
    await response.text();
    const [{error}] = takeErrors();
    assert.match(error.message, /src\/Button\.mjs#Button.*"clientManifest"/);
  },
  async 'a function that throws answers 500 and rejects at the caller, in production with the digest alone'() {
    const response = await call('fail');
    assert.equal(response.status, 500);
    const body = await response.clone().text();
    const [{error, context}] = takeErrors();
    assert.equal(error.message, 'the secret reason');
    assert.equal(context.id, action('fail'));
    const rejection = await readResult(response).then(assert.fail, (reason) => reason);
    assert.equal(rejection.digest, context.digest);
    assert.equal(body.includes('the secret reason'), !production);
    if (!production) {
      assert.equal(rejection.message, 'the secret reason');
      assert.match(body, /actions\.mjs/);
    }
    await takeCalls();
  },
  async 'the digest that onError returns reaches the caller'() {
    const own = handler({onError: () => 'D-1'});
    const response = await own(await callRequest(action('fail')));
    const rejection = await readResult(response).then(assert.fail, (reason) => reason);
    assert.equal(rejection.digest, 'D-1');
    await takeCalls();
  },
  async 'an onError that throws does not take the answer away'() {
    const own = handler({
      onError() {
        throw new Error('logger down');
      },
    });
    const lines = await silenced(async () => {
      const response = await own(await callRequest(action('fail')));
      assert.equal(response.status, 500);
      await response.text();
    });
    assert.ok(lines.some(([text]) => text.includes('onError')));
    await takeCalls();
  },
  async 'an onError whose promise rejects does not end the process'() {
    const unhandled = [];
    const listen = (reason) => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    const own = handler({onError: () => Promise.reject(new Error('no log'))});
    const lines = await silenced(async () => {
      const response = await own(await callRequest('no#such'));
      assert.equal(response.status, 404);
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
    process.off('unhandledRejection', listen);
    assert.deepEqual(unhandled, []);
    assert.equal(lines.length, 1);
    assert.match(lines[0][0], /onError option/);
    assert.equal(lines[0][1].message, 'no log');
  },
  async 'without onError failures are logged with the digest and the function'() {
    const own = handler({onError: undefined});
    const lines = await silenced(async () => (await own(await callRequest(action('fail')))).text());
    assert.ok(lines.some(([text]) => text.includes(action('fail')) && text.includes('digest')));
    await takeCalls();
  },
  async 'a promise in the result that rejects later is reported and hidden in production'() {
    const response = await call('lateFailure');
    assert.equal(response.status, 200);
    const {later} = await readResult(response);
    const rejection = await Promise.resolve(later).then(assert.fail, (reason) => reason);
    const [{error, context}] = takeErrors();
    assert.equal(error.message, 'late secret');
    assert.equal(rejection.digest, context.digest);
    assert.equal(rejection.message === 'late secret', !production);
  },
  async 'a generator in the result streams, and ends when the client goes away, without an error'() {
    const response = await call('stream');
    const reader = response.body.getReader();
    await reader.read();
    await reader.cancel();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(await takeCalls(), ['stream', 'stream closed']);
    assert.deepEqual(takeErrors(), []);
  },
  async 'an aborted request ends the generator too'() {
    const controller = new AbortController();
    const response = await call('stream', [], {signal: controller.signal});
    const reader = response.body.getReader();
    await reader.read();
    controller.abort();
    await reader.read().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(await takeCalls(), ['stream', 'stream closed']);
    assert.deepEqual(takeErrors(), []);
  },
  async 'requests for other URLs are not answered and keep their body'() {
    assert.equal(await handle(new Request(`${origin}/`)), null);
    const request = new Request(`${origin}/api`, {method: 'POST', body: 'theirs'});
    assert.equal(await handle(request), null);
    assert.equal(await request.text(), 'theirs');
  },
  async 'the endpoint can be another path'() {
    const own = handler({endpoint: '/calls'});
    assert.equal(await own(await callRequest(action('echo'))), null);
    const request = await callRequest(action('echo'), ['x'], {url: `${origin}/calls?a=b`});
    assert.deepEqual(await readResult(await own(request)), ['x']);
    await takeCalls();
  },
  ...brokenModuleCase(),
  async 'refusals are reported to onError as typed errors'() {
    await handle(await callRequest('no#such'));
    const [{error}] = takeErrors();
    assert.equal(error.name, 'RequestError');
    assert.equal(error.code, 'unknown-function');
    assert.equal(error.status, 404);
  },
  async 'with allowedHosts only requests for these hosts are answered, calls and forms alike'() {
    const own = handler({allowedHosts: ['app.test', '.below.test']});
    const trusting = handler({allowedHosts: ['app.test'], trustProxy: true});
    const ask = async (host, {headers = {}, to = own} = {}) => {
      const url = `http://${host}/rsc-action`;
      const call = await callRequest(action('echo'), [1], {url, headers});
      const body = new FormData();
      body.append(`$ACTION_ID_${action('submit')}`, '');
      const site = {'Sec-Fetch-Site': 'same-origin', ...headers};
      const form = new Request(`http://${host}/`, {method: 'POST', body, headers: site});
      const answers = [await to(call), await to(form)];
      await Promise.all(answers.map((answer) => answer.text()));
      return answers.map(({status, headers: own}) => own.get('x-action-error') ?? status);
    };
    for (const host of ['app.test', 'APP.test:3000', 'a.below.test', 'localhost', '127.0.0.1:1']) {
      assert.deepEqual(await ask(host), [200, 303]);
    }
    const foreign = ['foreign-host', 'foreign-host'];
    for (const host of ['evil.test', 'app.test.evil.test', 'x.app.test']) {
      assert.deepEqual(await ask(host), foreign);
    }
    // The header, where an adapter makes the URL of something else.
    assert.deepEqual(await ask('app.test', {headers: {Host: 'evil.test'}}), foreign);
    // What a proxy says counts only where proxies are believed.
    const forwarded = {headers: {'X-Forwarded-Host': 'app.test'}};
    assert.deepEqual(await ask('evil.test', forwarded), foreign);
    assert.deepEqual(await ask('inside.test', {...forwarded, to: trusting}), [200, 303]);
    const evil = {headers: {'X-Forwarded-Host': 'evil.test'}, to: trusting};
    assert.deepEqual(await ask('app.test', evil), foreign);
    assert.throws(() => handler({allowedHosts: ['https://app.test']}), TypeError);
    await takeCalls();
    takeErrors();
  },
  async 'other methods are refused with Allow'() {
    const response = await handle(new Request(`${origin}/rsc-action`));
    assert.equal(response.headers.get('allow'), 'POST');
    await assertRefused(response, 405, 'method-not-allowed');
  },
  'options that are unknown or malformed are refused with what to write'() {
    assert.throws(() => handler({endpont: '/x'}), /no option "endpont"/);
    assert.throws(() => handler({endpoint: 'x'}), /endpoint must be the path/);
    assert.throws(() => handler({endpoint: '/\u00fc'}), /endpoint must be .*"\/%C3%BC" instead of/);
    assert.throws(() => handler({endpoint: '/a/../b'}), /endpoint must be .*"\/b" instead of/);
    assert.throws(() => handler({maxBodySize: -1}), /maxBodySize must be a positive integer/);
    assert.throws(() => handler({bodyTimeout: '1s'}), /bodyTimeout must be a positive integer/);
    // setTimeout() would wait for 1 ms: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args
    assert.throws(
      () => handler({bodyTimeout: 2 ** 31}),
      /bodyTimeout must be .*at most 2147483647/,
    );
    assert.throws(() => handler({limits: {deep: 1}}), /no limit "deep"/);
    assert.throws(() => handler({limits: {depth: 0}}), /limits\.depth/);
    assert.throws(
      () => handler({allowedOrigins: ['app.example']}),
      /"app.example" is not an origin/,
    );
    assert.throws(() => handler({allowedOrigins: ['https://app.example/']}), /not an origin/);
    assert.throws(() => handler({allowedOrigins: ['null']}), /not an origin/);
    assert.throws(() => handler({onError: 'log'}), /onError must be a function/);
    assert.throws(() => handler({trustProxy: 'yes'}), /trustProxy must be a boolean/);
    assert.throws(() => handler({manifest: undefined}), /needs the option "manifest"/);
    assert.throws(() => handler({encryptionKey: 'short'}), /32 bytes in base64/);
  },
});

async function collect(iterable) {
  const values = [];
  for await (const value of iterable) values.push(value);
  return values;
}

/**
 * The async hooks of React's development build make Node 24 exit when any `import()` fails, without
 * this package as well: `import 'react-server-dom-webpack/server'; import('./broken.mjs').catch(...)`.
 */
function brokenModuleCase() {
  const major = Number(process.versions.node.split('.')[0]);
  if (!production && major >= 24) return {};
  return {
    async 'a module that fails to load answers 500 and is reported with its own error'() {
      const response = await handle(await callRequest('src/broken.mjs#run'));
      assert.equal(response.status, 500);
      assert.equal((await response.text()).includes('this module is broken'), !production);
      assert.equal(takeErrors()[0].error.message, 'this module is broken');
    },
    async 'a module that throws a refusal while it is loaded refuses nothing'() {
      const id = 'src/refusing.mjs#run';
      const own = handler({
        manifest: {[id]: {id: 'src/refusing.mjs', chunks: [], name: 'run', async: true}},
      });
      const response = await own(await callRequest(id));
      assert.equal(response.status, 500);
      assert.equal(response.headers.get('x-action-error'), 'server-function-failed');
      assert.match(takeErrors()[0].error.message, /src\/refusing\.mjs threw while it was loaded/);
    },
  };
}
