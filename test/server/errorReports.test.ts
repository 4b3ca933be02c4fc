import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./errorReports.cases.mjs', import.meta.url, {
    nodeArguments: ['--import', 'use-server-webpack-plugin/register'],
    env: {NO_COLOR: '1'},
  }),
  runCases('./errorReports.production.cases.mjs', import.meta.url, {
    nodeArguments: ['--import', 'use-server-webpack-plugin/register'],
    env: {NODE_ENV: 'production'},
  }),
]);

describe('errors in development', () => declareTests(development));
describe('errors in production', () => declareTests(production));
