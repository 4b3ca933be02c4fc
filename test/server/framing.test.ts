import {declareTests, runCases} from '../support/runNode.ts';

declareTests(await runCases('./framing.cases.mjs', import.meta.url));
