import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./discard.cases.mjs', import.meta.url),
  runCases('./discard.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('results that nobody reads in development', () => declareTests(development));
describe('results that nobody reads in production', () => declareTests(production));
