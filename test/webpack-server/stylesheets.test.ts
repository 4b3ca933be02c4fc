import {execFile} from 'node:child_process';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {Browser, BrowserContextOptions, Page} from 'playwright-core';
import type {ClientManifest} from '../../src/references/manifests.ts';
import {launchBrowser} from '../support/browser.ts';
import {REMEMBER_ENTRY_FILES} from '../webpack/support/evaluate.ts';
import {Project, stopBuilding, type BuildResult} from '../webpack/support/project.ts';
import {APP, BundledProject} from './support/bundledProject.ts';

afterAll(stopBuilding);

const ONE_FOR_ALL = 'one stylesheet for all, apart from scripts';
const RED = 'rgb(255, 0, 0)';

const app = {
  ...APP,
  'src/client.js': `${APP['src/client.js']}\nimport {InEntry} from './InEntry.js'; globalThis.inEntry = InEntry;`,
  'src/Page.js': `
    import {createElement, Suspense} from 'react';
    import {loadClientManifest, stylesheetsOf} from 'use-server-webpack-plugin/server';
    import {Card} from './Card.js';
    import {InEntry} from './InEntry.js';
    import {Late} from './Late.js';
    import {Plain} from './Plain.js';
    import './page.css';

    const manifest = loadClientManifest();

    async function Slow() {
      await new Promise((fulfil) => setTimeout(fulfil, 10));
      return [
        ...stylesheetsOf(Late, manifest).map((props) => createElement('link', {key: props.href, ...props})),
        createElement(Late, {key: 'late'}),
      ];
    }

    export function Page() {
      return createElement('html', null,
        createElement('head'),
        createElement('body', null,
          createElement('main', {className: 'page'}, 'Page'),
          createElement(Card),
          createElement(InEntry),
          createElement(Plain),
          createElement(Suspense, {fallback: 'waiting'}, createElement(Slow)),
        ),
      );
    }`,
  'src/page.css': `.page { color: red; }`,
  'src/Card.js': `
    'use client';
    import {createElement} from 'react';
    import {Inner} from './Inner.js';
    import './card.css';
    export function Card() { return createElement('div', {className: 'card'}, createElement(Inner)); }
    export const later = () => import('./Unused.js');`,
  'src/card.css': `.card { color: red; }`,
  'src/Inner.js': `
    import {createElement} from 'react';
    import * as styles from './inner.module.css';
    export function Inner() { return createElement('p', {className: styles.inner}, 'inner'); }`,
  'src/inner.module.css': `.inner { background-color: red; }`,
  'src/Late.js': `
    'use client';
    import {createElement} from 'react';
    import './late.css';
    export function Late() { return createElement('div', {className: 'late'}, 'late'); }`,
  'src/late.css': `.late { color: red; }`,
  'src/InEntry.js': `
    'use client';
    import {createElement} from 'react';
    import './entry.css';
    export function InEntry() { return createElement('div', {className: 'entry'}, 'entry'); }`,
  'src/entry.css': `.entry { color: red; }`,
  'src/Plain.js': `'use client'; export function Plain() { return 'plain'; }`,
  'src/Unused.js': `import './unused.css';`,
  'src/unused.css': `.unused { color: red; }`,
  // React can put into the HTML what a stream asks for when the stream is read during the render.
  'src/ssr.js': `
    import {use, createElement} from 'react';
    import {renderToReadableStream} from 'react-dom/server';
    import {createFromReadableStream} from 'react-server-dom-webpack/client';
    import {loadConsumerManifest} from 'use-server-webpack-plugin/server';

    const serverConsumerManifest = loadConsumerManifest();

    export async function renderHtml(flight) {
      let payload;
      const Root = () => use((payload ??= createFromReadableStream(flight, {serverConsumerManifest})));
      const stream = await renderToReadableStream(createElement(Root));
      await stream.allReady;
      return new Response(stream).text();
    }`,
};

/** The server's build writes what Server Components import; the client's build the rest. */
function config(shared: string, output = `publicPath: '/'`, names = ''): string {
  return `
    shared: {${shared}},
    server: {
      module: {rules: [{
        test: /\\.css$/,
        use: ({issuerLayer}) => [
          {loader: require('mini-css-extract-plugin').loader, options: {emit: issuerLayer !== 'ssr'}},
          'css-loader',
        ],
      }]},
      plugins: [new (require('mini-css-extract-plugin'))({filename: '../client/server.css'})],
    },
    client: {
      output: {${output}},
      module: {rules: [{test: /\\.css$/, use: [require('mini-css-extract-plugin').loader, 'css-loader']}]},
      plugins: [new (require('mini-css-extract-plugin'))({${names}}), ${REMEMBER_ENTRY_FILES}],
    }`;
}

