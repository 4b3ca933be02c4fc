import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {openPage} from '../webpack/support/evaluate.ts';
import {Project, stopBuilding} from '../webpack/support/project.ts';
import {BundledProject} from './support/bundledProject.ts';

afterAll(stopBuilding);

/** Keeps a server function with a capture under a name. */
const action = (name: string) => `
function create(x) { return async () => { 'use server'; return x; }; }
globalThis.actions = {...globalThis.actions, ${name}: create('captured by ${name}')};`;

const WAITING = `const {sep} = await import('node:path'); if (!sep) throw new Error();`;

test('a server that webpack builds runs every module in its own format', async () => {
  const project = new BundledProject('formats', {
    'package.json': '{"private": true}',
    'src/server.js': `
      import './ssr.js';
      import './plain.mjs';
      import './waiting.js';
      import './typed/plain.js';
      import './commonjs.js';
      import './commonjs.cjs';
      import './old/commonjs.js';
      import {save} from './early.cjs';
      import {loadServerManifest} from 'use-server-webpack-plugin/server';
      const results = {};
      for (const [name, fn] of Object.entries(actions)) {
        results[name] = [fn.$$id.split('#')[0], await fn(), Object.hasOwn(loadServerManifest(), fn.$$id)];
      }
      console.log(JSON.stringify({...results, save: [save.$$id]}));`,
    'src/ssr.js': 'export const nothing = 0;',
    'src/client.js': '',
    'src/plain.mjs': action('plain'),
    'src/waiting.js': `${WAITING}${action('waiting')}`,
    'src/typed/package.json': '{"type": "module"}',
    'src/typed/plain.js': action('typed'),
    'src/commonjs.js': `const {sep} = require('node:path');${action('auto')} module.exports = {sep};`,
    'src/commonjs.cjs': `const {sep} = require('node:path');${action('dynamic')} exports.sep = sep;`,
    'src/old/package.json': '{"type": "commonjs"}',
    'src/old/commonjs.js': `${action('old')} if (actions) return; exports.never = 1;`,
    'src/early.cjs': `'use server'; exports.save = async () => 1; if (exports.save) return; exports.load = async () => 2;`,
  });
  const {errors, warnings} = await project.build();
  expect([...errors, ...warnings]).toEqual([]);
  const {stdout} = await promisify(execFile)(
    process.execPath,
    [join(project.folder, 'dist/server/main.js')],
    {env: {...process.env, NODE_OPTIONS: '', NODE_ENV: ''}},
  );
  expect(JSON.parse(stdout)).toEqual({
    plain: ['src/plain.mjs', 'captured by plain', true],
    waiting: ['src/waiting.js', 'captured by waiting', true],
    typed: ['src/typed/plain.js', 'captured by typed', true],
    auto: ['src/commonjs.js', 'captured by auto', true],
    dynamic: ['src/commonjs.cjs', 'captured by dynamic', true],
    old: ['src/old/commonjs.js', 'captured by old', true],
    save: ['src/early.cjs#save'],
  });
});

test('a stub has the format that webpack gives to its module', async () => {
  const project = new Project('stub-formats', {
    'src/index.js': `
      import * as esm from './esm.mjs';
      import * as typed from './typed/actions.js';
      import * as auto from './auto.js';
      import * as dynamic from './dynamic.js';
      import * as old from './old/actions.js';
      import * as commonjs from './commonjs.cjs';
      globalThis.names = Object.entries({esm, typed, auto, dynamic, old, commonjs}).map(
        ([name, module]) => [name, typeof module.save, typeof module.load].join(' '),
      );`,
    ...Object.fromEntries(
      ['esm.mjs', 'auto.js', 'dynamic.js', 'typed/actions.js', 'old/actions.js'].map((file) => [
        `src/${file}`,
        `'use server'; export async function save() {} export const load = async () => 1;`,
      ]),
    ),
    'src/typed/package.json': '{"type": "module"}',
    'src/old/package.json': '{"type": "commonjs"}',
    'src/commonjs.cjs': `'use server'; exports.save = async () => {}; exports.load = async () => 1;`,
  });
  const {errors, warnings, files} = await project.build(
    `module: {rules: [{test: /dynamic/, type: 'javascript/dynamic'}]}`,
  );
  expect([...errors, ...warnings]).toEqual([]);
  expect(openPage(files, ['main.js']).run('names')).toEqual(
    ['esm', 'typed', 'auto', 'dynamic', 'old', 'commonjs'].map(
      (name) => `${name} function function`,
    ),
  );
});
