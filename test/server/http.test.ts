import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const results = await runCases('./http.cases.mjs', import.meta.url);

describe('the handler behind a Node server', () => declareTests(results));
