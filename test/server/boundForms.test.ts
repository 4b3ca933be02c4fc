import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [development, production] = await Promise.all(
  ['development', 'production'].map((mode) =>
    runCases('./boundForms.cases.mjs', import.meta.url, {
      reactServer: false,
      env: {NODE_ENV: mode},
    }),
  ),
);

describe('HTML of forms whose functions are bound, in development', () =>
  declareTests(development!));
describe('HTML of forms whose functions are bound, in production', () => declareTests(production!));
