import {nodeBinaries} from '../node/support/node.ts';
import {declareTests} from '../support/runNode.ts';
import {runTests} from './support/runners.ts';

for (const node of nodeBinaries) {
  const results = await Promise.all([
    runTests('jest-commonjs', node),
    runTests('jest-esm', node),
    runTests('vitest', node),
    runTests('node-test', node),
  ]);
  declareTests(results.flat());
}
