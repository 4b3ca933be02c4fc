import {fileURLToPath} from 'node:url';
import {describe} from '@jest/globals';
import {declareTests, runCases, runNode} from '../support/runNode.ts';

const script = fileURLToPath(new URL('./exports.mjs', import.meta.url));
const {stdout} = await runNode(script);
const [withCondition, without] = await Promise.all([
  runCases('./manifest.cases.mjs', import.meta.url),
  runCases('./ssr.cases.mjs', import.meta.url, {
    reactServer: false,
    env: {ENTRY_EXPORTS: stdout},
  }),
]);

const SECRET = '0123456789abcdefghijklmnopqrstuv';
const env = {
  USE_SERVER_ROOT: fileURLToPath(new URL('../node/fixtures/esm', import.meta.url)),
  USE_SERVER_IDS: 'hashed',
  USE_SERVER_ID_SECRET: Buffer.from(SECRET).toString('base64'),
};
const callById = (secret: string) =>
  runNode(fileURLToPath(new URL('./hashedIds.mjs', import.meta.url)), {
    env,
    nodeArguments: ['--import', 'use-server-webpack-plugin/register'],
    arguments: [secret],
  });
const [sameSecret, otherSecret] = await Promise.all([callById(SECRET), callById('another')]);

describe('the secret of hashed ids', () => {
  test('that the build has is not spoken of', () => {
    expect(sameSecret).toMatchObject({code: 0, stdout: '200\n200\n'});
    expect(sameSecret.stderr).not.toContain('USE_SERVER_ID_SECRET');
  });

  test('that the build does not have is a warning, once, for what the process renders', () => {
    expect(otherSecret).toMatchObject({code: 0, stdout: '200\n200\n'});
    expect(otherSecret.stderr.match(/USE_SERVER_ID_SECRET/g)).toHaveLength(1);
  });
});

describe('manifests', () => declareTests(withCondition));
describe('without the react-server condition', () => declareTests(without));
