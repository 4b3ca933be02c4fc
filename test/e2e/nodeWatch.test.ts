import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {freePort} from '../support/freePort.ts';
import {until} from '../support/until.ts';
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

/** The quick start, with a Server Component beside it. */
const CLIENT = `
import {startTransition, Suspense, use, useActionState, useEffect, useState} from 'react';
import {createRoot} from 'react-dom/client';
import {createFromFetch} from 'react-server-dom-webpack/client';
import {callServer, onServerUpdate} from 'use-server-webpack-plugin/client';
import {listGuests, sign} from './actions.js';

const firstGuests = listGuests();
const fetchPage = () => createFromFetch(fetch('/page'), {callServer});
const firstPage = fetchPage();

function App() {
  const [page, setPage] = useState(firstPage);
  useEffect(() => onServerUpdate(() => startTransition(() => setPage(fetchPage()))), []);
  const [{guests}, action] = useActionState((_, form) => sign(form.get('name')), {
    guests: use(firstGuests),
  });
  return (
    <>
      {use(page)}
      <form action={action}>
        <ul>{[...guests].map((guest) => <li key={guest}>{guest}</li>)}</ul>
        <input name="name" aria-label="Your name" />
        <input aria-label="A note" />
        <button>Sign the guest book</button>
      </form>
    </>
  );
}

createRoot(document.getElementById('root')).render(<Suspense><App /></Suspense>);
`;
const PAGE = `
import {createElement} from 'react';

export function Page() {
  return createElement('h1', null, 'Guest book');
}
`;

beforeAll(async () => {
  browser = await launchBrowser();
  const port = String(await freePort());
  app = await startDevelopment('node-watch', {
    ...WEBPACK_DEV_SERVER,
    example: 'quick-start',
    inPlace: true,
    files: {'src/client.jsx': CLIENT, 'src/Page.js': PAGE},
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
        "import express from 'express';",
        `import express from 'express';
         import {createElement} from 'react';
         import {renderToPipeableStream} from 'react-server-dom-webpack/server';
         import {loadClientManifest} from 'use-server-webpack-plugin/server';
         import {Page} from './src/Page.js';`,
      );
      edit(
        'server.js',
        'const page =',
        "const clientManifest = loadClientManifest('build/public/react-client-manifest.json');\nconst page =",
      );
      edit(
        'server.js',
        "app.get('/',",
        `app.get('/page', (req, res) =>
          renderToPipeableStream(createElement(Page), clientManifest).pipe(res));
        app.get('/',`,
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

async function answerOf(id: string): Promise<string> {
  const response = await fetch(new URL('/rsc-action', app.url), {
    method: 'POST',
    headers: {'X-Action-Id': id, 'Content-Type': 'text/plain;charset=utf-8'},
    body: '[]',
  });
  return response.text();
}

/** What a call answers once the server has restarted; requests fail until then. */
async function untilAnswered(id: string, answer: string): Promise<void> {
  await until(async () => (await answerOf(id)).includes(answer));
}

/** What has been typed stays, and so does the page. */
async function expectSamePage(): Promise<void> {
  expect(await page.getByLabel('A note').inputValue()).toBe('half a no');
  expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
}

test('a changed body of a server function takes effect, and the page stays', async () => {
  await page.evaluate('globalThis.isSamePage = true');
  app.edit('src/actions.js', 'guests.add(name)', "guests.add(name + '!')");
  app.edit('src/actions.js', "['Ada']", "['Edith']");
  await untilAnswered('src/actions.js#listGuests', 'Edith');
  await page.getByLabel('Your name').fill('Grace');
  await page.getByText('Sign the guest book').click();
  await page.getByText('Grace!').waitFor();

  expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
});

test('a changed Server Component shows in the open page', async () => {
  await page.getByLabel('A note').fill('half a no');
  app.edit('src/Page.js', 'Guest book', 'Book of guests');
  await page.getByRole('heading', {name: 'Book of guests'}).waitFor();

  await expectSamePage();
});

test('a Server Component may use a client component that has just been written', async () => {
  app.write(
    'src/Clock.js',
    `'use client';
     import {createElement, useState} from 'react';
     export function Clock() {
       const [count, setCount] = useState(0);
       return createElement('button', {onClick: () => setCount(count + 1)}, 'Count ', count);
     }`,
  );
  app.edit('src/Page.js', 'import {', "import {Clock} from './Clock.js';\nimport {");
  app.edit(
    'src/Page.js',
    "createElement('h1', null,",
    "createElement('h1', null, createElement(Clock),",
  );
  await page.getByText('Count 0').click();
  await page.getByText('Count 1').waitFor();

  await expectSamePage();
});

test('a new server function can be called, and a renamed one by its new name only', async () => {
  app.edit(
    'src/actions.js',
    'export async function sign',
    "export async function shout() {\n  return 'HELLO';\n}\n\nexport async function sign",
  );
  await untilAnswered('src/actions.js#shout', 'HELLO');

  app.edit('src/actions.js', 'function shout', 'function call');
  await untilAnswered('src/actions.js#call', 'HELLO');
  expect(await answerOf('src/actions.js#shout')).toContain('not in this build');
});

test('a removed server function cannot be called', async () => {
  app.edit('src/actions.js', "export async function call() {\n  return 'HELLO';\n}\n", '');
  await untilAnswered('src/actions.js#call', 'not in this build');
});

test('a server function of a new file can be called', async () => {
  app.write('src/more.js', "'use server';\nexport async function more() {\n  return 'MORE';\n}\n");
  await untilAnswered('src/more.js#more', 'MORE');
});
