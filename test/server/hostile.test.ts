import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./hostile.cases.mjs', import.meta.url),
  runCases('./hostile.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('hostile requests in development', () => declareTests(development));
describe('hostile requests in production', () => declareTests(production));
