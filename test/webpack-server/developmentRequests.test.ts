import {declareTests, runCases} from '../support/runNode.ts';

declareTests(
  await runCases('developmentRequests.cases.mjs', import.meta.url, {reactServer: false}),
);
