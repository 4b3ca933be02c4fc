// What the pages of the gallery do for people who are impatient, or unlucky: they click twice, type on, answer late,
// and lose their connection.
import {expect} from '@jest/globals';
import type {BrowserContext, Locator, Page, Route} from 'playwright-core';
import {hydrated} from '../support/hydrated.ts';
import {click, eventually, holdCalls, items, outputs, watch} from './galleryCases.ts';

export interface Gallery {
  url: string;
  context: BrowserContext;
  /** With JavaScript switched off. */
  plainContext: BrowserContext;
}

const CALLS = '**/rsc-action';

/** Declares the tests. `gallery` is asked when they run. */
export function testImpatience(gallery: () => Gallery): void {
  let page: Page;
  let stage: Locator;
  let notice: Locator;
  let errors: string[];
  /** Of the calls. */
  let sent: string[];

  beforeEach(async () => {
    page = await gallery().context.newPage();
    page.setDefaultTimeout(8000);
    stage = page.locator('.stage');
    notice = page.locator('.notice');
    errors = [];
    sent = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.headers()['x-action-id'] ?? 'a form');
    });
  });

  afterEach(async () => {
    // Nothing is thrown that nobody catches.
    expect(errors).toEqual([]);
    await page.close();
  });

  async function open(slug: string) {
    await page.goto(`${gallery().url}/${slug}`);
    await hydrated(page);
  }

  const loseCalls = () => page.route(CALLS, (route) => route.abort('connectionfailed'));

  test('a lost call waits, its form keeps the text, and it arrives when it is sent again', async () => {
    await open('form-client');
    await loseCalls();
    await stage.getByLabel('Title').fill('Second');
    await stage.getByLabel('Content').fill('A long text.');
    await click(stage, 'Create');
    await notice.getByText('The server cannot be reached.').waitFor();
    // Where the keyboard is.
    expect(await focused(page)).toBe('Try again');
    expect(await stage.getByLabel('Content').inputValue()).toBe('A long text.');
    await page.unroute(CALLS);
    await page.keyboard.press('Enter');
    await items(stage, 'First A beginning.', 'Second A long text.');
    expect(await stage.getByLabel('Content').inputValue()).toBe('');
    expect(await focused(page)).toBe('Create');
  });

  test('what was typed is there again after a call was given up, also in fields with state', async () => {
    await loseCalls();
    for (const [slug, label, button] of [
      ['form-server', 'Note', 'Add'],
      ['transition', 'Name', 'Update'],
    ] as const) {
      await open(slug);
      await stage.getByLabel(label).fill('Typed');
      await click(stage, button);
      await click(notice, 'Give up');
      await stage.getByRole('alert').getByText('What you typed is kept.').waitFor();
      expect(await focused(page)).toBe('Back');
      await page.keyboard.press('Enter');
      expect(await stage.getByLabel(label).inputValue()).toBe('Typed');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    }
    await page.unroute(CALLS);
    await click(stage, 'Update');
    await stage.getByText('Your name is Typed.').waitFor();
  });

  test('a page of another build is loaded again with what was typed', async () => {
    await open('action-state');
    await page.route(CALLS, toAnotherBuild);
    await stage.getByLabel('Name').fill('Ada');
    await click(stage, 'Update');
    await notice.getByText('This page is of another build.').waitFor();
    await page.unroute(CALLS);
    await click(notice, 'Load the page again');
    await eventually(() => stage.getByLabel('Name').inputValue(), 'Ada');
    await hydrated(page);
    await click(stage, 'Update');
    await outputs(stage, 'Ada');
  });

  test('a file that is too large is refused beside its form, which stays', async () => {
    await open('upload');
    const field = stage.getByLabel('File, up to 20 MB');
    await field.evaluate((input: HTMLInputElement) => {
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(20_500_000)], 'large'));
      input.files = files.files;
    });
    await click(stage, 'Upload');
    await notice.waitFor();
    await notice.getByRole('button', {name: /Close|Give up/}).click();
    await stage.getByRole('alert').getByText('The file was not uploaded.').waitFor();
    await outputs(stage, 'nothing');
    expect(await field.evaluate((input: HTMLInputElement) => input.files?.length)).toBe(1);
  });

  test('an answer that breaks off with the new page leaves a way back to the old one', async () => {
    await open('form-server');
    await page.route(CALLS, async (route) => {
      const answer = await route.fetch();
      const text = await answer.text();
      await route.fulfill({response: answer, body: text.slice(0, text.length / 2)});
    });
    await stage.getByLabel('Note').fill('Half');
    await click(stage, 'Add');
    await page.getByRole('button', {name: /Back/}).click();
    await page.getByRole('heading', {level: 1, name: 'A form in a Server Component'}).waitFor();
    await stage.getByText('Buy milk').waitFor();
  });

  test('Enter and a click send a form once, and the state is told', async () => {
    await open('form-server');
    const letCallsGo = await holdCalls(page);
    await stage.getByLabel('Note').fill('Once');
    await page.keyboard.press('Enter');
    await stage.getByRole('status').getByText('Sending').waitFor();
    await page.keyboard.press('Enter');
    await click(stage, 'Add');
    await letCallsGo();
    await stage.getByRole('status').getByText('Sent').waitFor();
    await items(stage, 'Buy milk', 'Once');
    expect(sent).toHaveLength(1);
    // It is a form again.
    await stage.getByLabel('Note').fill('Twice');
    await page.keyboard.press('Enter');
    await items(stage, 'Buy milk', 'Once', 'Twice');
  });

  test.each([
    {slug: 'form-server', label: 'Note', button: 'Add'},
    {slug: 'action-state', label: 'Name', button: 'Update'},
    {slug: 'transition', label: 'Name', button: 'Update'},
    {slug: 'optimistic', label: 'Message', button: 'Send'},
  ])('$slug: what is typed while a call is pending stays', async ({slug, label, button}) => {
    await open(slug);
    const letCallsGo = await holdCalls(page);
    await stage.getByLabel(label).fill('First');
    await click(stage, button);
    await eventually(async () => sent.length, 1);
    await stage.getByLabel(label).fill('Typed meanwhile');
    await letCallsGo();
    await page.waitForFunction(
      () => !/sending|updating/i.test(document.querySelector('.stage')!.textContent),
    );
    expect(await stage.getByLabel(label).inputValue()).toBe('Typed meanwhile');
    expect(await stage.textContent()).toContain('First');
  });

  test('a button keeps the focus while its call is pending, and an error takes it', async () => {
    await open('form-status');
    await stage.getByLabel('To').fill('Ada');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await outputs(stage, 'Ada');
    await stage.getByRole('button', {name: 'Send', exact: true}).waitFor();
    expect(await focused(page)).toBe('Send');

    await open('errors');
    await click(stage, 'Transfer 100');
    await stage.getByRole('alert').waitFor();
    expect(await focused(page)).toBe('Try again');
  });

  test('async-generator: a second click does not mix two streams', async () => {
    await open('async-generator');
    const numbers = await watch(stage.locator('output'));
    await click(stage, 'Count to five');
    await outputs(stage, '1');
    await click(stage, 'Count to five');
    await stage.getByText('Done').waitFor();
    expect((await numbers()).filter((text) => !'1 2 3 4 5'.startsWith(text))).toEqual([]);
    await outputs(stage, '1 2 3 4 5');
  });

  test('readable-stream: a second click does not mix two streams', async () => {
    await open('readable-stream');
    await click(stage, 'Recite');
    await stage.getByText(/The fog/).waitFor();
    await click(stage, 'Recite');
    await stage.getByText('Done').waitFor();
    expect(await stage.locator('blockquote').textContent()).toBe(
      'The fog comes on little cat feet. It sits looking over harbor and city. ',
    );
  });

  test('an older answer does not win over a newer one', async () => {
    await open('jsx');
    let letMercuryGo = () => {};
    const mercury = new Promise<void>((resolve) => (letMercuryGo = resolve));
    await page.route(CALLS, async (route) => {
      if (route.request().postData()?.includes('Mercury')) await mercury;
      await route.continue();
    });
    await click(stage, 'Mercury');
    await click(stage, 'Venus');
    await stage.getByRole('heading', {name: 'Venus'}).waitFor();
    const late = page.waitForResponse((response) =>
      Boolean(response.request().postData()?.includes('Mercury')),
    );
    letMercuryGo();
    await (await late).finished();
    await stage.getByRole('button', {name: 'More'}).click();
    await stage.getByText('A day is longer than a year.').waitFor();
    await page.unroute(CALLS);
  });

  test.each([
    {slug: 'async-generator', button: 'Count to five', says: 'The count broke off.'},
    {slug: 'readable-stream', button: 'Recite', says: 'The reading broke off.'},
    {slug: 'promise', button: 'Search', says: 'The rest did not arrive. Search again.'},
    {slug: 'abort', button: 'Start', says: 'broken off'},
  ])('$slug: a stream that breaks says so', async ({slug, button, says}) => {
    await open(slug);
    // The first half of an answer, and then nothing: as from a proxy that gives up.
    await page.route(CALLS, async (route) => {
      const {status, headers, text} = await firstRows(route);
      await route.fulfill({status, headers, body: text});
    });
    await click(stage, button);
    await stage.getByText(says).waitFor();
    await page.unroute(CALLS);
    await click(stage, button);
    await stage.getByText(says).waitFor({state: 'detached'});
  });

  test('reload after a form without JavaScript does not send it again', async () => {
    const plain = await gallery().plainContext.newPage();
    const methods: string[] = [];
    plain.on('request', (request) => {
      if (request.isNavigationRequest()) methods.push(request.method());
    });
    const demo = plain.locator('.stage');
    await plain.goto(`${gallery().url}/action-state`);
    await demo.getByLabel('Name').fill('Ada');
    await click(demo, 'Update');
    await outputs(demo, 'Ada');
    await plain.reload();
    await outputs(demo, 'nobody');
    await plain.goto(`${gallery().url}/form-server`);
    await demo.getByLabel('Note').fill('Once');
    await click(demo, 'Add');
    await items(demo, 'Buy milk', 'Once');
    await plain.reload();
    await items(demo, 'Buy milk', 'Once');
    expect(methods).toEqual(['GET', 'POST', 'GET', 'GET', 'GET', 'POST', 'GET', 'GET']);
    await plain.close();
  });
}

