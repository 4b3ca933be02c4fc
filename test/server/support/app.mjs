import assert from 'node:assert/strict';
import {fileURLToPath} from 'node:url';
import * as client from 'react-server-dom-webpack/client.edge';

export const root = fileURLToPath(new URL('../fixtures/app', import.meta.url));
export const origin = 'http://app.test';

const names = [
  'echo',
  'finish',
  'nothing',
  'fail',
  'invoke',
  'stream',
  'lateFailure',
  'makeBound',
  'component',
  'submit',
  'reducer',
  'ünïcode',
];

/** The manifest of the fixture app. `plain` is listed by mistake: it has no tag. */
export const manifest = {
  ...Object.fromEntries(
    [...names, 'plain', 'missing'].map((name) => entry('src/actions.mjs', name)),
  ),
  ...Object.fromEntries([entry('src/broken.mjs', 'run'), entry('src/common.cjs', 'save')]),
};

export const clientManifest = {'src/Button.mjs': {id: '42', chunks: [], name: '*'}};

function entry(path, name) {
  return [`${path}#${name}`, {id: path, chunks: [], name, async: true}];
}

/** `$$id` of an export of src/actions.mjs. */
export const action = (name) => `src/actions.mjs#${name}`;

/** What ran since the last time. */
export async function takeCalls() {
  const {calls} = await import('../fixtures/app/src/actions.mjs');
  return calls.splice(0);
}

/**
 * A call as React's client makes it.
 *
 * @param {string} id
 * @param {unknown} args for `encodeReply`, or `{body}` as it is
 * @param {{url?: string, headers?: Record<string, string>, body?: BodyInit, signal?: AbortSignal}} init
 */
export async function callRequest(id, args = [], init = {}) {
  const body = args?.raw === undefined ? await client.encodeReply(args) : args.raw;
  return new Request(init.url ?? `${origin}/rsc-action`, {
    method: 'POST',
    ...init,
    headers: {'X-Action-Id': id, 'Sec-Fetch-Site': 'same-origin', ...init.headers},
    body: 'body' in init ? init.body : body,
    duplex: 'half',
  });
}

/** What React's client makes of an answer. */
export async function readResult(response, options = {}) {
  assert.equal(response.headers.get('content-type'), 'text/x-component');
  return client.createFromReadableStream(response.body, {
    serverConsumerManifest: {moduleMap: {}, serverModuleMap: null, moduleLoading: null},
    ...options,
  });
}

/** Asserts a refusal, and that nothing ran. */
export async function assertRefused(response, status, code) {
  const text = await response.text();
  assert.equal(response.headers.get('x-action-error'), code, text);
  assert.equal(response.status, status);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  // Behind an empty line is what a developer needs, in development alone.
  const [shown] = text.split('\n\n');
  assert.ok(shown.length > 0 && shown.length < 300, text);
  assert.deepEqual(await takeCalls(), []);
}

/** Runs `work` with console methods silenced; gives what they were called with. */
export async function silenced(work) {
  const {error, warn} = console;
  const lines = [];
  console.error = console.warn = (...args) => lines.push(args);
  try {
    await work();
  } finally {
    Object.assign(console, {error, warn});
  }
  return lines;
}
