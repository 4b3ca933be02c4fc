import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'));
  const {stdout} = await run('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: repository,
  });
  tarball = join(folder, stdout.trim());
}, 60_000);

afterAll(() => rm(folder, {recursive: true, force: true}));

test('publint finds nothing to say about the packed package', async () => {
  const {stdout} = await run('npx', ['publint', '--strict', tarball], {cwd: repository});
  expect(stdout).toContain('All good');
});

test('every entry point resolves with types for ESM and bundlers', async () => {
  const {stdout} = await run(
    'npx',
    ['attw', tarball, '--profile', 'esm-only', '--format', 'json'],
    {
      cwd: repository,
    },
  );
  const {analysis} = JSON.parse(stdout) as {analysis: {entrypoints: Record<string, unknown>}};
  expect(Object.keys(analysis.entrypoints).sort()).toEqual([
    '.',
    './client',
    './development',
    './eslint',
    './loader',
    './node',
    './package.json',
    './register',
    './runtime',
    './server',
    './transform',
  ]);
});

test('the package holds what it runs with, its docs and its license, and no path of a machine', async () => {
  const {stdout} = await run('tar', ['tzf', tarball]);
  const files = stdout.trim().split('\n');
  for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md', 'docs/errors.md', 'package.json']) {
    expect(files).toContain(`package/${file}`);
  }
  expect(files.filter((file) => /\/(test|examples|bench)\//.test(file))).toEqual([]);
  await run('tar', ['xzf', tarball, '-C', folder]);
  for (const file of files.filter((name) => /\.(js|map|ts)$/.test(name))) {
    expect(await readFile(join(folder, file), 'utf8')).not.toContain(repository);
  }
});
