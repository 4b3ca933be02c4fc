import type {Browser} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {declareTests, runCases} from '../support/runNode.ts';
import {until} from '../support/until.ts';
import {
  startDevelopment,
  WEBPACK_DEV_MIDDLEWARE,
  type DevelopmentApp,
} from './support/developmentApp.ts';

/** Routes that tell which process answers. */
const ROUTES = `
    const {pathname} = new URL(request.url);
    if (pathname === '/pid') return new Response(String(process.pid));
    if (pathname === '/endless') {
      const lines = setInterval(() => controller.enqueue(\`\${process.pid}\\n\`), 10);
      let controller;
      return new Response(
        new ReadableStream({
          start: (own) => void (controller = own),
          cancel: () => clearInterval(lines),
        }).pipeThrough(new TextEncoderStream()),
      );
    }
    if (pathname === '/crash') setTimeout(() => { throw new Error('Crashed on purpose'); });`;

declareTests(await runCases('developmentServer.cases.mjs', import.meta.url, {reactServer: false}));

let browser: Browser;
let app: DevelopmentApp;
beforeAll(async () => {
  browser = await launchBrowser();
  app = await startDevelopment('process', WEBPACK_DEV_MIDDLEWARE);
  app.edit('src/server.jsx', 'async fetch(request) {', `async fetch(request) {${ROUTES}`);
  await until(async () => Number(await pid()) > 0);
}, 180_000);
afterAll(async () => {
  await app?.stop();
  await browser?.close();
});

async function pid(): Promise<string> {
  const response = await fetch(new URL('/pid', app.url));
  return response.text();
}

function isRunning(processId: string): boolean {
  try {
    return process.kill(Number(processId), 0);
  } catch {
    return false;
  }
}

test('a request goes on in the process that has begun it, which then ends', async () => {
  const old = await pid();
  const {body} = await fetch(new URL('/endless', app.url));
  const lines = body!.pipeThrough(new TextDecoderStream()).getReader();
  const readLine = async () => (await lines.read()).value?.split('\n')[0];
  expect(await readLine()).toBe(old);

  app.edit('src/guests.js', 'Ada', 'Grace');
  await until(async () => (await pid()) !== old);
  for (let i = 0; i < 10; i++) expect(await readLine()).toBe(old);
  expect(isRunning(old)).toBe(true);

  await lines.cancel();
  await until(() => !isRunning(old));
});

test('what a page holds encrypted can be read by the processes that follow', async () => {
  const old = await pid();
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(app.url);
  app.edit('src/guests.js', 'Grace', 'Edith');
  await until(async () => (await pid()) !== old);
  await page.getByText('Greet the newest guest').click();
  await page.getByText(/^Welcome, Edith! This page was opened in \d{4}\.$/).waitFor();
  await context.close();
});

test('a page that nobody looks at hears of changes when it is looked at again', async () => {
  const page = await browser.newPage();
  const setVisibility = (state: string) =>
    page.evaluate(`
      Object.defineProperty(document, 'visibilityState', {configurable: true, value: '${state}'});
      document.dispatchEvent(new Event('visibilitychange'));`);
  await page.goto(app.url);
  await page.getByLabel('Your name').fill('half a na');
  await setVisibility('hidden');
  const old = await pid();
  app.edit('src/Page.jsx', '<h1>Guest book</h1>', '<h1>Book of guests</h1>');
  await until(async () => (await pid()) !== old);
  expect(await page.getByRole('heading', {name: 'Guest book'}).count()).toBe(1);

  await setVisibility('visible');
  await page.getByRole('heading', {name: 'Book of guests'}).waitFor();
  expect(await page.getByLabel('Your name').inputValue()).toBe('half a na');
  await page.close();
});

test('a change that only the browser sees leaves the server alone', async () => {
  const old = await pid();
  const page = await browser.newPage();
  await page.goto(app.url);
  app.edit('src/client.jsx', 'const {formState}', 'globalThis.isEdited = true;\nconst {formState}');
  await page.waitForFunction('globalThis.isEdited');
  await page.close();

  expect(await pid()).toBe(old);
});

test('a server that has crashed shows why, and starts again with the next request', async () => {
  const old = await pid();
  const page = await browser.newPage();
  await page.goto(app.url);
  await fetch(new URL('/crash', app.url)).catch(() => {});
  await page.locator('use-server-error').getByText('Error: Crashed on purpose').waitFor();
  await page.close();

  await until(async () => Number(await pid()) > 0);
  expect(await pid()).not.toBe(old);
  expect(app.isAlive()).toBe(true);
});

test('a promise that a server function leaves rejected ends its process, and the page names the function', async () => {
  const action = "form.get('name').trim();";
  app.edit('src/actions.js', action, `${action}\n  void Promise.reject(new Error('Left alone'));`);
  await until(async () => Number(await pid()) > 0);
  const old = await pid();
  const page = await browser.newPage();
  await page.goto(app.url);
  await page.getByLabel('Your name').fill('Hedy');
  await page.keyboard.press('Enter');
  const shown = page.locator('use-server-error');
  await shown.getByText('comes from the server function src/actions.js#sign').waitFor();
  await shown.getByText('Error: Left alone').waitFor();
  await page.close();

  app.edit('src/actions.js', "void Promise.reject(new Error('Left alone'));", '');
  await until(async () => Number(await pid()) > 0);
  expect(await pid()).not.toBe(old);
  expect(app.output()).toContain('comes from the server function src/actions.js#sign');
});

test('a server that listens elsewhere is told where to listen', async () => {
  app.edit('src/server.jsx', 'process.env.PORT ?? 3000', '0');
  await until(() => app.output().includes('on the port in the environment variable PORT'));
  app.edit('src/server.jsx', 'port: 0', 'port: process.env.PORT ?? 3000');
  await until(async () => Number(await pid()) > 0);
});

test('a dev server that is killed leaves no server behind', async () => {
  const last = await pid();
  await app.stop('SIGKILL');
  await until(() => !isRunning(last));
});
