import {readFileSync} from 'node:fs';
import {readFile, rm} from 'node:fs/promises';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Browser, BrowserContextOptions, Page} from 'playwright-core';
import {globSync} from 'tinyglobby';
import {transform, type Target} from 'use-server-webpack-plugin/transform';
import {buildPage} from '../../docs/try-it/build.js';
import {changesOf} from '../../docs/try-it/src/changes.ts';
import {samples} from '../../docs/try-it/src/samples.ts';
import {expectAccessible} from '../support/axe.ts';
import {launchBrowser} from '../support/browser.ts';

const folder = fileURLToPath(new URL('../../.cache/try-it/', import.meta.url));

let server: Server;
let browser: Browser;
let url: string;
let page: Page;
/** What the page has asked for. */
let requests: string[];
let problems: string[];

beforeAll(async () => {
  [browser] = await Promise.all([launchBrowser(), buildPage(folder, 'development')]);
  server = createServer(serveFile).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}/try-it/`;
}, 240_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  await rm(folder, {recursive: true, force: true});
});

/** As any static host, below a path. */
async function serveFile(
  ...[request, response]: Parameters<Parameters<typeof createServer>[1] & object>
): Promise<void> {
  const types: Record<string, string> = {'.html': 'text/html', '.js': 'text/javascript'};
  const file = request.url!.replace(/^\/try-it\/$/, '/try-it/index.html').slice('/try-it/'.length);
  const text = await readFile(join(folder, file)).catch(() => null);
  response.writeHead(text ? 200 : 404, {'content-type': types[extname(file)] ?? 'text/plain'});
  response.end(text);
}

/** A new page, which shows what the compiler made. */
async function open(hash = '', options: BrowserContextOptions = {}): Promise<void> {
  await page?.context().close();
  page = await (await browser.newContext(options)).newPage();
  requests = [];
  problems = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(url + hash);
  await page.locator('.cm-line').first().waitFor();
  await page.locator('#panel-server > .lead').waitFor();
}

async function type(source: string): Promise<void> {
  await page.getByRole('textbox', {name: 'Source of the module'}).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(source);
}

const tab = (name: string) => page.getByRole('tab', {name});
const panel = (name: string) => page.getByRole('tabpanel', {name});

/** Code as a panel shows it, without what it shows as taken away. */
async function shownCode(target: Target): Promise<string> {
  return page.locator(`#panel-${target} .code`).evaluate((element) => {
    const copy = element.cloneNode(true) as Element;
    for (const removed of copy.querySelectorAll('del')) removed.remove();
    return copy.textContent;
  });
}

test('what is typed is compiled for each graph, and no request is made', async () => {
  await open();
  const loaded = [...requests];
  const source = `'use server';\nconst password = 'secret';\nexport async function save() {}\n`;
  await type(source);
  await panel('Server').getByText('$$registerServerReference(save').waitFor();
  await panel('Server').getByText(`const password = 'secret'`).waitFor();
  await tab('Browser').click();
  await panel('Browser').getByText(`0 of your ${source.length} bytes`).waitFor();
  const code = await shownCode('client');
  expect(code).toContain('"src/NotePage.tsx#save"');
  expect(code).not.toContain('secret');

  await page.getByLabel('Hashed ids').check();
  await page.getByLabel('File').fill('src/actions.ts');
  await tab('References').click();
  await panel('References')
    .getByText(/^[\da-f]{40}$/)
    .waitFor();
  expect(requests).toEqual(loaded);
  expect(problems).toEqual([]);
});

test('a mistake is shown with its place and a frame, and is gone when it is corrected', async () => {
  await open();
  await type(`'use server';\nexport function save() {}\n`);
  await panel('Server').getByText('Not compiled: 1 problem').waitFor();
  await page.locator('.cm-lintRange-error').waitFor();
  await page.getByRole('button', {name: 'Show all that the compiler says'}).click();
  const frame = panel('Problems').getByRole('group');
  expect(await frame.textContent()).toContain('> 2 | export function save() {}');
  await panel('Problems').getByText('write "async" in front of it').waitFor();
  await panel('Problems').getByRole('button', {name: 'line 2'}).click();
  await page.keyboard.insertText('a');
  await type(`'use server';\nexport async function save() {}\n`);
  await panel('Problems').getByText('nothing to say').waitFor();
  expect(await page.locator('.cm-lintRange-error').count()).toBe(0);
  expect(problems).toEqual([]);
});

