import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const [faults, memory] = await Promise.all([
  runCases('./faults.cases.mjs', import.meta.url),
  runCases('./memory.cases.mjs', import.meta.url, {nodeArguments: ['--expose-gc']}),
]);

describe('a server that is killed', () => declareTests(faults));
describe('memory', () => declareTests(memory));
