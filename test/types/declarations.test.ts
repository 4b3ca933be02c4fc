import {declareTests, runCases} from '../support/runNode.ts';

declareTests(await runCases('declarations.cases.mjs', import.meta.url));
