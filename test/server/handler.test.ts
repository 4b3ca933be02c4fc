import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./handler.cases.mjs', import.meta.url),
  runCases('./handler.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('createServerFunctionHandler in development', () => declareTests(development));
describe('createServerFunctionHandler in production', () => declareTests(production));
