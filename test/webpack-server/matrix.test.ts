import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {ClientManifest, ServerConsumerManifest} from '../../src/references/manifests.ts';
import {launchBrowser} from '../support/browser.ts';
import {pairwise} from '../support/pairwise.ts';
import {entryFiles, openPage, REMEMBER_ENTRY_FILES} from '../webpack/support/evaluate.ts';
import {stopBuilding, type BuildResult} from '../webpack/support/project.ts';
import {APP, BundledProject, CALLABLE, UNUSED} from './support/bundledProject.ts';

afterAll(stopBuilding);

/** By the path of each client module: what it exports. */
const CLIENT_EXPORTS: Record<string, string[]> = {
  'node_modules/packaged/index.js': ['Packaged'],
  'src/Button.js': ['Button', 'unusedInPage'],
  'src/Label.js': ['default'],
  'src/Waiting.js': ['Waiting'],
};

const app = {
  ...APP,
  // Tells what is where the server manifest says.
  'src/server.js': APP['src/server.js']!.replace(
    'console.log(JSON.stringify({html, calls}));',
    () => `const manifest = JSON.parse(readFileSync(process.argv[3], 'utf8'));
      const found = {};
      for (const [id, entry] of Object.entries(manifest)) {
        const chunkIds = entry.chunks.filter((_, index) => index % 2 === 0);
        await Promise.all(chunkIds.map((chunkId) => __webpack_chunk_load__(chunkId)));
        found[id] = (await __webpack_require__(entry.id))[entry.name].$$id;
      }
      console.log(JSON.stringify({html, calls, found}));`,
  ).replace(
    `import {createElement} from 'react';`,
    `import {readFileSync} from 'node:fs'; import {createElement} from 'react';`,
  ),
  'src/Page.js': APP['src/Page.js']!.replace(
    'createElement(Packaged),',
    'createElement(Packaged), createElement(Waiting),',
  ).replace(
    `import {count} from './shared.js';`,
    `import {count} from './shared.js'; import {Waiting} from './Waiting.js';`,
  ),
  'src/Waiting.js': `
    'use client';
    const text = await Promise.resolve('top-level await');
    export function Waiting() { return text; }`,
};

/** What the server of the app must do, however it was built. */
async function expectWorkingServer(project: BundledProject, entry: string): Promise<void> {
  const ids = [...CALLABLE, ...UNUSED, 'src/Button.js#Button', 'src/shared.js#default'];
  const manifest = join(project.folder, 'dist/server/server-actions-manifest.json');
  const {stdout} = await promisify(execFile)(
    process.execPath,
    [join(project.folder, 'dist/server', entry), JSON.stringify(ids), manifest],
    {env: {...process.env, NODE_OPTIONS: '', NODE_ENV: ''}},
  );
  const {html, calls, found} = JSON.parse(stdout);

  expect(html).toContain('a button</button>');
  expect(html).toContain('<b>SSR</b>');
  expect(html).toContain('a package');
  expect(html).toContain('top-level await');
  expect(calls['src/only-in-client.js#save'].text).toContain('saved, count 1');
  // The same module, whoever imports it.
  expect(calls['src/shared.js#count'].text).toMatch(/[:\s]2\n/);
  expect(calls['src/only-in-browser.js#onlyInBrowser'].text).toContain('from the browser');
  expect(calls['node_modules/packaged/actions.js#inPackage'].text).toContain('from the package');
  // It is found; what is refused is a call without the variables that it captured.
  expect(calls['src/Page.js#$$Page$rename'].status).toBe(400);
  for (const id of ids) if (!CALLABLE.includes(id)) expect(calls[id].status).toBe(404);
  // Each entry leads to the function of that id.
  expect(found).toEqual(Object.fromEntries(CALLABLE.map((id) => [id, id])));
}

/** Loads every export of every client component in a page by the client manifest, as React does there. */
async function expectWorkingClient(result: BuildResult): Promise<void> {
  const client = JSON.parse(result.files['server/react-client-manifest.json']!) as ClientManifest;
  expect(Object.keys(client)).toEqual(Object.keys(CLIENT_EXPORTS));
  const files = clientFiles(result);
  const page = openPage(files, entryFiles(files, 'main'));
  for (const [path, names] of Object.entries(CLIENT_EXPORTS)) {
    for (const name of names)
      expect(typeof (await page.load(client[path]!, name))).toBe('function');
  }
}

function clientFiles({files}: BuildResult): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name.replace(/^client\//, ''), text]),
  );
}

const axes = {
  mode: ['development', 'eval', 'production', 'minified'],
  chunks: ['as they are', 'vendor', 'all'],
  runtime: ['in each entry', 'single'],
  ids: ['default', 'named', 'natural', 'hashed'],
  server: ['CommonJS', 'modules'],
  names: ['plain', 'content hashes'],
  publicPath: ['auto', '/', 'https://cdn.test/'],
  cache: ['none', 'filesystem'],
  concatenation: ['default', 'off'],
} as const;

