import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const results = await runCases('./errorReports.cases.mjs', import.meta.url, {
  nodeArguments: ['--import', 'use-server-webpack-plugin/register'],
  env: {NO_COLOR: '1'},
});

describe('errors in development', () => declareTests(results));
