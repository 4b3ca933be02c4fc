// What the gallery shows beside a running pattern: what the compiler made of its files, and what travelled.
import {expect} from '@jest/globals';
import type {Page} from 'playwright-core';
import {expectAccessible} from '../support/axe.ts';
import {hydrated} from '../support/hydrated.ts';
import {click, eventually, items, outputs} from './galleryCases.ts';
import type {Gallery} from './galleryImpatience.ts';

/** Declares the tests. `gallery` is asked when they run. */
export function testWire(gallery: () => Gallery): void {
  let page: Page;

  beforeEach(async () => {
    page = await gallery().context.newPage();
    page.setDefaultTimeout(8000);
  });

  afterEach(() => page.close());

  async function open(slug: string) {
    await page.goto(`${gallery().url}/${slug}`);
    await hydrated(page);
  }

  test('a file is shown as the server and the browser have it, by the keys too', async () => {
    await open('imported');
    const file = page.locator('figure').filter({has: page.getByText('actions.ts', {exact: true})});
    const code = file.locator('pre:visible');
    expect(await code.textContent()).toContain('notebook.notes++');
    await file.getByRole('radio', {name: 'source'}).focus();
    await page.keyboard.press('ArrowRight');
    expect(await code.textContent()).toContain('$$registerServerReference(');
    expect(await code.textContent()).toContain('notebook.notes++');
    await page.keyboard.press('ArrowRight');
    expect(await code.textContent()).toContain("'src/patterns/imported/actions.ts#createNote'");
    expect(await code.textContent()).not.toContain('notebook');
    await expectAccessible(page);
  });

  test('the code that is shown as compiled is what the server and the bundles run', async () => {
    await open('form-server');
    const file = page.locator('figure', {hasText: 'Page.tsx'}).first();
    await file.getByRole('radio', {name: 'in the browser'}).check();
    const id = 'src/patterns/form-server/Page.tsx#$$Notes$addNote';
    await file.getByText(id).waitFor();
    const call = page.waitForRequest('**/rsc-action');
    await page.locator('.stage').getByLabel('Note').fill('Milk');
    await click(page.locator('.stage'), 'Add');
    expect((await call).headers()['x-action-id']).toBe(id);
  });

  test('rows of an answer are shown one by one, as they arrive', async () => {
    await open('async-generator');
    const rows = page.getByRole('list', {name: 'Rows of the answer'}).getByRole('listitem');
    await click(page.locator('.stage'), 'Count to five');
    await rows.filter({hasText: 'the next value'}).first().waitFor();
    const some = await rows.filter({hasText: 'the next value'}).count();
    expect(some).toBeLessThan(5);
    await rows.filter({hasText: 'the end: nothing is missing'}).waitFor();
    expect(await rows.filter({hasText: 'the next value'}).count()).toBe(5);
    const times = (await rows.locator('time').allTextContents()).map((text) =>
      Number(/\d+/.exec(text)),
    );
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(1000);
  });

  test('captures are shown as sealed, and references by their id', async () => {
    await open('function-argument');
    await click(page.locator('.stage'), 'German');
    const request = page.getByRole('region', {name: 'Request'});
    await request.getByText(/"sealed: \d+ characters"/).waitFor();
    await request.getByText('reference to a server function').waitFor();
    const text = (await request.textContent())!;
    expect(text).toContain('src/patterns/function-argument/Page.tsx#$$Page$greetIn$greet');
    expect(text).not.toMatch(/[\w-]{60}/);
    await page
      .getByRole('region', {name: 'Answer', exact: true})
      .getByText('["Hallo Ada","Hallo Alan"]')
      .waitFor();
    await expectAccessible(page);
  });

  test('the fields of a form, and calls that did not arrive, are shown', async () => {
    await open('form-client');
    const request = page.getByRole('region', {name: 'Request'});
    const stage = page.locator('.stage');
    await stage.getByLabel('Title').fill('Second');
    await click(stage, 'Create');
    await request.getByText('Second').waitFor();
    await items(stage, 'First A beginning.', 'Second');
    await page.route('**/rsc-action', (route) => route.abort('connectionfailed'));
    await click(stage, 'Create');
    await page.locator('.travel summary').getByText('no answer').waitFor();
  });

  test('without JavaScript the last post is shown', async () => {
    const plain = await gallery().plainContext.newPage();
    await plain.goto(`${gallery().url}/bind-server`);
    const stage = plain.locator('.stage');
    await click(stage, 'More pears');
    await outputs(stage, '3', '2');
    await plain.locator('.travel summary').click();
    const request = plain.getByRole('region', {name: 'Request'});
    const text = (await request.textContent())!;
    expect(text).toContain('POST /bind-server');
    expect(text).toContain('multipart/form-data');
    expect(text).toContain('$ACTION_');
    expect(text).toContain('step');
    await plain.close();
  });

  test('on a narrow screen the panel is closed, and the menu is a button', async () => {
    await page.setViewportSize({width: 390, height: 844});
    await open('event-handler');
    await click(page.locator('.stage'), 'Like');
    const summary = page.locator('.travel summary');
    await summary.getByText(/200 · 2 rows/).waitFor();
    expect(await page.getByRole('region', {name: 'Request'}).count()).toBe(0);
    await summary.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', {name: 'Request'}).waitFor();

    const menu = page.getByRole('navigation', {name: 'Patterns'});
    await page.getByRole('button', {name: 'Patterns'}).focus();
    expect(await menu.count()).toBe(0);
    await page.keyboard.press('Enter');
    await menu.waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await eventually(() => menu.count(), 0);
    await page.keyboard.press('Enter');
    await menu.getByText('In useEffect').click();
    await page.getByRole('heading', {level: 1, name: 'In useEffect'}).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
}
