import {fileURLToPath} from 'node:url';
import {expect, test} from '@jest/globals';
import {runNode} from '../support/runNode.ts';

/** Waits for what takes longer than any test, when `TEST_RUNS` is large. */
const HOURS = 3_600_000 * 10;

test(
  'no request crashes, hangs or changes the server, or fails but by its own fault',
  async () => {
    const script = fileURLToPath(new URL('./fuzz/fuzz.mjs', import.meta.url));
    const {code, stdout, stderr} = await runNode(script, {env: {NODE_ENV: 'production'}});
    const [summary, ...counterexample] = stdout.split('\n');
    console.info(`Random requests (TEST_SEED and TEST_RUNS choose them): ${summary}`);
    if (code !== 0) throw new Error(`${counterexample.join('\n')}\n${stderr}`);
    // Some must come as far as to run, or nothing behind the first check was tried.
    const {requests, executed} = JSON.parse(summary!);
    expect(executed).toBeGreaterThan(requests / 100);
  },
  HOURS,
);
