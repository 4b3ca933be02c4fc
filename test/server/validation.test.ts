import {randomBytes} from 'node:crypto';
import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const results = await runCases('./validation.cases.mjs', import.meta.url, {
  env: {USE_SERVER_ENCRYPTION_KEY: randomBytes(32).toString('base64')},
});

describe('the validation of arguments that the documentation shows', () => declareTests(results));
