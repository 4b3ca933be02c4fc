import {fileURLToPath} from 'node:url';
import {runNode} from '../../support/runNode.ts';

test('what is kept on local code is there on the other side, or refused; nothing else is refused', async () => {
  const script = fileURLToPath(new URL('./support/runKeptState.mjs', import.meta.url));
  const {code, stdout, stderr} = await runNode(script);
  const [summary, ...counterexample] = stdout.split('\n');
  console.info(`Random programs (TEST_SEED and TEST_RUNS choose them): ${summary}`);
  if (code !== 0) throw new Error(`${counterexample.join('\n')}\n${stderr}`);
  const counts = JSON.parse(summary!);
  expect(counts['compared over the wire']).toBeGreaterThan(counts.programs / 10);
  expect(counts.refused).toBeGreaterThan(counts.programs / 2);
}, 3_600_000);