/** webpack's own CSS, whose class names are made of module ids where nobody says otherwise. */
const native = `
  shared: {
    experiments: {css: true},
    module: {generator: {'css/auto': {localIdentName: '[path][name]-[local]'}}},
  },
  client: {output: {publicPath: '/'}, plugins: [${REMEMBER_ENTRY_FILES}]}`;

const configs: [name: string, prefix: string, config: string][] = [
  ['development', '/', config('')],
  ['production', '/', config(`mode: 'production'`)],
  ["webpack's own CSS", '/', native],
  [
    ONE_FOR_ALL,
    '/',
    config(
      `mode: 'production', optimization: {splitChunks: {cacheGroups: {styles: {name: 'styles', type: 'css/mini-extract', chunks: 'async', enforce: true}}}}`,
    ),
  ],
  [
    'everything split, one runtime',
    '/',
    config(
      `mode: 'production', optimization: {runtimeChunk: 'single', splitChunks: {chunks: 'all', minSize: 0}}`,
    ),
  ],
  [
    'content hashes, from a CDN',
    'https://cdn.test/assets/',
    config(
      `mode: 'production'`,
      `publicPath: 'https://cdn.test/assets/', crossOriginLoading: 'anonymous'`,
      `filename: '[contenthash].css', chunkFilename: 'css/[contenthash].css'`,
    ),
  ],
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each(configs)('stylesheets of client components: %s', (name, prefix, config) => {
  const hasOneForAll = name === ONE_FOR_ALL;
  let project: BundledProject;
  let result: BuildResult;
  let html: string;
  beforeAll(async () => {
    project = new BundledProject('stylesheets', app);
    result = await project.build(config);
    ({html} = await project.run([]));
  });

  /** The text of all stylesheets of a client module. */
  function cssOf(path: string): string {
    const {stylesheets = []} = clientManifest(result)[path]!;
    return stylesheets
      .map(({href}) => result.files[`client/${href.slice(prefix.length)}`])
      .join('\n');
  }

  test('the manifest lists those that hold the CSS of a component', () => {
    expect(result.printed).toBe('');
    expect(cssOf('src/Card.js')).toMatch(/background-color[^]*\.card/);
    expect(cssOf('src/Late.js')).toContain('.late');
    expect(cssOf('src/InEntry.js')).toContain('.entry');
    if (!hasOneForAll) expect(cssOf('src/Card.js')).not.toMatch(/\.(unused|late|entry)/);
    expect(clientManifest(result)['src/Plain.js']).not.toHaveProperty('stylesheets');
  });

  /** A page of this HTML, with the files of the build. */
  async function openPage(html: string, options: BrowserContextOptions): Promise<Page> {
    const page = await browser.newPage(options);
    await page.route('**/*', (route) => {
      const path = route.request().url().replace('https://app.test/', '/');
      if (path === '/') return route.fulfill({contentType: 'text/html', body: html});
      const text = result.files[`client/${path.slice(prefix.length)}`];
      return route.fulfill({
        status: text === undefined ? 404 : 200,
        contentType: path.endsWith('.css') ? 'text/css' : 'text/javascript',
        headers: {'Access-Control-Allow-Origin': '*'},
        body: text ?? '',
      });
    });
    await page.goto('https://app.test/');
    return page;
  }

  test('the page has style before any script runs', async () => {
    const page = await openPage(html, {javaScriptEnabled: false});
    const styleOf = (selector: string, property: string) =>
      page.locator(selector).evaluate(
        // The function runs in the page.
        (element, name) =>
          (globalThis as any).getComputedStyle(element).getPropertyValue(name) as string,
        property,
      );

    expect(await styleOf('.card', 'color')).toBe(RED);
    expect(await styleOf('.card p', 'background-color')).toBe(RED);
    expect(await styleOf('.entry', 'color')).toBe(RED);
    expect(await styleOf('.late', 'color')).toBe(RED);
    await page.close();
  });

  test('a component that comes later comes with its stylesheets', async () => {
    const files = JSON.parse(result.files['client/entries.json']!).main as string[];
    const scripts = files.filter((file) => file.endsWith('.js'));
    const page = await openPage(
      scripts.map((file) => `<script src="${prefix}${file}"></script>`).join(''),
      {},
    );
    const entry = clientManifest(result)['src/Late.js']!;
    await page.evaluate(`load(${JSON.stringify(entry)}, 'Late')`);
    await page.evaluate(`document.body.className = 'late'`);

    expect(await page.evaluate(`getComputedStyle(document.body).color`)).toBe(RED);
    await page.close();
  });
});

test('the server writes what Server Components import, and that only', async () => {
  const {files} = await new BundledProject('stylesheets-server', app).build(config(''));

  expect(files['client/server.css']).toContain('.page');
  expect(files['client/server.css']).not.toMatch(/\.(card|late|entry|inner)/);
});

test('HTML asks for stylesheets as the browser does: with or without credentials', async () => {
  const project = new BundledProject('stylesheets-credentials', app);
  const result = await project.build(
    config('', `publicPath: 'https://cdn.test/', crossOriginLoading: 'use-credentials'`),
  );
  const {html} = await project.run([]);

  for (const {href, crossOrigin} of clientManifest(result)['src/Card.js']!.stylesheets!) {
    expect(crossOrigin).toBe('use-credentials');
    expect(html).toMatch(
      new RegExp(`<link rel="stylesheet" href="${href}"[^>]* crossorigin="use-credentials"`, 'i'),
    );
  }
  expect(html).toMatch(/<script src="https:\/\/cdn\.test\/[^>]* crossorigin="use-credentials"/i);
});

test('a build whose HTML cannot link them says so', async () => {
  const {warnings} = await new BundledProject('stylesheets-auto', app).build(config('', ''));

  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('Set output.publicPath');
});

test('in plain Node, a page asks for the stylesheets of its client components', async () => {
  const {'src/Page.js': _page, ...files} = app;
  const project = new Project('stylesheets-node', {
    ...files,
    'package.json': '{"private": true, "type": "module"}',
    'src/index.js': `import 'react-server-dom-webpack/client';`,
    'render.js': `
      import {createElement} from 'react';
      import {renderToReadableStream} from 'react-server-dom-webpack/server';
      import {loadClientManifest, stylesheetsOf} from 'use-server-webpack-plugin/server';
      import {Card} from './src/Card.js';
      const manifest = loadClientManifest('dist/react-client-manifest.json');
      const flight = await new Response(renderToReadableStream(createElement(Card), manifest)).text();
      let message;
      try { stylesheetsOf(() => {}, manifest); } catch (error) { message = String(error); }
      console.log(JSON.stringify({flight, props: stylesheetsOf(Card, manifest), message}));`,
  });
  const result = await project.build(
    `output: {publicPath: '/static/'},
     module: {rules: [{test: /\\.css$/, use: [require('mini-css-extract-plugin').loader, 'css-loader']}]},
     plugins: [new (require('mini-css-extract-plugin'))()]`,
    `{include: 'src/{Card,Plain,InEntry}.js'}`,
  );
  const {stdout} = await promisify(execFile)(
    process.execPath,
    ['--conditions', 'react-server', '--import', register, 'render.js'],
    {cwd: project.folder, env: {...process.env, NODE_OPTIONS: ''}},
  );
  const {flight, props, message} = JSON.parse(stdout);
  const manifest = JSON.parse(result.files['react-client-manifest.json']!) as ClientManifest;
  const {href} = manifest['src/Card.js']!.stylesheets![0]!;

  expect(result.files[href.replace('/static/', '')]).toContain('.card');
  expect(flight).toContain(`:HS["${href}","webpack"]`);
  expect(props).toEqual([{rel: 'stylesheet', precedence: 'webpack', href}]);
  expect(message).toMatch(/^TypeError: stylesheetsOf\(\) takes a client component/);
});

const register = pathToFileURL(
  join(fileURLToPath(new URL('../../', import.meta.url)), 'dist/register/index.js'),
).href;

function clientManifest({files}: BuildResult): ClientManifest {
  return JSON.parse(files['server/react-client-manifest.json']!) as ClientManifest;
}
