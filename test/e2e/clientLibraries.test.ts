import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {codeOfPage} from '../support/codeOfPage.ts';
import {startServer, type RunningServer} from '../support/runningServer.ts';
import {Project} from '../webpack/support/project.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Opens one module of the page at each path. */
const ENTRY = `
import {createRoot} from 'react-dom/client';
const pages = {
  query: () => import('./QueryNotes.jsx'),
  search: () => import('./Search.jsx'),
  swr: () => import('./SwrNotes.jsx'),
  router: () => import('./RouterNotes.jsx'),
  profile: () => import('./ProfileForm.jsx'),
};
const {default: App} = await pages[location.pathname.split('/')[1]]();
createRoot(document.getElementById('root')).render(<App />);
`;

/** What the page says to change in the config of the quick start. */
const CONFIG = `
import {UseServerWebpackPlugin} from 'use-server-webpack-plugin';
import config from './webpack.config.js';
export default {
  ...config,
  output: {...config.output, publicPath: '/'},
  plugins: [
    new UseServerWebpackPlugin({
      serverManifest: '../server-actions-manifest.json',
      callServer: './src/callServer.js',
    }),
  ],
};`;

let server: RunningServer;
let browser: Browser;
let page: Page;
/** What went over the network once the page was there, without scripts. */
let requests: string[];
/** Errors and warnings of the console, and uncaught errors. */
let complaints: string[];

beforeAll(async () => {
  const project = new Project('client-libraries', {
    'package.json': '{"private": true, "type": "module"}',
    'webpack.config.js': readFileSync(
      join(repository, 'examples/quick-start/webpack.config.js'),
      'utf8',
    ),
    'page.config.js': CONFIG,
    'src/client.jsx': ENTRY,
    ...codeOfPage('client-libraries.md'),
  });
  const webpack = join(repository, 'node_modules/webpack/bin/webpack.js');
  await promisify(execFile)(process.execPath, [webpack, '--config', 'page.config.js'], {
    cwd: project.folder,
    env: {...process.env, NODE_OPTIONS: '', NODE_ENV: 'development'},
  });
  server = await startServer('server.js', {
    cwd: project.folder,
    env: {NODE_ENV: 'development'},
    nodeArguments: [
      '--conditions',
      'react-server',
      '--import',
      'use-server-webpack-plugin/register',
    ],
  });
  browser = await launchBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(() => {
  requests = [];
  complaints = [];
});

afterEach(async () => {
  await page.close();
  // A warning would name an argument that cannot be sent.
  expect(complaints).toEqual([]);
});

async function open(path: string): Promise<void> {
  page = await browser.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(new URL(path, server.url).href);
  await page.getByRole('listitem').or(page.getByRole('textbox')).first().waitFor();
  page.on('request', (request) => {
    if (request.resourceType() === 'script') return;
    requests.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
}

const titles = () => page.getByRole('listitem').allInnerTexts();
const button = (name: string) => page.getByRole('button', {name, exact: true});

/** Writes a title that the server refuses, then one that it takes. */
async function addNote(title: string): Promise<void> {
  await page.getByLabel('Title', {exact: true}).fill(' ');
  await button('Add').click();
  await page.getByText('Please write a title.').waitFor();
  requests.length = 0;
  await page.getByLabel('Title', {exact: true}).fill(title);
  await button('Add').click();
  await page.getByRole('listitem').filter({hasText: title}).waitFor();
}

test('a mutation of TanStack Query calls a server function and reads the list again', async () => {
  await open('/query');
  await addNote('Bread');
  expect(requests).toEqual(['POST /rsc-action', 'GET /api/notes']);
});

test('a mutation that revalidates fills the cache of TanStack Query in one round trip', async () => {
  await open('/query');
  await page.getByText('Milk').first().waitFor();
  const before = await titles();
  await button('Delete Milk').click();
  await page.getByText('Milk').waitFor({state: 'detached'});
  expect(await titles()).toEqual(before.filter((title) => !title.startsWith('Milk')));
  expect(requests).toEqual(['POST /rsc-action']);
});

test('a query of a server function ends when its result is not wanted any more', async () => {
  await open('/search');
  // What is never answered ends by its signal alone.
  await page.evaluate(() => {
    const send = window.fetch;
    let calls = 0;
    window.fetch = (input, init) => {
      if (++calls > 1) return send(input, init);
      return new Promise((_, reject) => {
        init!.signal!.addEventListener('abort', () => {
          document.title = 'aborted';
          reject(init!.signal!.reason as Error);
        });
      });
    };
  });
  await page.getByLabel('Search').fill('Br');
  await page.getByLabel('Search').fill('Bre');
  await page.getByText('Bread').waitFor();
  expect(await page.title()).toBe('aborted');
  expect(requests).toEqual(['POST /rsc-action']);
});

test('a mutation of SWR calls a server function and reads its key again', async () => {
  await open('/swr');
  await addNote('Butter');
  expect(requests).toEqual(['POST /rsc-action', 'GET /api/notes']);
});

test('an action of React Router calls a server function, and its loaders run again', async () => {
  await open('/router');
  await page.getByLabel('Quick title').fill('Salt');
  await button('Add').click();
  await page.getByRole('listitem').filter({hasText: 'Salt'}).waitFor();
  expect(requests).toEqual(['POST /rsc-action', 'GET /api/notes']);
});

test('React Router shows what the function returned, and goes where it redirects', async () => {
  await open('/router');
  const before = await titles();
  await button('Add and open').click();
  await page.getByText('Please write a title.').waitFor();
  await page.getByLabel('Title', {exact: true}).fill('Pepper');
  requests.length = 0;
  await button('Add and open').click();
  await page.getByRole('heading', {name: 'Pepper'}).waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/router\/\d+$/);
  // The page has not been loaded again.
  expect(requests).toEqual(['POST /rsc-action', 'GET /api/notes']);
  await page.getByRole('link', {name: 'All notes'}).click();
  await page.getByRole('listitem').filter({hasText: 'Pepper'}).waitFor();
  expect(await titles()).toEqual([...before, 'Pepper']);
});

test('react-hook-form shows what the server finds, and that it has saved', async () => {
  await open('/profile');
  await page.getByLabel('Email').fill('ada');
  await button('Save').click();
  await page.getByText('Please write a name.').waitFor();
  expect(await page.getByRole('alert').allInnerTexts()).toEqual([
    'Please write a name.',
    'There is no @.',
  ]);
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('Email').fill('ada@app.example');
  await button('Save').click();
  await page.getByRole('status').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

test.each([
  ['/query', 'Add', 'Not saved. Please try again.'],
  ['/swr', 'Add', 'Not saved. Please try again.'],
  ['/profile', 'Save', 'Not saved. Please try again.'],
])('a call that does not arrive is an error of the library at %s', async (path, name, text) => {
  await open(path);
  await page.route('**/rsc-action', (route) => route.abort());
  await button(name).click();
  await page.getByText(text).waitFor();
  expect(complaints.splice(0)).toEqual(['Failed to load resource: net::ERR_FAILED']);
});
