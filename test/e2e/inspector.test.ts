import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {Browser, Locator, Page} from 'playwright-core';
import {expectAccessible} from '../support/axe.ts';
import {launchBrowser} from '../support/browser.ts';
import {startServer, type RunningServer} from '../support/runningServer.ts';
import {until} from '../support/until.ts';

/** An app that calls server functions of every kind, each by a button. */
const APP = fileURLToPath(new URL('../inspector/app/', import.meta.url));

let build: string;
let browser: Browser;
let server: RunningServer;
let app: Page;
let inspector: Page;

async function start(port?: number): Promise<RunningServer> {
  return startServer('server.mjs', {
    cwd: APP,
    nodeArguments: [
      ...['--conditions', 'react-server', '--import', 'use-server-webpack-plugin/register'],
    ],
    env: {NODE_ENV: 'development', APP_BUILD: build},
    ...(port !== undefined && {port}),
  });
}

function address(): string {
  return /calls: (http\S+)/.exec(server.output())![1]!;
}

beforeAll(async () => {
  build = await mkdtemp(join(tmpdir(), 'inspected-'));
  [browser] = await Promise.all([
    launchBrowser(),
    promisify(execFile)(process.execPath, ['build.mjs', build], {cwd: APP}),
  ]);
  server = await start();
  app = await browser.newPage();
  await app.addInitScript(() => {
    const seen: object[] = [];
    Object.assign(globalThis, {seen});
    new PerformanceObserver((list) => {
      for (const {name, startTime, duration, detail} of list.getEntries() as PerformanceMeasure[]) {
        seen.push({name, startTime, duration, detail});
      }
    }).observe({entryTypes: ['measure']});
  });
  await app.goto(server.url);
}, 120_000);
afterAll(async () => {
  await server?.stop();
  await browser?.close();
  if (build) await rm(build, {recursive: true, force: true});
});

/** Calls a function, and gives what the app shows in the end. */
async function press(name: string, shown: string): Promise<void> {
  await app.getByRole('button', {name, exact: true}).click();
  await app.getByText(shown).waitFor();
}

function row(name: string): Locator {
  return inspector.locator('#list .row').filter({hasText: name}).first();
}

function part(name: string): Locator {
  return inspector.getByRole('region', {name, exact: true});
}

test('calls appear while the page is open, newest first', async () => {
  await press('save', '"id":7');
  inspector = await browser.newPage();
  await inspector.goto(address());
  await row('save').waitFor();
  await press('count', 'in the end');
  await row('count').waitFor();
  const names = inspector.locator('#list .name');
  expect(await names.allTextContents()).toEqual(['count', 'save']);
  await inspector.getByText('Live', {exact: true}).waitFor();
});

