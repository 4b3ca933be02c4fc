// Captures that cannot be opened: whose failure that is.
import assert from 'node:assert/strict';
import * as client from 'react-server-dom-webpack/client.edge';
import {redirect, RequestError} from 'use-server-webpack-plugin/server';
import {encryptCaptures} from '../../dist/src/server/captures/encryption.js';
import {runCases} from '../support/cases.mjs';
import {assertRefused, callRequest, manifest, origin, readResult} from './support/app.mjs';
import {dynamicApp, id as runId} from './support/dynamicApp.mjs';
import {id, state} from './fixtures/app/src/inline.mjs';

const entry = (path, name) => ({id: path, chunks: [], name, async: true});
const app = dynamicApp({
  manifest: {
    ...manifest,
    [runId]: entry('src/dynamic.mjs', 'run'),
    [id]: entry('src/inline.mjs', '$$Page$save'),
  },
});
const token = () => encryptCaptures(id, ['captured']);
const call = async (...args) => app.handle(await callRequest(id, args));
const takeCalls = () => state.calls.splice(0);
/** A form whose action is the function with a token. */
async function post(bound) {
  const form = new FormData();
  form.append('$ACTION_REF_1', '');
  form.append('$ACTION_1:0', JSON.stringify({id, bound: '$@1'}));
  form.append('$ACTION_1:1', JSON.stringify([bound]));
  return app.handle(
    new Request(`${origin}/notes`, {
      method: 'POST',
      body: form,
      headers: {'Sec-Fetch-Site': 'same-origin'},
    }),
  );
}

await runCases({
  async 'a token that this server made opens'() {
    state.end = async () => 'saved';
    assert.equal(await readResult(await call(await token(), 'extra')), 'saved');
    assert.deepEqual(takeCalls(), [['captured', 'extra']]);
    assert.equal((await post(await token())).status, 303);
    assert.equal(takeCalls().length, 1);
  },
  async 'a token that it did not make is refused, before anything runs'() {
    for (const forged of ['forged', null, await encryptCaptures('other#$$id', ['captured'])]) {
      await assertRefused(await call(forged), 400, 'invalid-captures');
      await assertRefused(await post(forged), 400, 'invalid-captures');
    }
    assert.deepEqual(takeCalls(), []);
    for (const {error} of app.errors.splice(0)) assert.equal(error.code, 'invalid-captures');
  },
  async 'what the function throws once its captures are open is no refusal'() {
    state.end = async () => {
      throw new RequestError('mine', {status: 400, code: 'invalid-captures'});
    };
    const response = await call(await token());
    assert.equal(response.status, 500);
    assert.equal(response.headers.get('x-action-error'), null);
    await response.text();
    assert.equal((await post(await token())).status, 500);
    assert.equal(takeCalls().length, 2);
    app.errors.splice(0);
  },
  async 'a forged function among the arguments is refused before anything runs, wherever it stands'() {
    const forged = client.createServerReference(id).bind(null, 'forged');
    const unbound = client.createServerReference(id);
    const genuine = client.createServerReference(id).bind(null, await token());
    const late = client.createServerReference(id).bind(null, Promise.resolve('forged'));
    let ran = false;
    const run = async () => void (ran = true);
    for (const value of [forged, unbound, late]) {
      for (const args of [
        [value],
        [genuine, {deep: [new Map([['key', value]])]}],
        [Promise.resolve({value})],
        [genuine.bind(null, value)],
      ]) {
        await assertRefused(await app.call(run, {args}), 400, 'invalid-captures');
        assert.equal(app.errors.splice(0)[0].error.code, 'invalid-captures');
      }
    }
    assert.equal(ran, false);
  },
  async 'a genuine function among the arguments is called as often as the app likes, each time with values of its own'() {
    const seen = [];
    state.end = (captured) => seen.push(captured);
    for (const bound of [await token(), Promise.resolve(await token())]) {
      const args = [client.createServerReference(id).bind(null, bound)];
      const response = await app.call(async (fn) => void (await fn(), await fn()), {args});
      assert.equal(response.status, 200);
      await response.text();
    }
    assert.equal(takeCalls().length, 4);
  },
  async 'a forged token in code that runs already is an error like any other'() {
    state.end = async () => {
      const {$$Page$save} = await import('./fixtures/app/src/inline.mjs');
      return $$Page$save('forged');
    };
    assert.equal((await call(await token())).status, 500);
    assert.deepEqual(takeCalls(), [['captured', undefined]]);
    app.errors.splice(0);
  },
  async 'the helpers work in inline functions'() {
    state.end = async () => redirect('/done');
    const response = await call(await token());
    assert.equal(response.headers.get('x-action-redirect'), '/done');
    takeCalls();
  },
});
