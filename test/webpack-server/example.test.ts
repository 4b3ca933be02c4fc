import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {Browser, Page} from 'playwright-core';
import {expectAccessible} from '../support/axe.ts';
import {launchBrowser} from '../support/browser.ts';
import {hydrated} from '../support/hydrated.ts';
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

  async function openPage(options = {}, prepare?: (page: Page) => Promise<void>): Promise<Page> {
    complaints = [];
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await prepare?.(page);
    // What is held back keeps the page from having loaded.
    await page.goto(server.url, {waitUntil: prepare ? 'commit' : 'load'});
    return page;
  }

  test('the page hydrates, calls a server function, and keeps its place', async () => {
    const page = await openPage();
    await page.evaluate('globalThis.isSamePage = true');
    await page.getByLabel('Your name').fill('Grace');
    await page.getByText('Sign the guest book').click();
    await page.getByText('Grace', {exact: true}).waitFor();

    expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('a call that does not arrive waits, with what was typed, until somebody tries again', async () => {
    const page = await openPage();
    await hydrated(page);
    const field = page.getByLabel('Your name');
    const button = page.getByRole('button', {name: 'Sign the guest book'});
    await page.route('**/rsc-action', (route) => route.abort());
    await field.fill('Barbara');
    await field.press('Enter');
    await page.getByText('The server does not answer').waitFor();
    await field.press('Enter');
    await expectAccessible(page);
    const bodies: (string | null)[] = [];
    await page.unrouteAll();
    page.on('request', (request) => bodies.push(request.method()));
    await page.getByRole('button', {name: 'Try again'}).click();
    await page.getByText('Thank you, Barbara.').waitFor();
    expect(await field.inputValue()).toBe('');
    expect(bodies).toEqual(['POST']);
    expect(await page.getByText('Barbara', {exact: true}).count()).toBe(1);
    await button.click();
    await page.getByText('Please write a name').waitFor();
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(complaints.splice(0)).toEqual(['Failed to load resource: net::ERR_FAILED']);
  });

  test('what is typed before the page hydrates stays', async () => {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const page = await openPage({}, async (opened) => {
      await opened.route('**/client.js', async (route) => {
        await held;
        await route.continue();
      });
    });
    const field = page.getByLabel('Your name');
    await field.fill('Katherine');
    release();
    await hydrated(page);
    await field.pressSequentially(' J');
    await field.press('Enter');
    await page.getByText('Thank you, Katherine J.').waitFor();
    expect(await field.inputValue()).toBe('');
    expect(complaints).toEqual([]);
  });

  test('an inline server function sees what it captured and what changed since', async () => {
    const page = await openPage();
    await page.evaluate('globalThis.isSamePage = true');
    await page.getByText('Greet the newest guest').click();
    await page.getByText(/^Welcome, .+! This page was opened in \d{4}\.$/).waitFor();

    expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('the code that hears of changes while somebody develops is in no production build', async () => {
    const bundle = await (await fetch(new URL('/client.js', server.url))).text();

    expect(bundle).toContain('/rsc-action');
    expect(/EventSource|use-server-error|__use_server/.test(bundle)).toBe(mode === 'development');
  });

  test('what tells of errors in development is in no bundle of the server', () => {
    const bundle = readFileSync(`${folder}dist/server.js`, 'utf8');

    expect(bundle).toContain('createServerFunctionHandler');
    expect(/describeFailure|findSourcePlace\(/.test(bundle)).toBe(false);
    expect(bundle.includes('importOwnFile')).toBe(mode === 'development');
  });

  test('both forms work without JavaScript', async () => {
    const page = await openPage({javaScriptEnabled: false});
    await page.getByLabel('Your name').fill('Edith');
    await page.getByText('Sign the guest book').click();
    await page.getByText('Edith').waitFor();
    // Post, redirect, get: a reload posts nothing.
    await page.reload();
    expect(await page.getByText('Edith').count()).toBe(1);
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
