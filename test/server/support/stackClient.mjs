// A browser in front of a real server: React's own client for calls, forms without JavaScript, raw sockets.
import assert from 'node:assert/strict';
import {connect} from 'node:net';
import * as client from 'react-server-dom-webpack/client.edge';
import {encryptCaptures} from '../../../dist/src/server/captures/encryption.js';
import {readResult} from './app.mjs';
import {body} from '../fixtures/app/src/dynamic.mjs';
import {id as inlineId, state as inline} from '../fixtures/app/src/inline.mjs';
import {id, statefulFields} from './dynamicApp.mjs';

export const inlineEntry = {
  [inlineId]: {id: 'src/inline.mjs', chunks: [], name: '$$Page$save', async: true},
};

const SAME_SITE = {'Sec-Fetch-Site': 'same-origin'};

/**
 * @param {string} origin of the server
 * @param {typeof globalThis.fetch} send
 */
export function stackClient(origin, send = fetch) {
  const jar = new Map();
  const post = async (path, {headers, ...init}) => {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const response = await send(`${origin}${path}`, {
      method: 'POST',
      redirect: 'manual',
      ...init,
      headers: {...SAME_SITE, ...(cookie && {Cookie: cookie}), ...headers},
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]*)=([^;]*)/.exec(line);
      jar.set(name, value);
    }
    return response;
  };
  const fetchCall = async (called, args, {headers} = {}) =>
    post('/rsc-action', {
      headers: {'X-Action-Id': called, ...headers},
      body: await client.encodeReply(args),
    });
  return {
    jar,
    post,
    fetchCall,
    /** The answer of a call of `run`. */
    answer(run, args = [], init = {}) {
      body.run = run;
      return fetchCall(id, args, init);
    },
    /** What React's client makes of it. */
    async call(run, ...args) {
      return readResult(await this.answer(run, args));
    },
    /** A form with `run` as its action, from a browser without JavaScript. */
    async submit(run, {state, path = '/page?a=b', headers, note = ''} = {}) {
      body.run = run;
      const fields = state === undefined ? [[`$ACTION_ID_${id}`, '']] : await statefulFields(state);
      const form = new FormData();
      for (const [name, value] of fields) form.append(name, value);
      form.append('name', 'Ada');
      form.append('note', note);
      return post(path, {body: form, headers});
    },
    async callWithCaptures(captured, ...args) {
      inline.end = async () => inline.calls.splice(0);
      return readResult(
        await fetchCall(inlineId, [await encryptCaptures(inlineId, [captured]), ...args]),
      );
    },
  };
}

/** A multipart post that is none of React's. */
export function foreignForm(size = 50_000) {
  const form = new FormData();
  form.append('title', 'mine');
  form.append('file', new Blob(['x'.repeat(size)]), 'a.txt');
  return form;
}

/** Messages one after another over one connection; all that the server answers until it falls silent. */
export function exchange(port, messages, {silence = 300} = {}) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const finish = () => (socket.destroy(), resolve(answer));
    socket.setTimeout(silence, finish);
    socket.setEncoding('latin1').on('data', (text) => (answer += text));
    socket.on('error', finish).on('close', finish);
    for (const message of [messages].flat()) socket.write(message);
  });
}

/** What every server must answer, whatever stands around the handler. */
export async function assertServes(origin, send) {
  const browser = stackClient(origin, send);
  const sent = [new Map([['a', 1n]]), new Date(0), 'ü'];
  assert.deepEqual(await browser.call(async (...args) => args, ...sent), sent);
  assert.deepEqual(await browser.callWithCaptures({note: 1}, 'extra'), [[{note: 1}, 'extra']]);

  const streamed = await browser.call(async function () {
    return (async function* () {
      for (let i = 0; i < 5; i++) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        yield i;
      }
    })();
  });
  const items = [];
  for await (const item of streamed) items.push(item);
  assert.deepEqual(items, [0, 1, 2, 3, 4]);

  const failing = browser.call(async () => {
    throw new Error('on purpose');
  });
  await assert.rejects(failing, /on purpose/);

  const refused = await browser.answer(async () => assert.fail('ran'), [], {
    headers: {'Sec-Fetch-Site': 'cross-site'},
  });
  assert.equal(refused.status, 403);
  assert.equal(refused.headers.get('x-action-error'), 'cross-site');
  await refused.text();

  const unknown = await browser.fetchCall('src/nothing.mjs#x', []);
  assert.equal(unknown.status, 404);
  await unknown.text();
}
