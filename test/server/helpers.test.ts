import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./helpers.cases.mjs', import.meta.url),
  runCases('./helpers.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('cookies, headers, redirects in development', () => declareTests(development));
describe('cookies, headers, redirects in production', () => declareTests(production));
