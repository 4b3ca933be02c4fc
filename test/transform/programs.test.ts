import {declareTests, runCases} from '../support/runNode.ts';

declareTests(await runCases('./support/runPrograms.mjs', import.meta.url));
