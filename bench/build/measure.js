import {setTimeout as sleep} from 'node:timers/promises';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import webpack from 'webpack';
import {createConfigs} from './configs.js';

/**
 * One measurement in a process of its own, as `run.js` asks for on the command line. Prints JSON:
 * `cpu` in milliseconds of user and system time, `rss` in megabytes, `modules` of all compilations.
 */
const {edit, ...task} = JSON.parse(process.argv[2]);
const compiler = webpack(createConfigs(task));
const result = edit ? await watch(edit) : await buildOnce();
process.stdout.write(JSON.stringify({...result, rss: process.resourceUsage().maxRSS / 1024}));

/** CPU time of the whole process: to start Node and to load webpack, loaders and plugin counts too. */
async function buildOnce() {
  const stats = await new Promise((fulfil, reject) => {
    compiler.run((error, stats) => (error ? reject(error) : fulfil(stats)));
  });
  check(stats);
  await new Promise((fulfil) => {
    compiler.close(fulfil);
  });
  return {cpu: cpuTime(), modules: modulesOf(stats)};
}

/** CPU time of each rebuild, until the process is quiet again. */
async function watch({files, rounds, warmUp}) {
  const last = {stats: null, builtAt: null};
  const watching = compiler.watch({aggregateTimeout: 20}, (error, stats) => {
    if (error) throw error;
    check(stats);
    last.stats = stats;
    last.builtAt = performance.now();
  });
  await quiet();
  const modules = modulesOf(last.stats);
  const cpu = [];
  for (let round = 1; round <= warmUp + rounds; round++) {
    last.builtAt = null;
    const before = cpuTime();
    for (const file of files) change(join(task.folder, file), round);
    await quiet();
    if (round > warmUp) cpu.push(cpuTime() - before);
  }
  await new Promise((fulfil) => {
    watching.close(fulfil);
  });
  return {cpu: median(cpu), modules};

  /** A plugin may work after webpack has, and one compiler may start another: that counts. */
  async function quiet() {
    do await sleep(50);
    while (last.builtAt === null || performance.now() - last.builtAt < 400);
  }
}

/** Another body of a function, or another comment in a stub, which has none. */
function change(filename, round) {
  const text = readFileSync(filename, 'utf8');
  const isCode = text.includes('const revision = ');
  writeFileSync(
    filename,
    isCode
      ? text.replaceAll(/const revision = \d+/g, `const revision = ${round}`)
      : `${text.replace(/\/\/ \d+\n$/, '')}// ${round}\n`,
  );
}

function check(stats) {
  if (stats.hasErrors()) throw new Error(stats.toString({preset: 'errors-only'}).slice(0, 2000));
}

function modulesOf(stats) {
  return (stats.stats ?? [stats]).reduce((sum, {compilation}) => sum + compilation.modules.size, 0);
}

function cpuTime() {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1000;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
