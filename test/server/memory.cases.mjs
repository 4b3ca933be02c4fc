// Node runs this with --expose-gc.
import assert from 'node:assert/strict';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {body as dynamic} from './fixtures/app/src/dynamic.mjs';
import {action, callRequest, root, takeCalls} from './support/app.mjs';
import {dynamicManifest, id} from './support/dynamicApp.mjs';
import {kinds, replies} from './support/hostileReplies.mjs';

const handle = createServerFunctionHandler({
  manifest: dynamicManifest,
  root,
  bodyTimeout: 50,
  maxBodySize: 1_000_000,
  // It remembers calls.
  inspector: false,
  onError() {},
});
const send = async (body, init = {}, called = action('echo')) => {
  const request = await callRequest(called, {raw: body}, init);
  const response = await handle(request);
  await response.text().catch(() => {});
  return response.status;
};
const text = {headers: {'Content-Type': 'text/plain'}};
function formOf(fields) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}
const large = 'x'.repeat(900_000);
const endless = () =>
  new ReadableStream({start: (controller) => controller.enqueue(new Uint8Array(500_000))});
const broken = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(500_000));
    },
    pull: (controller) => controller.error(new Error('ECONNRESET')),
  });

/** Megabytes in use, once everything that can be collected was. */
async function used() {
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    globalThis.gc();
  }
  const {heapUsed, external} = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

/** Megabytes that may be more: what the engine keeps for itself, and less than ten of the bodies. */
const NOISE = 5;

/** Each body has half a megabyte or more. */
async function assertFlat(work, times = 60) {
  for (let round = 0; round < 5; round++) await work();
  await takeCalls();
  const before = await used();
  for (let round = 0; round < times; round++) await work();
  await takeCalls();
  const grown = (await used()) - before;
  assert.ok(grown < NOISE, `${grown.toFixed(1)} MB more after ${times} requests`);
}

await runCases({
  'large bodies that are refused leave nothing behind': () =>
    assertFlat(async () => {
      assert.equal(await send(`["${large}"`, text), 400);
      assert.equal(await send(formOf([['0', `["$1", "${large}"]`]])), 400);
    }),
  'bodies that are too large, or that break, leave nothing behind': () =>
    assertFlat(async () => {
      assert.equal(await send(new Uint8Array(3_000_000), text), 413);
      assert.equal(await send(broken(), text), 400);
    }, 40),
  'bodies that never end leave nothing behind': () =>
    assertFlat(async () => {
      const all = Array.from({length: 10}, () => send(endless(), text));
      assert.deepEqual(new Set(await Promise.all(all)), new Set([408]));
    }, 20),
  'large arguments, streams and promises among them, leave nothing behind': () =>
    assertFlat(async () => {
      const fields = [
        ['0', '["$R1","$X2","$@3","$B4"]'],
        ['3', `"${large.slice(0, 300_000)}"`],
        ['4', new Blob([large.slice(0, 300_000)])],
        ['S1', `"${large.slice(0, 200_000)}"`],
        ['S1', 'C'],
        ['S2', '"x"'],
        ['S2', 'C'],
      ];
      assert.equal(await send(formOf(fields)), 200);
    }),
  'a small file that the app keeps leaves nothing of the rest of its body behind': () => {
    const kept = [];
    dynamic.run = async (form) => void kept.push(form.get('small'));
    const fields = [
      ['0', '["$K1"]'],
      ['_1_small', new Blob(['x'])],
      ['_1_large', new Blob([large])],
    ];
    return assertFlat(async () => assert.equal(await send(formOf(fields), {}, id), 200));
  },
  'what React alone would wait for without end leaves nothing behind': () =>
    assertFlat(async () => {
      const padding = ['_9_padding', large.slice(0, 500_000)];
      for (const name of [...kinds.endlessBinding, 'lateRow']) {
        assert.equal(await send(formOf([...replies[name], padding])), 400);
      }
    }, 40),
});
