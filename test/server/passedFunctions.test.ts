import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./passedFunctions.cases.mjs', import.meta.url),
  runCases('./passedFunctions.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('functions among the arguments in development', () => declareTests(development));
describe('functions among the arguments in production', () => declareTests(production));
