import type {ClientManifest, ServerConsumerManifest} from '../../src/references/manifests.ts';
import {entryFiles, FLIGHT_ENTRY, openPage, REMEMBER_ENTRY_FILES} from './support/evaluate.ts';
import {Project, stopBuilding, type BuildResult} from './support/project.ts';

afterAll(stopBuilding);

const app = {
  'package.json': '{"private": true, "sideEffects": false}',
  'src/index.js': `${FLIGHT_ENTRY}
    import {InEntry} from './InEntry.js';
    globalThis.shownByEntry = InEntry;`,
  'src/InEntry.js': `'use client';
    import {shared} from './shared.js';
    export function InEntry() { return shared; }
    export const notUsedByEntry = 'InEntry other';`,
  'src/Lazy.js': `'use client';
    import {shared} from './shared.js';
    import {Nested} from './Nested.js';
    export function Lazy() { return [shared, Nested()]; }
    export const other = 'Lazy other';
    export default function LazyDefault() { return 'Lazy default'; }`,
  'src/Nested.js': `'use client';
    export function Nested() { return 'Nested'; }
    export const alone = 'Nested alone';`,
  'src/common.cjs': `'use client';
    exports.Common = function () { return 'CommonJS'; };`,
  'src/Waiting.js': `'use client';
    const value = await Promise.resolve('top-level await');
    export function Waiting() { return value; }`,
  'src/Dependent.js': `'use client';
    import {Waiting} from './Waiting.js';
    export function Dependent() { return 'after ' + Waiting(); }`,
  'src/thenable.cjs': `'use client';
    const names = ['then', 'Thenable'];
    module.exports = Object.fromEntries(names.map((name) => [name, () => name]));`,
  'src/shared.js': `export const shared = {name: 'shared'};`,
  'src/Page.js': `import {Lazy} from './Lazy.js'; export default Lazy;`,
};

describe.each([
  ['development', `mode: 'development'`, ['main.js']],
  ['production', `mode: 'production'`, ['main.js']],
  [
    'content hashes',
    `mode: 'production', output: {chunkFilename: 'chunks/[contenthash].js'}`,
    ['main.js'],
  ],
  [
    'split chunks',
    `mode: 'production', optimization: {splitChunks: {chunks: 'all', minSize: 0}}`,
    null,
  ],
  [
    'one runtime',
    `mode: 'production', optimization: {runtimeChunk: 'single', splitChunks: {chunks: 'all', minSize: 0}}`,
    null,
  ],
  [
    'natural and total-size ids',
    `optimization: {moduleIds: 'natural', chunkIds: 'total-size'}`,
    ['main.js'],
  ],
  [
    'no concatenation',
    `mode: 'production', optimization: {concatenateModules: false}`,
    ['main.js'],
  ],
  ['a query in file names', `output: {chunkFilename: '[name].js?v=[contenthash]'}`, ['main.js']],
  [
    'eager imports in the config',
    `module: {parser: {javascript: {dynamicImportMode: 'eager'}}}`,
    ['main.js'],
  ],
])('client manifest with %s', (name, config, scripts) => {
  let result: BuildResult;
  let manifest: ClientManifest;
  beforeAll(async () => {
    result = await new Project(`client-${name.replaceAll(' ', '-')}`, app).build(
      `${config}, plugins: [${REMEMBER_ENTRY_FILES}]`,
    );
    manifest = JSON.parse(result.files['react-client-manifest.json']!);
  });
  const open = () =>
    openPage(withoutQueries(result.files), scripts ?? entryFiles(result.files, 'main'));

  test('lists every client module', () => {
    expect(result.printed).toBe('');
    expect(Object.keys(manifest)).toEqual([
      'src/Dependent.js',
      'src/InEntry.js',
      'src/Lazy.js',
      'src/Nested.js',
      'src/Waiting.js',
      'src/common.cjs',
      'src/thenable.cjs',
    ]);
  });

  test('leads React to every export of a module that the entry never imports', async () => {
    const page = open();
    const entry = manifest['src/Lazy.js']!;

    expect(((await page.load(entry, 'Lazy')) as any)()[1]).toBe('Nested');
    expect(await page.load(entry, 'other')).toBe('Lazy other');
    expect(((await page.load(entry, 'default')) as any)()).toBe('Lazy default');
    expect(await page.load(manifest['src/Nested.js']!, 'alone')).toBe('Nested alone');
    expect(((await page.load(manifest['src/common.cjs']!, 'Common')) as any)()).toBe('CommonJS');
    expect(((await page.load(manifest['src/Waiting.js']!, 'Waiting')) as any)()).toBe(
      'top-level await',
    );
    expect(((await page.load(manifest['src/Dependent.js']!, 'Dependent')) as any)()).toBe(
      'after top-level await',
    );
    for (const exported of ['then', 'Thenable']) {
      const value: any = await page.load(manifest['src/thenable.cjs']!, exported);
      expect(value()).toBe(exported);
    }
  });

  test('only modules that wait for a top-level await, of their own or of an import, are asynchronous', () => {
    const asynchronous = Object.keys(manifest).filter((path) => manifest[path]!.async);

    expect(asynchronous).toEqual(['src/Dependent.js', 'src/Waiting.js']);
  });

  test('does not load what the page has, and does not run it twice', async () => {
    const page = open();
    const before = page.scripts.length;

    expect(await page.load(manifest['src/InEntry.js']!, 'InEntry')).toBe(page.run('shownByEntry'));
    expect(await page.load(manifest['src/InEntry.js']!, 'notUsedByEntry')).toBe('InEntry other');
    expect(page.scripts).toHaveLength(before);
    const lazy: any = await page.load(manifest['src/Lazy.js']!, 'Lazy');
    expect(lazy()[0]).toBe(page.run('shownByEntry()'));
  });

  test('names files that were emitted', () => {
    const files = Object.values(manifest).flatMap(({chunks}) =>
      chunks.filter((_chunk, index) => index % 2 === 1),
    );

    expect(files).not.toEqual([]);
    for (const file of files)
      expect(withoutQueries(result.files)).toHaveProperty([`${file}`.split('?')[0]!]);
  });

  test('the SSR manifest leads from each module id back to the file', () => {
    const ssr: ServerConsumerManifest = JSON.parse(result.files['react-ssr-manifest.json']!);

    for (const [path, {id, async}] of Object.entries(manifest)) {
      expect(ssr.moduleMap[id]!['*']).toEqual({id: path, chunks: [], name: '*', async});
    }
    expect(Object.keys(ssr.moduleMap)).toHaveLength(Object.keys(manifest).length);
  });
});

