import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {Browser, BrowserContext, Locator, Page} from 'playwright-core';
import {expectAccessible} from '../support/axe.ts';
import {launchBrowser} from '../support/browser.ts';
import {startServer, type RunningServer} from '../support/runningServer.ts';

const folder = fileURLToPath(new URL('../../examples/spa/', import.meta.url));
const webpack = fileURLToPath(
  new URL('../../node_modules/webpack/bin/webpack.js', import.meta.url),
);
const NODE_ARGUMENTS =
  '--conditions react-server --import tsx --import use-server-webpack-plugin/register'.split(' ');

let server: RunningServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  const env = {...process.env, NODE_OPTIONS: '', NODE_ENV: 'production'};
  await promisify(execFile)(process.execPath, [webpack], {cwd: folder, env});
  server = await startServer('server/index.ts', {
    cwd: folder,
    env: {NODE_ENV: 'production'},
    nodeArguments: NODE_ARGUMENTS,
  });
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  context = await browser.newContext();
  page = await openPage();
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await context.close();
});

async function openPage(): Promise<Page> {
  const opened = await context.newPage();
  complaints = [];
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await opened.goto(server.url);
  return opened;
}

const button = (name: string) => page.getByRole('button', {name, exact: true});
const items = () => page.getByRole('listitem');
const hasFocus = (field: Locator) =>
  field.evaluate((element) => element === document.activeElement);
const receipt = (size: number) => ({
  name: 'receipt.png',
  mimeType: 'image/png',
  buffer: Buffer.alloc(size),
});

async function signIn(within: Page | Locator = page, password = 'engine'): Promise<void> {
  await within.getByLabel('Name').fill('ada');
  await within.getByLabel('Password').fill(password);
  await within.getByLabel('Password').press('Enter');
}

async function enter(title: string, amount: string): Promise<void> {
  await page.getByLabel('What for').fill(title);
  await page.getByLabel('Amount').fill(amount);
}

test('who signs in with a wrong password keeps the name, and is told', async () => {
  await signIn(page, 'wrong');
  await page.getByText('The name or the password is wrong.').waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('ada');
  expect(await hasFocus(page.getByLabel('Name'))).toBe(true);
  await expectAccessible(page);
  await signIn();
  await page.getByText('Train to London').waitFor();
  await expectAccessible(page);
  await button('Sign out').click();
  await button('Sign in').waitFor();
});

test('what was entered wrongly is told by field, and stays', async () => {
  await signIn();
  await enter(' ', 'a lot');
  await button('Add').click();
  await page.getByText('What was it for?').waitFor();
  await page.getByText('An amount is a number').waitFor();
  expect(await hasFocus(page.getByLabel('What for'))).toBe(true);
  expect(await page.getByLabel('Amount').inputValue()).toBe('a lot');
  await expectAccessible(page);

  await enter('A large receipt', '1');
  await page.getByLabel('Receipt').setInputFiles(receipt(1_000_001));
  await button('Add').click();
  await page.getByText('A receipt can have up to 1 MB.').waitFor();
  expect(await hasFocus(page.getByLabel('Receipt'))).toBe(true);
});

test('an expense is listed at once, and added once, however often Enter is pressed', async () => {
  await signIn();
  let answer!: () => void;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  let calls = 0;
  await page.route('**/rsc-action', async (route) => {
    calls++;
    await asked;
    await route.continue();
  });
  await enter('Paper', '4,20');
  await page.getByLabel('What for').press('Enter');
  await page.getByLabel('What for').press('Enter');
  await page.getByText('Being sent').waitFor();
  await page.getByLabel('What for').press('End');
  await page.getByLabel('What for').pressSequentially(' clips');
  answer();
  await page.getByText('Paper is added.').waitFor();
  expect(calls).toBe(1);
  expect(await page.getByLabel('What for').inputValue()).toBe('Paper clips');
  expect(await items().last().innerText()).toContain('€4.20');
  await button('Remove Paper').click();
  await page.getByText('Paper is removed.').waitFor();
  expect(await hasFocus(page.getByRole('button', {name: 'Remove'}).last())).toBe(true);
});

test('without a network everything waits, and goes on with the file when somebody tries again', async () => {
  await signIn();
  await enter('Tea', '3');
  await page.getByLabel('Receipt').setInputFiles(receipt(5000));
  await context.setOffline(true);
  await button('Add').click();
  await page.getByText('The server does not answer.').waitFor();
  await expectAccessible(page);
  await button('Cancel').click();
  await page.getByText('This was not saved.').waitFor();
  await items().filter({hasText: 'Tea'}).waitFor({state: 'detached'});
  await button('Add').click();
  await page.getByText('The server does not answer.').waitFor();
  await context.setOffline(false);
  await button('Try again').click();
  await page.getByText('Tea is added.').waitFor();
  expect(await items().filter({hasText: 'Tea'}).innerText()).toContain('receipt.png');
  expect(await page.getByLabel('What for').inputValue()).toBe('');
  expect(complaints.splice(0).every((text) => text.includes('INTERNET_DISCONNECTED'))).toBe(true);
});

test('who was signed out in another tab signs in where the work is, and it goes on', async () => {
  await signIn();
  const other = await context.newPage();
  await other.goto(server.url);
  await other.getByRole('button', {name: 'Sign out'}).click();
  await other.getByRole('button', {name: 'Sign in'}).waitFor();
  await enter('Cake', '5');
  await button('Add').click();
  const notice = page.getByRole('alert').filter({hasText: 'You have been signed out.'});
  await notice.waitFor();
  await expectAccessible(page);
  await signIn(notice);
  await page.getByText('Cake is added.').waitFor();
  expect(complaints.splice(0)).toEqual([expect.stringContaining('401')]);
});

test('a page that cannot read what it needs first can try again', async () => {
  await page.route('**/rsc-action', (route) => route.abort());
  await page.reload();
  await page.getByText('The server does not answer.').waitFor();
  await page.unrouteAll();
  await button('Try again').click();
  await button('Sign in').waitFor();
  expect(complaints.splice(0)).toEqual(['Failed to load resource: net::ERR_FAILED']);
});

test('nobody calls a function of users, or one with more than a receipt, from outside', async () => {
  const call = (id: string, body: string) =>
    page.request.post(`${server.url}rsc-action`, {
      headers: {'X-Action-Id': id, 'Content-Type': 'text/plain;charset=utf-8'},
      data: body,
    });
  const signedOut = await call('server/functions/expenses.ts#removeExpense', '["1"]');
  expect([signedOut.status(), signedOut.headers()['x-action-error']]).toEqual([401, 'signed-out']);
  const large = await call('server/functions/session.ts#signIn', `["${'a'.repeat(1_200_000)}"]`);
  expect(large.status()).toBe(413);
  expect(await (await page.request.get(`${server.url}api/health`)).json()).toEqual({ok: true});
});

test('without JavaScript the page says what it needs', async () => {
  const plain = await browser.newPage({javaScriptEnabled: false});
  await plain.goto(server.url);
  expect(await plain.locator('noscript').innerText()).toContain('needs JavaScript');
  await plain.close();
});
