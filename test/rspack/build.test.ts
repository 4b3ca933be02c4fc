import {execFile} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {Project, stopBuilding, Watch, type BuildResult} from '../webpack/support/project.ts';

afterAll(stopBuilding);

const RSPACK = '@rspack/core';

const app = {
  'package.json': '{"private": true, "type": "module"}',
  'src/index.js': `import {save} from './actions.ts'; globalThis.save = save;`,
  'src/actions.ts': `'use server';
    import {SECRET} from './database.js';
    export async function save(note: string): Promise<string> { return SECRET + note; }`,
  'src/database.js': `export const SECRET = 'SECRET of the database';`,
  // Only the server imports these.
  'src/Page.jsx': `
    import {Button} from './Button.jsx';
    export function Page() {
      async function act() { 'use server'; return 'SECRET of the page'; }
      return <Button action={act} />;
    }`,
  'src/Button.jsx': `'use client';
    import {helper} from './helper.js';
    import './button.css';
    export function Button() { return <button>{helper()}</button>; }
    export const alsoThere = 'NOT USED BY THE BROWSER';`,
  'src/helper.js': `export const helper = () => 'HELP';`,
  'src/button.css': `button {color: red}`,
};

const config = (mode: string, more = '') => `
  mode: '${mode}',
  output: {path: context + '/dist', publicPath: '/'},
  module: {rules: [
    {test: /\\.css$/, type: 'css/auto'},
    {test: /\\.[jt]sx?$/, exclude: /node_modules/, loader: 'builtin:swc-loader', options: {
      jsc: {parser: {syntax: 'typescript', tsx: true}, transform: {react: {runtime: 'automatic'}}},
    }},
  ]},
  ${more}`;

function manifest(result: BuildResult, name: 'server-actions' | 'react-client') {
  return JSON.parse(result.files[`${name}-manifest.json`]!) as Record<string, {chunks: string[]}>;
}

const textOf = ({files}: BuildResult) =>
  Object.entries(files)
    .filter(([name]) => name.endsWith('.js'))
    .map(([, text]) => text)
    .join('\n');

describe.each(['development', 'production'])('Rspack in %s', (mode) => {
  let result: BuildResult;
  beforeAll(async () => {
    const project = new Project(`rspack-${mode}`, app);
    result = await project.buildAfresh(config(mode), '', RSPACK);
  });

  test('makes stubs of server functions, and lists inline ones that only the server imports', () => {
    expect(result.printed).toBe('');
    expect(manifest(result, 'server-actions')).toEqual({
      'src/Page.jsx#$$Page$act': {
        id: 'src/Page.jsx',
        chunks: [],
        name: '$$Page$act',
        async: true,
      },
      'src/actions.ts#save': {id: 'src/actions.ts', chunks: [], name: 'save', async: true},
    });
    expect(textOf(result)).toContain('"src/actions.ts#save"');
    expect(textOf(result)).not.toContain('SECRET');
  });

  test('takes client modules in with all their exports, and lists their scripts and stylesheets', () => {
    const {'src/Button.jsx': entry, ...others} = manifest(result, 'react-client');
    const scripts = entry!.chunks.filter((_, index) => index % 2 === 1);
    const texts = scripts.map((file) => result.files[file]).join('\n');

    expect(others).toEqual({});
    expect(texts).toContain('NOT USED BY THE BROWSER');
    expect(texts).toContain('HELP');
    const [{href}] = (entry as unknown as {stylesheets: [{href: string}]}).stylesheets;
    expect(result.files[href.slice(1)]).toMatch(/color: ?red/);
  });
});

