import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'live-manifest-')));
afterAll(() => rmSync(folder, {recursive: true}));
for (const mode of ['development', 'production']) {
  mkdirSync(join(folder, mode, 'src'), {recursive: true});
  writeFileSync(
    join(folder, mode, 'src/actions.mjs'),
    `'use server';\nexport async function save() { return 'saved'; }\nexport async function drop() {}\n`,
  );
}
const run = (mode: string) =>
  runCases(`./liveManifest.${mode}.cases.mjs`, import.meta.url, {
    nodeArguments: ['--import', 'use-server-webpack-plugin/register'],
    env: {NODE_ENV: mode, USE_SERVER_ROOT: join(folder, mode), USE_SERVER_ENCRYPTION_KEY: KEY},
  });
const KEY = Buffer.alloc(32).toString('base64');
const [development, production] = await Promise.all([run('development'), run('production')]);

describe('a manifest in development', () => declareTests(development));
describe('a manifest in production', () => declareTests(production));
