import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const nodeArguments = ['--enable-source-maps'];
const [development, production] = await Promise.all([
  runCases('./stacks.cases.mjs', import.meta.url, {nodeArguments}),
  runCases('./stacks.cases.mjs', import.meta.url, {
    nodeArguments,
    env: {NODE_ENV: 'production'},
  }),
]);

describe('stacks of compiled sources in development', () => declareTests(development));
describe('stacks of compiled sources in production', () => declareTests(production));
