import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const inProduction = {env: {NODE_ENV: 'production'}};
const [development, production] = await Promise.all([
  runCases('./client.cases.mjs', import.meta.url),
  runCases('./client.cases.mjs', import.meta.url, inProduction),
]);
const [controlInDevelopment, controlInProduction] = await Promise.all([
  runCases('./control.cases.mjs', import.meta.url),
  runCases('./control.cases.mjs', import.meta.url, inProduction),
]);
const [brokenInDevelopment, brokenInProduction, brokenOnEdge] = await Promise.all([
  runCases('./brokenAnswers.cases.mjs', import.meta.url),
  runCases('./brokenAnswers.cases.mjs', import.meta.url, inProduction),
  runCases('./brokenAnswers.cases.mjs', import.meta.url, {
    ...inProduction,
    nodeArguments: ['--conditions', 'workerd'],
  }),
]);
const [argumentsInDevelopment, argumentsInProduction] = await Promise.all([
  runCases('./arguments.cases.mjs', import.meta.url),
  runCases('./arguments.cases.mjs', import.meta.url, inProduction),
]);
const onNode = await runCases('./node.cases.mjs', import.meta.url, {
  ...inProduction,
  reactServer: false,
});
const onReactServer = await runCases('./node.cases.mjs', import.meta.url, inProduction);

describe('the client runtime in development', () => declareTests(development));
describe('the client runtime in production', () => declareTests(production));
describe('control of calls in development', () => declareTests(controlInDevelopment));
describe('control of calls in production', () => declareTests(controlInProduction));
describe('broken answers in development', () => declareTests(brokenInDevelopment));
describe('broken answers in production', () => declareTests(brokenInProduction));
describe('broken answers of React`s server for web streams', () => declareTests(brokenOnEdge));
describe('arguments in development', () => declareTests(argumentsInDevelopment));
describe('arguments in production', () => declareTests(argumentsInProduction));
describe('the client on Node', () => declareTests(onNode));
describe('the client on Node with the condition "react-server"', () => declareTests(onReactServer));