test('a link shows the same module to somebody else', async () => {
  await open('', {permissions: ['clipboard-read', 'clipboard-write']});
  await type(`'use server';\n// <ünï🙂>\nexport async function greet() {}\n`);
  await page.getByLabel('File').fill('src/ünï.mjs');
  await page.getByLabel('Hashed ids').check();
  await page.getByRole('button', {name: 'Copy link'}).click();
  await page.getByRole('button', {name: 'Copied'}).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await open(link.slice(url.length));
  expect(await page.getByLabel('File').inputValue()).toBe('src/ünï.mjs');
  expect(await page.getByLabel('Hashed ids').isChecked()).toBe(true);
  const lines = await page.locator('.cm-line').allTextContents();
  expect(lines).toEqual([`'use server';`, '// <ünï🙂>', 'export async function greet() {}', '']);
});

test('of each sample the code is that of the compiler, letter by letter', async () => {
  for (const {key, file, source} of samples) {
    await open(`#sample=${key}`);
    for (const target of ['server', 'client', 'ssr'] as const) {
      const filename = `/project/${file}`;
      const {code, diagnostics} = transform(source, {filename, root: '/project', target})!;
      if (diagnostics.length > 0) continue;
      expect({key, target, code: (await shownCode(target)).trimEnd()}).toEqual({
        key,
        target,
        code: code.trimEnd(),
      });
    }
    expect(problems).toEqual([]);
  }
});

const programs = fileURLToPath(new URL('../transform/programs/', import.meta.url));

test('what is kept and taken away is the whole source, and nothing else is called so', () => {
  const files = globSync('*.{js,jsx,ts,tsx,cjs}', {cwd: programs});
  expect(files.length).toBeGreaterThan(100);
  for (const file of files) {
    const source = readFileSync(join(programs, file), 'utf8');
    const options = {filename: `/project/${file}`, root: '/project', target: 'server'} as const;
    const result = transform(source, options);
    if (!result?.map) continue;
    const pieces = changesOf(source, result.code, result.map.mappings);
    const textOf = (...kinds: string[]) =>
      pieces.flatMap(({kind, text}) => (kinds.includes(kind) ? text : [])).join('');
    expect(textOf('kept', 'copied', 'added')).toBe(result.code);
    const own = textOf('kept', 'removed').replaceAll(/\s+/g, '');
    expect({file, own}).toEqual({file, own: source.replaceAll(/\s+/g, '')});
  }
});

test('another sample takes the place of the first one, and can be linked to', async () => {
  await open();
  await page.getByLabel('Sample').selectOption('Client component');
  await panel('Server').getByText('$$registerClientReference(').waitFor();
  await page.locator('.cm-line', {hasText: 'export function LikeButton'}).waitFor();
  await page.waitForURL((address) => address.hash === '#sample=client');
  expect(await page.getByLabel('File').inputValue()).toBe('src/LikeButton.tsx');
});

test('the tabs go by the arrow keys', async () => {
  await open('#sample=module');
  await tab('Server').focus();
  await page.keyboard.press('ArrowRight');
  await panel('Browser').waitFor();
  await page.keyboard.press('End');
  await panel('Problems').waitFor();
  expect(await panel('Browser').isVisible()).toBe(false);
});

/** Elements that are cut off at the side, with no way to scroll to the rest. */
async function cutOff(): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('section, [role=tabpanel]')]
      .filter(({scrollWidth, clientWidth}) => scrollWidth > clientWidth)
      .map(({outerHTML}) => outerHTML.slice(0, 100)),
  );
}

test.each([
  ['wide and light', {viewport: {width: 1280, height: 800}, colorScheme: 'light'}],
  ['narrow and dark', {viewport: {width: 390, height: 844}, colorScheme: 'dark'}],
] as const)('everybody can read and use it, %s', async (_, options) => {
  const tabs = {inline: ['Server', 'References'], mistakes: ['Browser', 'Problems']};
  for (const [sample, names] of Object.entries(tabs)) {
    // axe-core comes as a script in the page, which the page's own policy refuses.
    await open(`#sample=${sample}`, {...options, bypassCSP: true});
    for (const name of names) {
      await tab(name).click();
      await expectAccessible(page);
      expect(await cutOff()).toEqual([]);
    }
  }
});
