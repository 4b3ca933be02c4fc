import {randomBytes} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Browser, Locator, Page} from 'playwright-core';
import {expectAccessible} from '../support/axe.ts';
import {launchBrowser} from '../support/browser.ts';
import type {RunningServer} from '../support/runningServer.ts';
import type {Project} from '../webpack/support/project.ts';
import {build, startApp, writeApp} from './support/docsApp.ts';
import {
  startObjectStorage,
  STORAGE_ENVIRONMENT,
  type ObjectStorage,
} from './support/objectStorage.ts';

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
  keep: () => import('./keep/Comments.jsx'),
  'try-again': () => import('./tryAgain/Name.jsx'),
  boundary: () => import('./boundary/Dashboard.jsx'),
  once: () => import('./once/Order.jsx'),
  focus: () => import('./focus/Tasks.jsx'),
  stream: () => import('./stream/Story.jsx'),
  conflict: () => import('./conflict/Notes.jsx'),
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

/** The recipe that is for a whole app is on its own page here, so that the others show what they do alone. */
const CALL_SERVER = `
import {callServer as plain} from 'use-server-webpack-plugin/client';
import {callServer as asking} from './tryAgain/callServer.js';
export const callServer = location.pathname === '/try-again' ? asking : plain;
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
    'src/callServer.js': CALL_SERVER,
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
  await expectAccessible(page);
}

const button = (name: string) => page.getByRole('button', {name, exact: true});
const items = () => page.getByRole('listitem').allInnerTexts();
const sortedItems = async () => (await items()).sort((a, b) => a.localeCompare(b));
const status = () => page.getByRole('status');
const focused = () => page.evaluate(() => document.activeElement!.textContent);
const hasFocus = (field: Locator) =>
  field.evaluate((element) => element === document.activeElement);
/** What the console says of a request that was not answered. */
const FAILED = 'Failed to load resource: net::ERR_FAILED';

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
  await expectAccessible(page);
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
  await expectAccessible(page);
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
  await expectAccessible(page);
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
  await expectAccessible(page);
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
  await expectAccessible(page);
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
  await expectAccessible(page);
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
  await expectAccessible(page);
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
  await expectAccessible(page);
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
  await expectAccessible(page);

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

test('what was typed stays when its call fails, and while it succeeds', async () => {
  await open('keep');
  const field = page.getByLabel('Comment');
  await page.route('**/rsc-action', (route) => route.abort());
  await field.fill('First');
  await button('Send').click();
  await page.getByText('This was not sent.').waitFor();
  expect([await field.inputValue(), await hasFocus(field)]).toEqual(['First', true]);
  await expectAccessible(page);
  await page.unrouteAll();

  const release = await holdCalls();
  await button('Send').click();
  await page.getByText('Sending').waitFor();
  await field.press('End');
  await field.pressSequentially(' and second');
  release();
  await page.getByRole('listitem').waitFor();
  expect(await items()).toEqual(['First']);
  expect(await field.inputValue()).toBe('First and second');
  await button('Send').click();
  await page.getByRole('listitem').nth(1).waitFor();
  expect(await field.inputValue()).toBe('');
  await button('Send').click();
  await page.getByText('Please write something.').waitFor();
  expect(complaints.splice(0)).toEqual([FAILED]);
});

test('calls that do not arrive wait until somebody tries again, and the page stays', async () => {
  await open('try-again');
  const field = page.getByLabel('Name');
  await page.route('**/rsc-action', (route) => route.abort());
  await field.fill('Grace');
  await field.press('Enter');
  await page.getByText('The server does not answer.').waitFor();
  await expectAccessible(page);
  expect(await status().innerText()).toBe('Saving');
  await button('Try again').click();
  await page.getByText('The server does not answer.').waitFor();
  expect([await field.inputValue(), await hasFocus(field)]).toEqual(['Grace', true]);

  await page.unrouteAll();
  const unknown = {status: 404, headers: {'X-Action-Error': 'unknown-function'}};
  await page.route('**/rsc-action', (route) => route.fulfill(unknown));
  await button('Try again').click();
  await page.getByText('There is a new version of this page.').waitFor();
  await page.unrouteAll();
  await button('Try again').click();
  await page.getByText('Hello, Grace.').waitFor();
  expect(await page.getByRole('alert').innerText()).toBe('');
  expect(complaints.splice(0)).toEqual([FAILED, FAILED, expect.stringContaining('404')]);
});

test('a part that fails leaves the others, and can be asked for again', async () => {
  await page.route('**/rsc-action', (route) => route.abort());
  await open('boundary');
  await page.getByText('The weather cannot be shown.').waitFor();
  await page.getByLabel('Note').fill('kept');
  await expectAccessible(page);
  await button('Try again').click();
  await page.getByText('The weather cannot be shown.').waitFor();
  await page.unrouteAll();
  await button('Try again').click();
  await page.getByText('Sunny, 21 degrees').waitFor();
  expect(await page.getByLabel('Note').inputValue()).toBe('kept');
  const failures = complaints.splice(0);
  expect(failures.filter((text) => text === FAILED)).toHaveLength(2);
  expect(failures.filter((text) => text !== FAILED && !/network|Network/.test(text))).toEqual([]);
});

test('however often somebody presses, and whatever gets lost, it is one order', async () => {
  await open('once');
  const bodies: (string | null)[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') bodies.push(request.postData());
  });
  // It runs on the server, and its answer is lost.
  await page.route('**/rsc-action', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await button('Order tea').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByText('There was no answer.').waitFor();
  expect(bodies).toHaveLength(1);
  expect(await focused()).toBe('Order tea');
  await expectAccessible(page);
  await page.unrouteAll();
  await page.keyboard.press('Enter');
  await page.getByText('Order 1 is taken.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Order 2 is taken.').waitFor();
  const ids = bodies.map((body) => body!.slice(0, 40));
  expect([ids.length, new Set(ids).size]).toEqual([3, 2]);
  expect(complaints.splice(0)).toEqual([FAILED]);
});

test('the focus stays among the tasks, and what has happened is said', async () => {
  await open('focus');
  const field = page.getByLabel('New task');
  await button('Delete Bread').click();
  await page.getByText('Bread is deleted.').waitFor();
  expect(await focused()).toBe('Delete Salt');
  await button('Delete Salt').press('Enter');
  await page.getByText('Salt is deleted.').waitFor();
  expect(await focused()).toBe('Delete Milk');
  await button('Add').click();
  await page.getByText('Please write something.').waitFor();
  expect(await hasFocus(field)).toBe(true);
  await field.fill('Tea');
  await button('Add').click();
  await page.getByText('Tea is added.').waitFor();
  expect([await field.inputValue(), await hasFocus(field)]).toEqual(['', true]);
  await page.route('**/rsc-action', (route) => route.abort());
  await button('Delete Milk').click();
  await page.getByText('The server does not answer.').waitFor();
  expect(await items()).toEqual(['Milk Delete Milk', 'Tea Delete Tea']);
  expect(await focused()).toBe('Delete Milk');
  await expectAccessible(page);
  expect(complaints.splice(0)).toEqual([FAILED]);
});

test('a stream that breaks off goes on where it broke, and a second click begins anew', async () => {
  const whole = 'Once upon a time there was a page that never lost a word.';
  await open('stream');
  await page.route('**/rsc-action', async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    await route.fulfill({response, body: text.slice(0, text.indexOf('was'))});
  });
  await button('Tell').click();
  await page.getByText('The connection broke.').waitFor();
  const come = await page.locator('[aria-busy]').innerText();
  expect(come).toBe('Once upon a time there');
  await expectAccessible(page);
  await page.unrouteAll();
  await button('Go on').click();
  await page.getByText('The end.').waitFor();
  expect(await page.locator('[aria-busy]').innerText()).toBe(whole);

  await button('Tell').click();
  await page.getByText('Once upon').waitFor();
  await button('Tell').click();
  await page.getByText('The end.').waitFor();
  expect(await page.locator('[aria-busy]').innerText()).toBe(whole);
});

test('the form for browsers without JavaScript is that of the bundled example', () => {
  const example = new URL('../../examples/bundled/src/actions.js', import.meta.url);
  const docs = readFileSync(new URL('../../docs/recipes.md', import.meta.url), 'utf8');
  expect(docs).toContain(`\`\`\`js\n${readFileSync(example, 'utf8')}\`\`\``);
});

