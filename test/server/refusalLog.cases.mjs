import assert from 'node:assert/strict';
import {RefusalError} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {action, callRequest, manifest, origin, root} from './support/app.mjs';
import {createHandler} from './support/door.mjs';

const ATTACK = 'evil\u001b[31m';
const attack = encodeURIComponent(ATTACK);
/** One request for each kind of refusal, each with a text of an attacker in every place that it has. */
const refusals = {
  '405 method-not-allowed': async () =>
    new Request(`${origin}/rsc-action?${attack}`, {method: 'PUT', headers: {'X-Evil': attack}}),
  '403 cross-site': () => call([], {'Sec-Fetch-Site': attack, Origin: attack}),
  '403 missing-origin': () => formWithoutOrigin(),
  '415 unsupported-media-type': () => call([], {'Content-Type': `text/${attack}`}),
  '413 body-too-large': () => call([attack.repeat(100)]),
  '404 malformed-id': () => callRequest(`%${attack}`),
  '404 unknown-function': () => callRequest(`src/${attack}.mjs#evil`),
  '404 not-a-server-function': () => callRequest(action('plain'), [attack]),
  '400 malformed-body': () => callRequest(action('echo'), {raw: `{"${attack}`}),
  '400 limit-exceeded': () => call(Array.from({length: 101}, () => 1)),
};
const call = (args, headers) => callRequest(action('echo'), args, {headers});
function formWithoutOrigin() {
  const body = new FormData();
  body.append(`$ACTION_ID_${attack}`, '');
  return new Request(`${origin}/${attack}`, {method: 'POST', body});
}

/** The lines that `work` logs, and timers that it sets, which run by `pass`. */
async function logged(work) {
  const {warn, error} = console;
  const {setTimeout} = globalThis;
  const lines = [];
  const timers = [];
  console.warn = (...args) => lines.push(args.join(' '));
  console.error = (...args) => lines.push(args.join(' '));
  globalThis.setTimeout = (run, time, ...rest) => {
    if (time !== 60_000) return setTimeout(run, time, ...rest);
    const timer = {run, ref: true, unref: () => (timer.ref = false)};
    timers.push(timer);
    return timer;
  };
  const pass = () => {
    for (const {run} of timers.splice(0)) run();
    return lines.splice(0);
  };
  try {
    await work({lines: () => lines.splice(0), pass, timers});
  } finally {
    Object.assign(console, {warn, error});
    globalThis.setTimeout = setTimeout;
  }
}

const app = (options) => createHandler({manifest, root, maxBodySize: 1000, ...options});

await runCases({
  async 'each kind of refusal gives one line with status and code, and no byte of the request'() {
    await logged(async ({lines}) => {
      const handle = app();
      for (const [kind, request] of Object.entries(refusals)) {
        const response = await handle(await request());
        assert.equal(`${response.status} ${response.headers.get('x-action-error')}`, kind);
        const written = lines();
        const line = written.find((one) =>
          one.startsWith(`Refused a request for a server function: ${kind}`),
        );
        // What 403 means is said too, since it is often a mistake in the set-up.
        assert.equal(line?.endsWith(kind), response.status !== 403);
        assert.equal(written.length, 1);
        assert.ok(!written.join().includes('evil'));
      }
    });
  },
  async 'a flood of them gives one line at once and a count each minute, until it ends'() {
    await logged(async ({lines, pass, timers}) => {
      const handle = app();
      const flood = async (count) => {
        for (let i = 0; i < count; i++) await handle(await callRequest(`src/${i}.mjs#x`));
      };
      await flood(100);
      await handle(await refusals['403 cross-site']());
      assert.deepEqual(lines(), [
        'Refused a request for a server function: 404 unknown-function',
        'Refused a request for a server function: 403 cross-site. This request comes from another site. If that site is yours, add its origin to "allowedOrigins"; behind a proxy, see "trustProxy".',
      ]);
      assert.deepEqual(
        timers.map(({ref}) => ref),
        [false, false],
      );
      assert.deepEqual(pass(), [
        'Refused 99 more requests for a server function in the last 60 s: 404 unknown-function',
      ]);
      await flood(1);
      assert.deepEqual(pass(), [
        'Refused 1 more request for a server function in the last 60 s: 404 unknown-function',
      ]);
      assert.deepEqual(pass(), []);
      assert.equal(timers.length, 0);
      await flood(1);
      assert.deepEqual(lines(), ['Refused a request for a server function: 404 unknown-function']);
    });
  },
  async 'codes that an app makes up without end share a line'() {
    await logged(async ({lines}) => {
      let count = 0;
      const refuse = () => {
        throw new RefusalError(403, 'no', {code: `code-${count++}`});
      };
      const handle = app({middleware: [refuse]});
      for (let i = 0; i < 200; i++) await handle(await call([]));
      const written = lines();
      assert.equal(written.length, 51);
      assert.equal(written.at(-1), 'Refused a request for a server function: other');
    });
  },
  async 'an onError of the app takes the place of the log, and hears of every one'() {
    await logged(async ({lines}) => {
      const errors = [];
      const handle = app({onError: (error) => void errors.push(error)});
      for (let i = 0; i < 3; i++) await handle(await refusals['403 cross-site']());
      assert.deepEqual(
        errors.map(({code}) => code),
        ['cross-site', 'cross-site', 'cross-site'],
      );
      for (const {message} of errors) assert.ok(!message.includes('evil'));
      assert.deepEqual(lines(), []);
    });
  },
});
