import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {openPage} from '../webpack/support/evaluate.ts';
import {Project} from '../webpack/support/project.ts';

function fixture(path: string): string {
  return readFileSync(fileURLToPath(new URL(`fixtures/${path}`, import.meta.url)), 'utf8');
}

/** Storybook gives webpack's config to `webpackFinal`, and runs `beforeEach` before it renders a story. */
const project = new Project('storybook', {
  '.storybook/main.js': fixture('storybook/.storybook/main.js'),
  '.storybook/callServer.js': fixture('storybook/.storybook/callServer.js'),
  'package.json': '{"private": true, "type": "module"}',
  'src/LoginForm.stories.jsx': fixture('storybook/src/LoginForm.stories.jsx'),
  'src/LoginForm.jsx': fixture('app/src/LoginForm.jsx'),
  'src/actions.js': fixture('app/src/actions.js'),
  'src/index.js': `
import {withCallOptions} from 'use-server-webpack-plugin/client';
import {mockServerFunctions} from '../.storybook/callServer.js';
import {login, rename} from './actions.js';
import {WrongPassword} from './LoginForm.stories.jsx';

globalThis.runStory = async () => {
  const reset = WrongPassword.beforeEach();
  const state = await login(new FormData());
  const missing = await rename('Ada').catch(({message}) => message);
  reset();
  const gone = await login(new FormData()).catch(({message}) => message);
  return JSON.stringify({state, missing, gone});
};

globalThis.callsOfMock = async () => {
  const calls = [];
  mockServerFunctions({'src/actions.js#rename': async (...args) => void calls.push(args)});
  await rename.bind(null, 'Ada')('Lovelace');
  await withCallOptions({signal: new AbortController().signal}, rename)('Ada');
  return JSON.stringify(calls);
};
`,
  'webpack.config.mjs': `
import main from './.storybook/main.js';
const context = import.meta.dirname;
export default main.webpackFinal({
  context,
  entry: './src/index.js',
  mode: 'development',
  devtool: false,
  module: {
    rules: [
      {
        test: /[.]jsx$/,
        loader: 'swc-loader',
        options: {
          jsc: {
            parser: {syntax: 'ecmascript', jsx: true},
            transform: {react: {runtime: 'automatic'}},
          },
        },
      },
    ],
  },
  output: {path: context + '/dist'},
  plugins: [],
});
`,
});

test('in Storybook, the mocks of a story take the place of server functions by their ids', async () => {
  const {errors, warnings, files} = await project.buildConfigured();
  expect([errors, warnings]).toEqual([[], []]);
  const page = openPage(files, ['main.js']);
  const {state, missing, gone} = JSON.parse(await page.run('runStory()'));
  expect(state).toEqual({error: 'Wrong name or password.'});
  expect(missing).toMatch(/^The server function src\/actions\.js#rename has no mock\./);
  expect(gone).toMatch(/^The server function src\/actions\.js#login has no mock\./);
  expect(JSON.parse(await page.run('callsOfMock()'))).toEqual([['Ada', 'Lovelace'], ['Ada']]);
});
