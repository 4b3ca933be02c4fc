import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const results = {
  'the handler behind adapters on Node': await runCases('./http.cases.mjs', import.meta.url),
  'the handler for Node': await runCases('./http.cases.mjs', import.meta.url, {
    arguments: ['node'],
  }),
};

for (const [name, cases] of Object.entries(results)) describe(name, () => declareTests(cases));
