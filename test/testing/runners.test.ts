import {declareTests} from '../support/runNode.ts';
import {runTests} from './support/runners.ts';

const results = await Promise.all([
  runTests('jest-commonjs'),
  runTests('jest-esm'),
  runTests('vitest'),
  runTests('node-test'),
]);
declareTests(results.flat());
