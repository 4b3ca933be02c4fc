import {fileURLToPath} from 'node:url';
import {describe, expect, test} from '@jest/globals';
import {declareTests, runCases, runNode} from '../support/runNode.ts';

const [development, production] = await Promise.all([
  runCases('./hostileReplies.cases.mjs', import.meta.url),
  runCases('./hostileReplies.cases.mjs', import.meta.url, {env: {NODE_ENV: 'production'}}),
]);

describe('hostile replies in development', () => declareTests(development));
describe('hostile replies in production', () => declareTests(production));

/** So that the tests above can fail: none of the bodies is harmless by itself. */
describe('the same replies with React alone', () => {
  test.each(['emptyBytes', 'lateBytes', 'lateFunction', 'lateFunctionBehindRows'])(
    'end the process: %s',
    async (name) => {
      const {code, stderr} = await withReactAlone(name);
      expect(code).toBe(1);
      expect(stderr).toContain('ERR_INVALID_STATE');
    },
  );
  test.each([
    ['are waited for without end', 'lateFailures', 'waits'],
    ['are waited for without end', 'endlessBinding', 'waits'],
    ['become more than anybody comes to the end of', 'repeated', 'more than anybody sent'],
  ])('%s: %s', async (_, kind, end) => {
    const {stdout} = await withReactAlone(kind);
    expect(new Set(stdout.trim().split('\n'))).toEqual(new Set([end]));
  });
  test('keep the process busy for ever, when a function returns what it was given', async () => {
    const {stdout} = await withReactAlone('promiseOfItself', 'back');
    expect(stdout).toBe('busy');
  });
});

function withReactAlone(...what: string[]) {
  const script = fileURLToPath(new URL('support/reactAlone.mjs', import.meta.url));
  return runNode(script, {arguments: what});
}
