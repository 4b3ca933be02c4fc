import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {codeOfPage} from '../support/codeOfPage.ts';
import {hydrated} from '../support/hydrated.ts';
import {Project} from '../webpack/support/project.ts';
import {startWorkers, type RunningWorkers} from './support/workerd.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** What the page of the documentation has its readers write, by file. */
const written = codeOfPage('edge.md');
/** And what it leaves as it is in the example. */
const kept = Object.fromEntries(
  [
    'FailureNotice.jsx',
    'GuestBook.jsx',
    'Page.jsx',
    'actions.js',
    'callServer.js',
    'client.jsx',
    'guests.js',
    'ssr.jsx',
  ].map((file) => [
    `src/${file}`,
    readFileSync(join(repository, 'examples/bundled/src', file), 'utf8'),
  ]),
);
/** The loaders of the reader's own. */
const CONFIG = `
import configs from './webpack.config.js';
const loader = 'babel-loader';
const options = {presets: [['@babel/preset-react', {runtime: 'automatic'}]]};
export default configs.map((config) => ({
  ...config,
  mode: 'production',
  performance: {hints: false},
  module: {rules: [{test: /\\.jsx$/, loader, options}]},
}));`;

let project: Project;
let workers: RunningWorkers;
let url: string;
let browser: Browser;

beforeAll(async () => {
  project = new Project('edge-docs', {
    'package.json': '{"private": true, "type": "module"}',
    ...kept,
    ...written,
    'with-loaders.config.js': CONFIG,
  });
  const webpack = join(repository, 'node_modules/webpack/bin/webpack.js');
  await promisify(execFile)(process.execPath, [webpack, '--config', 'with-loaders.config.js'], {
    cwd: project.folder,
    env: {...process.env, NODE_OPTIONS: ''},
  });
  workers = await startWorkers(project.folder, {
    server: {
      folder: join(project.folder, 'dist'),
      main: 'worker.js',
      compatibilityFlags: ['nodejs_compat'],
      bindings: {USE_SERVER_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64')},
    },
  });
  url = workers.urls['server']!;
  browser = await launchBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await workers?.stop();
});

async function openPage(javaScriptEnabled: boolean): Promise<Page> {
  const page = await browser.newPage({javaScriptEnabled});
  // As the platform does it, in front of the worker.
  await page.route('**/*.js', (route) =>
    route.fulfill({
      path: join(project.folder, 'dist/public', new URL(route.request().url()).pathname),
    }),
  );
  await page.goto(url);
  if (javaScriptEnabled) await hydrated(page);
  return page;
}

test.each([
  ['with JavaScript, without leaving the page', true, ['/rsc-action', '/rsc-action']],
  ['without JavaScript', false, ['/', '/']],
])('the guest book works %s', async (_, javaScriptEnabled, expected) => {
  const page = await openPage(javaScriptEnabled);
  const requests: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') requests.push(new URL(request.url()).pathname);
  });
  const name = `Grace ${javaScriptEnabled}`;
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', {name: 'Sign the guest book'}).click();
  await page.getByRole('listitem').filter({hasText: name}).waitFor();
  await page.getByRole('button', {name: 'Greet the newest guest'}).click();
  await page.getByText(`Welcome, ${name}!`).waitFor();
  expect(requests).toEqual(expected);
  await page.close();
});
