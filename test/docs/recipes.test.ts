import {randomBytes} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import type {RunningServer} from '../support/runningServer.ts';
import type {Project} from '../webpack/support/project.ts';
import {build, startApp, writeApp} from './support/docsApp.ts';
import {
  startObjectStorage,
  STORAGE_ENVIRONMENT,
  type ObjectStorage,
} from './support/objectStorage.ts';

const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Shows the component of one recipe at each path. */
const CLIENT = `
import {Suspense} from 'react';
import {createRoot} from 'react-dom/client';
const recipes = {
  optimistic: () => import('./optimistic/TodoList.jsx'),
  fields: () => import('./fields/Registration.jsx'),
  search: () => import('./search/Search.jsx'),
  scroll: () => import('./scroll/News.jsx'),
  pages: () => import('./pages/Pages.jsx'),
  polling: () => import('./polling/Order.jsx'),
  job: () => import('./job/Import.jsx'),
  undo: () => import('./undo/NoteList.jsx'),
  upload: () => import('./upload/Uploads.jsx'),
  download: () => import('./download/Downloads.jsx'),
};
const name = location.pathname.slice(1);
const [Recipe] = Object.values(await recipes[name]());
createRoot(document.getElementById('root')).render(
  <main>
    <h1>{name}</h1>
    <style>{'li {margin: 2em}'}</style>
    <Suspense><Recipe /></Suspense>
  </main>,
);
`;

let app: Project;
let server: RunningServer;
let storage: ObjectStorage;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  app = writeApp('recipes.md', {
    'src/client.jsx': CLIENT,
    'src/callServer.js': "export {callServer} from 'use-server-webpack-plugin/client';",
  });
  await build(app);
  storage = await startObjectStorage();
  server = await startApp(app, 'server.js', {
    ...STORAGE_ENVIRONMENT,
    STORAGE_URL: storage.url,
    USE_SERVER_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  });
  storage.allowedOrigin = new URL(server.url).origin;
  browser = await launchBrowser();
  page = await browser.newPage({viewport: {width: 800, height: 600}});
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await storage?.close();
});

beforeEach(() => {
  complaints = [];
});

afterEach(async () => {
  await page.unrouteAll();
  expect(complaints).toEqual([]);
});

/** Opens the page of a recipe, which must be without errors of accessibility. */
async function open(recipe: string): Promise<void> {
  await page.goto(new URL(recipe, server.url).href);
  await page.locator('h1 + style + *').first().waitFor();
  await page.addScriptTag({path: axeScript});
  await expectAccessible();
}

async function expectAccessible(): Promise<void> {
  const violations = await page.evaluate(async () => {
    const {violations} = await (globalThis as any).axe.run();
    return violations.map(({id, nodes}: any) => `${id}: ${nodes[0].html}`);
  });
  expect(violations).toEqual([]);
}

const button = (name: string) => page.getByRole('button', {name, exact: true});
const items = () => page.getByRole('listitem').allInnerTexts();
const sortedItems = async () => (await items()).sort((a, b) => a.localeCompare(b));
const status = () => page.getByRole('status');
const focused = () => page.evaluate(() => document.activeElement!.textContent);