describe('client manifest with several entries', () => {
  const files = {
    ...app,
    'src/other.js': `${FLIGHT_ENTRY}
      import {Lazy} from './Lazy.js';
      globalThis.shownByOther = Lazy;`,
    'src/plain.js': FLIGHT_ENTRY,
  };

  test.each([
    ['separate', `{main: './src/index.js', other: './src/other.js', plain: './src/plain.js'}`],
    [
      'dependent',
      `{main: './src/index.js', other: {import: './src/other.js', dependOn: 'main'}, plain: './src/plain.js'}`,
    ],
    [
      'in separate runtimes',
      `{main: {import: './src/index.js', runtime: 'a'}, other: {import: './src/other.js', runtime: 'b'}, plain: './src/plain.js'}`,
    ],
  ])('each page can load every module: entries are %s', async (_name, entry) => {
    const result = await new Project('client-entries', files).build(
      `mode: 'production', entry: ${entry}, plugins: [${REMEMBER_ENTRY_FILES}],
       optimization: {splitChunks: {chunks: 'all', minSize: 0}}`,
    );
    const manifest: ClientManifest = JSON.parse(result.files['react-client-manifest.json']!);

    expect(result.printed).toBe('');
    for (const name of ['main', 'other', 'plain']) {
      const page = openPage(result.files, entryFiles(result.files, name));
      expect(await page.load(manifest['src/InEntry.js']!, 'notUsedByEntry')).toBe('InEntry other');
      expect(await page.load(manifest['src/Lazy.js']!, 'other')).toBe('Lazy other');
      const lazy = await page.load(manifest['src/Lazy.js']!, 'Lazy');
      if (name === 'other') expect(lazy).toBe(page.run('shownByOther'));
    }
  });
});

describe('the SSR manifest', () => {
  test.each([
    [`publicPath: '/static/'`, {prefix: '/static/'}],
    [
      `publicPath: 'https://cdn.test/', crossOriginLoading: 'anonymous'`,
      {prefix: 'https://cdn.test/', crossOrigin: ''},
    ],
    [
      `publicPath: '/', crossOriginLoading: 'use-credentials'`,
      {prefix: '/', crossOrigin: 'use-credentials'},
    ],
    [`publicPath: () => '/made/'`, {prefix: '/made/'}],
    [`publicPath: 'auto'`, null],
  ])('tells where chunks load from: %s', async (output, moduleLoading) => {
    const {files} = await new Project('client-public-path', app).build(`output: {${output}}`);

    expect(JSON.parse(files['react-ssr-manifest.json']!).moduleLoading).toEqual(moduleLoading);
  });
});

test('a client module of a package, found in the graph, is in the manifest with all its exports', async () => {
  const result = await new Project('client-package', {
    'src/index.js': `${FLIGHT_ENTRY}
      import {Dialog} from 'ui'; globalThis.dialog = Dialog;`,
    'node_modules/ui/package.json': '{"name": "ui", "main": "index.js", "sideEffects": false}',
    'node_modules/ui/index.js': `'use client'; export const Dialog = 'dialog'; export const Menu = 'menu';`,
  }).build(`mode: 'production'`);
  const manifest: ClientManifest = JSON.parse(result.files['react-client-manifest.json']!);
  const page = openPage(result.files, ['main.js']);

  expect(await page.load(manifest['node_modules/ui/index.js']!, 'Menu')).toBe('menu');
  expect(await page.load(manifest['node_modules/ui/index.js']!, 'Dialog')).toBe('dialog');
});

test('a path with characters that requests give a meaning is found', async () => {
  const result = await new Project('client-special#path', {
    'src/index.js': `${FLIGHT_ENTRY} import {save} from './[slug]/actions \0#1.js'; globalThis.save = save;`,
    'src/[slug]/actions #1.js': `'use server'; export async function save() { return 'SECRET'; }`,
    'src/[slug]/Button #1.js': `'use client'; export const Button = 'button';`,
  }).build();
  const manifest: ClientManifest = JSON.parse(result.files['react-client-manifest.json']!);

  expect(result.printed).toBe('');
  expect(result.files['main.js']).not.toContain('SECRET');
  expect(result.files['server-actions-manifest.json']).toContain('"src/[slug]/actions #1.js#save"');
  const page = openPage(result.files, ['main.js']);
  expect(await page.load(manifest['src/[slug]/Button #1.js']!, 'Button')).toBe('button');
});

function withoutQueries(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name.split('?')[0], text]),
  );
}
