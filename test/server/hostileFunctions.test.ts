import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./hostileFunctions.cases.mjs', import.meta.url),
  runCases('./hostileFunctions.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('functions where data is expected, in development', () => declareTests(development));
describe('functions where data is expected, in production', () => declareTests(production));