test('who edits what another has changed or deleted keeps the text, and decides', async () => {
  await open('conflict');
  const other = await browser.newPage();
  await other.goto(page.url());
  const [milk, bread] = [page.getByLabel('Note 1'), page.getByLabel('Note 2')];
  await other.getByLabel('Note 1').fill('Oat milk');
  await other.getByLabel('Note 1').press('Enter');
  await other.getByText('Saved.').waitFor();

  await milk.fill('Soy milk');
  await milk.press('Enter');
  await page.getByText('Somebody has made it "Oat milk" meanwhile.').waitFor();
  expect(await milk.inputValue()).toBe('Soy milk');
  await expectAccessible(page);
  await button('Save mine all the same').click();
  await page.getByText('Saved.').waitFor();

  const id = 'src/conflict/functions.js#removeNote';
  const headers = {'X-Action-Id': id, 'Content-Type': 'text/plain;charset=utf-8'};
  const data = '[2]';
  expect(
    (await page.request.post(new URL('rsc-action', server.url).href, {headers, data})).ok(),
  ).toBe(true);
  await bread.fill('Rye bread');
  await bread.press('Enter');
  await page.getByText('Somebody has deleted this note.').waitFor();
  expect(await bread.inputValue()).toBe('Rye bread');
  await expectAccessible(page);
  await button('Save it as a new one').click();
  await page.getByText('Saved.').nth(1).waitFor();
  await page.reload();
  await page.getByLabel('Note 3').waitFor();
  expect(await page.getByLabel('Note 3').inputValue()).toBe('Rye bread');
  expect(await page.getByLabel('Note 1').inputValue()).toBe('Soy milk');
  await other.close();
});
