import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const results = {
  'Express 5': await runCases('./express.cases.mjs', import.meta.url),
  'Express 4': await runCases('./express.cases.mjs', import.meta.url, {arguments: ['express-4']}),
};

for (const [name, cases] of Object.entries(results)) describe(name, () => declareTests(cases));
