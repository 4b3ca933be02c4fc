// What an app can decide about its calls: options of one call, pages, redirects, failures.
import assert from 'node:assert/strict';
import {
  cookies,
  createMemoryCache,
  notFound,
  redirect,
  revalidatePath,
} from 'use-server-webpack-plugin/server';
import {action, origin} from '../server/support/app.mjs';
import {dynamicApp, id} from '../server/support/dynamicApp.mjs';
import {body} from '../server/fixtures/app/src/dynamic.mjs';
import {runCases} from '../support/cases.mjs';
import {bundledClient} from './support/bundle.mjs';
import {retryCases} from './support/retryCases.mjs';

const client = await bundledClient();
const {createCallServer, createServerReference, withCallOptions} = client;
const app = dynamicApp({
  cache: createMemoryCache(),
  renderPage: (request) => ({root: `page ${new URL(request.url).pathname}`}),
});
const sent = [];
/** `fetch` of a browser on the app's own page, without a network. */
const fetch = async (url, init) => {
  const request = new Request(new URL(url, origin), {...init, duplex: 'half'});
  request.headers.set('Sec-Fetch-Site', 'same-origin');
  sent.push(request);
  return app.handle(request);
};
const serve = (run, options) => {
  body.run = run;
  return createServerReference(id, createCallServer({fetch, ...options}));
};
const rejection = (promise) => Promise.resolve(promise).then(assert.fail, (reason) => reason);
const pause = (time = 2) => new Promise((resolve) => setTimeout(resolve, time));
/** Runs `work` as on a page of the browser. */
async function onPageOf(path, work) {
  const url = new URL(path, origin);
  const left = [];
  globalThis.location = {
    href: url.href,
    pathname: url.pathname,
    search: url.search,
    assign: (target) => left.push(String(target)),
    reload: () => left.push('reload'),
  };
  try {
    await work(left);
  } finally {
    delete globalThis.location;
  }
}

