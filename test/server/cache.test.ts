import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const results = await runCases('./cache.cases.mjs', import.meta.url);

describe('createMemoryCache', () => declareTests(results));
