import {execFile} from 'node:child_process';
import {cpSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {Browser, BrowserContext, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {codeOfPage} from '../support/codeOfPage.ts';
import {hydrated} from '../support/hydrated.ts';
import {startServer, type RunningServer} from '../support/runningServer.ts';
import {Project} from '../webpack/support/project.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The page of the example, and what React moves into its place by an inline script. */
const PAGE = `
import {Suspense} from 'react';
import {GuestBook} from './GuestBook.jsx';
import {guests} from './guests.js';

async function Late() {
  await new Promise((resolve) => setTimeout(resolve, 100));
  return <p>It came later.</p>;
}

export function Page() {
  async function greet() {
    'use server';
    return 'Welcome, ' + guests.at(-1) + '!';
  }
  return (
    <html lang="en">
      <head><title>Guest book</title></head>
      <body>
        <GuestBook firstGuests={guests} greet={greet} />
        <Suspense fallback="Loading"><Late /></Suspense>
      </body>
    </html>
  );
}`;

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  const project = new Project('content-security-policy', {});
  const example = join(repository, 'examples/bundled');
  for (const file of ['package.json', 'webpack.config.js', 'src']) {
    cpSync(join(example, file), join(project.folder, file), {recursive: true});
  }
  project.write({...codeOfPage('content-security-policy.md'), 'src/Page.jsx': PAGE});
  const webpack = join(repository, 'node_modules/webpack/bin/webpack.js');
  await promisify(execFile)(process.execPath, [webpack, '--no-optimization-minimize'], {
    cwd: project.folder,
    env: {...process.env, NODE_OPTIONS: '', NODE_ENV: 'production'},
  });
  server = await startServer('dist/server.js', {cwd: project.folder});
  browser = await launchBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

interface Opened {
  context: BrowserContext;
  page: Page;
  /** What the browser has refused because of the policy, and other errors. */
  complaints: string[];
}

async function open(javaScriptEnabled: boolean): Promise<Opened> {
  const context = await browser.newContext({javaScriptEnabled});
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.route('**/favicon.ico', (route) => route.fulfill({status: 204}));
  await page.goto(server.url);
  return {context, page, complaints};
}

async function signAndGreet(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', {name: 'Sign the guest book'}).click();
  await page.getByRole('listitem').filter({hasText: name}).waitFor();
  await page.getByRole('button', {name: 'Greet the newest guest'}).click();
  await page.getByText(`Welcome, ${name}!`).waitFor();
}

test('under a strict policy the page streams and hydrates, and calls work', async () => {
  const {context, page, complaints} = await open(true);
  await page.getByText('It came later.').waitFor();
  await hydrated(page);
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(new URL(request.url()).pathname);
  });
  await signAndGreet(page, 'Grace');
  expect(posts).toEqual(['/rsc-action', '/rsc-action']);
  expect(complaints).toEqual([]);
  await context.close();
});

test('under a strict policy forms work without JavaScript', async () => {
  const {context, page, complaints} = await open(false);
  await signAndGreet(page, 'Ada Lovelace');
  expect(complaints).toEqual([]);
  await context.close();
});

test('the policy is in force: an inline handler does not run', async () => {
  const {context, page, complaints} = await open(true);
  const hasRun = await page.evaluate(() => {
    const button = document.createElement('button');
    button.setAttribute('onclick', 'window.hasRun = true');
    button.click();
    return 'hasRun' in window;
  });
  expect(hasRun).toBe(false);
  expect(complaints.join()).toContain('Content Security Policy');
  await context.close();
});
