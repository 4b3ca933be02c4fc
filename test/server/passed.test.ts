import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./passed.cases.mjs', import.meta.url),
  runCases('./passed.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('server functions among the arguments, in development', () => declareTests(development));
describe('server functions among the arguments, in production', () => declareTests(production));
