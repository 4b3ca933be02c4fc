import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, readFileSync, symlinkSync} from 'node:fs';
import {createServer, request as httpRequest, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Browser, BrowserContext, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {codeOfPage} from '../support/codeOfPage.ts';
import {freePort} from '../support/freePort.ts';
import type {RunningServer} from '../support/runningServer.ts';
import {Project} from '../webpack/support/project.ts';
import {build, startApp} from './support/docsApp.ts';

const webpack = fileURLToPath(
  new URL('../../node_modules/webpack/bin/webpack.js', import.meta.url),
);
const text = readFileSync(new URL('../../docs/existing-app.md', import.meta.url), 'utf8');
const code = codeOfPage('existing-app.md');

/** What the page shows of the component before it has a server function. */
const [, before] = /```jsx\n\/\/ web\/src\/TodoList\.jsx, before\n([^]*?)```/.exec(text)!;
const todoList = code['web/src/TodoList.jsx']!;
const CALL = 'const {todo, error} = await addTodo(text);';

const HTML = (publicPath: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Todos</title>
<link rel="icon" href="data:,"><div id="root"></div>
<script crossorigin src="${publicPath}main.js"></script></html>`;

/** Functions of tests alone, one of them where the option `include` does not look. */
const PROBES = `'use server';
import {redirect} from 'use-server-webpack-plugin/server';
export async function leave() { redirect('/left?by=call'); }
export async function fail() { throw new Error('It does not work.'); }
export async function count() { return numbers(); }
async function* numbers() {
  for (let i = 1; i <= 3; i++) {
    yield i;
    await new Promise((fulfil) => setTimeout(fulfil, 400));
  }
}`;

const COMMONJS = `
const {createServer} = require('node:http');
const {createNodeHandler} = require('use-server-webpack-plugin/node');
const {withRequest} = require('use-server-webpack-plugin/server');

const handle = createNodeHandler({manifest: require('./server-actions-manifest.json')});
createServer(async (request, response) => {
  request.session = {user: 'grace'};
  if (await handle(request, response)) return;
  if (request.url !== '/route') return response.end();
  const {addTodo} = await import('./functions/todos.js');
  response.end(JSON.stringify(await withRequest(request, () => addTodo('Sugar'))));
}).listen(process.env.PORT);
`;

/** The component with the call at '/', the one before it at '/before'. */
const INDEX = `
import {Suspense} from 'react';
import {createRoot} from 'react-dom/client';
import * as probes from '@shop/api/probes.js';
import {TodoList} from './TodoList.jsx';
import {TodoList as Before} from './Before.jsx';
globalThis.probes = probes;
const App = location.pathname === '/before' ? Before : TodoList;
createRoot(document.getElementById('root')).render(<Suspense><App /></Suspense>);
`;

/** The config of the page, with what its sections for a CDN and another origin add. */
const CONFIG = `
import webpack from 'webpack';
import {UseServerWebpackPlugin} from 'use-server-webpack-plugin';
import config from './page.config.js';
const {API_ORIGIN, CDN} = process.env;
const atOtherOrigins = {
  output: {...config.output, publicPath: CDN, crossOriginLoading: 'anonymous'},
  plugins: [
    new UseServerWebpackPlugin({
      callServer: './web/src/callServer.js',
      root: '..',
      include: ['api/functions'],
      serverManifest: '../../api/server-actions-manifest.json',
    }),
  ],
};
export default {
  ...config,
  performance: {hints: false},
  ...(CDN && atOtherOrigins),
  plugins: [
    ...(CDN ? atOtherOrigins : config).plugins,
    new webpack.EnvironmentPlugin({API_ORIGIN: ''}),
  ],
};`;

let browser: Browser;
let project: Project;
let devServer: {url: string; process: ChildProcess};
let api: RunningServer;
/** Files of \`web/dist\`, for the hosts of pages and of the CDN. */
let files: Server;
let filesPort: number;
let context: BrowserContext;
let page: Page;
let complaints: string[];

const appOrigin = () => `http://app.shop.localhost:${filesPort}`;
const apiPort = () => new URL(api.url).port;

beforeAll(async () => {
  project = new Project('docs-existing-app', {
    ...code,
    'package.json': '{"private": true, "type": "module", "workspaces": ["web", "api"]}',
    'web/package.json': '{"name": "@shop/web", "private": true, "type": "module"}',
    'api/package.json': '{"name": "@shop/api", "private": true, "type": "module"}',
    'api/probes.js': PROBES,
    'web/page.config.js': code['web/webpack.config.js']!,
    'web/webpack.config.js': CONFIG,
    'web/src/index.jsx': INDEX,
    'web/src/Before.jsx': todoList.replace(CALL, before!),
    'web/public/index.html': HTML('/'),
  });
  const link = join(project.folder, 'node_modules/@shop');
  mkdirSync(link, {recursive: true});
  symlinkSync('../../api', join(link, 'api'));
  await startFiles();
  // The dev server has to know where the server is, which starts when the manifest is there.
  const port = await freePort();
  devServer = await startDevServer(`http://localhost:${port}`);
  api = await startApi(port);
  browser = await launchBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await api?.stop();
  devServer?.process.kill('SIGKILL');
  files?.closeAllConnections();
  files?.close();
});

beforeEach(async () => {
  complaints = [];
  context = await browser.newContext();
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
});

afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

/** Serves what webpack has built, by any name: that of pages, and that of the CDN. */
async function startFiles(): Promise<void> {
  files = createServer((request, response) => {
    const {pathname} = new URL(request.url!, 'http://files');
    const {host} = request.headers;
    if (!host!.startsWith('cdn.')) {
      response.setHeader('Content-Type', 'text/html');
      return void response.end(HTML(cdn()));
    }
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader(
      'Content-Type',
      extname(pathname) === '.js' ? 'text/javascript' : 'text/plain',
    );
    response.end(readFileSync(join(project.folder, 'web/dist', pathname)));
  }).listen(0, 'localhost');
  await once(files, 'listening');
  filesPort = (files.address() as AddressInfo).port;
}

const cdn = () => `http://cdn.shop.localhost:${filesPort}/`;

async function startDevServer(apiUrl: string): Promise<typeof devServer> {
  const port = await freePort();
  const child = spawn(process.execPath, [webpack, 'serve', '--port', String(port)], {
    cwd: join(project.folder, 'web'),
    env: {...process.env, NODE_OPTIONS: '', NODE_ENV: 'development', API: apiUrl},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  await new Promise<void>((fulfil, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        if (output.includes('compiled successfully')) fulfil();
      });
    }
    child.once('exit', () => reject(new Error(`webpack serve ended:\n${output}`)));
  });
  return {url: `http://localhost:${port}`, process: child};
}

function startApi(port: number): Promise<RunningServer> {
  const env = {NODE_ENV: 'development', SECRET: 'of the tests', PAGES: appOrigin()};
  return startApp(project, 'api/index.js', env, port);
}

/** As the page to sign in of the app does it, which is not part of this. */
async function signIn(origin = ''): Promise<void> {
  await page.evaluate(async (url) => {
    const headers = {'Content-Type': 'application/json'};
    const body = JSON.stringify({name: 'grace'});
    await fetch(url, {method: 'POST', headers, body, credentials: 'include'});
  }, `${origin}/api/session`);
}

async function add(text: string): Promise<void> {
  await page.getByLabel('New').fill(text);
  await page.getByRole('button', {name: 'Add'}).click();
}

const items = () => page.getByRole('listitem').allInnerTexts();
const probe = (name: string) =>
  page.evaluate(
    (key) =>
      (globalThis as any).probes[key]().then(
        () => 'left',
        (error: Error) => error.message,
      ),
    name,
  );

describe('behind the dev server', () => {
  test.each(['/', '/before'])(
    'the list is read, and added to by the session, at %s',
    async (path) => {
      await page.goto(`${devServer.url}${path}`);
      await page.getByText('Milk (ada)').waitFor();
      await add('Bread');
      await page.getByText('Please sign in.').waitFor();
      await signIn();
      const calls: string[] = [];
      page.on('request', (request) => calls.push(new URL(request.url()).pathname));
      await add(`Bread of ${path}`);
      await page.getByText(`Bread of ${path} (grace)`).waitFor();
      expect(calls).toEqual([path === '/' ? '/rsc-action' : '/api/todos']);
    },
  );

  test('the scripts hold nothing of the server', async () => {
    const script = await (await fetch(`${devServer.url}/main.js`)).text();
    expect(script).toContain('api/functions/todos.js#addTodo');
    expect(script).not.toContain('insertTodo');
    expect(script).not.toContain('Please write something');
  });

  test('a stream arrives piece by piece', async () => {
    await page.goto(devServer.url);
    const times = await page.evaluate(async () => {
      const numbers = await (globalThis as any).probes.count();
      for await (const _ of numbers) performance.mark('number');
      return performance.getEntriesByName('number').map(({startTime}) => startTime);
    });
    expect(times).toHaveLength(3);
    expect(times[2]! - times[0]!).toBeGreaterThan(400);
  });

  test.each([
    ['the page itself', () => devServer.url, 200],
    ['another site', () => 'http://evil.example', 403],
  ])(
    'where browsers do not send Sec-Fetch-Site, the Origin and Host of %s decide',
    async (_, origin, status) => {
      expect(await call(devServer.url, {Origin: origin()})).toBe(status);
    },
  );

  test('a proxy that changes the host needs the Sec-Fetch-Site of the browser, or allowedOrigins', async () => {
    const Origin = devServer.url;
    expect(await call(api.url, {Origin, 'Sec-Fetch-Site': 'same-origin'})).toBe(200);
    expect(await call(api.url, {Origin})).toBe(403);
    expect(await call(api.url, {Origin: appOrigin()})).toBe(200);
  });
});

/** The status of a call with these headers, which no `fetch` would send. */
async function call(url: string, headers: Record<string, string>): Promise<number> {
  const request = httpRequest(new URL('/rsc-action', url), {
    method: 'POST',
    headers: {
      'X-Action-Id': 'api/functions/todos.js#addTodo',
      'Content-Type': 'text/plain;charset=UTF-8',
      ...headers,
    },
  }).end('[]');
  const [response] = await once(request, 'response');
  response.resume();
  return response.statusCode;
}

describe('with pages, scripts and functions on three origins', () => {
  beforeAll(async () => {
    await build(
      {folder: join(project.folder, 'web')},
      {
        NODE_ENV: 'development',
        API_ORIGIN: `http://api.shop.localhost:${apiPort()}`,
        CDN: cdn(),
      },
    );
  }, 60_000);

  test('the list is read, and added to by the session', async () => {
    await page.goto(appOrigin());
    await page.getByText('Milk (ada)').waitFor();
    await signIn(`http://api.shop.localhost:${apiPort()}`);
    await add('Salt');
    await page.getByText('Salt (grace)').waitFor();
    expect((await items()).at(-1)).toBe('Salt (grace)');
  });

  test('a redirect leads to a page of the app', async () => {
    await page.goto(appOrigin());
    await page.getByText('Milk (ada)').waitFor();
    void probe('leave').catch(() => {});
    await page.waitForURL(`${appOrigin()}/left?by=call`);
  });

  test('what a function throws, and why a call was refused, can be read', async () => {
    await page.goto(appOrigin());
    await page.getByText('Milk (ada)').waitFor();
    expect(await probe('fail')).toBe('It does not work.');
    await page.route('**/rsc-action', (route) =>
      route.continue({headers: {...route.request().headers(), 'x-action-id': 'gone'}}),
    );
    expect(await probe('fail')).toContain('is not on the server');
    complaints.splice(0);
  });

  test('pages of other origins cannot call', async () => {
    await page.goto(`http://evil.shop.localhost:${filesPort}`);
    const error = await page.evaluate(
      (url) => fetch(url, {method: 'POST', headers: {'X-Action-Id': 'a'}}).catch(String),
      `http://api.shop.localhost:${apiPort()}/rsc-action`,
    );
    expect(error).toBe('TypeError: Failed to fetch');
    complaints.splice(0);
  });
});

test('a server in CommonJS requires the handler, and a route can call the function too', async () => {
  project.write({'api/server.cjs': COMMONJS});
  const server = await startApp(project, 'api/server.cjs', {NODE_ENV: 'development'});
  try {
    const body = '["Pepper"]';
    const headers = {'X-Action-Id': 'api/functions/todos.js#addTodo'};
    const answer = await fetch(`${server.url}rsc-action`, {method: 'POST', headers, body});
    expect(await answer.text()).toContain('"text":"Pepper","user":"grace"');
    const todo = await (await fetch(`${server.url}route`)).json();
    expect(todo).toEqual({todo: {id: 3, text: 'Sugar', user: 'grace'}});
  } finally {
    await server.stop();
  }
});

test('the server sends the page and its scripts itself', async () => {
  const script = await fetch(`${api.url}main.js`);
  expect(script.headers.get('Content-Type')).toContain('javascript');
});
