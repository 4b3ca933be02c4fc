import assert from 'node:assert/strict';
import {asyncProperty, check, uint8Array} from 'fast-check';
import {checkProgram, counts} from './checkProgram.mjs';
import {keptState} from './keptState.mjs';
import {testSeed as seed} from '../../../support/seed.mjs';

/** `TEST_SEED` and `TEST_RUNS` choose the programs. */
const runs = Number(process.env['TEST_RUNS'] ?? 1_000);
Error.stackTraceLimit = 1;

const bytes = uint8Array({minLength: 4, maxLength: 12, size: 'max'});
const details = await check(
  asyncProperty(bytes, async (chosen) => {
    const program = keptState(chosen);
    const refused = counts.refused ?? 0;
    await checkProgram(program);
    if (!program.isKept) assert.equal(counts.refused ?? 0, refused, 'refused for nothing');
  }),
  {seed, numRuns: runs},
);
console.log(JSON.stringify({seed, runs: details.numRuns, ...counts}));
if (details.failed) {
  console.log(keptState(details.counterexample[0]).source);
  console.log(String(details.errorInstance?.message ?? details.error));
  process.exit(1);
}
process.exit(0);
