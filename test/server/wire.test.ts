import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./wire.cases.mjs', import.meta.url),
  runCases('./wire.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('the wire in development', () => declareTests(development));
describe('the wire in production', () => declareTests(production));
