import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const nodeArguments = ['--expose-gc'];
const [development, production] = await Promise.all([
  runCases('./deadline.cases.mjs', import.meta.url, {nodeArguments}),
  runCases('./deadline.cases.mjs', import.meta.url, {
    nodeArguments,
    env: {NODE_ENV: 'production'},
  }),
]);

describe('the end of calls in development', () => declareTests(development));
describe('the end of calls in production', () => declareTests(production));
