import {execFile} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {promisify} from 'node:util';
import type {Browser, Page} from 'playwright-core';
import type {Report, ReportedModule} from '../../src/report/report.ts';
import {expectAccessible} from '../support/axe.ts';
import {launchBrowser} from '../support/browser.ts';
import {sampleFunction, sampleReport} from './support/sampleReport.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(repository, '.cache/report-page');
/** Whatever a name holds, it is text. */
const HOSTILE = `"><img src=x onerror=globalThis.ran=1></script><script>globalThis.ran=1</script>'&\u202e`;

const module = (path: string, graph: ReportedModule['graph'], size = 10): ReportedModule => ({
  path,
  graph,
  directive: graph === 'client' ? 'use client' : 'use server',
  size,
  count: null,
});

const REPORT = sampleReport(
  [
    sampleFunction('zebra', {
      guards: [{kind: 'wrapper', name: 'withUser', file: 'src/auth.js'}],
      usedBy: [
        {
          file: 'src/Form.js',
          graph: 'client',
          isWhole: false,
          uses: [{kind: 'form', line: 4}],
          chunks: ['main'],
        },
      ],
    }),
    sampleFunction('apple', {exposure: 'unused', parameters: [{name: 'id', isChecked: false}]}),
    sampleFunction('mango', {
      id: 'src/Page.js#$$Page$mango',
      file: 'src/Page.js',
      kind: 'inline',
      exposure: 'inline',
      within: 'Page',
      captures: [{name: 'note', paths: [['id']]}],
    }),
    sampleFunction(HOSTILE, {
      id: `${HOSTILE}#${HOSTILE}`,
      file: HOSTILE,
      within: HOSTILE,
      guards: [{kind: 'call', name: HOSTILE, file: HOSTILE}],
      captures: [{name: HOSTILE, paths: [[HOSTILE]]}],
      parameters: [{name: HOSTILE, isChecked: true}],
      definedIn: HOSTILE,
      usedBy: [{file: HOSTILE, graph: 'server', isWhole: true, uses: [], chunks: [HOSTILE]}],
    }),
  ],
  {
    mode: HOSTILE,
    uncallable: [{name: HOSTILE, file: HOSTILE, line: 1, column: 1}],
    modules: [
      module('src/Form.js', 'client'),
      module(HOSTILE, 'client'),
      module('src/actions.js', 'server', 400),
      module('src/Page.js', 'server'),
    ],
    crossings: [
      {kind: 'calls', from: 'src/Form.js', to: 'src/actions.js'},
      {kind: 'renders', from: 'src/Page.js', to: 'src/Form.js'},
    ],
  },
);

async function addressOf(name: string, report: Report): Promise<string> {
  mkdirSync(folder, {recursive: true});
  const [json, html] = [join(folder, `${name}.json`), join(folder, `${name}.html`)];
  writeFileSync(json, JSON.stringify(report));
  const command = join(repository, 'dist/src/cli/bin.js');
  await promisify(execFile)(process.execPath, [command, 'report', '--from', json, '--html', html], {
    env: {...process.env, NODE_OPTIONS: '', USE_SERVER_EDITOR: 'vscode'},
  });
  return pathToFileURL(html).href;
}

let browser: Browser;
let address: string;
beforeAll(async () => {
  [browser, address] = await Promise.all([launchBrowser(), addressOf('report', REPORT)]);
}, 60_000);
afterAll(() => browser?.close());

interface OpenOptions {
  width?: number;
  colorScheme?: 'light' | 'dark';
  bypassCSP?: boolean;
  javaScriptEnabled?: boolean;
}

async function open(hash = '', {width = 1280, ...options}: OpenOptions = {}): Promise<Page> {
  const page = await browser.newPage({viewport: {width, height: 900}, ...options});
  await page.goto(`${address}${hash}`);
  return page;
}

const namesIn = (page: Page) => page.locator('tbody a:visible').allTextContents();
const chosenIn = (page: Page) => page.locator('.details:visible h3 code').textContent();

test('names that hold tags are text, and the page asks for nothing', async () => {
  const page = await browser.newPage();
  const requests: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(address);
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
  expect(await page.locator('img, tbody script').count()).toBe(0);
  const shown = (await namesIn(page)).at(-1);
  expect(shown).toBe(HOSTILE.replace('\u202e', String.raw`\u{202e}`));
  await page.locator('tbody a').last().click();
  expect(await chosenIn(page)).toBe(shown);
  expect({requests, problems}).toEqual({requests: [address], problems: []});
  await page.close();
});

