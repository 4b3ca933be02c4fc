// Revalidation, and pages that are rendered again in the answer of a call.
import assert from 'node:assert/strict';
import {createElement} from 'react';
import {
  cookies,
  createMemoryCache,
  headers,
  notFound,
  redirect,
  revalidatePath,
  revalidateTag,
  withRequest,
} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {assertRefused, origin, readResult} from './support/app.mjs';
import {dynamicApp, id} from './support/dynamicApp.mjs';

const production = process.env.NODE_ENV === 'production';
const cache = createMemoryCache();
let requests = [];
const app = dynamicApp({
  cache,
  renderPage(request, context) {
    requests.push({request, context});
    return {root: createElement(Page), formState: null};
  },
});
async function Page() {
  await pause();
  return createElement('p', null, cookies().get('theme')?.value ?? 'no theme');
}
const pause = () => new Promise((resolve) => setTimeout(resolve, 2));
const onNotes = {headers: {'X-Action-Page': '/notes?page=2'}};
const change = async () => {
  revalidatePath('/notes');
  return 'saved';
};
const rejection = (promise) => Promise.resolve(promise).then(assert.fail, (reason) => reason);
/** What the client gets of an answer with a page. */
async function readBoth(response) {
  assert.equal(response.headers.get('x-action-page'), '/notes?page=2');
  return readResult(response);
}
/** What the page shows. */
async function shown(page) {
  const {root} = await page;
  return (await rendered(root)).props.children;
}
/** Flight gives a Server Component as a lazy one of what it rendered. */
async function rendered(node) {
  for (;;) {
    if (node.$$typeof !== Symbol.for('react.lazy')) return node;
    try {
      node = node._init(node._payload);
    } catch (pending) {
      await pending;
    }
  }
}

