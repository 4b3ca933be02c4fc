import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const hooks = ['--import', 'use-server-webpack-plugin/register'];
const run = (more: string[]) =>
  runCases('./sourcePlaces.cases.mjs', import.meta.url, {nodeArguments: [...hooks, ...more]});

const [plain, mapped] = [await run([]), await run(['--enable-source-maps'])];

describe('places in the source', () => declareTests(plain));
describe('places in the source where Node maps stacks itself', () => declareTests(mapped));
