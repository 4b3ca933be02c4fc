import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./forms.cases.mjs', import.meta.url),
  runCases('./forms.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('forms without JavaScript in development', () => declareTests(development));
describe('forms without JavaScript in production', () => declareTests(production));
