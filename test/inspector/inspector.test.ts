import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const run = (script: string, environment: string, ...args: string[]) =>
  runCases(script, import.meta.url, {
    nodeArguments: ['--expose-gc'],
    env: {NODE_ENV: environment},
    arguments: args,
  });

const [recording, inspector, address, production, switchedOff] = await Promise.all([
  run('./recording.cases.mjs', 'development'),
  run('./inspector.cases.mjs', 'development'),
  run('./address.cases.mjs', 'development'),
  run('./off.cases.mjs', 'production'),
  run('./off.cases.mjs', 'development', 'false'),
]);

describe('records of calls', () => declareTests(recording));
describe('the inspector', () => declareTests(inspector));
describe('the address of the inspector', () => declareTests(address));
describe('no inspector in production', () => declareTests(production));
describe('no inspector by the option', () => declareTests(switchedOff));