test('the details have arguments, result, what was changed, and the request without its secrets', async () => {
  await row('save').click();
  await inspector.getByRole('heading', {name: 'save'}).waitFor();
  expect(await part('Arguments').textContent()).toContain('title: "Milk"');
  expect(await part('Result').textContent()).toContain('savedAt: 1970-01-01');
  expect(await part('What it changed').textContent()).toMatch(/path \/notes.*last=••••/);
  expect(await part('Time').textContent()).toContain('server function');
  expect(await inspector.locator('#details').textContent()).toContain('src/actions.js:4');
  await row('count').click();
  expect(await part('Streamed').textContent()).toMatch(/#1: \{number: 1\}.*#3: \{number: 3\}/);
});

test('captures show by their names, and only what travels', async () => {
  await press('rename', 'renames Milk to Bread');
  await row('makeRename$rename').click();
  const captures = part('Captured variables');
  await captures.getByText('owner: ').waitFor();
  expect(await captures.textContent()).toMatch(/note: \{title: "Milk"\}.*owner: "Ada"/);
  expect(await part('Arguments').textContent()).toContain('"Bread"');
});

test('an error shows its source, and a refusal who refused', async () => {
  await press('fail', 'Cannot pay 3 twice');
  await row('fail').click();
  const error = part('RangeError');
  await error.getByText('> 14 |').waitFor();
  expect(await error.locator('.marked').first().textContent()).toContain('throw new RangeError');
  await press('forbidden', 'Sign in first');
  await row('forbidden').click();
  expect(await part('Refused').textContent()).toMatch(/Sign in first.*a check of the app/);
});

test('the list is filtered by function and status, and moves by keys', async () => {
  await inspector.keyboard.press('/');
  await inspector.keyboard.type('FAIL');
  await inspector.getByLabel('Filter by status').selectOption('threw');
  await until(async () => (await inspector.locator('.row').count()) === 1);
  await inspector.getByLabel('Filter by status').selectOption('refused');
  await inspector.getByText('No call matches the filter.').waitFor();
  await inspector.getByLabel('Filter by status').selectOption('');
  await inspector.getByLabel('Filter by function').fill('');
  await inspector.locator('.row').first().focus();
  await inspector.keyboard.press('ArrowDown');
  await inspector.getByRole('heading', {name: 'fail'}).waitFor();
  expect(await inspector.locator('.row[aria-current=true] .name').textContent()).toBe('fail');
});

test('while it is paused nothing moves', async () => {
  const before = await inspector.locator('.row').count();
  await inspector.getByRole('button', {name: 'Pause'}).click();
  await press('find', 'does not exist');
  await inspector.getByRole('button', {name: 'Go on (1 waiting)'}).waitFor();
  expect(await inspector.locator('.row').count()).toBe(before);
  await inspector.getByRole('button', {name: 'Go on (1 waiting)'}).click();
  await row('find').waitFor();
});

test('a call is made again once it is confirmed', async () => {
  await row('save').click();
  const saved = inspector.locator('.row').filter({hasText: 'save'});
  await inspector.getByRole('button', {name: 'Call again'}).click();
  await inspector.getByRole('button', {name: 'Cancel'}).click();
  expect(await saved.count()).toBe(1);
  await inspector.getByRole('button', {name: 'Call again'}).click();
  await inspector.getByRole('dialog').getByRole('button', {name: 'Call again'}).click();
  await inspector.getByText('Called again: answered with status 200.').waitFor();
  await until(async () => (await saved.count()) === 2);
});

test('axe finds nothing in the list, the details and the dialog', async () => {
  // Its own policy lets no script of axe in.
  const page = await browser.newPage({bypassCSP: true});
  await page.goto(address());
  await page.locator('.row').filter({hasText: 'fail'}).first().click();
  await page.getByText('> 14 |').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', {name: 'Call again'}).click();
  await expectAccessible(page);
  await page.close();
});

interface SeenEntry {
  name: string;
  startTime: number;
  duration: number;
  detail: {devtools?: {track: string; color: string; properties: [string, string][]}} | null;
}

test('the Performance panel gets each call from the click on, with its steps; failures are red', async () => {
  const entries = await app.evaluate(() => (globalThis as unknown as {seen: SeenEntry[]}).seen);
  const own = entries.filter(({detail}) => detail?.devtools?.track === 'Server functions');
  const whole = own.find(({name}) => name === 'save')!;
  expect(whole.detail!.devtools!.properties).toContainEqual(['Status', '200']);
  const steps = own.filter(({name}) => name.endsWith('(save)')).slice(0, 9);
  expect(steps.map(({name}) => name.replace(' (save)', ''))).toEqual([
    ...['event', 'encode', 'waiting', 'body received', 'arguments decoded', 'module loaded'],
    ...['middleware', 'server function', 'answer begun'],
  ]);
  for (const {startTime, duration} of steps) {
    expect(startTime).toBeGreaterThanOrEqual(whole.startTime);
    expect(startTime + duration).toBeLessThanOrEqual(whole.startTime + whole.duration + 0.1);
  }
  const failed = own.filter(({detail}) => detail!.devtools!.color === 'error');
  expect(failed.map(({name}) => name)).toEqual([
    'fail: threw',
    'forbidden: refused',
    'find: not-found',
  ]);
  // The page keeps none of them.
  const kept = await app.evaluate(() => performance.getEntriesByType('measure').map((e) => e.name));
  expect(kept.filter((name) => own.some((entry) => entry.name === name))).toEqual([]);
});

test('Chrome writes them into its trace', async () => {
  const session = await app.context().newCDPSession(app);
  const events: {name: string; args?: {detail?: string; data?: {detail?: string}}}[] = [];
  session.on('Tracing.dataCollected', ({value}) =>
    events.push(...(value as unknown as typeof events)),
  );
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {includedCategories: ['blink.user_timing']},
  });
  await press('save', '"id":7');
  await until(async () =>
    app.evaluate(
      () =>
        (globalThis as unknown as {seen: {name: string}[]}).seen.filter(({name}) => name === 'save')
          .length > 1,
    ),
  );
  const complete = new Promise((fulfil) => session.once('Tracing.tracingComplete', fulfil));
  await session.send('Tracing.end');
  await complete;
  const found = events.filter(({name}) => name === 'save' || name === 'server function (save)');
  expect(new Set(found.map(({name}) => name)).size).toBe(2);
  const details = found.filter(({args}) => JSON.stringify(args).includes('Server functions'));
  expect(details.length).toBe(2);
});

test('a restart of the server keeps the page, and what it has shown', async () => {
  const port = Number(new URL(server.url).port);
  const before = address();
  await row('find').click();
  await server.stop();
  await inspector.getByText('Waiting for the next call').waitFor();
  // Another program at its port learns nothing of the page.
  const {port: ownPort, pathname} = new URL(before);
  const heard: string[] = [];
  const other = createServer(({url = ''}, response) => {
    heard.push(url);
    response.end('"me"');
  }).listen(Number(ownPort), '127.0.0.1');
  await until(async () => Promise.resolve(heard.length > 1));
  other.closeAllConnections();
  await new Promise((resolve) => other.close(resolve));
  expect(heard.filter((url) => url.includes(pathname.slice(1, -1)))).toEqual([]);
  server = await start(port);
  await press('rename', 'renames Milk to Bread');
  expect(address()).toBe(before);
  await inspector.getByText('Live', {exact: true}).waitFor();
  await until(async () => (await row('makeRename$rename').count()) > 0);
  await inspector.getByText('The server has started again since.').waitFor();
  expect(await inspector.getByRole('button', {name: 'Call again'}).isDisabled()).toBe(true);
  await inspector.getByRole('button', {name: 'Clear'}).click();
  await inspector.getByText('No calls yet').waitFor();
});
