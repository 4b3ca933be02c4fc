import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./hooks.cases.mjs', import.meta.url),
  runCases('./hooks.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('onCall and middleware in development', () => declareTests(development));
describe('onCall and middleware in production', () => declareTests(production));
