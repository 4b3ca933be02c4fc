import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {startServer, type RunningServer} from '../support/runningServer.ts';

const folder = fileURLToPath(new URL('../../examples/bundled/', import.meta.url));
const webpack = fileURLToPath(
  new URL('../../node_modules/webpack/bin/webpack.js', import.meta.url),
);

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each(['development', 'production'])('examples/bundled in %s', (mode) => {
  let server: RunningServer;
  let complaints: string[] = [];

  beforeAll(async () => {
    const env = {...process.env, NODE_OPTIONS: '', NODE_ENV: mode};
    await promisify(execFile)(process.execPath, [webpack], {cwd: folder, env});
    server = await startServer('dist/server.js', {cwd: folder, env: {NODE_ENV: mode}});
  }, 180_000);
  afterAll(() => server?.stop());

  async function openPage(options = {}): Promise<Page> {
    complaints = [];
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(server.url);
    return page;
  }

  test('the page hydrates, calls a server function, and keeps its place', async () => {
    const page = await openPage();
    await page.evaluate('globalThis.isSamePage = true');
    await page.getByLabel('Your name').fill('Grace');
    await page.getByText('Sign the guest book').click();
    await page.getByText('Grace').waitFor();

    expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('an inline server function sees what it captured and what changed since', async () => {
    const page = await openPage();
    await page.evaluate('globalThis.isSamePage = true');
    await page.getByText('Greet the newest guest').click();
    await page.getByText(/^Welcome, Grace! This page was opened in \d{4}\.$/).waitFor();

    expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('the code that hears of changes while somebody develops is in no production build', async () => {
    const bundle = await (await fetch(new URL('/client.js', server.url))).text();

    expect(bundle).toContain('/rsc-action');
    expect(/EventSource|use-server-error|__use_server/.test(bundle)).toBe(mode === 'development');
  });

  test('both forms work without JavaScript', async () => {
    const page = await openPage({javaScriptEnabled: false});
    await page.getByLabel('Your name').fill('Edith');
    await page.getByText('Sign the guest book').click();
    await page.getByText('Edith').waitFor();
    await page.getByText('Greet the newest guest').click();
    await page.getByText(/^Welcome, Edith!/).waitFor();
  });

  test.each([
    ['another export of a listed module', 'src/actions.js#guests'],
    ['a module of the bundle', '(react-server)/./src/actions.js#sign'],
    ['a property of every object', '__proto__'],
    ['a client component', 'src/GuestBook.jsx#GuestBook'],
    ['a whole module', 'src/actions.js#*'],
  ])('a request cannot call %s', async (_what, id) => {
    const response = await fetch(new URL('/rsc-action', server.url), {
      method: 'POST',
      headers: {'X-Action-Id': id, 'Content-Type': 'text/plain;charset=utf-8'},
      body: '[]',
    });

    expect(response.status).toBe(404);
    expect(response.headers.get('X-Action-Error')).toMatch(/unknown-function|malformed-id/);
  });

  test('a request cannot name a module by a reference in its arguments', async () => {
    const body = new FormData();
    body.set('0', '["$h1"]');
    body.set('1', '{"id":"node:child_process#execSync","bound":null}');
    const response = await fetch(new URL('/rsc-action', server.url), {
      method: 'POST',
      headers: {'X-Action-Id': 'src/actions.js#sign'},
      body,
    });

    expect(response.status).toBe(404);
  });
});
