// cookies(), headers(), redirect(), notFound(): in calls and in forms.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import * as server from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {withoutDelay} from '../support/cpuTime.mjs';
import {origin, readResult, silenced} from './support/app.mjs';
import {dynamicApp, id, statefulFields} from './support/dynamicApp.mjs';

const {
  cookies,
  headers,
  Interruption,
  notFound,
  NotFoundError,
  redirect,
  RedirectError,
  withRequest,
} = server;
const production = process.env.NODE_ENV === 'production';
const app = dynamicApp();
const page = (url = `${origin}/notes`, init) => new Request(url, init);
const result = async (response) => readResult(response);
const rejection = (promise) => Promise.resolve(promise).then(assert.fail, (reason) => reason);
const pause = () => new Promise((resolve) => setTimeout(resolve, 2));
/** The one `Set-Cookie` of a call that sets a cookie. */
async function setCookie(...args) {
  const own = await app.call(async () => cookies().set(...args));
  assert.equal(own.status, 200, await own.clone().text());
  const set = own.headers.getSetCookie();
  assert.equal(set.length, 1);
  return set[0];
}
/** What setting a cookie throws in the server function. */
async function refusedCookie(...args) {
  let refused;
  await app.call(async () => {
    try {
      cookies().set(...args);
    } catch (error) {
      refused = error;
    }
  });
  assert.ok(refused instanceof TypeError, `${JSON.stringify(args)} was accepted`);
  return refused.message;
}
/** A `?` or `#` with nothing behind it leads nowhere else. */
const withoutEmptyParts = ({href, search, hash}) => `${href.split(/[?#]/, 1)[0]}${search}${hash}`;
/** Where `redirect(...args)` leads, or what it refuses with. */
async function target(...args) {
  const response = await app.call(async () => redirect(...args));
  const [failure] = app.errors.splice(0);
  return failure ? failure.error : response.headers.get('x-action-redirect');
}
const isSwallowed = (error, call) => {
  assert.ok(error.message.startsWith(`${call} was called in ${id}`), error.message);
  assert.match(error.message, /if \(error instanceof Interruption\) throw error/);
};

