import {declareTests, runCases} from '../support/runNode.ts';

declareTests(await runCases('./whatTravels.cases.mjs', import.meta.url));