describe('Rspack', () => {
  test('builds again with other options behind its persistent cache, and without changes from it', async () => {
    const cache = `cache: {type: 'persistent', storage: {type: 'filesystem', directory: context + '/.rspack'}},`;
    const project = new Project('rspack-cache', app);
    const build = (options: string) =>
      project.buildAfresh(config('development', cache), options, RSPACK);
    // Nothing but the module graph tells of the function here.
    const first = await build(`{include: 'src/Button.jsx'}`);
    const again = await build(`{include: 'src/Button.jsx'}`);
    const other = await build(`{include: 'src/Button.jsx', idPrefix: 'shop'}`);

    expect(Object.keys(manifest(first, 'server-actions'))).toEqual(['src/actions.ts#save']);
    expect(again.files).toEqual(first.files);
    expect(Object.keys(manifest(other, 'server-actions'))).toEqual(['shop:src/actions.ts#save']);
    expect(textOf(other)).toContain('"shop:src/actions.ts#save"');
  });

  test.each([
    ['what a loader in the request is to hide', `import {save} from '!!./actions.js';`],
    [
      'a data: URL',
      `import {save} from 'data:text/javascript,"use server"; export async function save() {}';`,
    ],
  ])('refuses server code that its loader does not see: %s', async (_, importing) => {
    const project = new Project('rspack-leak', {
      'package.json': '{"private": true, "type": "module"}',
      'src/index.js': `${importing} globalThis.save = save;`,
      'src/actions.js': `'use server'; export async function save() { return 'x'; }`,
    });
    const {errors} = await project.buildAfresh('', '', RSPACK);

    expect(errors.join()).toContain('its code would reach the browser');
  });

  test('refuses to compile client components lazily, as its development server does by default', async () => {
    const plugin = `{apply(compiler) { require('@rspack/core').lazyCompilationMiddleware(compiler); }}`;
    const lazy = `lazyCompilation: {imports: true, entries: false}, plugins: [${plugin}],`;
    const project = new Project('rspack-lazy', app);
    const {errors} = await project.buildAfresh(config('development', lazy), '', RSPACK);

    expect(errors.join()).toContain('Write lazyCompilation: false in the Rspack config');
  });

  test('reports what is wrong with a server module at its place, and bundles nothing of it', async () => {
    const project = new Project('rspack-error', {
      ...app,
      'src/actions.ts': `'use server';\nexport function save() { return 'SECRET'; }`,
    });
    const result = await project.buildAfresh(config('development'), '', RSPACK);

    expect(result.printed).toMatch(/ERROR in \.\/src\/actions\.ts 2:\d+/);
    expect(result.printed).toContain('docs/errors.md#not-async');
    expect(textOf(result)).not.toContain('SECRET');
  });

  test('builds again when a server module changes, and when one appears that nothing imports', async () => {
    const project = new Project('rspack-watch', app);
    const watch = new Watch(project.configure(config('development')), RSPACK);
    const idsOf = (result: BuildResult) => Object.keys(manifest(result, 'server-actions'));
    try {
      await watch.until((result) => idsOf(result).length === 2);
      project.write({'src/actions.ts': `'use server';\nexport async function renamed() {}`});
      project.write({
        'src/index.js': `import {renamed} from './actions.ts'; globalThis.x = renamed;`,
      });
      await watch.until((result) => idsOf(result).includes('src/actions.ts#renamed'));
      project.write({'src/more.js': `'use server';\nexport async function more() {}`});
      const last = await watch.until((result) => idsOf(result).includes('src/more.js#more'));

      expect(idsOf(last)).toEqual([
        'src/Page.jsx#$$Page$act',
        'src/actions.ts#renamed',
        'src/more.js#more',
      ]);
      expect(textOf(last)).toContain('"src/actions.ts#renamed"');
    } finally {
      await watch.stop();
    }
  });

  test('cannot build the server: the error says what works', async () => {
    const {folder} = new Project('rspack-bundled', {'src/index.js': ''});
    mkdirSync(folder, {recursive: true});
    const script = join(folder, 'build.mjs');
    writeFileSync(
      script,
      `import {rspack} from '@rspack/core';
       import {createUseServer} from 'use-server-webpack-plugin';
       for (const side of ['server', 'client']) {
         try {
           rspack({context: import.meta.dirname, plugins: [createUseServer()[side]]});
         } catch (error) {
           console.log(error.message);
         }
       }`,
    );
    const {stdout} = await promisify(execFile)(process.execPath, [script]);

    expect(
      stdout.match(/^createUseServer\(\) needs webpack 5: .*new UseServerWebpackPlugin\(\)/gm),
    ).toHaveLength(2);
  });
});
