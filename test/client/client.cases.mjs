// The client runtime as webpack puts it into a browser, against the handler in the same process.
import assert from 'node:assert/strict';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {action, manifest, origin, root, takeCalls} from '../server/support/app.mjs';
import {body} from '../server/fixtures/app/src/dynamic.mjs';
import {dynamicManifest} from '../server/support/dynamicApp.mjs';
import {runCases} from '../support/cases.mjs';
import {bundledClient} from './support/bundle.mjs';

const production = process.env.NODE_ENV === 'production';
const client = await bundledClient();
const handle = createServerFunctionHandler({manifest, root, onError: () => 'D-3'});

/** `fetch` of a browser on the app's own page, without a network. */
const fetch = async (url, init) => {
  const request = new Request(new URL(url, origin), {...init, duplex: 'half'});
  request.headers.set('Sec-Fetch-Site', 'same-origin');
  return handle(request);
};
const callServer = client.createCallServer({fetch});
const answering = (response) => client.createCallServer({fetch: async () => response});
const rejection = (promise) => promise.then(assert.fail, (reason) => reason);

await runCases({
  async 'a reference calls its function and gives the result'() {
    const echo = client.createServerReference(action('echo'), callServer);
    assert.deepEqual(await echo(1, new Date(0), [new Map([[1, 2]])]), [
      1,
      new Date(0),
      [new Map([[1, 2]])],
    ]);
    assert.equal(await client.createServerReference(action('nothing'), callServer)(), undefined);
    await takeCalls();
  },
  async 'a production page says so when the server is in development'() {
    const response = new Response('0:1\n', {
      headers: {'Content-Type': 'text/x-component', 'X-Action-Mode': 'development'},
    });
    if (!production) return assert.equal(await answering(response)('id', []), 1);
    const error = await rejection(answering(response)('id', []));
    assert.equal(error.code, 'development-server');
    assert.match(error.message, /NODE_ENV=production/);
  },
  async 'a refusal tells what makes the call pass, in development alone'() {
    const small = createServerFunctionHandler({manifest, root, maxBodySize: 10, onError() {}});
    const call = client.createCallServer({
      fetch: async (url, init) => {
        const headers = {...Object.fromEntries(init.headers), 'Sec-Fetch-Site': 'same-origin'};
        return small(new Request(new URL(url, origin), {...init, headers, duplex: 'half'}));
      },
    });
    const {message} = await rejection(call(action('echo'), ['x'.repeat(100)]));
    assert.match(message, /it is larger than 10 bytes \("maxBodySize"\)\./);
    assert.equal(message.includes('maxBodySize: 10_000_000'), !production);
    assert.equal(message.includes('docs/errors.md#body-too-large'), !production);
    const unknown = await rejection(call('src/gone.mjs#gone', []));
    assert.equal(unknown.message.includes('docs/errors.md#unknown-function'), !production);
  },
  async 'a production page shows nothing that is for developers, whatever the server says'() {
    const refused = (headers) =>
      new Response('Too many calls.\n\nSecond part', {
        status: 429,
        headers: {'X-Action-Error': 'rate-limited', ...headers},
      });
    const told = await rejection(answering(refused({'X-Action-Mode': 'development'}))('id', []));
    assert.equal(told.message.endsWith('Second part'), !production);
    const own = await rejection(answering(refused({}))('id', []));
    assert.ok(own.message.endsWith('Too many calls.\n\nSecond part'));
  },
  async 'a function that does not end in time rejects with an error of its own type'() {
    const impatient = createServerFunctionHandler({
      manifest: dynamicManifest,
      root,
      timeout: 20,
      onError() {},
    });
    const call = client.createCallServer({
      fetch: async (url, init) => {
        const headers = {...Object.fromEntries(init.headers), 'Sec-Fetch-Site': 'same-origin'};
        return impatient(new Request(new URL(url, origin), {...init, headers, duplex: 'half'}));
      },
    });
    body.run = () => new Promise(() => {});
    const error = await rejection(call('src/dynamic.mjs#run', []));
    assert.ok(error instanceof client.ServerFunctionTimeoutError);
    assert.equal(error.code, 'timeout');
    assert.equal(error.status, 504);
  },
  async 'captures of another build reject with an error that is one for an unknown function too'() {
    const refusal = new Response('other', {
      status: 409,
      headers: {'X-Action-Error': 'other-build'},
    });
    const error = await rejection(answering(refusal)('id', []));
    assert.ok(error instanceof client.OtherBuildError);
    assert.ok(error instanceof client.UnknownServerFunctionError);
    assert.equal(error.code, 'other-build');
    assert.match(error.message, /Reload the page/);
  },
  async 'credentials go to the fetch of all calls, and of one'() {
    const seen = [];
    const spy = async (_, init) => {
      seen.push(init.credentials);
      return new Response('0:1\n', {headers: {'Content-Type': 'text/x-component'}});
    };
    const call = client.createCallServer({credentials: 'include', fetch: spy});
    await call('id', []);
    const reference = client.createServerReference(
      'id',
      client.createCallServer({credentials: 'omit'}),
    );
    await client.withCallOptions({fetch: spy}, reference)();
    await client.createCallServer({fetch: spy})('id', []);
    assert.deepEqual(seen, ['include', 'omit', undefined]);
    assert.throws(() => client.createCallServer({credentials: true}), /'include', 'omit' or/);
  },
  async 'an id outside ASCII arrives'() {
    assert.equal(await callServer(action('ünïcode'), []), 'ünïcode');
  },
  async 'files and forms arrive'() {
    const form = new FormData();
    form.append('note', 'hello');
    assert.equal(await callServer(action('submit'), [form]), 'submitted');
    assert.deepEqual(await takeCalls(), [['submit', {note: 'hello'}]]);
  },
  async 'a function in the result can be called, through the same callServer'() {
    const bound = await callServer(action('makeBound'), ['kept']);
    assert.deepEqual(await bound('more'), ['kept', 'more']);
    await takeCalls();
  },
  async 'what only the browser has comes back as itself'() {
    class Local {
      field = 1;
    }
    const local = new Local();
    const click = () => {};
    const [object] = await callServer(action('echo'), [{local, click}]);
    assert.equal(object.local, local);
    assert.equal(object.click, click);
    await takeCalls();
  },
  async 'an argument that the server changes comes back changed'() {
    assert.deepEqual(await callServer(action('finish'), [{done: false}]), {done: true});
  },
  async 'what the function throws rejects, in production with the digest alone'() {
    const error = await rejection(callServer(action('fail'), []));
    assert.equal(error.digest, 'D-3');
    assert.equal(error.message === 'the secret reason', !production);
    assert.ok(!(error instanceof client.ServerFunctionRequestError));
    await takeCalls();
  },
  async 'a function that the server does not have rejects with its own error, which says to reload'() {
    const error = await rejection(callServer(action('gone'), []));
    assert.ok(error instanceof client.UnknownServerFunctionError);
    assert.ok(error instanceof client.ServerFunctionRequestError);
    assert.equal(error.name, 'UnknownServerFunctionError');
    assert.equal(error.id, action('gone'));
    assert.equal(error.status, 404);
    assert.match(error.message, /another build.*Reload/);
  },
  async 'a listed function that the server cannot call is no matter of reloading'() {
    const error = await rejection(callServer(action('plain'), []));
    assert.ok(!(error instanceof client.UnknownServerFunctionError));
    assert.equal(error.code, 'not-a-server-function');
  },
  async 'what keeps a function from being called while somebody works on it is said with its cure'() {
    const cures = {
      'not-compiled': production ? /without compiling it\.$/ : /--conditions react-server --import/,
      'no-manifest': /has no manifest/,
      'outdated-manifest': /npx webpack --watch$/,
      'outdated-module': /node --watch$/,
    };
    for (const [code, cure] of Object.entries(cures)) {
      const fetch = async () =>
        new Response('why', {status: 404, headers: {'X-Action-Error': code}});
      const error = await rejection(client.createCallServer({fetch})('src/a.js#save', []));
      assert.deepEqual([error.code, error.status], [code, 404]);
      assert.ok(error.message.includes('src/a.js#save'));
      assert.match(error.message, cure);
      const isOfBuild = error instanceof client.UnknownServerFunctionError;
      assert.equal(isOfBuild, code !== 'not-compiled');
    }
  },
  async 'a refusal rejects with its status, code and reason'() {
    const foreign = client.createCallServer({
      fetch: (url, init) => {
        const request = new Request(new URL(url, origin), init);
        request.headers.set('Origin', 'https://evil.test');
        return handle(request);
      },
    });
    const error = await rejection(foreign(action('echo'), []));
    assert.ok(error instanceof client.ServerFunctionRequestError);
    assert.ok(!(error instanceof client.UnknownServerFunctionError));
    assert.deepEqual([error.status, error.code, error.id], [403, 'cross-site', action('echo')]);
    assert.match(error.message, /allowedOrigins/);
    const large = await rejection(callServer(action('echo'), ['x'.repeat(1_000_001)]));
    assert.deepEqual([large.status, large.code], [413, 'body-too-large']);
  },
  async 'a network failure rejects and keeps its cause'() {
    const cause = new TypeError('Failed to fetch');
    const offline = client.createCallServer({fetch: () => Promise.reject(cause)});
    const error = await rejection(offline(action('echo'), []));
    assert.ok(error instanceof client.ServerFunctionRequestError);
    assert.deepEqual([error.status, error.code], [0, 'network']);
    assert.equal(error.cause, cause);
  },
  async 'an answer that is no Flight stream rejects with what came instead'() {
    const html = () =>
      new Response('<h1>Not found</h1>', {status: 404, headers: {'Content-Type': 'text/html'}});
    const empty = () => new Response(null, {status: 204});
    for (const [response, pattern] of [
      [html(), /status 404 and text\/html/],
      [empty(), /status 204 and no content type/],
    ]) {
      const error = await rejection(answering(response)(action('echo'), []));
      assert.ok(error instanceof client.ServerFunctionRequestError);
      assert.ok(!(error instanceof client.UnknownServerFunctionError));
      assert.equal(error.code, 'unexpected-response');
      assert.match(error.message, pattern);
    }
  },
  async 'arguments that cannot be sent reject before a request is made'() {
    let requests = 0;
    const own = client.createCallServer({fetch: async () => void requests++});
    await assert.rejects(
      own(action('echo'), [
        {
          get broken() {
            throw new Error('getter');
          },
        },
      ]),
      /getter/,
    );
    assert.equal(requests, 0);
  },
  async 'endpoint and headers can be given, and never replace the id'() {
    const seen = [];
    const recording = async (url, init) => {
      seen.push([String(url), Object.fromEntries(new Headers(init.headers))]);
      return fetch('/rsc-action', init);
    };
    const own = client.createCallServer({
      endpoint: '/elsewhere',
      headers: async (id) => ({Authorization: `for ${id}`, 'X-Action-Id': 'other'}),
      fetch: recording,
    });
    await own(action('echo'), []);
    const constant = client.createCallServer({headers: {'X-Token': 't'}, fetch: recording});
    await constant(action('echo'), []);
    const [[url, first], [defaultUrl, second]] = seen;
    assert.equal(url, '/elsewhere');
    assert.equal(first.authorization, `for ${action('echo')}`);
    assert.equal(first['x-action-id'], action('echo'));
    assert.match(first.accept, /^text\/x-component(;|$)/);
    assert.equal(defaultUrl, '/rsc-action');
    assert.equal(second['x-token'], 't');
    await takeCalls();
  },
  async 'the default callServer uses the fetch of the moment'() {
    const saved = globalThis.fetch;
    globalThis.fetch = fetch;
    try {
      assert.deepEqual(await client.callServer(action('echo'), ['x']), ['x']);
    } finally {
      globalThis.fetch = saved;
    }
    await takeCalls();
  },
});
