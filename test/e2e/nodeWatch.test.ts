import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {freePort} from '../support/notesApp.ts';
import {
  startDevelopment,
  WEBPACK_DEV_SERVER,
  type DevelopmentApp,
} from '../webpack-server/support/developmentApp.ts';

// The set-up of docs/development.md for a server that Node runs from its sources.
let browser: Browser;
let app: DevelopmentApp;
let server: ChildProcess;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  const port = String(await freePort());
  app = await startDevelopment('node-watch', {
    ...WEBPACK_DEV_SERVER,
    example: 'quick-start',
    prepare(edit) {
      edit(
        'webpack.config.js',
        '  plugins: [',
        `  devServer: {
            devMiddleware: {writeToDisk: (file) => file.endsWith('-manifest.json')},
            proxy: [{context: () => true, target: 'http://localhost:${port}'}],
          },
          plugins: [`,
      );
      edit(
        'server.js',
        "'build/server-actions-manifest.json'",
        "createRequire(import.meta.url)('./build/server-actions-manifest.json')",
      );
      edit(
        'server.js',
        'import {serve}',
        "import {createRequire} from 'node:module';\nimport {serve}",
      );
    },
  });
  await until(() => existsSync(join(app.folder, 'build/server-actions-manifest.json')));
  const {NODE_OPTIONS: _, NODE_ENV: __, ...inherited} = process.env;
  server = spawn(
    process.execPath,
    '--watch --conditions react-server --import use-server-webpack-plugin/register server.js'.split(
      ' ',
    ),
    {cwd: app.folder, env: {...inherited, PORT: port}, stdio: 'ignore'},
  );
  await until(async () => (await fetch(app.url)).ok);
  page = await browser.newPage();
  await page.goto(app.url);
  await page.getByText('Ada').waitFor();
}, 180_000);
afterAll(async () => {
  if (server) {
    server.kill();
    await once(server, 'exit');
  }
  await app?.stop();
  await browser?.close();
});

/** Jest's time limit ends the wait. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((fulfil) => setTimeout(fulfil, 100));
}

/** What a call answers once the server has restarted; requests fail until then. */
async function untilAnswered(id: string, answer: string): Promise<void> {
  await until(async () => {
    const response = await fetch(new URL('/rsc-action', app.url), {
      method: 'POST',
      headers: {'X-Action-Id': id, 'Content-Type': 'text/plain;charset=utf-8'},
      body: '[]',
    });
    return (await response.text()).includes(answer);
  });
}

test('a changed body of a server function takes effect, and the page stays', async () => {
  await page.evaluate('globalThis.isSamePage = true');
  app.edit('src/actions.js', 'guests.push(name.trim())', "guests.push(name.trim() + '!')");
  app.edit('src/actions.js', "['Ada']", "['Edith']");
  await untilAnswered('src/actions.js#listGuests', 'Edith');
  await page.getByLabel('Your name').fill('Grace');
  await page.getByText('Sign the guest book').click();
  await page.getByText('Grace!').waitFor();

  expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
});

test('a new server function can be called', async () => {
  app.edit(
    'src/actions.js',
    'export async function sign',
    "export async function shout() {\n  return 'HELLO';\n}\n\nexport async function sign",
  );
  await untilAnswered('src/actions.js#shout', 'HELLO');
});
