import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {VERSION} from '../../src/server/platform/sharedState.ts';
import {cookies, Interruption, redirect} from '../../src/server/shared.ts';

const packageJson = fileURLToPath(new URL('../../package.json', import.meta.url));

test('copies of one version share state, so the version is that of the package', () => {
  expect(VERSION).toBe(JSON.parse(readFileSync(packageJson, 'utf8')).version);
});

test('a copy of the package that was loaded by require shares the request and what ends a function', async () => {
  const {callInRequest} = createRequire(import.meta.url)(
    '../../dist/commonjs/testing.cjs',
  ) as typeof import('../../src/testing/index.ts');
  const outcome = await callInRequest(async () => {
    cookies().set('a', '1');
    try {
      redirect('/notes');
    } catch (error) {
      if (error instanceof Interruption) throw error;
    }
  });
  expect(outcome.redirect).toEqual({url: '/notes', status: 303});
  expect(outcome.cookies['a']?.value).toBe('1');
});
