import {asyncProperty, check, integer, uint8Array} from 'fast-check';
import {checkProgram, counts} from './checkProgram.mjs';
import {randomProgram} from './randomProgram.mjs';
import {testSeed as seed} from '../../../support/seed.mjs';

/**
 * `TEST_SEED` and `TEST_RUNS` choose the programs; one in `TEST_FLIGHT_SHARE` goes over Flight
 * with the real encryption; 0 for none.
 */
process.env['USE_SERVER_ENCRYPTION_KEY'] ??= Buffer.alloc(32, 1).toString('base64');
const runs = Number(process.env['TEST_RUNS'] ?? 1_500);
const share = Number(process.env['TEST_FLIGHT_SHARE'] ?? 50);

// Thousands of functions are registered, each with a stack that nobody reads.
Error.stackTraceLimit = 1;
const started = Date.now();
// A program may call an async function and leave the promise behind.
process.on('unhandledRejection', () => {});

const bytes = uint8Array({minLength: 10, maxLength: 240, size: 'max'});
const details = await check(
  asyncProperty(bytes, integer({min: 1, max: Math.max(share, 1)}), async (chosen, number) => {
    await checkProgram(randomProgram(chosen), {overFlight: number === share});
  }),
  {seed, numRuns: runs},
);
const seconds = (Date.now() - started) / 1000;
console.log(JSON.stringify({seed, runs: details.numRuns, seconds, ...counts}));
if (details.failed) {
  console.log(randomProgram(details.counterexample[0]).source);
  console.log(String(details.errorInstance?.message ?? details.error));
  process.exit(1);
}
process.exit(0);
