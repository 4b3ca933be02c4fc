// Errors of compiled sources, in a process with --enable-source-maps.
import assert from 'node:assert/strict';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {transformSync} from 'esbuild';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {callRequest, readResult} from './support/app.mjs';

const production = process.env.NODE_ENV === 'production';
const root = mkdtempSync(join(tmpdir(), 'stacks-'));
const react = import.meta.resolve('react-server-dom-webpack/server');
const source = `import {registerServerReference} from '${react}';

/*
 * Lines that the compiler takes away.
 */
interface Shape {
  area: number;
}

export async function fail(shape: Shape): Promise<void> {
  await null;
  throw new TypeError('line twelve');
}
registerServerReference(fail, 'actions.js', 'fail');

export async function late(): Promise<object> {
  return {later: fail({area: 1})};
}
registerServerReference(late, 'actions.js', 'late');
`;
const {code} = transformSync(source, {loader: 'ts', sourcemap: 'inline', sourcefile: 'actions.ts'});
writeFileSync(join(root, 'actions.js'), code);
writeFileSync(join(root, 'package.json'), '{"type": "module"}');
assert.ok(code.split('\n').indexOf('  throw new TypeError("line twelve");') < 10);

const errors = [];
const handler = (onError) =>
  createServerFunctionHandler({
    manifest: Object.fromEntries(
      ['fail', 'late'].map((name) => [
        `actions.js#${name}`,
        {id: 'actions.js', chunks: [], name, async: true},
      ]),
    ),
    root,
    onError,
  });
const recording = handler((error) => void errors.push(error.stack));
const silent = handler(() => {});
const rejection = (promise) => Promise.resolve(promise).then(assert.fail, (reason) => reason);

/** What the caller sees of the error: the stack where it was thrown, or nothing of it. */
function assertStack({stack, message}) {
  if (production) {
    assert.doesNotMatch(`${stack}${message}`, /actions\.|twelve/);
  } else {
    assert.equal(message, 'line twelve');
    assert.match(stack, /actions\.ts:12:9/);
  }
}

await runCases({
  async 'the stack of what a call throws leads to the source, in development alone'() {
    for (const handle of [recording, silent]) {
      const response = await handle(await callRequest('actions.js#fail', [{area: 1}]));
      assertStack(await rejection(readResult(response)));
    }
    assert.match(errors.splice(0)[0], /actions\.ts:12:9/);
  },
  async 'so does that of a promise in the result'() {
    const response = await silent(await callRequest('actions.js#late'));
    const {later} = await readResult(response);
    assertStack(await rejection(later));
  },
  async 'and that of a form'() {
    const form = new FormData();
    form.append('$ACTION_ID_actions.js#fail', '');
    const response = await silent(
      new Request('http://app.test/', {
        method: 'POST',
        body: form,
        headers: {'Sec-Fetch-Site': 'same-origin'},
      }),
    );
    const text = await response.text();
    if (production) assert.match(text, /^The server function failed\. Digest: \d+$/);
    else assert.match(text, /line twelve[^]*actions\.ts:12:9/);
  },
});