function toAnotherBuild(route: Route): Promise<void> {
  return route.continue({headers: {...route.request().headers(), 'x-action-id': 'src/gone.ts#f'}});
}

/** What the server sends at once, without the end of the answer. */
async function firstRows(route: Route) {
  const {url, method, headers, body} = {
    url: route.request().url(),
    method: route.request().method(),
    headers: route.request().headers(),
    body: route.request().postData(),
  };
  const controller = new AbortController();
  const response = await fetch(url, {method, headers, body, signal: controller.signal});
  const {value} = await response.body!.getReader().read();
  controller.abort();
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: new TextDecoder().decode(value),
  };
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}

/**
 * On an open page: a call is lost and given up, and the page is there nevertheless, with a way back to its demo.
 *
 * @param title of the page
 */
export async function surviveLostCall(page: Page, title: string): Promise<void> {
  const stage = page.locator('.stage');
  await page.route(CALLS, (route) => route.abort('connectionfailed'));
  // Where nothing can be clicked, the demo calls when it appears.
  const callsByItself = (await stage.locator('button').count()) === 0;
  await (callsByItself ? page.reload() : useDemo(stage));
  await click(page.locator('.notice'), 'Give up');
  expect(await page.getByRole('heading', {level: 1}).textContent()).toBe(title);
  const back = stage.getByRole('button', {name: 'Back', exact: true});
  expect(await stage.textContent()).not.toBe('');
  await page.unroute(CALLS);
  if (!callsByItself && (await back.count()) > 0) await back.click();
}

/** Fills what has to be filled, and clicks the first button. */
async function useDemo(stage: Locator): Promise<void> {
  for (const field of await stage.locator('input[required]').all()) {
    if ((await field.getAttribute('type')) !== 'file') await field.fill('Something');
  }
  await stage.locator('button').first().click();
}
