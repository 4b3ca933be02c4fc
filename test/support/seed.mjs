/**
 * What random tests begin with. The same in each run, so that a failure comes from the change at hand;
 * `TEST_SEED=random` looks further, and any number repeats a run.
 */
export const testSeed = chosen(process.env['TEST_SEED'] ?? '20261126');

function chosen(value) {
  return value === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(value);
}
