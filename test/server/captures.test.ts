import {randomBytes} from 'node:crypto';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from '@jest/globals';
import {declareTests, runCases, runNode} from '../support/runNode.ts';

const key = () => randomBytes(32).toString('base64');
const [oldKey, newKey, thirdKey] = [key(), key(), key()];

const [development, production] = await Promise.all([
  runCases('./captures.cases.mjs', import.meta.url, {env: {USE_SERVER_ENCRYPTION_KEY: oldKey}}),
  runCases('./captures.cases.mjs', import.meta.url, {
    env: {USE_SERVER_ENCRYPTION_KEY: oldKey, NODE_ENV: 'production'},
  }),
]);
describe('captures in development', () => declareTests(development));
describe('captures in production', () => declareTests(production));

const bound = await runCases('./binding.cases.mjs', import.meta.url, {
  env: {USE_SERVER_ENCRYPTION_KEY: oldKey},
});
describe('captures that are bound and expire', () => declareTests(bound));
const builds = await runCases('./builds.cases.mjs', import.meta.url, {
  env: {USE_SERVER_ENCRYPTION_KEY: oldKey},
});
describe('captures between builds', () => declareTests(builds));

const printed = 'a token of this key is printed for another process';
const read = 'a token that another process made with one of our keys is read';
const refused = 'a token that another process made with none of our keys is refused';

describe('keys', () => {
  const single: [string, string | undefined][] = [
    ['a random key comes with one warning, at first use, that says what to set', undefined],
    [
      'a malformed key in the environment is an error that says how to make one, and does not show it',
      'c2hvcnQ=',
    ],
    [
      'a malformed key in the environment is an error that says how to make one, and does not show it',
      `${oldKey},?????`,
    ],
    ['a second key for the process is refused, the same one again is not', undefined],
  ];
  test.each(single)('%s (%#)', (name, environment) => expectCase(name, environment));

  const pairs: [string, string, string, string][] = [
    ['the same key', oldKey, oldKey, read],
    ['a rotation: the new key first, the old one kept', oldKey, `${newKey}, ${oldKey}`, read],
    ['a rotation that dropped the old key', oldKey, newKey, refused],
    ['a server that has not got the new key yet', `${newKey},${oldKey}`, oldKey, refused],
    ['several keys, none of them the one', oldKey, `${newKey},${thirdKey}`, refused],
  ];
  test.each(pairs)('between processes: %s', async (_name, first, second, outcome) => {
    await expectCase(outcome, second, await tokenMadeWith({USE_SERVER_ENCRYPTION_KEY: first}));
  });

  test('a key that was set in code takes the place of the one in the environment', async () => {
    const token = await tokenMadeWith({OPTION: newKey, USE_SERVER_ENCRYPTION_KEY: oldKey});
    await expectCase(read, newKey, token);
  });
});

async function tokenMadeWith(env: Record<string, string>): Promise<string> {
  const {stdout} = await runNode(script(), {env: {...env, EXPECT: printed}});
  return /^token:(.*)$/m.exec(stdout)![1]!;
}

async function expectCase(name: string, keys: string | undefined, token?: string): Promise<void> {
  const results = await runCases('./keys.cases.mjs', import.meta.url, {
    env: {EXPECT: name, USE_SERVER_ENCRYPTION_KEY: keys, TOKEN: token},
  });
  expect(results).toEqual([{name}]);
}

function script(): string {
  return fileURLToPath(new URL('./keys.cases.mjs', import.meta.url));
}
