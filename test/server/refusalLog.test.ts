import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const results = await runCases('./refusalLog.cases.mjs', import.meta.url, {
  env: {NODE_ENV: 'production'},
});

describe('the log of refused requests in production', () => declareTests(results));
