import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {generateApps} from './app.js';
import {measurements} from './measurements.js';

const MODULES = Number(process.env.MODULES ?? 2000);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** Part of the names of those that shall run. */
const {ONLY = '', JSON_FILE} = process.env;

/** Below the repository, so that the applications find its packages. */
const folder = fileURLToPath(new URL('../../.cache/build-bench', import.meta.url));

for (const compiled of [false, true]) {
  generateApps(appFolder(compiled), MODULES, {compiled});
}

const results = [];
for (const measurement of measurements) {
  if (!measurement.name.includes(ONLY)) continue;
  results.push({...(await measure(measurement)), name: measurement.name});
  report(results.at(-1));
}
console.log(`\n${MODULES} modules, ${ROUNDS} pairs, node ${process.version}`);
console.table(Object.fromEntries(results.map((result) => [result.name, rowOf(result)])));
if (JSON_FILE) writeFileSync(JSON_FILE, JSON.stringify(results, null, 2));

/** In turns, and each pair the other way round than the one before, so that drift meets both. */
async function measure({task, warmUp = 1}) {
  const pairs = [];
  for (let round = -warmUp; round < ROUNDS; round++) {
    const pair = {};
    for (const hasPlugin of round % 2 === 0 ? [false, true] : [true, false]) {
      pair[hasPlugin ? 'with' : 'without'] = await runOnce(task, hasPlugin);
    }
    if (round >= 0) pairs.push(pair);
  }
  return {pairs};
}

async function runOnce({edit, hasCache, ...task}, hasPlugin) {
  const side = hasPlugin ? 'with' : 'without';
  const app = join(appFolder(task.compiled), side);
  const request = {
    ...task,
    hasPlugin,
    folder: app,
    cacheFolder: hasCache ? join(app, '.cache', task.build) : undefined,
    edit: edit && {...edit, files: edit[side]},
  };
  const measure = fileURLToPath(new URL('measure.js', import.meta.url));
  const {stdout} = await promisify(execFile)(process.execPath, [measure, JSON.stringify(request)], {
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout);
}

function appFolder(compiled) {
  return join(folder, compiled ? 'js' : 'tsx');
}

function report(result) {
  console.log(result.name, JSON.stringify(rowOf(result)));
}

function rowOf({pairs}) {
  const ratios = pairs.map((pair) => pair.with.cpu / pair.without.cpu);
  const all = (side, figure) => pairs.map((pair) => pair[side][figure]);
  return {
    modules: median(all('with', 'modules')),
    'CPU ms without': Math.round(median(all('without', 'cpu'))),
    'CPU ms with': Math.round(median(all('with', 'cpu'))),
    ratio: round(median(ratios)),
    'lowest to highest': `${round(Math.min(...ratios))} to ${round(Math.max(...ratios))}`,
    'peak MB without': Math.round(median(all('without', 'rss'))),
    'peak MB with': Math.round(median(all('with', 'rss'))),
    'peak ratio': round(median(pairs.map((pair) => pair.with.rss / pair.without.rss))),
  };
}

function round(ratio) {
  return Number(ratio.toFixed(3));
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
