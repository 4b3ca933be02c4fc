import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./client.cases.mjs', import.meta.url),
  runCases('./client.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('the client runtime in development', () => declareTests(development));
describe('the client runtime in production', () => declareTests(production));
