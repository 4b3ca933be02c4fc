import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {
  startDevelopment,
  WEBPACK_DEV_MIDDLEWARE,
  WEBPACK_DEV_SERVER,
  type DevelopmentApp,
} from './support/developmentApp.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

// The tests of a dev server tell one story: they happen one after the other to one and the same page.
describe.each([
  ['webpack-dev-server', WEBPACK_DEV_SERVER],
  ['webpack-dev-middleware', WEBPACK_DEV_MIDDLEWARE],
])('with %s', (name, options) => {
  let app: DevelopmentApp;
  let page: Page;

  beforeAll(async () => {
    app = await startDevelopment(name, options);
    page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(app.url);
    await page.evaluate('globalThis.isSamePage = true');
    await sign('Grace');
    await page.getByText('Grace', {exact: true}).waitFor();
    await page.getByLabel('Your name').fill('half a na');
  }, 180_000);
  afterAll(async () => {
    await page?.close();
    await app?.stop();
  });

  async function sign(guest: string): Promise<void> {
    await page.getByLabel('Your name').fill(guest);
    await page.getByText('Sign the guest book').click();
  }

  /** The state of the client component: what the action gave, and what is being typed. */
  async function expectState(): Promise<void> {
    expect(await page.getByText('Grace', {exact: true}).count()).toBe(1);
    expect(await page.getByLabel('Your name').inputValue()).toBe('half a na');
    expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
  }

  /** Waits for the page to fetch its Server Components again, which it does when the server is there. */
  async function refreshed(change: () => void): Promise<void> {
    const answer = page.waitForResponse(
      async (response) => (await response.request().headerValue('Accept')) === 'text/x-component',
    );
    change();
    await (await answer).finished();
  }

  /** Why the server refuses a call. The call itself stays pending: the app asks whether to try again. */
  async function refusalOf(call: string): Promise<string | undefined> {
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.evaluate(`void ${call}`);
    return (await answer).headers()['x-action-error'];
  }

  /** Has the client component give a server function to `globalThis.api`. */
  const exposing = (functionName: string) =>
    `globalThis.api = {${functionName}};\n\nexport function`;

  test('a Server Component is refreshed in place', async () => {
    app.edit('src/Page.jsx', '<h1>Guest book</h1>', '<h1>Book of guests</h1>');
    await page.getByRole('heading', {name: 'Book of guests'}).waitFor();

    await expectState();
  });

  test('a client component is replaced and keeps its state', async () => {
    app.edit('src/GuestBook.jsx', 'Greet the newest guest', 'Say hello');
    await page.getByRole('button', {name: 'Say hello'}).waitFor();

    await expectState();
  });

  test('the body of an inline server function takes effect with the next call', async () => {
    await refreshed(() => app.edit('src/Page.jsx', 'Welcome, ', 'Hello, '));
    await page.getByRole('button', {name: 'Say hello'}).click();
    await page.getByText(/^Hello, Ada! This page was opened in \d{4}\.$/).waitFor();

    await expectState();
  });

  test('a new server function can be called', async () => {
    const count = 'export async function count() {\n  return guests.length;\n}\n\n';
    app.edit('src/actions.js', 'export async', `${count}export async`);
    app.edit('src/GuestBook.jsx', 'import {sign}', 'import {count, sign}');
    app.edit('src/GuestBook.jsx', 'export function', exposing('count'));
    await page.waitForFunction('globalThis.api?.count');

    expect(await page.evaluate('api.count()')).toBe(1);
    await expectState();
  });

  test('the body of a server function that the browser imports changes nothing in the browser', async () => {
    const updates: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('hot-update')) updates.push(request.url());
    });
    app.edit('src/actions.js', 'guests.length', 'guests.length * 10');
    await page.waitForFunction('api.count().then((count) => count === 10)');

    expect(updates).toEqual([]);
    await expectState();
  });

  test('a renamed server function can be called by its new name, and its old one is not found', async () => {
    await page.evaluate('globalThis.oldCount = api.count');
    app.edit('src/actions.js', 'count()', 'total()');
    app.edit('src/GuestBook.jsx', 'count', 'total');
    await page.waitForFunction('globalThis.api?.total');

    expect(await page.evaluate('api.total()')).toBe(10);
    expect(await refusalOf('oldCount()')).toBe('unknown-function');
    await expectState();
  });

  test('a removed server function is not found, and everything else goes on', async () => {
    await page.evaluate('globalThis.oldTotal = api.total');
    app.edit('src/GuestBook.jsx', 'import {total, sign}', 'import {sign}');
    app.edit('src/GuestBook.jsx', exposing('total'), exposing(''));
    app.edit('src/actions.js', 'export async function total', 'async function total');
    await page.waitForFunction('!globalThis.api?.total');

    expect(await refusalOf('oldTotal()')).toBe('unknown-function');
    expect(app.isAlive()).toBe(true);
    await expectState();
  });

  test('a new client component comes into the page, is replaced, and becomes a Server Component', async () => {
    app.write(
      'src/Badge.jsx',
      `'use client';
import {useState} from 'react';
export function Badge() {
  const [count, setCount] = useState(0);
  return <button onClick={() => setCount(count + 1)}>Badge {count}</button>;
}
`,
    );
    app.edit(
      'src/Page.jsx',
      'import {GuestBook}',
      "import {Badge} from './Badge.jsx';\nimport {GuestBook}",
    );
    // Behind everything else: React tells siblings apart by their places.
    app.edit('src/Page.jsx', '</body>', '<Badge />\n</body>');
    await page.getByRole('button', {name: 'Badge 0'}).click();
    app.edit('src/Badge.jsx', '>Badge {', '>Medal {');
    await page.getByRole('button', {name: 'Medal 1'}).waitFor();
    await expectState();

    app.write(
      'src/Badge.jsx',
      'export function Badge() {\n  return <b>A badge of the server</b>;\n}\n',
    );
    await page.getByText('A badge of the server').waitFor();
    await expectState();
  });

  test('a client component that has left the page can come back', async () => {
    app.write(
      'src/Badge.jsx',
      "'use client';\nexport function Badge() {\n  return <b>A badge of the browser</b>;\n}\n",
    );
    await page.getByText('A badge of the browser').waitFor();
    await expectState();
  });

  test('what the server streams is not compressed, which would hold it back', async () => {
    const headers = {'Accept-Encoding': 'gzip'};
    const script = await fetch(new URL('/client.js', app.url), {headers});
    const html = await fetch(app.url, {headers});

    expect(script.headers.get('Content-Encoding')).toBe(
      name === 'webpack-dev-server' ? 'gzip' : null,
    );
    expect(html.headers.get('Content-Encoding')).toBe(null);
  });

  test('a mistake shows with its frame, in the open page and in a new one, until it is mended', async () => {
    const overlay = page.locator('use-server-error');
    app.edit('src/guests.js', "['Ada']", "['Ada'");
    await overlay.getByText("> 2 | export const guests = ['Ada';").waitFor();
    const newPage = await browser.newPage();
    await newPage.goto(app.url);
    await newPage.getByText("> 2 | export const guests = ['Ada';").waitFor();
    expect(app.output()).toContain("> 2 | export const guests = ['Ada';");

    app.edit('src/guests.js', "['Ada'", "['Ada']");
    await newPage.getByRole('heading', {name: 'Book of guests'}).waitFor();
    await overlay.waitFor({state: 'detached'});
    await newPage.close();
    await expectState();
  });

  test('a server that does not start shows why, and the one before answers until it is mended', async () => {
    const overlay = page.locator('use-server-error');
    app.edit('src/guests.js', "['Ada']", "['Ada'];\nthrow new Error('No guest book')");
    await overlay.getByText('Error: No guest book').waitFor();
    const newPage = await browser.newPage();
    await newPage.goto(app.url);
    await newPage.getByText('Error: No guest book').waitFor();
    const answer = await page.evaluate(
      "fetch('/', {headers: {Accept: 'text/x-component'}}).then(({status}) => status)",
    );
    expect(answer).toBe(200);

    app.edit('src/guests.js', "['Ada'];\nthrow new Error('No guest book')", "['Ada']");
    await newPage.getByRole('heading', {name: 'Book of guests'}).waitFor();
    await overlay.waitFor({state: 'detached'});
    await newPage.close();
    await expectState();
  });
});
