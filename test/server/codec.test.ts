import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./codec.cases.mjs', import.meta.url, {env: {NODE_ENV: 'development'}}),
  runCases('./codec.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);
describe('the codec of captures in development', () => declareTests(development));
describe('the codec of captures in production', () => declareTests(production));
