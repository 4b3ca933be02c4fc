import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  // React reads the stack of everything in development: a quarter of the time.
  runCases('./hostileFunctions.cases.mjs', import.meta.url, {
    nodeArguments: ['--stack-trace-limit=0'],
  }),
  runCases('./hostileFunctions.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('functions where data is expected, in development', () => declareTests(development));
describe('functions where data is expected, in production', () => declareTests(production));
