import assert from 'node:assert/strict';
import {transform} from 'use-server-webpack-plugin/transform';
import {randomExports} from './randomExports.mjs';
import {testSeed as seed} from '../../../support/seed.mjs';

const runs = Number(process.env.TEST_RUNS ?? 1000);
const counts = {compared: 0, 'not loaded': 0, refused: 0};
const runtime = import.meta.resolve('use-server-webpack-plugin/runtime');

for (let i = 0; i < runs; i++) {
  const {source, mayBeLate} = randomExports(mulberry32(seed + i));
  try {
    counts[await check(source, mayBeLate)]++;
  } catch (error) {
    console.log(JSON.stringify({seed: seed + i, counts}));
    console.log(`${source}\n${error.stack}`);
    process.exit(1);
  }
}
console.log(JSON.stringify({seed, runs, ...counts}));
process.exit();

async function check(source, mayBeLate) {
  const original = await load(source);
  const isRight = Object.values(original).every((value) => typeof value === 'function');
  const options = {filename: '/app/actions.mjs', root: '/app', target: 'server', sourceMap: false};
  const {code, serverReferences, diagnostics} = transform(source, options);
  if (diagnostics.length > 0) {
    const codes = new Set(diagnostics.map((diagnostic) => diagnostic.code));
    assert.ok(mayBeLate || !isRight, JSON.stringify(diagnostics.map(({message}) => message)));
    if (!isRight) codes.delete('not-async');
    assert.deepEqual([...codes], [...(mayBeLate && codes.size > 0 ? ['late-export'] : [])]);
    return 'refused';
  }
  if (!isRight) {
    await assert.rejects(load(code), /may only export async functions/);
    return 'not loaded';
  }
  const compiled = await load(code);
  const names = Object.keys(original);
  assert.deepEqual(Object.keys(compiled), names);
  assert.deepEqual(serverReferences.map(({exportName}) => exportName).sort(), names);
  for (const name of names) {
    const [path, id] = compiled[name].$$id.split('#');
    assert.equal(path, 'actions.mjs');
    // A call from outside runs what the module exports under the name of the id.
    const expected = await original[name]();
    const bound = (await compiled[name].$$bound) ?? [];
    assert.equal(await compiled[id](...bound), expected, `"${name}" has the id of "${id}"`);
    assert.equal(await compiled[name](), expected);
  }
  for (const first of names) {
    for (const second of names) {
      assert.equal(compiled[first] === compiled[second], original[first] === original[second]);
    }
  }
  return 'compared';
}

function load(code) {
  const text = code.replaceAll('use-server-webpack-plugin/runtime', runtime);
  return import(`data:text/javascript,${encodeURIComponent(`${text}\n// ${Math.random()}`)}`);
}

function mulberry32(start) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
