import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import type {Browser, Page} from 'playwright-core';
import {expectAccessible} from '../support/axe.ts';
import {launchBrowser} from '../support/browser.ts';
import {startServer, type RunningServer} from '../support/runningServer.ts';

const folder = fileURLToPath(new URL('../server/fixtures/errors/', import.meta.url));
const dist = fileURLToPath(new URL('../../dist/src/', import.meta.url));

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([
    launchBrowser(),
    startServer('server.mjs', {
      cwd: folder,
      env: {NODE_ENV: 'development', NO_COLOR: '1'},
      nodeArguments: [
        ...['--conditions', 'react-server'],
        ...['--import', 'use-server-webpack-plugin/register'],
      ],
    }),
  ]);
});

afterAll(async () => {
  await Promise.all([browser.close(), server.stop()]);
});

/** In both schemes, on a wide and on a narrow screen. */
async function expectGoodLook(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      await page.emulateMedia({colorScheme, reducedMotion: 'reduce'});
      await page.setViewportSize({width, height: 800});
      await expectAccessible(page);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
  }
}

describe('a form without JavaScript that fails in development', () => {
  test('gets a page with the message, the line, the function and what was sent', async () => {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.getByLabel('Name').fill('Grace');
    await page.getByText('Send').click();
    await page.getByRole('heading', {name: 'ZodError: A value is wrong'}).waitFor();

    expect(await page.locator('.label code').textContent()).toBe('src/actions.mjs#submit');
    expect(await page.locator('.marked').textContent()).toContain(
      '.parse(Object.fromEntries(form))',
    );
    expect(await page.locator('.marked .mark').textContent()).toBe('parse');
    await page.getByText('form.age', {exact: true}).waitFor();
    await page.getByText("FormData { name: 'Grace', age: '' }").waitFor();
    await expectGoodLook(page);

    await page.getByRole('button', {name: 'Back to the form'}).click();
    expect(await page.getByLabel('Name').inputValue()).toBe('Grace');
    await page.close();
  });

  test('that is refused gets a page that says by what, and what makes it pass', async () => {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.getByLabel('Name').fill('x'.repeat(3000));
    await page.getByText('Send').click();
    await page.getByRole('heading', {name: '413 body-too-large'}).waitFor();
    await page.getByText('Give the handler more: maxBodySize: 10_000_000.').waitFor();
    await expectGoodLook(page);
    await page.close();
  });
});

describe('the overlay of a server that cannot be built or started', () => {
  test('shows what is wrong, has the focus, and goes by Escape', async () => {
    const page = await openOverlay();
    const dialog = page.getByRole('dialog', {name: 'The build has errors'});
    await dialog.waitFor();

    expect(await dialog.locator('.marked .mark').textContent()).toBe('LIMIT');
    expect(await dialog.textContent()).not.toContain('^');
    expect(
      await page.evaluate(
        "document.querySelector('use-server-error').shadowRoot.activeElement.textContent",
      ),
    ).toBe('Close');
    await expectGoodLook(page);

    await page.keyboard.press('Escape');
    await dialog.waitFor({state: 'hidden'});
    await page.close();
  });

  test('needs nothing that a strict Content Security Policy keeps away', async () => {
    const page = await openOverlay(
      "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'",
    );
    const heading = page.getByRole('heading', {name: 'The build has errors'});
    const colour = await heading.evaluate((element) => getComputedStyle(element).color);
    expect(colour).toBe('rgb(171, 33, 25)');
    await page.close();
  });
});

async function openOverlay(policy?: string): Promise<Page> {
  const {outputFiles} = await build({
    stdin: {
      contents: `
        import {showServerError} from ${JSON.stringify(`${dist}client/serverErrorOverlay.js`)};
        showServerError('The build has errors', ${JSON.stringify(BUILD_ERROR)});`,
      resolveDir: dist,
    },
    bundle: true,
    write: false,
  });
  const page = await browser.newPage({colorScheme: 'light'});
  const headers: Record<string, string> = {
    'Content-Type': 'text/html',
    ...(policy !== undefined && {'Content-Security-Policy': policy}),
  };
  await page.route('http://app.test/**', (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({contentType: 'text/javascript', body: outputFiles[0]!.text})
      : route.fulfill({
          headers,
          body: '<!doctype html><html lang="en"><title>App</title><main><h1>App</h1></main><script src="/overlay.js"></script></html>',
        }),
  );
  await page.goto('http://app.test/');
  return page;
}

const BUILD_ERROR = `./src/actions.js 8:13-18
${'A "use server" module may export async functions only. '.repeat(3)}

   7 | }
>  8 | export const LIMIT = 10;
     |              ^^^^^
   9 |

See node_modules/use-server-webpack-plugin/docs/errors.md#not-async`;
