import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./multipart.cases.mjs', import.meta.url),
  runCases('./multipart.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('multipart bodies in development', () => declareTests(development));
describe('multipart bodies in production', () => declareTests(production));
