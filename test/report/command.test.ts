import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import type {Report} from '../../src/report/report.ts';
import {renderJson} from '../../src/report/renderJson.ts';
import {MODULES} from './support/app.ts';
import {sampleFunction, sampleReport} from './support/sampleReport.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const {bin} = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  bin: Record<string, string>;
};
/** Below the repository, so that the config finds its packages. */
const folder = join(repository, '.cache/report-command');

const CONFIG = `
const {UseServerWebpackPlugin} = await import('use-server-webpack-plugin');
const config = {
  context: import.meta.dirname,
  entry: './src/index.js',
  output: {path: import.meta.dirname + '/dist'},
  plugins: [new UseServerWebpackPlugin({serverManifest: '../manifest.json'})],
};`;

const write = (files: Record<string, string>) => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), {recursive: true});
    writeFileSync(join(folder, name), text);
  }
};
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** As npx runs it. */
async function run(...args: string[]) {
  const file = join(repository, bin['use-server-webpack-plugin']!);
  const child = spawn(process.execPath, [file, ...args], {
    cwd: folder,
    env: {...process.env, NODE_OPTIONS: '', NODE_ENV: ''},
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise((fulfil) => child.on('close', fulfil));
  return {code, stdout, stderr};
}

beforeAll(() => {
  rmSync(folder, {recursive: true, force: true});
  write({
    'package.json': '{"private": true}',
    ...MODULES,
    'src/index.js': `import {save} from './actions.js'; globalThis.save = save;`,
    'webpack.config.mjs': `${CONFIG}
export default async (env, {mode}) => [{...config, name: env.name, mode, plugins: env.bare ? [] : config.plugins}];`,
  });
});

test('prints the report of a config that is a function, and writes nothing', async () => {
  const {code, stdout, stderr} = await run('report', '--mode', 'production', '--env', 'name=app');
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  expect(stdout).toMatch(/^\d+ functions can be called/);
  expect(stdout).toMatch(/ {2}save {2}export, line \d+:\d+\n {4}id {9}src\/actions\.js#save/);
  expect(existsSync(join(folder, 'dist'))).toBe(false);
  expect(existsSync(join(folder, 'manifest.json'))).toBe(false);
});

test('writes a page and JSON, compares with it, and fails when a function is new', async () => {
  const first = await run(
    'report',
    '--mode',
    'development',
    '--json',
    'out/old.json',
    '--html',
    'out/old.html',
  );
  expect(first).toEqual({
    code: 0,
    stdout: 'Wrote out/old.html\nWrote out/old.json\n',
    stderr: '',
  });
  expect(read('out/old.html')).toContain('<!doctype html>');
  const same = await run(
    'report',
    '--from',
    'out/old.json',
    '--diff',
    'out/old.json',
    '--fail-on-new',
  );
  expect(same).toEqual({
    code: 0,
    stdout: 'What can be called is the same as before.\n',
    stderr: '',
  });
  const before = JSON.parse(read('out/old.json')) as Report;
  const functions = before.functions.filter(({name}) => name !== 'save');
  write({'out/before.json': renderJson({...before, functions})});
  const args = ['--from', 'out/old.json', '--diff', 'out/before.json'];
  const {code, stdout} = await run('report', ...args, '--fail-on-new');
  expect(code).toBe(1);
  expect(stdout).toContain('+ save  src/actions.js:');
  expect((await run('report', ...args)).code).toBe(0);
});

test('takes CommonJS and a promise, and says in which terms a build failed', async () => {
  write({
    'broken.cjs': `module.exports = import('./webpack.config.mjs').then(async (loaded) => {
      const [config] = await loaded.default({}, {});
      return {...config, mode: 'development', entry: './src/broken.js'};
    });`,
    'src/broken.js': `'use server'; export function notAsync() {}`,
  });
  const {code, stdout, stderr} = await run('report', '-c', 'broken.cjs');
  rmSync(join(folder, 'src/broken.js'));
  expect({code, stdout}).toEqual({code: 2, stdout: ''});
  expect(stderr).toMatch(/^The build failed, so there is no report\.[^]*broken\.js/);
});

describe('says what is wrong, and what to write instead', () => {
  test.each<[string, string[], string]>([
    ['no command', [], 'Write: npx use-server-webpack-plugin report'],
    ['another command', ['build'], 'What is "build"?'],
    ['an option that there is not', ['report', '--htlm', 'x'], "Unknown option '--htlm'"],
    ['nothing to compare with', ['report', '--fail-on-new'], '--diff old.json'],
    ['a mode that there is not', ['report', '--mode', 'test'], 'production, development, none'],
    ['a config that is not there', ['report', '-c', 'no.js'], 'There is no webpack config at'],
    ['a report that is not there', ['report', '--from', 'no.json'], 'no.json cannot be read'],
    [
      'a config without the plugin',
      ['report', '--mode', 'none', '--env', 'bare'],
      'does not use the plugin',
    ],
    [
      'a name of no build',
      ['report', '--mode', 'none', '--env', 'name=app', '--config-name', 'x'],
      'named "app"',
    ],
  ])('%s', async (_, args, message) => {
    const {code, stdout, stderr} = await run(...args);
    expect({code, stdout}).toEqual({code: 2, stdout: ''});
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('a report of another version of the format', async () => {
    write({'other.json': renderJson({...sampleReport([sampleFunction('save')]), version: 0 as 1})});
    const {code, stderr} = await run('report', '--from', 'other.json');
    expect(code).toBe(2);
    expect(stderr).toContain('check out the commit that it is of');
  });
});

test('--help shows every option', async () => {
  const {code, stdout} = await run('--help');
  expect(code).toBe(0);
  for (const option of [
    '--html',
    '--json',
    '--diff',
    '--fail-on-new',
    '--from',
    '--config',
    '--mode',
  ]) {
    expect(stdout).toContain(option);
  }
});