const MODES = {
  development: [`mode: 'development'`, ''],
  eval: [`mode: 'development', devtool: 'eval'`, ''],
  production: [`mode: 'production'`, ''],
  minified: [`mode: 'production'`, 'minimize: true,'],
};
const CHUNKS = {
  'as they are': '',
  vendor: `splitChunks: {cacheGroups: {vendor: {test: /react|scheduler/, name: 'vendor', chunks: 'all', enforce: true}}},`,
  all: `splitChunks: {chunks: 'all', minSize: 0},`,
};
const IDS = {
  default: '',
  named: `moduleIds: 'named', chunkIds: 'named',`,
  natural: `moduleIds: 'natural', chunkIds: 'natural',`,
  hashed: `moduleIds: 'hashed', chunkIds: 'total-size',`,
};

type Combination = ReturnType<typeof pairwise<typeof axes>>[number];

function configOf(build: Combination): string {
  const [mode, minimize] = MODES[build.mode];
  const optimization = [
    minimize,
    CHUNKS[build.chunks],
    build.runtime === 'single' ? `runtimeChunk: 'single',` : '',
    IDS[build.ids],
    build.concatenation === 'off' ? 'concatenateModules: false,' : '',
  ].join(' ');
  const cache = `cache: {type: 'filesystem', cacheDirectory: context + '/cache'}`;
  const serverOutput = build.server === 'modules' ? 'module: true,' : '';
  const hashed = (ending: string) =>
    build.names === 'plain' ? '' : `chunkFilename: 'chunks/[contenthash].${ending}',`;
  const publicPath =
    build.publicPath === 'auto'
      ? ''
      : `publicPath: '${build.publicPath}', crossOriginLoading: 'anonymous',`;
  return `
    shared: {${mode}, optimization: {${optimization}}, ${build.cache === 'filesystem' ? cache : ''}},
    server: {
      ${serverOutput && 'experiments: {outputModule: true},'}
      output: {${serverOutput} ${hashed(serverOutput ? 'mjs' : 'js')}},
    },
    client: {
      output: {${hashed('js')} ${publicPath}},
      plugins: [${REMEMBER_ENTRY_FILES}],
    }`;
}

const titled = pairwise(axes).map((build) => [Object.values(build).join(', '), build] as const);

test.each(titled)(
  'manifests and bundles agree: %s',
  async (_title, build) => {
    const project = new BundledProject('matrix', app);
    const config = configOf(build);
    const first = await project.build(config);
    const result = build.cache === 'filesystem' ? await project.build(config) : first;

    expect(result.errors).toEqual([]);
    expect(result.files).toEqual(first.files);
    const {moduleLoading} = JSON.parse(
      result.files['server/react-ssr-manifest.json']!,
    ) as ServerConsumerManifest;
    expect(moduleLoading).toEqual(
      build.publicPath === 'auto' ? null : {prefix: build.publicPath, crossOrigin: ''},
    );
    await expectWorkingServer(project, build.server === 'modules' ? 'main.mjs' : 'main.js');
    await expectWorkingClient(result);
  },
  120_000,
);

describe.each(['development', 'production'])('a client of ECMAScript modules in %s', (mode) => {
  test('loads every client component in a browser', async () => {
    const project = new BundledProject('matrix-modules', app);
    const result = await project.build(`
      shared: {mode: '${mode}'},
      client: {
        experiments: {outputModule: true},
        output: {module: true, publicPath: '/', filename: '[name].mjs', chunkFilename: '[name].chunk.mjs'},
      }`);
    expect(result.printed).toBe('');
    const client = JSON.parse(result.files['server/react-client-manifest.json']!) as ClientManifest;
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.route('**/*', (route) => {
        const path = new URL(route.request().url()).pathname;
        if (path === '/') {
          const body = '<!doctype html><script type="module" src="/main.mjs"></script>';
          return route.fulfill({contentType: 'text/html', body});
        }
        const body = result.files[`client${path}`];
        return route.fulfill({
          status: body === undefined ? 404 : 200,
          contentType: 'text/javascript',
          body: body ?? '',
        });
      });
      await page.goto('https://app.test/');
      for (const [path, names] of Object.entries(CLIENT_EXPORTS)) {
        for (const name of names) {
          const code = `(async () => typeof (await load(${JSON.stringify(client[path])}, '${name}')))()`;
          expect(await page.evaluate(code)).toBe('function');
        }
      }
    } finally {
      await browser.close();
    }
    // React would write classic scripts into the HTML, which modules are not.
    expect(
      (JSON.parse(result.files['server/react-ssr-manifest.json']!) as ServerConsumerManifest)
        .moduleLoading,
    ).toBe(null);
    await expectWorkingServer(project, 'main.js');
  });
});
