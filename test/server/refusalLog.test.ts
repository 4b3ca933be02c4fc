import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const results = await runCases('./refusalLog.cases.mjs', import.meta.url);

describe('the log of refused requests', () => declareTests(results));
