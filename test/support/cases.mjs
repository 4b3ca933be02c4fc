/**
 * Runs the cases one after another and prints what became of each, for `runCases` in `runNode.ts`.
 *
 * @param {Record<string, () => unknown>} cases by the sentence that each proves
 */
export async function runCases(cases) {
  for (const [name, run] of Object.entries(cases)) {
    const result = {name};
    try {
      await withDeadline(run());
    } catch (error) {
      result.error = error?.stack ?? String(error);
    }
    console.log(JSON.stringify({case: result}));
  }
}

/** @template T @param {T | Promise<T>} work */
async function withDeadline(work) {
  let timer;
  const deadline = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('The case took longer than 10 s.')), 10_000);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
