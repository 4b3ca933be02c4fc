import {declareTests, runCases} from '../support/runNode.ts';

declareTests(await runCases('./debugging.cases.mjs', import.meta.url));
