import {fileURLToPath} from 'node:url';
import {BASE, contenders, prepare} from './contenders.js';
import {generatedCorpus, publishedCorpus, smallCorpus} from './corpus.js';

const ROUNDS = Number(process.env.ROUNDS ?? 9);

const corpora = {
  'small modules of 100 to 1,000 bytes': smallCorpus(10),
  '300 modules of about 140 lines, two inline server functions each': generatedCorpus(300, {
    withDirective: true,
  }),
  '3,000 modules without a directive': generatedCorpus(3000, {withDirective: false}),
  'published code without a directive (webpack/lib)': publishedCorpus(
    fileURLToPath(new URL('../../node_modules/webpack/lib', import.meta.url)),
    300,
  ),
};

await prepare();
for (const [title, modules] of Object.entries(corpora)) report(title, await time(modules));

/** Milliseconds of each round by contender. The contenders take turns, so that drift meets them all. */
async function time(modules) {
  const times = new Map(Object.keys(contenders).map((name) => [name, []]));
  const refused = new Map();
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(contenders)) {
      const start = performance.now();
      refused.set(name, await compile(modules, run));
      // Round -1 warms up.
      if (round >= 0) times.get(name).push(performance.now() - start);
    }
  }
  return {times, refused, count: modules.length};
}

/** How many of the modules are refused: peers do not compile all that React allows. */
async function compile(modules, run) {
  let refused = 0;
  for (const module of modules) {
    try {
      await run(module);
    } catch {
      refused++;
    }
  }
  return refused;
}

function report(title, {times, refused, count}) {
  const bare = times.get(BASE);
  console.log(`\n${title} (${ROUNDS} rounds)`);
  console.table(
    Object.fromEntries(
      [...times].map(([name, all]) => [
        name,
        {
          'median ms per module': Number((median(all) / count).toFixed(4)),
          'times a bare parse': Number(median(all.map((ms, i) => ms / bare[i])).toFixed(2)),
          refused: refused.get(name),
          range: `${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)} ms`,
        },
      ]),
    ),
  );
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
