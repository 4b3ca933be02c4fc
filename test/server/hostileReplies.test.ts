import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./hostileReplies.cases.mjs', import.meta.url),
  runCases('./hostileReplies.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('hostile replies in development', () => declareTests(development));
describe('hostile replies in production', () => declareTests(production));
