/**
 * Runs the cases one after another and prints what became of each, for `runCases` in `runNode.ts`.
 *
 * The environment variable TEST_SKIP is a list of names, in JSON, of those that are left out.
 *
 * @param {Record<string, () => unknown>} cases by the sentence that each proves
 */
export async function runCases(cases) {
  const skipped = JSON.parse(process.env.TEST_SKIP ?? '[]');
  const unknown = skipped.filter((name) => !Object.hasOwn(cases, name));
  if (unknown.length > 0) throw new Error(`There are no cases ${JSON.stringify(unknown)}.`);
  for (const [name, run] of Object.entries(cases)) {
    if (skipped.includes(name)) continue;
    const result = {name};
    try {
      await withDeadline(run);
    } catch (error) {
      result.error = error?.stack ?? String(error);
    }
    console.log(JSON.stringify({case: result}));
  }
}

/** @template T @param {() => T | Promise<T>} run may replace timers: its own deadline is set before */
async function withDeadline(run) {
  let timer;
  const deadline = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('The case took longer than 60 s.')), 60_000);
  });
  try {
    return await Promise.race([run(), deadline]);
  } finally {
    clearTimeout(timer);
  }
}
