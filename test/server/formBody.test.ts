import {declareTests, runCases} from '../support/runNode.ts';

declareTests(await runCases('./formBody.cases.mjs', import.meta.url));
