import {Project, stopBuilding} from './support/project.ts';

afterAll(stopBuilding);

const action = `'use server'; export async function save() {}`;

async function scannedIds(
  name: string,
  files: Record<string, string>,
  pluginOptions = '',
  config = '',
): Promise<string[]> {
  const result = await new Project(name, {'src/index.js': '', ...files}).build(
    config,
    pluginOptions,
  );
  expect(result.printed).toBe('');
  return Object.keys(JSON.parse(result.files['server-actions-manifest.json']!));
}

describe('the scan', () => {
  test('reads every JavaScript and TypeScript source', async () => {
    const endings = ['js', 'jsx', 'ts', 'tsx', 'mjs', 'mts'];
    const files = Object.fromEntries(endings.map((ending) => [`src/a.${ending}`, action]));

    expect(await scannedIds('scan-endings', files)).toEqual(
      endings.map((ending) => `src/a.${ending}#save`).sort(),
    );
  });

  test('leaves out packages, tests, declarations, dot folders and what webpack wrote', async () => {
    const ids = await scannedIds(
      'scan-excluded',
      {
        'src/actions.js': action,
        'src/actions.test.js': action,
        'src/actions.spec.tsx': action,
        'src/__tests__/actions.js': action,
        'src/actions.d.ts': `'use server'; export declare function save(): Promise<void>;`,
        'node_modules/ui/actions.js': action,
        'src/node_modules/ui/actions.js': action,
        '.next/actions.js': action,
        'out/[old] build/actions.js': action,
        'src/notes.md': `'use server'`,
      },
      '',
      `output: {path: context + '/out/[old] build', clean: false}`,
    );

    expect(ids).toEqual(['src/actions.js#save']);
  });

  test('leaves out the folders of other builds, unless include names them', async () => {
    const files = {'src/a.js': action, 'build/dev/b.js': action, 'dist/c.js': action};

    expect(await scannedIds('scan-builds', files)).toEqual(['src/a.js#save']);
    expect(await scannedIds('scan-builds-included', files, `{include: ['build', 'src']}`)).toEqual([
      'build/dev/b.js#save',
      'src/a.js#save',
    ]);
  });

  test('follows include and exclude', async () => {
    const files = {
      'app/a.js': action,
      'app/old/b.js': action,
      'lib/c.ts': action,
      'other/d.js': action,
    };

    expect(
      await scannedIds(
        'scan-include',
        files,
        `{include: ['app', 'lib/*.ts'], exclude: 'app/old/**'}`,
      ),
    ).toEqual(['app/a.js#save', 'lib/c.ts#save']);
  });

  test('reads packages that include names', async () => {
    const files = {
      'src/actions.js': action,
      'node_modules/ui/actions.js': action,
      'node_modules/other/actions.js': action,
    };

    expect(
      await scannedIds('scan-packages', files, `{include: ['src', 'node_modules/ui/**']}`),
    ).toEqual(['node_modules/ui/actions.js#save', 'src/actions.js#save']);
  });

  test('reads folders outside the root', async () => {
    const project = new Project('scan-outside', {'lib/actions.js': action, 'app/src/index.js': ''});
    const {files} = await project.build(
      `context: context + '/app'`,
      `{include: ['src', '../lib']}`,
    );

    expect(Object.keys(JSON.parse(files['server-actions-manifest.json']!))).toEqual([
      '../lib/actions.js#save',
    ]);
  });

  test('warns of each pattern of include that finds nothing', async () => {
    const project = new Project('scan-unmatched', {
      'src/index.js': '',
      'src/actions.js': action,
      'styles/page.css': '',
    });
    const {warnings, printed} = await project.build(
      '',
      `{include: ['src', 'scr/**', 'styles', 'src/*.{tx,txs}'], exclude: 'nothing/**'}`,
    );

    expect(warnings).toHaveLength(3);
    for (const pattern of ['scr/**', 'styles', 'src/*.{tx,txs}']) {
      expect(printed).toContain(
        `the option "include" finds no JavaScript or TypeScript file by "${pattern}" in ${project.folder}.`,
      );
    }
  });

  test('leaves out what a negated pattern of include names, without a warning', async () => {
    const files = {'src/a.js': action, 'src/old/b.js': action, 'lib/old/c.js': action};

    expect(
      await scannedIds('scan-negated', files, `{include: ['src', 'lib', '!src/old/**']}`),
    ).toEqual(['lib/old/c.js#save', 'src/a.js#save']);
  });

  test('finds inline functions of server modules and of "use server" modules', async () => {
    const ids = await scannedIds('scan-inline', {
      'src/Page.js': `export function Page({id}) { async function save() { 'use server'; return id; } return save; }`,
      'src/actions.js': `'use server';
        export async function make(id) { return async function made() { 'use server'; return id; }; }`,
    });

    expect(ids).toContain('src/Page.js#$$Page$save');
    expect(ids).toContain('src/actions.js#make');
    expect(ids).toContain('src/actions.js#$$make$made');
  });

  test('adds nothing to what the module graph found of the same file', async () => {
    const ids = await scannedIds('scan-union', {
      'src/index.js': `import {save} from './actions.js'; globalThis.save = save;`,
      'src/actions.js': action,
      'src/Page.js': `import {save} from './actions.js'; export const Page = () => save;`,
    });

    expect(ids).toEqual(['src/actions.js#save']);
  });

  test('names a file by its real path, as Node does', async () => {
    const {symlinkSync} = await import('node:fs');
    const project = new Project('scan-link', {'src/index.js': '', 'shared/actions.js': action});
    symlinkSync('../shared', `${project.folder}/src/shared`);
    const {files} = await project.build('', `{include: 'src'}`);

    expect(Object.keys(JSON.parse(files['server-actions-manifest.json']!))).toEqual([
      'shared/actions.js#save',
    ]);
  });
});

describe('export * in a server module', () => {
  const files = {
    'src/index.js': `import * as all from './actions.js'; globalThis.all = all;`,
    'src/actions.js': `'use server';
      export * from './first.ts';
      export * from 'pkg';
      export async function own() {}`,
    'src/first.ts': `
      export * from './second';
      export interface NotThere {}
      export type NorThis = string;
      export default async function neverThis() {}
      export async function first(a: number): Promise<void> {}`,
    'src/second.ts': `export * from './first.ts'; export const second = async () => {};`,
    'node_modules/pkg/package.json': JSON.stringify({
      name: 'pkg',
      exports: {'react-server': './server.js', default: './browser.js'},
    }),
    'node_modules/pkg/server.js': `export async function onServer() {}`,
    'node_modules/pkg/browser.js': `export async function inBrowser() {}`,
  };

  test('gives the names that the server sees, in stubs and manifest', async () => {
    const result = await new Project('star', files).build();
    const names = ['first', 'onServer', 'own', 'second'];

    expect(result.printed).toBe('');
    expect(Object.keys(JSON.parse(result.files['server-actions-manifest.json']!))).toEqual(
      names.map((name) => `src/actions.js#${name}`),
    );
    const stubs = result.files['main.js']!.matchAll(/"src\/actions\.js#(\w+)"/g);
    expect(new Set([...stubs].map(([, name]) => name))).toEqual(new Set(names));
  });

  test('of a module that is not there is an error', async () => {
    const {errors, printed} = await new Project('star-missing', {
      'src/index.js': `import './actions.js';`,
      'src/actions.js': `'use server';\nexport * from './missing.js';`,
    }).build();

    expect(errors).toHaveLength(1);
    expect(printed).toMatch(/ERROR in \.\/src\/actions\.js 2:\d+/);
  });
});
