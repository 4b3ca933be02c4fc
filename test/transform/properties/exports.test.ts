import {fileURLToPath} from 'node:url';
import {runNode} from '../../support/runNode.ts';

test('a call of any export runs what the module exports, however its variables are assigned', async () => {
  const script = fileURLToPath(new URL('./support/runExports.mjs', import.meta.url));
  const {code, stdout, stderr} = await runNode(script);
  const [summary, ...counterexample] = stdout.split('\n');
  console.info(`Random exports (TEST_SEED and TEST_RUNS choose them): ${summary}`);
  if (code !== 0) throw new Error(`${counterexample.join('\n')}\n${stderr}`);
  // Most modules must come as far as to be compared.
  const {compared, runs} = JSON.parse(summary!);
  expect(compared).toBeGreaterThan(runs / 2);
}, 3_600_000);
