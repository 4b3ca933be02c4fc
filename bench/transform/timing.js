const ROUNDS = Number(process.env.ROUNDS ?? 9);
/** As many modules each contender compiles before anything is timed, until the engine has optimised it. */
const WARM_UP_MODULES = 5000;

/**
 * Times what each contender makes of all modules of a corpus, and prints medians beside those of the first
 * contender. They take turns, so that drift meets them all.
 *
 * @param {string} title
 * @param {import('./corpus.js').Module[]} modules
 * @param {Record<string, (module: import('./corpus.js').Module) => unknown>} contenders
 */
export async function compare(title, modules, contenders) {
  const results = Object.entries(contenders).map(([name, run]) => ({name, run, times: []}));
  const warmUpRounds = Math.ceil(WARM_UP_MODULES / modules.length);
  for (let round = -warmUpRounds; round < ROUNDS; round++) {
    for (const result of results) {
      const start = performance.now();
      result.refused = await compile(modules, result.run);
      if (round >= 0) result.times.push(performance.now() - start);
    }
  }
  report(title, modules.length, results);
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

function report(title, count, results) {
  const base = results[0];
  console.log(`\n${title} (${ROUNDS} rounds)`);
  console.table(
    Object.fromEntries(
      results.map(({name, times, refused}) => [
        name,
        {
          'median ms per module': Number((median(times) / count).toFixed(4)),
          [`times ${base.name}`]: Number(
            median(times.map((ms, i) => ms / base.times[i])).toFixed(2),
          ),
          refused,
          range: `${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)} ms`,
        },
      ]),
    ),
  );
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
