import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const key = (text: string) => ({USE_SERVER_ENCRYPTION_KEY: text});
const random = Buffer.from(Array.from({length: 32}, (_, i) => i * 7)).toString('base64');
const environments: Record<string, Record<string, string | undefined>> = {
  'NODE_ENV=staging': {NODE_ENV: 'staging', ...key(random)},
  'no NODE_ENV': {NODE_ENV: undefined, ...key(random)},
  'NODE_ENV=production': {NODE_ENV: 'production', ...key(random)},
  'NODE_ENV=development': {NODE_ENV: 'development', ...key(random)},
  'a hexadecimal key': key('ab'.repeat(32)),
  'a short key': key(Buffer.alloc(16, 1).toString('base64')),
  'a key of equal bytes': key(Buffer.alloc(32, 7).toString('base64')),
};

for (const [name, env] of Object.entries(environments)) {
  const results = await runCases('./setUp.cases.mjs', import.meta.url, {env, arguments: [name]});
  describe(`a handler with ${name}`, () => declareTests(results));
}
