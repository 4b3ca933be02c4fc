import {fileURLToPath} from 'node:url';
import {runNode} from '../../support/runNode.ts';

test('random programs do the same compiled, in one process and over the wire', async () => {
  const script = fileURLToPath(new URL('./support/runPrograms.mjs', import.meta.url));
  const {code, stdout, stderr} = await runNode(script);
  const [summary, ...counterexample] = stdout.split('\n');
  console.info(`Random programs (TEST_SEED and TEST_RUNS choose them): ${summary}`);
  if (code !== 0) throw new Error(`${counterexample.join('\n')}\n${stderr}`);
  // Most programs must come as far as to be compared.
  const counts = JSON.parse(summary!);
  expect(counts['compared over the wire']).toBeGreaterThan(counts.programs / 4);
  expect(counts['compared over Flight']).toBeGreaterThan(0);
}, 3_600_000);