test('columns sort, both ways', async () => {
  const page = await open();
  const header = page.getByRole('button', {name: 'Function'});
  await header.click();
  expect((await namesIn(page)).slice(1)).toEqual(['apple', 'mango', 'zebra']);
  expect(await page.locator('th[data-column="0"]').getAttribute('aria-sort')).toBe('ascending');
  await header.click();
  expect((await namesIn(page)).slice(0, 3)).toEqual(['zebra', 'mango', 'apple']);
  await page.close();
});

test('the filter and the buttons leave what they name, and say how many', async () => {
  const page = await open();
  await page.getByLabel('Filter').fill('form.js');
  expect(await namesIn(page)).toEqual(['zebra']);
  expect(await page.getByRole('status').textContent()).toBe('1 of 4');
  await page.getByLabel('Filter').fill('');
  await page.getByRole('button', {name: 'not needed'}).click();
  expect(await namesIn(page)).toEqual(['apple']);
  await page.close();
});

test('the keyboard filters, moves and chooses, and the address keeps what is chosen', async () => {
  const page = await open();
  await page.keyboard.press('/');
  await page.keyboard.type('page');
  expect(await namesIn(page)).toEqual(['mango']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await chosenIn(page)).toBe('mango');
  const {hash} = new URL(page.url());
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  expect(await chosenIn(page)).toBe('zebra');
  await page.goBack();
  expect(await chosenIn(page)).toBe('mango');
  await page.close();

  const again = await open(hash);
  expect(await chosenIn(again)).toBe('mango');
  expect(await again.locator('tbody [aria-current]').textContent()).toBe('mango');
  await again.close();
});

test('lines lead over the border from what is on the screen, folders where they are closed', async () => {
  const page = await open();
  expect(await page.locator('.lines g path').count()).toBe(2);
  await page.locator('[data-module="server src/actions.js"]').hover();
  expect(await page.locator('.lines path.is-lit').getAttribute('class')).toContain('calls');
  await page.locator('.graph.server summary').first().click();
  expect(await page.locator('.lines g path').count()).toBe(2);
  await page.close();
});

test('without its script it shows everything, one function at a time', async () => {
  const page = await open(`#fn:src/actions.js%23apple`, {javaScriptEnabled: false});
  expect(await namesIn(page)).toHaveLength(4);
  expect(await chosenIn(page)).toBe('apple');
  expect(await page.locator('.details:visible .why').textContent()).toContain('Delete it');
  await page.close();
});

test.each([
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const)('axe finds nothing at %i px, %s', async (width, colorScheme) => {
  const page = await open('', {width, colorScheme, bypassCSP: true});
  await expectAccessible(page);
  await page.locator('tbody a').first().click();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  await page.close();
});

test('on a phone the details cover the list, until they are left', async () => {
  const page = await open('', {width: 390});
  await page.getByRole('link', {name: 'apple'}).click();
  expect(await chosenIn(page)).toBe('apple');
  await page.keyboard.press('Escape');
  expect(await page.locator('.details:visible').count()).toBe(0);
  await page.close();
});

test('2,000 modules are folded into folders', async () => {
  const modules = Array.from({length: 2000}, (_, i) =>
    module(`src/area${i % 9}/part${i % 50}/File${i}.js`, i % 2 ? 'client' : 'server'),
  );
  const functions = modules
    .filter(({graph}) => graph === 'server')
    .map(({path}, i) => sampleFunction(`fn${i}`, {id: `${path}#fn${i}`, file: path}));
  const crossings = functions.map(({file}, i) => ({
    kind: 'calls' as const,
    from: modules[i * 2 + 1]!.path,
    to: file,
  }));
  const large = await addressOf('large', sampleReport(functions, {modules, crossings}));
  const page = await browser.newPage({viewport: {width: 1280, height: 900}});
  await page.goto(large);
  expect(await page.locator('.graph summary:visible').count()).toBeLessThan(30);
  expect(await page.locator('.lines g path').count()).toBeGreaterThan(5);
  await page.close();
});
