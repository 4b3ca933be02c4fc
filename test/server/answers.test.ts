import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const results = await runCases('./answers.cases.mjs', import.meta.url);

describe('answers and bodies', () => declareTests(results));
