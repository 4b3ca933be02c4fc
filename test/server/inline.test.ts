import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const env = {USE_SERVER_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64')};
const results = await runCases('./inline.cases.mjs', import.meta.url, {env});

describe('captures in requests', () => declareTests(results));