/** Holds calls back until the function that it gives is called. */
async function holdCalls(): Promise<() => void> {
  let release!: () => void;
  const released = new Promise<void>((fulfil) => (release = fulfil));
  await page.route('**/rsc-action', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test('an optimistic item is there at once, and goes when its call fails', async () => {
  await open('optimistic');
  const release = await holdCalls();
  for (const text of ['Bread', 'Salt']) {
    await page.getByLabel('New').fill(text);
    await button('Add').click();
    expect(await page.getByLabel('New').inputValue()).toBe('');
  }
  await page.getByLabel('New').fill('Sug');
  const expected = ['Milk', 'Bread (is being sent)', 'Salt (is being sent)'];
  await expect(items()).resolves.toEqual(expected);
  await expectAccessible();
  release();
  await page.waitForFunction(() => !document.body.innerText.includes('(is being sent)'));
  await expect(sortedItems()).resolves.toEqual(['Bread', 'Milk', 'Salt']);
  expect(await page.getByLabel('New').inputValue()).toBe('Sug');

  await page.unrouteAll();
  await page.route('**/rsc-action', (route) => route.abort());
  await page.getByLabel('New').fill('Pepper');
  await button('Add').click();
  await page.getByText('"Pepper" was not saved.').waitFor();
  await expect(sortedItems()).resolves.toEqual(['Bread', 'Milk', 'Salt']);
  expect(complaints.splice(0)).toEqual(['Failed to load resource: net::ERR_FAILED']);
});

test('each field shows its error, and the first of them gets the focus', async () => {
  await open('fields');
  await page.getByLabel('Name').fill('Ada');
  await button('Register').click();
  const email = page.getByLabel('Email');
  await page.getByText('An address has an @.').waitFor();
  expect(await email.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await page.getByLabel('Name').inputValue()).toBe('Ada');
  expect(await page.locator('[aria-invalid=true]').count()).toBe(1);
  const describing = page.locator(`[id="${await email.getAttribute('aria-describedby')}"]`);
  expect(await describing.innerText()).toBe('An address has an @.');
  await expectAccessible();
  await email.fill('ada@app.example');
  await button('Register').click();
  await page.getByText('Welcome, Ada.').waitFor();
  expect(await page.locator('[aria-invalid=true]').count()).toBe(0);
});

test('a search waits for a pause, and ends when something else is typed', async () => {
  await open('search');
  const calls: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') calls.push(request.postData()!);
  });
  const ended = page.waitForEvent('requestfailed');
  let hold = true;
  await page.route('**/rsc-action', (route) => (hold ? undefined : route.continue()));
  const search = page.getByLabel('Planet');
  const firstCall = page.waitForRequest('**/rsc-action');
  await search.pressSequentially('mar', {delay: 20});
  await firstCall;
  hold = false;
  await search.press('Backspace');
  await search.press('Backspace');
  await page.getByText('2 found for "m"').waitFor();
  expect((await ended).failure()!.errorText).toBe('net::ERR_ABORTED');
  expect(calls).toEqual(['["mar"]', '["m"]']);
  expect(await items()).toEqual(['Mercury', 'Mars']);
  await expectAccessible();
});

test('scrolling to the end reads what follows, until there is no more', async () => {
  await open('scroll');
  await page.getByText('20 stories').waitFor();
  await page.mouse.wheel(0, 5000);
  await page.getByText('40 stories').waitFor();
  await page.mouse.wheel(0, 5000);
  await page.getByText('45 stories').waitFor();
  expect(await items()).toEqual(Array.from({length: 45}, (_, i) => `Story ${45 - i}`));
  expect(await button('Older stories').count()).toBe(0);
  await expectAccessible();
});

test('when older stories do not arrive, nothing is tried again but by the button', async () => {
  let calls = 0;
  await open('scroll');
  await page.route('**/rsc-action', (route) => (calls++ === 0 ? route.abort() : route.continue()));
  await page.mouse.wheel(0, 5000);
  await page.getByText('The older stories did not arrive.').waitFor();
  await page.mouse.wheel(0, -5000);
  await page.mouse.wheel(0, 5000);
  expect(calls).toBe(1);
  await button('Older stories').press('Enter');
  await page.getByText('40 stories').waitFor();
  expect(complaints.splice(0)).toEqual(['Failed to load resource: net::ERR_FAILED']);
});

test('the functions that the server has bound lead from page to page', async () => {
  await open('pages');
  expect(await button('Previous').isDisabled()).toBe(true);
  await button('Next').click();
  await page.getByText('Page 2 of 3').waitFor();
  await button('Next').click();
  await page.getByText('Page 3 of 3').waitFor();
  expect(await items()).toEqual(['Line 21', 'Line 22', 'Line 23', 'Line 24', 'Line 25']);
  expect(await button('Next').isDisabled()).toBe(true);
  await expectAccessible();
  await button('Previous').click();
  await page.getByText('Page 2 of 3').waitFor();
});

test('polling stops by its button, goes on, survives a failure, and stops when all is done', async () => {
  await open('polling');
  let calls = 0;
  await page.route('**/rsc-action', (route) => {
    calls++;
    return calls === 1 ? route.abort() : route.continue();
  });
  await button('Stop').click();
  const before = await status().innerText();
  await page.waitForTimeout(1200);
  expect(await status().innerText()).toBe(before);
  expect(calls).toBe(0);
  await button('Go on').click();
  await page.getByText('Delivered').waitFor();
  expect(await button('Stop').count()).toBe(0);
  const atTheEnd = calls;
  await page.waitForTimeout(1200);
  expect(calls).toBe(atTheEnd);
  await expectAccessible();
  expect(complaints.splice(0)).toEqual(['Failed to load resource: net::ERR_FAILED']);
});

