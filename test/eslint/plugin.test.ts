import {execFile} from 'node:child_process';
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {ESLint, Linter} from 'eslint';
import {defineConfig} from 'eslint/config';
import useServer from 'use-server-webpack-plugin/eslint';
import {runNode} from '../support/runNode.ts';
import {writeProject} from './support/project.ts';

const require = createRequire(import.meta.url);
const workspace = createRequire(require.resolve('eslint-parsers'));
const {version} = require('use-server-webpack-plugin/package.json') as {version: string};

const FILES = {'src/actions.js': `'use server';\nexport const limit = 10;`};

/** Runs the command `eslint` in a folder, and gives the rules that it names. */
async function runESLint(manifest: string, cwd: string): Promise<(string | null)[]> {
  const bin = join(dirname(manifest), 'bin/eslint.js');
  const {stdout} = await promisify(execFile)(process.execPath, [bin, '--format', 'json', 'src'], {
    cwd,
    env: {...process.env, NODE_OPTIONS: ''},
  }).catch((error: {stdout: string; stderr: string}) => {
    if (error.stdout === '') throw new Error(error.stderr);
    return error;
  });
  const [{messages}] = JSON.parse(stdout) as [ESLint.LintResult];
  return messages.map(({ruleId}) => ruleId);
}

test('an ESM config of ESLint 10 takes the recommended config', async () => {
  const folder = writeProject('esm', {
    ...FILES,
    'eslint.config.mjs': `import useServer from 'use-server-webpack-plugin/eslint';
export default [useServer.configs.recommended];`,
  });
  const eslint10 = require.resolve('eslint/package.json');
  expect(await runESLint(eslint10, folder)).toEqual(['use-server/compiler']);
});

test('a CommonJS config of ESLint 9 takes the recommended config', async () => {
  const folder = writeProject('cjs', {
    ...FILES,
    'eslint.config.cjs': `const useServer = require('use-server-webpack-plugin/eslint');
module.exports = [useServer.configs.recommended];`,
  });
  const eslint9 = workspace.resolve('eslint/package.json');
  expect(await runESLint(eslint9, folder)).toEqual(['use-server/compiler']);
});

test('defineConfig() takes its configs by their names', async () => {
  const config = defineConfig([
    {plugins: {'use-server': useServer}, extends: ['use-server/strict']},
    {rules: {'use-server/validate-arguments': ['error', {validators: ['read']}]}},
  ]);
  const eslint = new ESLint({overrideConfigFile: true, overrideConfig: config});
  const [{messages}] = (await eslint.lintText(FILES['src/actions.js'], {
    filePath: 'src/actions.js',
  })) as [ESLint.LintResult];
  expect(messages.map(({ruleId}) => ruleId)).toEqual(['use-server/compiler']);
});

test('rules have nothing to say of a file in another language', () => {
  const language = {
    fileType: 'text',
    lineStart: 1,
    columnStart: 0,
    nodeTypeKey: 'type',
    validateLanguageOptions() {},
    parse: () => ({ok: true, ast: {type: 'Document', body: {type: 'Object'}}}),
    createSourceCode: ({body: text}: {body: string}, {ast}: {ast: object}) => ({
      text,
      ast,
      getLoc: () => ({start: {line: 1, column: 0}, end: {line: 1, column: 1}}),
      getRange: () => [0, 1],
      traverse: () => [{kind: 1, target: ast, phase: 1, args: [ast]}],
    }),
  };
  const config = [
    useServer.configs.strict,
    {files: ['**/*.json'], plugins: {texts: {languages: {text: language}}}, language: 'texts/text'},
  ];
  for (const Class of [Linter, (workspace('eslint') as {Linter: typeof Linter}).Linter]) {
    const messages = new Class().verify('"use server"', config as Linter.Config[], 'a.json');
    expect(messages).toEqual([]);
  }
});

test('tells ESLint its name, its version and the prefix of its rules', () => {
  expect(useServer.meta).toEqual({
    name: 'use-server-webpack-plugin/eslint',
    version,
    namespace: 'use-server',
  });
});

test('each rule has a description, the page that explains it, and messages', () => {
  for (const [name, {meta}] of Object.entries(useServer.rules)) {
    expect(meta?.docs?.description).toMatch(/^(?:Report|Disallow|Require) /);
    const url = new URL(meta!.docs!.url!);
    expect(url.hash).toBe(`#${name}`);
    expect(readFileSync(url, 'utf8')).toContain(`## ${name}\n`);
    expect(Object.keys(meta?.messages ?? {})).not.toEqual([]);
  }
});

test('Babel is loaded for a file with a directive, and not before', async () => {
  const script = fileURLToPath(new URL('support/loadedPackages.mjs', import.meta.url));
  const {stdout, stderr} = await runNode(script, {reactServer: false});
  expect([stdout, stderr]).toEqual(['[false,true]\n', '']);
});