await runCases({
  async 'a call that revalidates is answered with its result and the page as it is now'() {
    const response = await app.call(change, onNotes);
    assert.equal(response.status, 200);
    const {result, page} = await readBoth(response);
    assert.equal(await result, 'saved');
    assert.equal(await shown(page), 'no theme');
    const [{request, context}] = requests.splice(0);
    assert.equal(request.method, 'GET');
    assert.equal(request.url, `${origin}/notes?page=2`);
    assert.deepEqual(context, {id});
    for (const name of ['content-type', 'x-action-id', 'x-action-page']) {
      assert.equal(request.headers.get(name), null);
    }
  },
  async 'a call that only reads is answered with its result alone'() {
    const response = await app.call(async () => 'read', onNotes);
    assert.equal(response.headers.get('x-action-page'), null);
    assert.equal(await readResult(response), 'read');
    assert.deepEqual(requests, []);
  },
  async 'with renderPageAfter "every-call" a call that only reads brings the page along too'() {
    const every = dynamicApp({
      renderPageAfter: 'every-call',
      renderPage: () => ({root: createElement('p', null, 'page')}),
    });
    const response = await every.call(async () => 'read', onNotes);
    const {result, page} = await readBoth(response);
    assert.equal(await result, 'read');
    assert.equal(await shown(page), 'page');
    assert.equal(await readResult(await every.call(async () => 'read')), 'read');
    assert.throws(() => dynamicApp({renderPageAfter: 'change'}), /needs the option "renderPage"/);
    const wrong = {renderPageAfter: 'always', renderPage: () => null};
    assert.throws(() => dynamicApp(wrong), /must be "change" or "every-call", but is "always"/);
  },
  async 'a client that takes no page gets none'() {
    const response = await app.call(change);
    assert.equal(response.headers.get('x-action-page'), null);
    assert.equal(await readResult(response), 'saved');
    assert.deepEqual(requests, []);
  },
  async 'a cookie that is set or deleted renders the page again, which sees it'() {
    for (const [run, expected, header] of [
      [async () => cookies().set('theme', 'därk'), 'därk', 'other=1; theme=d%C3%A4rk'],
      [async () => cookies().delete('theme'), 'no theme', 'other=1'],
    ]) {
      const response = await app.call(run, {
        headers: {...onNotes.headers, Cookie: 'other=1; theme=light'},
      });
      assert.equal(response.headers.getSetCookie().length, 1);
      assert.equal(await shown((await readBoth(response)).page), expected);
      const [{request}] = requests.splice(0);
      assert.equal(request.headers.get('cookie'), header);
      assert.equal(
        withRequest(request, () => cookies().get('theme')?.value ?? 'no theme'),
        expected,
      );
    }
  },
  async 'revalidateTag counts as well, after awaits too'() {
    const response = await app.call(async () => {
      await pause();
      revalidateTag('notes');
    }, onNotes);
    const {result, page} = await readBoth(response);
    assert.equal(await result, undefined);
    await page;
    requests = [];
  },
  async 'result and page stream side by side, and neither waits for the other'() {
    let finish;
    const response = await app.call(async () => {
      revalidatePath('/notes');
      return (async function* () {
        yield 1;
        await new Promise((resolve) => (finish = resolve));
        yield 2;
      })();
    }, onNotes);
    const {result, page} = await readBoth(response);
    const iterator = (await result)[Symbol.asyncIterator]();
    assert.deepEqual(await iterator.next(), {done: false, value: 1});
    assert.equal(await shown(page), 'no theme');
    finish();
    assert.deepEqual(await iterator.next(), {done: false, value: 2});
    requests = [];
  },
  async 'what a function changed before it threw is shown too, beside the error'() {
    const response = await app.call(async () => {
      revalidatePath('/notes');
      throw new Error('secret');
    }, onNotes);
    assert.equal(response.status, 500);
    const {result, page} = await readBoth(response);
    assert.equal(await shown(page), 'no theme');
    const error = await rejection(result);
    assert.equal(error.digest, app.errors.splice(0)[0].digest);
    assert.equal(error.message === 'secret', !production);
    requests = [];
  },
  async 'a result that cannot be sent does not take the page with it'() {
    const response = await app.call(async () => {
      revalidatePath('/notes');
      return new (class Secret {
        field = 1;
      })();
    }, onNotes);
    const {result, page} = await readBoth(response);
    assert.equal(await shown(page), 'no theme');
    await rejection(result);
    assert.match(app.errors.splice(0)[0].error.message, /Classes or null prototypes/);
    requests = [];
  },
  async 'a page that fails does not take the result with it'() {
    const failing = dynamicApp({
      renderPage() {
        throw new Error('broken page');
      },
    });
    const {result, page} = await readBoth(await failing.call(change, onNotes));
    assert.equal(await result, 'saved');
    assert.equal((await rejection(page)).digest, failing.errors[0].digest);
    assert.equal(failing.errors[0].error.message, 'broken page');
    const missing = dynamicApp({renderPage: async () => notFound()});
    const answer = await readBoth(await missing.call(change, onNotes));
    assert.equal(await answer.result, 'saved');
    await rejection(answer.page);
  },
  async 'a page that redirects makes the client leave it, with its cookies'() {
    const own = dynamicApp({
      renderPage: () => (cookies().get('session') ? 'account' : redirect('/login')),
    });
    const response = await own.call(async () => cookies().delete('session'), {
      headers: {...onNotes.headers, Cookie: 'session=1'},
    });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('x-action-redirect'), '/login');
    assert.equal(response.headers.getSetCookie().length, 1);
    assert.deepEqual(own.errors, []);
  },
  async 'a function that redirects has no page rendered'() {
    const response = await app.call(async () => {
      revalidatePath('/notes');
      redirect('/done');
    }, onNotes);
    assert.equal(response.headers.get('x-action-redirect'), '/done');
    assert.deepEqual(requests, []);
  },
  async 'what the function threw is reported when the page redirects, as nothing else would tell of it'() {
    const own = dynamicApp({renderPage: () => redirect('/login')});
    const response = await own.call(async () => {
      cookies().delete('session');
      throw new RangeError('failed');
    }, onNotes);
    assert.equal(response.headers.get('x-action-redirect'), '/login');
    assert.deepEqual(
      own.errors.map(({error}) => error.message),
      ['failed'],
    );
  },
  async 'cookies() and headers() can be read in renderPage and in its components, and not changed'() {
    const seen = [];
    const own = dynamicApp({
      cache,
      async renderPage(request) {
        await pause();
        seen.push(headers().get('x-note'), cookies().get('a').value);
        assert.throws(() => cookies().set('a', '2'), /while a page is rendered/);
        return withRequest(request, () => createElement(Component));
      },
    });
    async function Component() {
      await pause();
      seen.push(headers().get('x-note'), cookies().get('a').value);
      try {
        cookies().set('a', '2');
      } catch (error) {
        seen.push(error.message);
      }
      return null;
    }
    const response = await own.call(change, {
      headers: {...onNotes.headers, 'X-Note': 'n', Cookie: 'a=1'},
    });
    await response.text();
    assert.deepEqual(seen.slice(0, 4), ['n', '1', 'n', '1']);
    assert.match(seen[4], /answer was on its way/);
    assert.deepEqual(own.errors, []);
  },
  async 'a page that is not a path of this server is refused before anything runs'() {
    let ran = false;
    for (const path of [
      '//evil.test/',
      'https://evil.test/',
      'notes',
      '',
      '/\\evil.test',
      '/a b',
      '/.//evil.test',
      '/ünï',
    ]) {
      const response = await app.call(async () => void (ran = true), {
        headers: {'X-Action-Page': path},
      });
      await assertRefused(response, 400, 'malformed-page');
    }
    assert.equal(ran, false);
    assert.deepEqual(requests, []);
    app.errors.splice(0);
  },
  async 'no page is rendered for a client that is gone'() {
    const controller = new AbortController();
    const response = await app.call(
      async () => {
        revalidatePath('/notes');
        controller.abort();
      },
      {...onNotes, signal: controller.signal},
    );
    assert.equal(response.headers.get('x-action-page'), null);
    assert.deepEqual(requests, []);
  },
  async 'temporary references work beside a page'() {
    const response = await app.call(
      async (value) => {
        revalidatePath('/notes');
        return value;
      },
      {...onNotes, args: [{a: [1]}]},
    );
    const {result} = await readBoth(response);
    assert.deepEqual(await result, {a: [1]});
    requests = [];
  },

  // The cache
  async 'the cache hears of a revalidation at once, and the answer waits for it'() {
    const heard = [];
    const own = dynamicApp({
      cache: {
        async revalidatePath(path) {
          heard.push(path);
          await pause();
          heard.push(`${path} done`);
        },
        revalidateTag: (tag) => void heard.push(tag),
      },
      renderPage: () => void heard.push('page'),
    });
    const response = await own.call(async () => {
      revalidateTag('notes');
      revalidatePath('/notes');
      heard.push('returns');
    }, onNotes);
    await response.text();
    assert.deepEqual(heard, ['notes', '/notes', 'returns', '/notes done', 'page']);
  },
  async 'forms revalidate as well'() {
    const heard = [];
    const own = dynamicApp({
      cache: {revalidatePath: (path) => void heard.push(path), revalidateTag() {}},
      render: () => new Response(heard.join()),
    });
    const response = await own.post(async () => revalidatePath('/notes'));
    assert.equal(await response.text(), '/notes');
  },
  async 'a cache that fails fails the call, because the page would show what is no longer true'() {
    const own = dynamicApp({
      cache: {
        revalidatePath: () => Promise.reject(new Error('cache down')),
        revalidateTag() {
          throw new Error('cache down too');
        },
      },
    });
    const response = await own.call(change);
    assert.equal(response.status, 500);
    await response.text();
    await (await own.call(async () => revalidateTag('a'))).text();
    const [first, second] = own.errors.splice(0);
    assert.equal(first.error.message, 'cache down');
    assert.equal(second.error.message, 'cache down too');
    const late = await own.call(async () =>
      (async function* () {
        yield 1;
        revalidatePath('/notes');
      })(),
    );
    await late.text();
    assert.equal(own.errors[0].error.message, 'cache down');
  },
  async 'revalidation without anything to revalidate is an error that names the options'() {
    const own = dynamicApp();
    await (await own.call(change)).text();
    assert.match(
      own.errors[0].error.message,
      /revalidatePath\(\) has nothing.*"cache".*"renderPage"/,
    );
    const withPage = dynamicApp({renderPage: () => 'page'});
    assert.equal(await (await readBoth(await withPage.call(change, onNotes))).result, 'saved');
  },
  async 'paths and tags are checked'() {
    for (const run of [
      async () => revalidatePath('notes'),
      async () => revalidatePath('/notes?page=2'),
      async () => revalidatePath(undefined),
      async () => revalidateTag(''),
      async () => revalidateTag(1),
    ]) {
      await (await app.call(run)).text();
      assert.match(app.errors.splice(0)[0].error.message, /^revalidate(Path|Tag) takes/);
    }
  },
  'the options cache, renderPage and renderError are checked'() {
    assert.throws(() => dynamicApp({cache: {}}), /cache must be an object.*createMemoryCache/);
    assert.throws(() => dynamicApp({cache: null}), /cache must be an object/);
    assert.throws(() => dynamicApp({renderPage: 'page'}), /renderPage must be a function/);
    assert.throws(() => dynamicApp({renderError: {}}), /renderError must be a function/);
  },
  async 'a page shows through the memory cache what the same call has changed'() {
    let title = 'old';
    const readTitle = cache.cached(async () => title, {tags: ['title']});
    const own = dynamicApp({cache, renderPage: async () => readTitle()});
    assert.equal(await readTitle(), 'old');
    const response = await own.call(async () => {
      title = 'new';
      assert.equal(await readTitle(), 'old');
      revalidateTag('title');
      return readTitle();
    }, onNotes);
    const {result, page} = await readBoth(response);
    assert.deepEqual([await result, await page], ['new', 'new']);
  },
});
