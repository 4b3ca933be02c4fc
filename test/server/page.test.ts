import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./page.cases.mjs', import.meta.url),
  runCases('./page.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('one round trip in development', () => declareTests(development));
describe('one round trip in production', () => declareTests(production));