await runCases({
  ...retryCases({client, serve, fetch, errors: app.errors}),

  // One call
  async 'calls run side by side'() {
    const waiting = [];
    const call = serve((name) => new Promise((resolve) => waiting.push(() => resolve(name))));
    const all = ['a', 'b', 'c'].map((name) => call(name));
    while (waiting.length < 3) await pause();
    for (const finish of waiting.reverse()) finish();
    assert.deepEqual(await Promise.all(all), ['a', 'b', 'c']);
  },
  async 'a signal stops the call that it is for, and no other'() {
    const call = serve(() => new Promise(() => {}));
    const controller = new AbortController();
    const aborted = withCallOptions({signal: controller.signal}, call)();
    let settled = false;
    call().then(
      () => (settled = true),
      () => (settled = true),
    );
    await pause(10);
    controller.abort(new Error('changed my mind'));
    const error = await rejection(aborted);
    assert.ok(error instanceof client.ServerFunctionAbortedError);
    assert.ok(error instanceof client.ServerFunctionRequestError);
    assert.equal(error.name, 'AbortError');
    assert.equal(error.code, 'aborted');
    assert.equal(error.id, id);
    assert.equal(error.cause.message, 'changed my mind');
    await pause();
    assert.equal(settled, false);
  },
  async 'a signal reaches fetch, and the server function`s request'() {
    const signals = [];
    const {signal} = new AbortController();
    const call = serve(async () => 'done', {
      fetch: (url, init) => (signals.push(init.signal), fetch(url, init)),
    });
    assert.equal(await withCallOptions({signal}, call)(), 'done');
    await call();
    assert.deepEqual(signals, [signal, undefined]);
  },
  async 'a signal that is aborted already makes no request'() {
    sent.length = 0;
    const call = withCallOptions(
      {signal: AbortSignal.abort()},
      serve(async () => 'done'),
    );
    const error = await rejection(call());
    assert.equal(error.name, 'AbortError');
    await pause();
    assert.deepEqual(sent, []);
  },
  async 'a signal stops the reading of a refusal, and one that breaks off keeps its type'() {
    const headers = {'X-Action-Error': 'other-build'};
    const controller = new AbortController();
    const answering = (pull) =>
      createServerReference(
        id,
        createCallServer({
          fetch: async () => new Response(new ReadableStream({pull}), {status: 409, headers}),
        }),
      );
    const stuck = answering(() => {
      controller.abort();
      return new Promise(() => {});
    });
    const aborted = withCallOptions({signal: controller.signal}, stuck)();
    assert.equal((await rejection(aborted)).code, 'aborted');
    const broken = answering((stream) => stream.error(new TypeError('network error')));
    const error = await rejection(broken());
    assert.deepEqual([error.name, error.code], ['OtherBuildError', 'other-build']);
  },
  async 'a signal stops arguments that are still being read'() {
    sent.length = 0;
    const controller = new AbortController();
    const call = withCallOptions(
      {signal: controller.signal},
      serve(async () => 'done'),
    );
    const aborted = call(new Promise(() => {}));
    await pause();
    controller.abort();
    assert.equal((await rejection(aborted)).name, 'AbortError');
    assert.deepEqual(sent, []);
  },
  async 'a signal stops what streams in after the call has resolved, and the generator on the server'() {
    let closed = false;
    const call = serve(async () =>
      (async function* () {
        try {
          for (let number = 0; ; number++) {
            yield number;
            await pause(1);
          }
        } finally {
          closed = true;
        }
      })(),
    );
    const controller = new AbortController();
    const numbers = await withCallOptions({signal: controller.signal}, call)();
    const error = await rejection(
      (async () => {
        for await (const number of numbers) if (number === 3) controller.abort();
      })(),
    );
    assert.ok(error instanceof client.ServerFunctionAbortedError);
    await pause(20);
    assert.equal(closed, true);
    assert.deepEqual(app.errors, []);
  },
  async 'options travel with bound arguments and through wrappers of callServer'() {
    const seen = [];
    body.run = async (...args) => args;
    const inner = createCallServer({fetch: () => assert.fail('the own fetch was not used')});
    const wrapper = async (calledId, args) => {
      seen.push(calledId);
      return inner(calledId, args);
    };
    const call = createServerReference(id, wrapper);
    assert.deepEqual(await withCallOptions({fetch}, call)(1), [1]);
    assert.deepEqual(seen, [id]);
    // The bound arguments of what came from the server are read later.
    const own = createCallServer({fetch, callServer: wrapper});
    const bound = await createServerReference(action('makeBound'), own)('kept');
    assert.deepEqual(await withCallOptions({fetch}, bound)('more'), ['kept', 'more']);
  },
  async 'options for what is no server function are an error'() {
    const error = await rejection(withCallOptions({}, async () => 'local')());
    assert.ok(error instanceof TypeError);
    assert.match(error.message, /not a server function/);
    const failing = async () => Promise.reject(new Error('its own'));
    assert.equal((await rejection(withCallOptions({}, failing)())).message, 'its own');
  },

  // References in results
  async 'functions in results are called through the outermost callServer'() {
    const seen = [];
    const call = createCallServer({fetch, callServer: outermost});
    async function outermost(calledId, args) {
      seen.push(calledId);
      return call(calledId, args);
    }
    const bound = await createServerReference(action('makeBound'), outermost)('kept');
    assert.deepEqual(await bound('more'), ['kept', 'more']);
    assert.deepEqual(seen, [action('makeBound'), action('echo')]);
  },

  // Pages
  async 'onPage gets the page that the call changed, before the call resolves, in one request'() {
    await onPageOf('/notes?page=2#top', async () => {
      sent.length = 0;
      const events = [];
      const call = serve(
        async (changes) => {
          if (changes) revalidatePath('/notes');
          return 'saved';
        },
        {
          onPage: (page, context) =>
            events.push(
              [page, context.id, context.url.href],
              page.then(({root}) => root),
            ),
        },
      );
      assert.equal(await call(true).then((result) => (events.push(result), result)), 'saved');
      const [[page, calledId, url], root, result] = events;
      assert.ok(page instanceof Promise);
      assert.deepEqual([calledId, url, result], [id, `${origin}/notes?page=2`, 'saved']);
      assert.equal(await root, 'page /notes');
      assert.equal(sent.length, 1);
      assert.equal(sent[0].headers.get('x-action-page'), '/notes?page=2');
      events.length = 0;
      await call(false);
      assert.deepEqual(events, []);
    });
  },
  async 'without onPage no page is asked for'() {
    await onPageOf('/notes', async () => {
      sent.length = 0;
      await serve(async () => revalidatePath('/notes'))();
      assert.equal(sent[0].headers.get('x-action-page'), null);
    });
  },
  async 'a page comes with a call that rejects, and an onPage that throws takes no result away'() {
    await onPageOf('/notes', async () => {
      const pages = [];
      const failing = serve(
        async () => {
          revalidatePath('/notes');
          throw new Error('failed');
        },
        {onPage: (page) => pages.push(page)},
      );
      assert.ok((await rejection(failing())).digest);
      assert.deepEqual(await pages[0], {root: 'page /notes'});
      app.errors.splice(0);

      const reported = [];
      globalThis.reportError = (error) => reported.push(error.message);
      const call = serve(async () => (cookies().set('a', '1'), 'saved'), {
        onPage() {
          throw new Error('of the app');
        },
      });
      assert.equal(await call(), 'saved');
      assert.deepEqual(reported, ['of the app']);
      delete globalThis.reportError;
    });
  },

  // Redirects
  async 'a redirect leaves the page by default, and the call stays pending'() {
    await onPageOf('/notes?page=2', async (left) => {
      let settled = false;
      const settle = () => (settled = true);
      serve(async (target) => redirect(target))('/done?a').then(settle, settle);
      await pause(20);
      assert.deepEqual(left.splice(0), [`${origin}/done?a`]);
      serve(async () => redirect('https://other.test/', {external: true}))().then(settle, settle);
      await pause(20);
      assert.deepEqual(left.splice(0), ['https://other.test/']);
      // Another place on the same page would not be fetched anew.
      serve(async () => redirect('/notes?page=2#new'))().then(settle, settle);
      await pause(20);
      assert.deepEqual(left.splice(0), [`${origin}/notes?page=2#new`, 'reload']);
      assert.equal(settled, false);
    });
  },
  async 'a page that was left and comes back out of the browser`s memory is loaded anew'() {
    await onPageOf('/notes', async (left) => {
      let show;
      globalThis.addEventListener = (name, listener) => {
        if (name === 'pageshow') show = listener;
      };
      try {
        void serve(async () => redirect('/done'))();
        await pause(20);
      } finally {
        delete globalThis.addEventListener;
      }
      left.length = 0;
      show({persisted: false});
      assert.deepEqual(left, []);
      show({persisted: true});
      assert.deepEqual(left, ['reload']);
    });
  },
  async 'onRedirect decides for the whole app: what it returns is the result, what it throws the reason'() {
    await onPageOf('/notes', async (left) => {
      const seen = [];
      const going = serve(async () => redirect('/done'), {
        onRedirect: (error) => (seen.push(error), 'navigated'),
      });
      assert.equal(await going(), 'navigated');
      const [error] = seen;
      assert.ok(error instanceof client.ServerFunctionRedirect);
      assert.deepEqual(
        [error.url.href, error.code, error.id, error.name],
        [`${origin}/done`, 'redirect', id, 'ServerFunctionRedirect'],
      );
      const rejecting = serve(async () => redirect('/done'), {
        onRedirect(redirectError) {
          throw redirectError;
        },
        onFailure: () => assert.fail('a redirect is no failure'),
      });
      assert.ok((await rejection(rejecting())) instanceof client.ServerFunctionRedirect);
      assert.deepEqual(left, []);
    });
  },
  async 'a redirect where there is no page, or to what is no web page, rejects'() {
    const answering = (target) => async () =>
      Object.defineProperty(
        new Response(null, {status: 204, headers: {'X-Action-Redirect': target}}),
        'url',
        {value: `${origin}/rsc-action`},
      );
    const call = serve(async () => {}, {fetch: answering('/done')});
    assert.ok((await rejection(call())) instanceof client.ServerFunctionRedirect);
    // A worker has the URL of its script, which it cannot leave.
    globalThis.location = {href: `${origin}/worker.js`};
    try {
      assert.ok((await rejection(call())) instanceof client.ServerFunctionRedirect);
    } finally {
      delete globalThis.location;
    }
    const evil = serve(async () => {}, {fetch: answering('javascript:alert(1)')});
    assert.equal((await rejection(evil())).code, 'unexpected-response');
  },

  // Failures
  async 'each way to fail has its own type, and onFailure gets those of the way there'() {
    const seen = [];
    const options = {onFailure: (error) => (seen.push(error), 'handled')};
    const unknown = createServerReference('no#such', createCallServer({fetch, ...options}));
    assert.equal(await unknown(), 'handled');
    const offline = serve(async () => {}, {
      ...options,
      fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    });
    assert.equal(await offline(), 'handled');
    const refused = serve(async () => {}, {
      ...options,
      fetch: (url, init) => app.handle(new Request(new URL(url, origin), {...init, method: 'PUT'})),
    });
    assert.equal(await refused(), 'handled');
    const broken = serve(async () => {}, {
      ...options,
      async fetch() {
        const stream = new ReadableStream({
          pull: (controller) => controller.error(new TypeError('network error')),
        });
        return new Response(stream, {headers: {'Content-Type': 'text/x-component'}});
      },
    });
    assert.equal(await broken(), 'handled');
    assert.deepEqual(
      seen.map(({name, code, status}) => [name, code, status]),
      [
        ['UnknownServerFunctionError', 'unknown-function', 404],
        ['ServerFunctionNetworkError', 'network', 0],
        ['ServerFunctionRequestError', 'method-not-allowed', 405],
        ['ServerFunctionNetworkError', 'network', 0],
      ],
    );
    assert.equal(seen[3].cause.message, 'network error');
    app.errors.splice(0);
  },
  async 'onFailure hears neither what functions throw, nor notFound(), nor aborts'() {
    const options = {onFailure: () => assert.fail('called')};
    const failing = serve(async () => Promise.reject(new Error('own')), options);
    assert.ok((await rejection(failing())).digest);
    const missing = await rejection(serve(async () => notFound(), options)());
    assert.ok(missing instanceof client.ServerFunctionNotFoundError);
    assert.deepEqual([missing.code, missing.status], ['not-found', 404]);
    const signal = AbortSignal.abort();
    const aborted = withCallOptions(
      {signal},
      serve(async () => {}, options),
    );
    assert.equal((await rejection(aborted())).code, 'aborted');
    app.errors.splice(0);
  },
  async 'a connection that breaks in the middle of a result reaches its consumer by type'() {
    const call = serve(
      async () =>
        (async function* () {
          for (let number = 0; number < 9; number++) {
            yield number;
            await pause(2);
          }
        })(),
      {
        async fetch(url, init) {
          const response = await fetch(url, init);
          let chunks = 0;
          const cut = new TransformStream({
            transform(chunk, controller) {
              if (++chunks > 2) controller.error(new TypeError('network error'));
              else controller.enqueue(chunk);
            },
          });
          return new Response(response.body.pipeThrough(cut), response);
        },
      },
    );
    const values = [];
    const error = await rejection(
      (async () => {
        for await (const value of await call()) values.push(value);
      })(),
    );
    assert.ok(error instanceof client.ServerFunctionNetworkError, String(error));
    await pause(20);
  },
  'options that are unknown are refused'() {
    assert.throws(() => createCallServer({onpage() {}}), /no option "onpage".*onPage/);
  },
});
// A page that is being left waits for half a minute.
process.exit();
