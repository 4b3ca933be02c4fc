import type {ClientManifest, ServerManifest} from '../../src/references/manifests.ts';
import {openPage} from '../webpack/support/evaluate.ts';
import {stopBuilding, type BuildResult} from '../webpack/support/project.ts';
import {APP, BundledProject, CALLABLE, UNUSED} from './support/bundledProject.ts';

afterAll(stopBuilding);

function manifest({files}: BuildResult, name: string): unknown {
  return JSON.parse(files[`server/${name}`]!);
}

/** What the server of the app must do, however it was built. */
async function expectWorkingServer(project: BundledProject, entry?: string): Promise<void> {
  const ids = [...CALLABLE, ...UNUSED, 'src/Button.js#Button', 'src/shared.js#default'];
  const {html, calls} = await project.run(ids, entry);

  expect(html).toContain('a button</button>');
  expect(html).toContain('<b>SSR</b>');
  expect(html).toContain('a package');
  expect(calls['src/only-in-client.js#save']).toEqual({status: 200, text: expect.any(String)});
  expect(calls['src/only-in-client.js#save']!.text).toContain('saved, count 1');
  // The same module, whoever imports it.
  expect(calls['src/shared.js#count']!.text).toMatch(/[:\s]2\n/);
  expect(calls['src/only-in-browser.js#onlyInBrowser']!.text).toContain('from the browser');
  expect(calls['node_modules/packaged/actions.js#inPackage']!.text).toContain('from the package');
  // It is found; what is refused is a call without the variables that it captured.
  expect(calls['src/Page.js#$$Page$rename']!.status).toBe(400);
  for (const id of ids) if (!CALLABLE.includes(id)) expect(calls[id]!.status).toBe(404);
}

/** Loads client components in a page by the client manifest, as React does there. */
async function expectWorkingClient(result: BuildResult, scripts: string[]): Promise<void> {
  const client = manifest(result, 'react-client-manifest.json') as ClientManifest;
  expect(Object.keys(client)).toEqual([
    'node_modules/packaged/index.js',
    'src/Button.js',
    'src/Label.js',
  ]);
  const files = Object.fromEntries(
    Object.entries(result.files).map(([name, text]) => [name.replace(/^client\//, ''), text]),
  );
  const page = openPage(files, scripts);
  for (const [path, name] of [
    ['src/Button.js', 'Button'],
    ['src/Button.js', 'unusedInPage'],
    ['src/Label.js', 'default'],
    ['node_modules/packaged/index.js', 'Packaged'],
  ] as const) {
    expect(typeof (await page.load(client[path]!, name))).toBe('function');
  }
}

function scriptsOf({files}: BuildResult): string[] {
  const names = Object.keys(files).map((name) => name.replace(/^client\//, ''));
  // The runtime has to come first; the entry runs when all its chunks are there.
  return ['runtime.js', 'vendor.js', 'main.js'].filter((name) => names.includes(name));
}

const minified = `mode: 'production', optimization: {minimize: true}`;
const production = (optimization: string) => `mode: 'production', optimization: {${optimization}}`;
const vendor = `splitChunks: {cacheGroups: {vendor: {test: /react|scheduler/, name: 'vendor', chunks: 'all', enforce: true}}}`;

test.each([
  ['development', `mode: 'development'`],
  ['development with eval', `mode: 'development', devtool: 'eval'`],
  ['production, minified', minified],
  ['splitChunks', production(vendor)],
  ['splitChunks with a single runtime', production(`${vendor}, runtimeChunk: 'single'`)],
  ['a runtime chunk in development', `optimization: {${vendor}, runtimeChunk: 'single'}`],
  ['named ids', production(`moduleIds: 'named', chunkIds: 'named'`)],
  ['natural ids', production(`moduleIds: 'natural', chunkIds: 'natural'`)],
  ['hashed ids', production(`moduleIds: 'hashed', chunkIds: 'total-size'`)],
  ['no concatenation', production('concatenateModules: false')],
  ['no merged chunks', production('removeAvailableModules: false, mergeDuplicateChunks: false')],
  [
    'content hashes',
    `${production('realContentHash: true')}, output: {chunkFilename: '[contenthash].js', publicPath: '/'}`,
  ],
])(
  'manifests and bundles agree: %s',
  async (_case, shared) => {
    const project = new BundledProject('matrix', APP);
    const result = await project.build(`shared: {${shared}}`);

    expect(result.errors).toEqual([]);
    expect(Object.keys(manifest(result, 'server-actions-manifest.json') as object)).toEqual(
      CALLABLE,
    );
    await expectWorkingServer(project);
    await expectWorkingClient(result, scriptsOf(result));
  },
  120_000,
);

test('manifests and bundles agree: a server of ECMAScript modules', async () => {
  const project = new BundledProject('matrix', APP);
  const result = await project.build(
    `server: {output: {module: true}, experiments: {outputModule: true}}`,
  );

  expect(result.errors).toEqual([]);
  await expectWorkingServer(project, 'main.mjs');
});

test('each entry of the server manifest names a module and chunks of the server bundle', async () => {
  const project = new BundledProject('matrix', APP);
  const result = await project.build(`shared: {mode: 'production'}`);

  for (const {id, chunks} of Object.values(
    manifest(result, 'server-actions-manifest.json') as ServerManifest,
  )) {
    const files = chunks.filter((_, index) => index % 2 === 1).map((file) => `server/${file}`);
    const texts = [...files, 'server/main.js'].map((file) => result.files[file]);
    expect(texts.some((text) => text!.includes(`\n/***/ ${JSON.stringify(id)}`))).toBe(true);
  }
});