await runCases({
  // Scope
  'outside a request every helper says where to call it'() {
    for (const [name, call] of Object.entries({
      'cookies()': () => cookies(),
      'headers()': () => headers(),
      'redirect()': () => redirect('/'),
      'notFound()': () => notFound(),
      'revalidatePath()': () => server.revalidatePath('/'),
      'revalidateTag()': () => server.revalidateTag('t'),
    })) {
      assert.throws(call, (error) => {
        assert.ok(error.message.startsWith(`${name} was called outside a request`), error.message);
        return /server function.*withRequest/.test(error.message);
      });
    }
  },
  async 'the request is known after awaits, in timers and in callbacks'() {
    const response = await app.call(
      async () => {
        await pause();
        const late = await new Promise((resolve) => {
          setTimeout(() => resolve(headers().get('x-note')), 1);
        });
        return [late, cookies().get('a')?.value];
      },
      {headers: {'X-Note': 'n', Cookie: 'a=1'}},
    );
    assert.deepEqual(await result(response), ['n', '1']);
  },
  async 'calls side by side know their own request alone'() {
    const responses = [1, 2, 3, 4, 5].map((number) =>
      app.call(
        async () => {
          cookies().set('seen', `${cookies().get('n').value}!`);
          await pause();
          return cookies().get('seen').value;
        },
        {headers: {Cookie: `n=${number}`}},
      ),
    );
    for (const [index, promise] of responses.entries()) {
      const response = await promise;
      assert.equal(await result(response), `${index + 1}!`);
      assert.match(
        response.headers.getSetCookie()[0],
        new RegExp(`^seen=${index + 1}%21|^seen=${index + 1}!`),
      );
    }
  },
  async 'generators, streams and promises of the result can read, and can no longer write'() {
    const attempts = [];
    const attempt = (work) => {
      try {
        attempts.push(work());
      } catch (error) {
        attempts.push(error.message);
      }
    };
    const response = await app.call(
      async () => ({
        later: pause().then(() => cookies().get('a').value),
        generator: (async function* () {
          yield headers().get('x-note');
          await pause();
          yield cookies().get('a').value;
          attempt(() => cookies().set('b', '2'));
          attempt(() => cookies().delete('a'));
          attempt(() => redirect('/'));
          attempt(() => notFound());
        })(),
        stream: new ReadableStream({
          async pull(controller) {
            await pause();
            controller.enqueue(cookies().get('a').value);
            controller.close();
          },
        }),
      }),
      {headers: {'X-Note': 'n', Cookie: 'a=1'}},
    );
    const {later, generator, stream} = await result(response);
    assert.equal(await later, '1');
    assert.deepEqual(await collect(generator), ['n', '1']);
    assert.deepEqual(await collect(stream), ['1']);
    assert.equal(attempts.length, 4);
    for (const message of attempts) assert.match(message, /after the server function had returned/);
    assert.deepEqual(response.headers.getSetCookie(), []);
  },

  // headers()
  async 'headers() are those of the request, with and without await, and cannot be changed'() {
    const response = await app.call(
      async () => {
        // oxlint-disable-next-line typescript/await-thenable -- people may write it
        const awaited = await headers();
        assert.throws(() => awaited.set('x-note', 'other'), /cannot be changed/);
        assert.throws(() => awaited.append('x-note', 'other'), /cannot be changed/);
        assert.throws(() => awaited.delete('x-note'), /cannot be changed/);
        return [headers().get('X-Note'), [...awaited].some(([name]) => name === 'x-note')];
      },
      {headers: {'X-Note': 'n'}},
    );
    assert.deepEqual(await result(response), ['n', true]);
  },

  // cookies()
  async 'cookies() reads the request, with and without await'() {
    const response = await app.call(
      async () => {
        // oxlint-disable-next-line typescript/await-thenable -- people may write it
        const store = await cookies();
        return [
          store.get('a'),
          store.get('none'),
          store.has('b'),
          store.has('none'),
          store.getAll(),
          store.getAll('b'),
          cookies().get('__proto__')?.value,
        ];
      },
      {headers: {Cookie: 'a=1; b=%C3%BC; __proto__=p; a=second'}},
    );
    assert.deepEqual(await result(response), [
      {name: 'a', value: '1'},
      undefined,
      true,
      false,
      [
        {name: 'a', value: '1'},
        {name: 'b', value: 'ü'},
        {name: '__proto__', value: 'p'},
      ],
      [{name: 'b', value: 'ü'}],
      'p',
    ]);
  },
  async 'a cookie has safe attributes, and each can be changed'() {
    assert.equal(await setCookie('a', '1'), 'a=1; Path=/; HttpOnly; SameSite=Lax');
    assert.equal(await setCookie({name: 'a', value: '1'}), 'a=1; Path=/; HttpOnly; SameSite=Lax');
    assert.equal(
      await setCookie('a', 'ü; b=2', {
        path: '/notes',
        domain: 'app.test',
        maxAge: 60,
        expires: new Date(0),
        httpOnly: false,
        secure: true,
        sameSite: 'none',
        partitioned: true,
        priority: 'high',
      }),
      'a=%C3%BC%3B%20b%3D2; Max-Age=60; Domain=app.test; Path=/notes; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; Partitioned; Priority=High; SameSite=None',
    );
    assert.equal(
      await setCookie({name: 'a', value: '', sameSite: 'strict', maxAge: undefined}),
      'a=; Path=/; HttpOnly; SameSite=Strict',
    );
  },
  async 'cookies are Secure over https, and behind a proxy that says https or in production'() {
    const isSecure = async (own, url, headers) => {
      const response = await own.call(async () => cookies().set('a', '1'), {url, headers});
      return /; Secure/.test(response.headers.getSetCookie()[0]);
    };
    const proxied = dynamicApp({trustProxy: true});
    const forwarded = {'X-Forwarded-Proto': 'https'};
    assert.equal(await isSecure(app, 'http://app.test/rsc-action'), false);
    assert.equal(await isSecure(app, 'https://app.test/rsc-action'), true);
    assert.equal(await isSecure(app, 'http://app.test/rsc-action', forwarded), false);
    assert.equal(await isSecure(proxied, 'http://app.test/rsc-action', forwarded), true);
    assert.equal(await isSecure(proxied, 'http://app.test/rsc-action'), production);
  },
  async 'a changed cookie is read back, and the last change of each cookie is sent once, in order'() {
    const response = await app.call(
      async () => {
        const store = cookies();
        const seen = [store.get('a').value];
        store.set('a', '2');
        seen.push(cookies().get('a').value);
        store.delete('a');
        seen.push(store.has('a'), store.getAll());
        store.set('b', 'x');
        store.set('a', '3');
        store.set('a', 'admin', {path: '/admin'});
        seen.push(store.get('a').value);
        return seen;
      },
      {headers: {Cookie: 'a=1'}},
    );
    assert.deepEqual(await result(response), ['1', '2', false, [], 'admin']);
    assert.deepEqual(response.headers.getSetCookie(), [
      'b=x; Path=/; HttpOnly; SameSite=Lax',
      'a=3; Path=/; HttpOnly; SameSite=Lax',
      'a=admin; Path=/admin; HttpOnly; SameSite=Lax',
    ]);
  },
  async 'a deleted cookie expires at once, under the same path and domain'() {
    const response = await app.call(async () => {
      cookies().delete('a');
      cookies().delete('b', {path: '/x', domain: 'app.test'});
      cookies().delete('__Host-c');
    });
    assert.deepEqual(response.headers.getSetCookie(), [
      'a=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
      'b=; Max-Age=0; Domain=app.test; Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
      '__Host-c=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax',
    ]);
  },
  async 'nothing in a cookie can break out of its header'() {
    const bad = ['a\r\nSet-Cookie: b=1', 'a;b', 'a=b', 'a b', 'a\0', '', 'ü', 'a\n'];
    for (const name of bad) assert.match(await refusedCookie(name, '1'), /cannot be set/);
    for (const text of ['/\r\nX: 1', '/;HttpOnly', '/\0', '/ü']) {
      assert.match(await refusedCookie('a', '1', {path: text}), /path is invalid/);
    }
    for (const text of ['a;b', 'app.test\r\n', 'ü.test', 'a b']) {
      assert.match(await refusedCookie('a', '1', {domain: text}), /domain is invalid/);
    }
    assert.match(await refusedCookie('a', '1', {priority: 'x; Path=/'}), /priority is invalid/);
    assert.match(await refusedCookie('a', '1', {sameSite: 'x; Path=/'}), /sameSite is invalid/);
    assert.match(await refusedCookie('a', '1', {maxAge: '1; Path=/'}), /maxAge is invalid/);
    assert.match(await refusedCookie('a', '1', {maxAge: 1.5}), /maxAge is invalid/);
    assert.match(await refusedCookie('a', '1', {expires: 'x'}), /expires is invalid/);
    assert.match(await refusedCookie('a', '1', {expires: new Date(NaN)}), /expires is invalid/);
    assert.match(await refusedCookie('a', '\ud800'), /cannot be set/);
    assert.equal(
      await setCookie('a', '1\r\nSet-Cookie: b=2\0'),
      'a=1%0D%0ASet-Cookie%3A%20b%3D2%00; Path=/; HttpOnly; SameSite=Lax',
    );
  },
  async 'what browsers would drop without a word is refused with the reason'() {
    assert.match(await refusedCookie('__Host-a', '1', {path: '/x'}), /__Host- demands the path/);
    assert.match(await refusedCookie('__Host-a', '1', {domain: 'app.test'}), /allows no domain/);
    assert.match(await refusedCookie('__Host-a', '1', {secure: false}), /__Host- demands/);
    assert.match(await refusedCookie('__Http-a', '1', {httpOnly: false}), /__Http- demands/);
    assert.match(
      await refusedCookie('__Host-Http-a', '1', {httpOnly: false}),
      /demands \{httpOnly/,
    );
    assert.match(await setCookie('__Http-a', '1'), /HttpOnly; Secure/);
    assert.match(await refusedCookie('__secure-a', '1', {secure: false}), /__Secure- demands/);
    assert.match(await refusedCookie('a', '1', {sameSite: 'none'}), /demands \{secure: true\}/);
    assert.match(await refusedCookie('a', '1', {partitioned: true}), /demands \{secure: true\}/);
    assert.match(await refusedCookie('a', '1', {path: 'notes'}), /must begin with/);
    assert.match(await refusedCookie('a', 'x'.repeat(4096)), /larger than 4096 bytes/);
    assert.match(await refusedCookie('a', 1), /must be a string, but is of type number/);
    assert.match(await refusedCookie('a'), /must be a string/);
    assert.match(await refusedCookie('a', '1', {httponly: false}), /no option "httponly"/);
    assert.equal(
      await setCookie('__Host-a', '1'),
      '__Host-a=1; Path=/; HttpOnly; Secure; SameSite=Lax',
    );
    assert.match(await setCookie('a', 'x'.repeat(4094)), /^a=x{4094};/);
  },
  async 'cookies are sent too when the function throws, redirects or finds nothing'() {
    for (const end of [
      () => {
        throw new Error('failed');
      },
      () => redirect('/done'),
      () => notFound(),
    ]) {
      const run = async () => {
        cookies().set('a', '1');
        end();
      };
      for (const response of [await app.call(run), await app.post(run)]) {
        assert.deepEqual(response.headers.getSetCookie(), ['a=1; Path=/; HttpOnly; SameSite=Lax']);
        await response.text();
      }
    }
    app.errors.splice(0);
  },
  async 'a call that is refused sets no cookie'() {
    const response = await app.call(async () => cookies().set('a', '1'), {
      headers: {'Sec-Fetch-Site': 'cross-site'},
    });
    assert.equal(response.status, 403);
    assert.deepEqual(response.headers.getSetCookie(), []);
    app.errors.splice(0);
  },

  // redirect()
  async 'redirect() ends a call with where to go, which fetch does not follow by itself'() {
    const response = await app.call(async () => {
      redirect('/done?a=b#c');
      assert.fail('went on');
    });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('x-action-redirect'), '/done?a=b#c');
    assert.equal(response.headers.get('location'), null);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.deepEqual(app.errors, []);
  },
  async 'redirect() answers a form with 303, or with the status that it is given'() {
    const post = async (...args) => {
      const response = await app.post(async () => redirect(...args));
      return [response.status, response.headers.get('location')];
    };
    assert.deepEqual(await post('/done'), [303, '/done']);
    assert.deepEqual(await post('/done', 307), [307, '/done']);
    assert.deepEqual(await post('/done', {status: 302}), [302, '/done']);
    assert.deepEqual(await post('https://other.test/x', {external: true}), [
      303,
      'https://other.test/x',
    ]);
    assert.deepEqual(app.errors, []);
    for (const status of [200, 301, 404, '303', 3031]) {
      assert.equal((await app.post(async () => redirect('/done', {status})))?.status, 500);
    }
    for (const {error} of app.errors.splice(0)) assert.match(error.message, /status must be 303/);
  },
  async 'redirect() takes a text of any length, whatever is in it'() {
    const spaces = ' '.repeat(200_000);
    const expected = `/search?q=${'%20'.repeat(200_000)}x`;
    assert.equal(
      await withoutDelay(() => target(`${spaces}/search?q=${spaces}x${spaces}`)),
      expected,
    );
  },
  async 'redirect() leads to paths and URLs of this origin only'() {
    assert.equal(await target('/'), '/');
    assert.equal(await target(`${origin}/a?b#c`), '/a?b#c');
    assert.equal(await target(new URL('/a', origin)), '/a');
    assert.equal(await target('/ünï?q=ü'), '/%C3%BCn%C3%AF?q=%C3%BC');
    assert.equal(await target('/a/../b'), '/b');
    for (const url of [
      'https://evil.test/',
      'https://app.test/',
      'http://app.test:81/',
      'http://app.test.evil.test/',
      '//evil.test',
      '///evil.test',
      '/\\evil.test',
      '\\\\evil.test',
      '\\/evil.test',
      '/\t/evil.test',
      '/\n/evil.test',
      '\t//evil.test',
      ' //evil.test',
      'javascript:alert(1)',
      'JavaScript:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,x',
      'blob:http://app.test/x',
      'http://user@app.test/',
      'http:evil.test',
      'edit',
      '?page=2',
      '#top',
      '../up',
      '.',
      '',
      '/a\\..\\b',
      'http://app.test\\@evil.test/',
      `${origin}\\a`,
      ' /\\evil.test',
      'https://app.test\uff0fevil.test',
      '/a\0',
      '/a\x7f',
      '/a\r\nSet-Cookie: a=1',
      undefined,
      null,
      {},
    ]) {
      const refused = await target(url);
      assert.ok(refused instanceof TypeError, JSON.stringify([url, refused]));
      assert.match(refused.message, /^redirect\(.*\) is refused: /);
    }
    for (const path of ['/.//evil.test', '/..//evil.test', '/%2e//evil.test', '/a/..//evil.test']) {
      const url = await target(path);
      assert.equal(new URL(url, `${origin}/deep/page`).origin, origin, `${path} leads to ${url}`);
    }
  },
  async 'redirect() encodes what it is given as browsers do, whatever data is in it'() {
    assert.equal(await target('/search?q=a b'), '/search?q=a%20b');
    assert.equal(await target('/search?q='.concat('"<é>', "'")), '/search?q=%22%3C%C3%A9%3E%27');
    assert.equal(await target('/a b/ü#x y'), '/a%20b/%C3%BC#x%20y');
    assert.equal(await target('/search?q=a '), '/search?q=a');
    assert.equal(await target('/search?q=C:\\x'), '/search?q=C:\\x');
    assert.equal(await target(`${origin}/a b?c d`), '/a%20b?c%20d');
    assert.equal(await target('/100%?x=%'), '/100%?x=%');
    const base = `${origin}/deep/page?x#y`;
    const part = fc.oneof(
      fc.constantFrom('/', '//', '\\', '.', '..', '?', '#', '@', ':', ' ', '\t', '\n', '\r', '\0'),
      fc.constantFrom('%2e', '%2F', '%5c', 'http:', 'https:', 'javascript:', 'evil.test', origin),
      fc.constantFrom(
        '\uff0f',
        '\u3002',
        '\ud800',
        '\u00a0',
        '\u2028',
        '😀',
        '"',
        "'",
        '|',
        '^',
        '`',
      ),
      fc.string({unit: 'binary', maxLength: 3}),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, {maxLength: 8}), async (parts) => {
        for (const url of [parts.join(''), `/${parts.join('')}`, `${origin}/${parts.join('')}`]) {
          const sent = await target(url);
          if (sent instanceof Error) continue;
          assert.match(sent, /^\/[\x21-\x7e]*$/);
          assert.equal(new URL(sent, base).origin, origin);
          assert.equal(new URL(sent, base).href, withoutEmptyParts(new URL(url, base)));
        }
      }),
      {numRuns: 500},
    );
  },
  async 'with {external: true} redirect() leads to web pages elsewhere, and to nothing else'() {
    const external = (url) => target(url, {external: true});
    assert.equal(await external('https://other.test/a?b'), 'https://other.test/a?b');
    for (const url of [
      'javascript:alert(1)',
      '//other.test',
      'mailto:a@b.c',
      'https://a:b@c.test/',
    ]) {
      assert.ok((await external(url)) instanceof TypeError, url);
    }
  },
  async 'behind a trusted proxy this origin is the one that the browser sees'() {
    const own = dynamicApp({trustProxy: true});
    const forwarded = {'X-Forwarded-Host': 'public.test', 'X-Forwarded-Proto': 'https'};
    const leads = async (url) => {
      const response = await own.call(async () => redirect(url), {headers: forwarded});
      return response.headers.get('x-action-redirect');
    };
    assert.equal(await leads('https://public.test/a'), '/a');
    assert.equal(await leads(`${origin}/a`), null);
  },
  async 'redirect() passes a try with finally, and a catch that throws it on'() {
    const response = await app.call(async () => {
      try {
        await pause();
        redirect('/done');
      } catch (error) {
        if (error instanceof Interruption) throw error;
        assert.fail('not reached');
      } finally {
        cookies().set('cleaned', 'up');
      }
    });
    assert.equal(response.headers.get('x-action-redirect'), '/done');
    assert.equal(response.headers.getSetCookie().length, 1);
  },
  async 'a redirect that a catch swallows fails the call, and says what to write'() {
    const swallow = async () => {
      try {
        redirect('/done');
      } catch {
        return 'went on';
      }
    };
    const response = await app.call(swallow);
    assert.equal(response.status, 500);
    await response.text();
    const posted = await app.post(swallow);
    assert.equal(posted.status, 500);
    const settled = await app.call(async () => Promise.allSettled([(async () => notFound())()]));
    assert.equal(settled.status, 500);
    await settled.text();
    const [first, second, third] = app.errors.splice(0);
    isSwallowed(first.error, 'redirect("/done")');
    isSwallowed(second.error, 'redirect("/done")');
    isSwallowed(third.error, 'notFound()');
    assert.ok(first.error.cause instanceof RedirectError);
  },
  async 'what a catch throws in place of the redirect is what the call fails with'() {
    await (
      await app.call(async () => {
        try {
          redirect('/done');
        } catch (cause) {
          throw new Error('rolled back', {cause});
        }
      })
    ).text();
    assert.equal(app.errors.splice(0)[0].error.message, 'rolled back');
  },
  async 'a RedirectError that redirect() did not make is an error like any other'() {
    const response = await app.call(async () => {
      throw new RedirectError('https://evil.test/', 303);
    });
    assert.equal(response.status, 500);
    await response.text();
    assert.equal(app.errors.splice(0).length, 1);
  },

  // notFound()
  async 'notFound() answers a call and a form with 404, and is no failure'() {
    for (const response of [
      await app.call(async () => notFound()),
      await app.post(async () => notFound()),
    ]) {
      assert.equal(response.status, 404);
      assert.equal(response.headers.get('x-action-error'), 'not-found');
      assert.equal(await response.text(), 'What was asked for does not exist.');
    }
    assert.deepEqual(app.errors, []);
  },

  // Forms
  async 'a page that answers a form sees the cookies that its function set'() {
    const rendered = [];
    const own = dynamicApp({
      render(request, {formState}) {
        const read = () => [cookies().get('a')?.value, cookies().get('b')?.value];
        rendered.push(read(), withRequest(request, read), formState);
        assert.throws(() => cookies().set('c', '3'), /while a page is rendered/);
        assert.throws(() => server.revalidatePath('/'), /while a page is rendered/);
        return new Response('page', {headers: {'X-Own': 'kept', 'Set-Cookie': 'own=1'}});
      },
    });
    const response = await own.post(
      async () => {
        cookies().set('a', '2');
        cookies().delete('b');
      },
      {headers: {Cookie: 'a=1; b=1'}},
    );
    assert.deepEqual(rendered, [['2', undefined], ['2', undefined], null]);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('x-own'), 'kept');
    assert.deepEqual(
      response.headers.getSetCookie().map((header) => header.split(';')[0]),
      ['own=1', 'a=2', 'b='],
    );
    assert.equal(await response.text(), 'page');
  },
  async 'a form with a permalink is rendered where it was posted, with its state'() {
    const rendered = [];
    const own = dynamicApp({
      render(request, {formState}) {
        rendered.push(new URL(request.url).pathname, formState);
        return new Response('page');
      },
    });
    await own.post(async (state, form) => ({...state, name: form.get('name')}), {
      fields: [...(await statefulFields({count: 1})), ['name', 'n']],
      url: `${origin}/name/update`,
    });
    assert.deepEqual(rendered, ['/name/update', [{count: 1, name: 'n'}, 'kState', id, 0]]);
  },
  async 'a page that answers a form may redirect, or not be found'() {
    const redirecting = dynamicApp({render: () => redirect('/login')});
    const response = await redirecting.post(async () => cookies().set('a', '1'));
    assert.equal(response.status, 303);
    assert.equal(response.headers.get('location'), '/login');
    assert.equal(response.headers.getSetCookie().length, 1);
    const missing = await dynamicApp({render: () => notFound()}).post(async () => {});
    assert.equal(missing.status, 404);
  },
  async 'forms that fail are answered by renderError, with the status of the failure'() {
    const failures = [];
    const own = dynamicApp({
      renderError(request, failure) {
        failures.push({...failure, cookie: cookies().get('a')?.value, url: request.url});
        return new Response(`<h1>${failure.status}</h1>`, {headers: {'Content-Type': 'text/html'}});
      },
    });
    const failed = await own.post(async () => {
      cookies().set('a', '1');
      throw new Error('secret');
    });
    const missing = await own.post(async () => notFound());
    const refused = await own.post(async () => {}, {headers: {'Sec-Fetch-Site': 'cross-site'}});
    const answers = [failed, missing, refused];
    for (const [index, status] of [500, 404, 403].entries()) {
      const response = answers[index];
      assert.equal(response.status, status);
      assert.equal(response.headers.get('content-type'), 'text/html');
      assert.equal(await response.text(), `<h1>${status}</h1>`);
      assert.equal(failures[index].status, status);
      assert.equal(failures[index].url, `${origin}/notes?page=2`);
    }
    assert.equal(failed.headers.getSetCookie().length, 1);
    const [first, second, third] = failures;
    assert.equal(first.cookie, '1');
    assert.equal(first.error.message, 'secret');
    assert.equal(first.digest, own.errors[0].digest);
    assert.equal(first.message.includes('secret'), !production);
    assert.equal(first.message.includes(first.digest), production);
    assert.ok(second.error instanceof NotFoundError);
    assert.equal(third.error.code, 'cross-site');
    assert.equal(third.message, third.error.message);
    assert.deepEqual(
      own.errors.map(({error}) => error.message),
      ['secret', third.message],
    );
  },
  async 'a renderError of another status, or that redirects or fails, has its say'() {
    const own = (renderError) => dynamicApp({renderError}).post(async () => notFound());
    assert.equal((await own(() => new Response('', {status: 410}))).status, 410);
    assert.equal((await own(() => redirect('/login'))).headers.get('location'), '/login');
    const failing = dynamicApp({
      renderError() {
        throw new Error('broken page');
      },
    });
    assert.equal((await failing.post(async () => notFound())).status, 500);
    assert.equal(failing.errors[0].error.message, 'broken page');
  },
  async 'calls are never answered by renderError'() {
    const own = dynamicApp({renderError: () => assert.fail('called')});
    assert.equal((await own.call(async () => notFound())).status, 404);
    const failed = await own.call(async () => Promise.reject(new Error('failed')));
    assert.equal(failed.status, 500);
    assert.equal((await rejection(result(failed))).digest, own.errors[0].digest);
  },

  // withRequest()
  async 'withRequest gives a page its request, to read alone'() {
    const request = page(undefined, {headers: {Cookie: 'a=1', 'X-Note': 'n'}});
    const read = await withRequest(request, async () => {
      await pause();
      assert.throws(() => cookies().set('a', '2'), /Cookies can be changed in server functions/);
      assert.throws(() => cookies().delete('a'), /Cookies can be changed in server functions/);
      return [cookies().get('a').value, headers().get('x-note')];
    });
    assert.deepEqual(read, ['1', 'n']);
    assert.equal(
      withRequest(request, () => 'returned'),
      'returned',
    );
    assert.throws(() => withRequest('/notes', () => {}), /must be a Request/);
  },
  async 'redirect() and notFound() leave withRequest as errors that say what was meant'() {
    assert.throws(
      () => withRequest(page(), () => redirect('/login')),
      (error) => error instanceof RedirectError && error.url === '/login' && error.status === 303,
    );
    await assert.rejects(
      withRequest(page(), async () => notFound()),
      NotFoundError,
    );
    const https = page('http://app.test/', {headers: {'X-Forwarded-Proto': 'https'}});
    const leave = () => redirect('https://app.test/x');
    assert.throws(() => withRequest(https, leave), TypeError);
    assert.throws(() => withRequest(https, leave, {trustProxy: true}), RedirectError);
  },

  // Errors of the app
  async 'an error of the app is no refusal, of whichever class it is'() {
    const {RefusalError, RequestError} = server;
    for (const error of [
      new RequestError('mine', {status: 400, code: 'malformed-body'}),
      new RequestError('mine', {status: 404, code: 'unknown-function'}),
      new RefusalError(403, 'mine'),
    ]) {
      const response = await app.call(async () => Promise.reject(error));
      assert.equal(response.status, 500);
      assert.equal(response.headers.get('x-action-error'), null);
      await response.text();
      const posted = await app.post(async () => Promise.reject(error));
      assert.equal(posted.status, 500);
      assert.equal(posted.headers.get('x-action-error'), 'server-function-failed');
      assert.deepEqual(
        app.errors.splice(0).map((reported) => reported.error),
        [error, error],
      );
      const failing = dynamicApp({render: () => Promise.reject(error)});
      assert.equal((await failing.post(async () => {})).status, 500);
    }
  },
  async 'an onError of the default logs neither redirects nor what is not found'() {
    const own = dynamicApp({onError: undefined});
    const lines = await silenced(async () => {
      await own.call(async () => redirect('/'));
      await own.call(async () => notFound());
    });
    assert.deepEqual(lines, []);
  },
});

async function collect(iterable) {
  const values = [];
  for await (const value of iterable) values.push(value);
  return values;
}
