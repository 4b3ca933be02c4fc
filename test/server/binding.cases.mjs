// Captures that only one user can use, for some time: one process, as both are set once for all of it.
import assert from 'node:assert/strict';
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {registerInlineFunction} from 'use-server-webpack-plugin/runtime';
import {cookies, createMemoryCache, withRequest} from 'use-server-webpack-plugin/server';
import {encryptCaptures} from '../../dist/src/server/captures/encryption.js';
import {runCases} from '../support/cases.mjs';
import {assertRefused, callRequest, manifest, origin, readResult, root} from './support/app.mjs';
import {createHandler} from './support/door.mjs';
import {id, state} from './fixtures/app/src/inline.mjs';

const errors = [];
const bindings = [];
/** Who is signed in, as an app would find out. */
const captureBinding = async (request) => {
  await Promise.resolve();
  bindings.push(request.url);
  const user = cookies().get('user')?.value;
  if (user === 'broken') throw new RangeError('no session store');
  return user === 'number' ? 7 : (user ?? 'nobody');
};
const options = {
  manifest: {
    ...manifest,
    [id]: {id: 'src/inline.mjs', chunks: [], name: '$$Page$save', async: true},
  },
  root,
  captureMaxAge: 3600,
  captureBinding,
  onError: (error) => void errors.push(error),
};
const handle = createHandler(options);
const page = (user) =>
  new Request(`${origin}/page`, {headers: user === undefined ? {} : {Cookie: `user=${user}`}});
const sealed = (captures = ['captured']) =>
  registerInlineFunction(
    async () => {},
    id,
    null,
    'save',
    () => captures,
  );
const tokenIn = (text) => /"([\w-]{60,})"/.exec(text)[1];

/** The token of a function on a page that is rendered for a user. */
async function tokenOf(user) {
  const stream = withRequest(page(user), () =>
    renderToReadableStream({save: sealed()}, {}, {filterStackFrame: () => false}),
  );
  return tokenIn(await new Response(stream).text());
}
const call = async (token, user) =>
  handle(
    await callRequest(id, [token], {headers: user === undefined ? {} : {Cookie: `user=${user}`}}),
  );
const assertWorks = async (response) => {
  assert.equal(await readResult(response), 'saved');
  assert.deepEqual(state.calls.splice(0), [['captured', undefined]]);
};
state.end = async () => 'saved';

await runCases({
  async 'captures that were rendered for a user work for this user alone'() {
    const token = await tokenOf('ada');
    await assertWorks(await call(token, 'ada'));
    for (const other of ['bob', undefined, 'ad', 'adaa']) {
      await assertRefused(await call(token, other), 400, 'invalid-captures');
    }
    assert.deepEqual(state.calls, []);
    await assertWorks(await call(await tokenOf(undefined), undefined));
    await assertRefused(await call(await tokenOf(undefined), 'ada'), 400, 'invalid-captures');
  },
  async 'what they are bound to is in no token'() {
    const token = await tokenOf('a-name-that-would-show');
    assert.ok(!Buffer.from(token, 'base64url').includes('a-name'));
    assert.ok(!token.includes('a-name'));
  },
  async 'id and binding are told apart: a token of id "x" for "yz" is none of "xy" for "z"'() {
    const one = await withRequest(page('yz'), () => encryptCaptures('x', [1]));
    const {decryptCaptures} = await import('../../dist/src/server/captures/encryption.js');
    assert.deepEqual(await withRequest(page('yz'), () => decryptCaptures('x', one)), [1]);
    await assert.rejects(
      withRequest(page('z'), () => decryptCaptures('xy', one)),
      {code: 'invalid-captures'},
    );
  },
  async 'a page asks once whom its captures are bound to'() {
    bindings.splice(0);
    const stream = withRequest(page('ada'), () =>
      renderToReadableStream([sealed(), sealed(), sealed()], {}),
    );
    await new Response(stream).text();
    assert.deepEqual(bindings.splice(0), [`${origin}/page`]);
  },
  async 'captures in a result are bound to whom the function has signed in'() {
    state.end = async () => {
      cookies().set('user', 'bob');
      return {save: sealed()};
    };
    const response = await call(await tokenOf('ada'), 'ada');
    const token = tokenIn(await response.text());
    state.end = async () => 'saved';
    state.calls.splice(0);
    await assertWorks(await call(token, 'bob'));
    await assertRefused(await call(token, 'ada'), 400, 'invalid-captures');
  },
  async 'a page that is rendered without its request fails, and says what to do'() {
    const failures = [];
    const render = () =>
      renderToReadableStream(sealed(), {}, {onError: (error) => void failures.push(error.message)});
    const text = async (stream) => new Response(stream).text();
    await text(render());
    const cached = createMemoryCache().cached(async () => text(render()), {tags: () => []});
    await withRequest(page('ada'), cached);
    assert.equal(failures.length, 2);
    for (const message of failures) assert.match(message, /"captureBinding".*withRequest\(request/);
  },
  async 'a binding that fails, or is no text, is an error of the server`s own'() {
    errors.splice(0);
    const token = await tokenOf('ada');
    for (const [user, expected] of [
      ['broken', /no session store/],
      ['number', /captureBinding must give a string, but gave number/],
    ]) {
      const response = await call(token, user);
      assert.equal(response.status, 500);
      await response.text();
      assert.match(errors.splice(0)[0].message, expected);
    }
    assert.deepEqual(state.calls, []);
  },
  async 'captures that are too old are refused by a code of their own; a forged age is a forged token'() {
    const token = await tokenOf('ada');
    const {now} = Date;
    try {
      Date.now = () => now() + 3590_000;
      await assertWorks(await call(token, 'ada'));
      Date.now = () => now() + 3700_000;
      await assertRefused(await call(token, 'ada'), 400, 'expired-captures');
      await assertRefused(await call(token, 'bob'), 400, 'invalid-captures');
      const renewed = Buffer.from(token, 'base64url');
      renewed.writeUInt32BE(Math.floor(Date.now() / 1000), 9);
      const forged = renewed.toString('base64url');
      await assertRefused(await call(forged, 'ada'), 400, 'invalid-captures');
      // A clock that runs behind that of the process which made it.
      Date.now = () => now() - 3700_000;
      await assertWorks(await call(token, 'ada'));
    } finally {
      Date.now = now;
    }
  },
  'another handler can say the same, or nothing, but nothing else'() {
    createHandler(options);
    createHandler({manifest: options.manifest, root});
    assert.throws(
      () => createHandler({...options, captureBinding: () => 'x'}),
      /^TypeError: captureBinding is one for the whole process/,
    );
    assert.throws(
      () => createHandler({...options, captureMaxAge: 60}),
      /^TypeError: captureMaxAge is one for the whole process/,
    );
    for (const captureMaxAge of [0, -1, 0.5, '60']) {
      assert.throws(() => createHandler({...options, captureMaxAge}), /captureMaxAge/);
    }
    assert.throws(
      () => createHandler({...options, captureBinding: 'user'}),
      /^TypeError: captureBinding must be a function/,
    );
  },
});
