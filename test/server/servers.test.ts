import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const results = await runCases('./servers.cases.mjs', import.meta.url);

describe('the servers of docs/servers.md', () => declareTests(results));