test('a long job shows how far it is, can be stopped, and started again', async () => {
  await open('job');
  const progress = page.getByRole('progressbar');
  const value = () => progress.evaluate((element) => (element as HTMLProgressElement).value);
  await button('Import').click();
  await page.waitForFunction(() => {
    const {value} = document.querySelector('progress')!;
    return value > 2 && value < 40;
  });
  await expectAccessible();
  await button('Stop').click();
  await page.getByText('Stopped.').waitFor();
  expect(await value()).toBeLessThan(40);
  await button('Import').click();
  await page.getByText('All contacts are there.').waitFor();
  expect(await value()).toBe(40);
});

test('what was deleted comes back to its place', async () => {
  await open('undo');
  await button('Delete Bread').click();
  await page.getByText('Bread is deleted.').waitFor();
  expect(await items()).toEqual(['Milk Delete Milk', 'Salt Delete Salt']);
  expect(await focused()).toBe('Undo');
  await expectAccessible();
  await button('Undo').click();
  await button('Delete Bread').waitFor();
  expect(await items()).toEqual(['Milk Delete Milk', 'Bread Delete Bread', 'Salt Delete Salt']);
  expect(await button('Undo').count()).toBe(0);
});

const image = (size: number, mimeType = 'image/png') => ({
  name: 'image.png',
  mimeType,
  buffer: randomBytes(size),
});

test('an image goes straight to the storage, and the server learns that it is there', async () => {
  await open('upload');
  const form = page.locator('form').first();
  const file = image(300_000);
  await form.getByLabel('Image').setInputFiles(file);
  await form.getByRole('button', {name: 'Upload', exact: true}).click();
  await page.getByText('The image is in the storage.').waitFor();
  expect(await form.getByRole('progressbar').getAttribute('value')).toBe('100');
  const [stored] = storage.objects.values();
  expect(stored).toEqual({type: 'image/png', bytes: file.buffer});
  await expectAccessible();

  await form.getByLabel('Image').setInputFiles(image(10, 'text/html'));
  await form.getByRole('button', {name: 'Upload', exact: true}).click();
  await page.getByText('Only PNG and JPEG images can be uploaded.').waitFor();
});

test('a signed URL is for one file of the type and size that was asked for', async () => {
  await open('upload');
  await page.route(`${storage.url}/**`, (route) =>
    route.continue({postData: randomBytes(400_000)}),
  );
  const form = page.locator('form').first();
  await form.getByLabel('Image').setInputFiles(image(300_000));
  await form.getByRole('button', {name: 'Upload', exact: true}).click();
  await page.getByText('The file was not taken.').waitFor();
  expect(storage.objects.size).toBe(1);
  expect(complaints.splice(0)).toEqual([expect.stringContaining('403 (Forbidden)')]);
});

test('an image is streamed through the server, by a ticket for one upload', async () => {
  await open('upload');
  const form = page.locator('form').last();
  const file = image(5_000_000, 'image/jpeg');
  const sent = page.waitForRequest((request) => request.method() === 'PUT');
  await form.getByLabel('Image').setInputFiles(file);
  await form.getByRole('button', {name: 'Upload', exact: true}).click();
  await page.getByText('The image is on the server.').waitFor();
  const [name] = readdirSync(join(app.folder, 'uploads'));
  expect(readFileSync(join(app.folder, 'uploads', name!)).equals(file.buffer)).toBe(true);
  const again = await fetch((await sent).url(), {method: 'PUT', body: file.buffer});
  expect(again.status).toBe(404);
});

test('a file is generated for a call, and a large one comes from a route while the page stays', async () => {
  await open('download');
  const generated = page.waitForEvent('download');
  await button('Amounts').click();
  expect((await generated).suggestedFilename()).toBe('amounts.csv');
  expect(readFileSync(await (await generated).path(), 'utf8')).toBe(
    'name,amount\r\nAda,12\r\nBob,7',
  );

  const streamed = page.waitForEvent('download');
  await button('All numbers').click();
  expect((await streamed).suggestedFilename()).toBe('numbers.csv');
  const lines = readFileSync(await (await streamed).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect([lines.length, lines.at(-1)]).toEqual([100_000, '100000,10000000000']);
  expect(new URL(page.url()).pathname).toBe('/download');
});
