import {execFile} from 'node:child_process';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {request as httpRequest} from 'node:http';
import {homedir, tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {jest} from '@jest/globals';
import type {Browser, BrowserContext, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {recordAnswersOf, type RecordingProxy} from '../support/recordingProxy.ts';
import {
  assetFolders,
  exampleFolder,
  failToStart,
  startNotes,
  wayArguments,
  type NotesApp,
  type Way,
} from '../support/notesApp.ts';
import {welcomeNotes} from '../../examples/notes/src/welcome.ts';
import {until} from '../support/until.ts';
import {declareFaults} from './notesFaults.ts';

jest.setTimeout(60_000);

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 120_000);
afterAll(() => browser?.close());

const ways: {way: Way; mode: string; flags: string[]}[] = [
  {way: 'plain-node', mode: 'production', flags: []},
  {way: 'plain-node', mode: 'development', flags: ['--dev']},
  {way: 'bundled', mode: 'production', flags: []},
  {way: 'bundled', mode: 'development', flags: ['--dev']},
];

/** What Chromium says of a request while the server is away. */
const AWAY = /^Failed to load resource: (?:net::ERR_|the server responded with a status of 503)/;

describe.each(ways)('the notes example, $way, built for $mode', ({way, mode, flags}) => {
  const args = [...wayArguments[way], ...flags];
  let dataFolder: string;
  let app: NotesApp;
  let context: BrowserContext;
  let page: Page;
  /** A browser with JavaScript switched off. */
  let plainContext: BrowserContext;
  let plainPage: Page;
  /** What browsers talk to; hands everything on to the app. */
  let proxy: RecordingProxy;
  /** What is the same in development. */
  const testInProduction = mode === 'production' ? test : test.skip;
  /** Errors and warnings of the console, and uncaught errors. */
  let complaints: string[] = [];

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'notes-'));
    app = await startNotes({args, env: {NOTES_DATA: dataFolder}});
    proxy = await recordAnswersOf(app.url);
    context = await browser.newContext();
    plainContext = await browser.newContext({javaScriptEnabled: false});
    page = await openPage(context);
    plainPage = await openPage(plainContext);
  }, 180_000);

  afterAll(async () => {
    await context?.close();
    await plainContext?.close();
    await proxy?.close();
    await app?.interrupt();
    await rm(dataFolder, {recursive: true, force: true});
  });

  afterEach(() => {
    const found = complaints;
    complaints = [];
    expect(found).toEqual([]);
  });

  async function openPage(inContext: BrowserContext): Promise<Page> {
    const newPage = await inContext.newPage();
    newPage.setDefaultTimeout(15_000);
    newPage.on('console', (message) => {
      // In development a page asks in the background whether there is another server.
      const isPoll = mode === 'development' && AWAY.test(message.text());
      if (['error', 'warning'].includes(message.type()) && !isPoll) complaints.push(message.text());
    });
    newPage.on('pageerror', (error) => complaints.push(String(error)));
    await newPage.goto(proxy.url);
    return newPage;
  }

  async function addNote(inPage: Page, title: string, body = ''): Promise<void> {
    const form = inPage.getByRole('form', {name: 'New note'});
    await form.getByLabel('Title').fill(title);
    await form.getByLabel('Note', {exact: true}).fill(body);
    await form.getByRole('button', {name: 'Add note'}).click();
  }

  function row(inPage: Page, title: string) {
    return inPage
      .getByRole('listitem')
      .filter({has: inPage.getByRole('heading', {name: title, exact: true})});
  }

  /** Holds back calls of server functions until the returned function is called. */
  async function holdCalls(inPage: Page): Promise<() => Promise<void>> {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const continued: Promise<void>[] = [];
    await inPage.route('**/rsc-action', (route) => {
      continued.push(released.then(() => route.continue()));
    });
    return async () => {
      release();
      await Promise.all(continued);
      await inPage.unroute('**/rsc-action');
    };
  }

  /** Of the notes that these tests have written, from the top. */
  async function titles(): Promise<string[]> {
    const all = await page.getByRole('listitem').getByRole('heading').allTextContents();
    return all.filter((title) => !welcomeNotes.some((note) => note.title === title));
  }

  test('says where to look, and opens with notes that explain it', async () => {
    expect(app.output()).toContain(`Built for ${mode}`);
    expect(app.output()).toContain(`Notes is ready: ${app.url}`);
    for (const {title} of welcomeNotes) {
      await row(page, title).waitFor();
      await row(plainPage, title).waitFor();
    }
  });

  test('adds a note by a click, and shows that it is at it', async () => {
    const letCallsGo = await holdCalls(page);
    await addNote(page, 'Buy milk', 'two bottles\nand <b>bread</b>');
    const busy = page.getByRole('button', {name: 'Adding'});
    await busy.waitFor();
    expect(await busy.getAttribute('aria-disabled')).toBe('true');
    await letCallsGo();

    await row(page, 'Buy milk').waitFor();
    expect(await row(page, 'Buy milk').locator('.note-body').textContent()).toBe(
      'two bottles\nand <b>bread</b>',
    );
    expect(await page.getByLabel('Title').first().inputValue()).toBe('');
    await page.getByRole('button', {name: 'Add note'}).waitFor();
  });

  test('says what is wrong with a note without a title, and keeps the text', async () => {
    await addNote(page, '  ', 'do not lose me');
    await page.getByText('Please give the note a title.').waitFor();
    expect(await page.getByLabel('Note', {exact: true}).first().inputValue()).toBe(
      'do not lose me',
    );
    await page.reload();
  });

  test('pins a note by an inline server function, at once on the screen', async () => {
    await addNote(page, 'Call mother');
    await row(page, 'Call mother').waitFor();
    expect(await titles()).toEqual(['Call mother', 'Buy milk']);

    const letCallsGo = await holdCalls(page);
    await row(page, 'Buy milk').getByRole('button', {name: 'Pin'}).click();
    await row(page, 'Buy milk').getByRole('button', {name: 'Pin', pressed: true}).waitFor();
    expect(await titles()).toEqual(['Call mother', 'Buy milk']);
    await letCallsGo();

    await page.locator('.note[data-pinned]').filter({hasText: 'Buy milk'}).waitFor();
    expect(await titles()).toEqual(['Buy milk', 'Call mother']);
  });

  test('edits a note, and does not overwrite what somebody else wrote', async () => {
    const other = await openPage(context);
    await row(page, 'Call mother').getByText('Edit', {exact: true}).click();
    await row(page, 'Call mother').getByLabel('Title').fill('Call father');
    await row(page, 'Call mother').getByRole('button', {name: 'Save'}).click();
    await row(page, 'Call father').waitFor();
    expect(await row(page, 'Call father').locator('details').first().getAttribute('open')).toBe(
      null,
    );

    await row(other, 'Call mother').getByText('Edit', {exact: true}).click();
    await row(other, 'Call mother').getByLabel('Title').fill('Call sister');
    await row(other, 'Call mother').getByRole('button', {name: 'Save'}).click();
    await row(other, 'Call father').getByText('This note was changed elsewhere.').waitFor();
    expect(await row(other, 'Call father').getByLabel('Title').inputValue()).toBe('Call sister');
    await row(other, 'Call father').getByRole('button', {name: 'Save'}).click();
    await row(other, 'Call sister').waitFor();
    await other.close();
    await page.reload();
    await row(page, 'Call sister').waitFor();
  });

  test('does the same with JavaScript switched off', async () => {
    await plainPage.reload();
    await addNote(plainPage, '', 'do not lose me');
    await plainPage.getByText('Please give the note a title.').waitFor();
    const title = plainPage.getByRole('form', {name: 'New note'}).getByLabel('Title');
    expect(await title.getAttribute('autofocus')).toBe('');
    expect(await plainPage.getByLabel('Note', {exact: true}).first().inputValue()).toBe(
      'do not lose me',
    );

    await addNote(plainPage, 'Water the plants', 'the fern too');
    await row(plainPage, 'Water the plants').getByText('the fern too').first().waitFor();

    await row(plainPage, 'Water the plants').getByRole('button', {name: 'Pin'}).click();
    await plainPage.locator('.note[data-pinned]').filter({hasText: 'Water the plants'}).waitFor();

    await row(plainPage, 'Water the plants').getByText('Edit', {exact: true}).click();
    await row(plainPage, 'Water the plants').getByLabel('Title').fill('Water the trees');
    await row(plainPage, 'Water the plants').getByRole('button', {name: 'Save'}).click();
    await row(plainPage, 'Water the trees').waitFor();

    await row(plainPage, 'Call sister').getByRole('button', {name: 'Delete'}).click();
    await row(plainPage, 'Call sister').waitFor({state: 'detached'});
    await row(plainPage, 'Water the trees').waitFor();
  });

  testInProduction(
    'keeps everything over a restart, for pages that stayed open as well',
    async () => {
      expect(await app.interrupt()).toBe(0);
      expect(await readdir(dataFolder)).not.toContain('notes.pid');
      const env = {NOTES_DATA: dataFolder, PORT: new URL(app.url).port};
      app = await startNotes({args: [...args, '--no-build'], env});

      await row(page, 'Buy milk').getByRole('button', {name: 'Pin'}).click();
      await page.locator('.note:not([data-pinned])').filter({hasText: 'Buy milk'}).waitFor();
      await page.reload();
      await row(page, 'Buy milk').waitFor();
      expect(await titles()).toEqual(['Water the trees', 'Buy milk']);
    },
  );

  test('deletes a note by an inline server function', async () => {
    await addNote(page, 'Short-lived');
    await row(page, 'Short-lived').getByRole('button', {name: 'Delete'}).click();
    await row(page, 'Short-lived').waitFor({state: 'detached'});
    await page.reload();
    await row(page, 'Buy milk').waitFor();
    expect(await row(page, 'Short-lived').count()).toBe(0);
  });

  test('tells what a server function throws to its log alone, and the page a digest', async () => {
    const answer = await fetch(`${app.url}/rsc-action`, {
      method: 'POST',
      headers: {
        'Content-Type': 'text/plain;charset=utf-8',
        'X-Action-Id': 'src/actions.ts#createNote',
      },
      body: '[{},null]',
    });
    const text = await answer.text();
    const digest = /"digest":"(\w+)"/.exec(text)?.[1];
    await until(() => app.output().includes(`[${digest}] TypeError: `));
    expect(text.includes('TypeError')).toBe(mode === 'development');
  });

  test('refuses what no page of it sends, and lives on', async () => {
    const call = (headers: Record<string, string>) =>
      fetch(`${app.url}/rsc-action`, {
        method: 'POST',
        headers: {'Content-Type': 'text/plain;charset=utf-8', ...headers},
        body: '[]',
      });
    const unknown = await call({'X-Action-Id': 'src/actions.ts#gone'});
    expect([unknown.status, unknown.headers.get('X-Action-Error')]).toEqual([
      404,
      'unknown-function',
    ]);
    const foreign = await call({
      'X-Action-Id': 'src/actions.ts#createNote',
      Origin: 'https://evil.example',
    });
    expect([foreign.status, foreign.headers.get('X-Action-Error')]).toEqual([403, 'cross-site']);
    expect((await fetch(`${app.url}/nowhere`)).status).toBe(404);
    expect((await fetch(app.url)).status).toBe(200);
  });

  test.each([
    '/server-actions-manifest.json',
    '/react-client-manifest.json',
    '/react-ssr-manifest.json',
    '/assets/../react-client-manifest.json',
    '/assets/%2e%2e/react-client-manifest.json',
    '/assets/..%2freact-client-manifest.json',
    '/assets/..%5creact-client-manifest.json',
    '/assets//../../../package.json',
    '/assets/',
    '/server.ts',
    '/server.js',
    '/public/assets/client.js',
    '/images/00000000-0000-0000-0000-000000000000',
    '/images/1',
  ])('does not serve %s', async (path) => {
    expect(await statusOfRawPath(app.url, path)).toBe(404);
  });

  test('serves what the page needs', async () => {
    expect(await statusOfRawPath(app.url, '/assets/client.js')).toBe(200);
    expect(await statusOfRawPath(app.url, '/assets/client.css')).toBe(200);
  });

  if (way === 'bundled' && mode === 'production') {
    declareFaults(() => ({browser, url: proxy.url}));

    test('goes on with the notes of an earlier version, and says when there are none', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'notes-'));
      await runInDatabase(
        folder,
        `create table notes (
           id uuid primary key default gen_random_uuid(),
           title text not null,
           body text not null,
           pinned boolean not null default false,
           revision uuid not null default gen_random_uuid(),
           updated_at timestamptz not null default now()
         );
         insert into notes (title, body) values ('From before', 'the images')`,
      );
      const migrated = await startNotes({
        args: [...args, '--no-build'],
        env: {NOTES_DATA: folder},
      });
      const old = await context.newPage();
      await old.goto(migrated.url);
      await old.getByRole('heading', {name: 'Your notes 1'}).waitFor();
      await row(old, 'From before').getByRole('button', {name: 'Delete'}).click();
      await old.getByText('No notes yet.').waitFor();
      await old.close();
      await migrated.interrupt();
      await rm(folder, {recursive: true});
    });
  }

  // Last, because it looks at everything that came before.
  test('shows browsers no server code, no path of the machine and no captured value', async () => {
    await app.interrupt();
    const assets = join(exampleFolder, assetFolders[way](mode));
    const received = proxy.recordings.filter(isSearched).map(({path, headers, body}) => ({
      place: path,
      text: headers + (mode === 'development' ? withoutLocations(body) : body),
    }));
    for (const name of await readdir(assets)) {
      received.push({place: name, text: await readFile(join(assets, name), 'utf8')});
    }
    const placesOf = (text: string) =>
      received.filter((file) => file.text.includes(text)).map(({place}) => place);

    const notes = await readNotes(dataFolder);
    expect(notes.length).toBeGreaterThan(1);
    // What is public is found, so that the search is known to work.
    for (const {id} of notes) expect(placesOf(id)).not.toEqual([]);
    expect(placesOf('src/actions.ts#createNote')).not.toEqual([]);

    const secrets = [
      // Captured by `save`, and by nothing else on the page.
      ...notes.map((note) => note.revision),
      // SQL, functions and texts of the server's modules.
      'insert into',
      'update notes',
      'delete from',
      'DATABASE_URL',
      'lockFolder',
      'updateNote',
      'could not be read:',
      'could not be saved:',
      // Where all of it stands.
      fileURLToPath(new URL('../../', import.meta.url)),
      `${homedir()}/`,
      dataFolder,
    ];
    for (const secret of secrets) {
      expect({secret, places: placesOf(secret)}).toEqual({secret, places: []});
    }
  });

  // In answers of calls React's development build tells what its DevTools show: stacks of errors, and the props of
  // Server Components. All else has to be clean there too.
  function isSearched({path}: {path: string | undefined}): boolean {
    return mode === 'production' || path !== '/rsc-action';
  }

  function withoutLocations(flight: string): string {
    return flight.replaceAll(/\\?"location\\?":\[.*?\]/g, '');
  }
});

test.each<[Way, string]>([
  ['plain-node', 'npm start'],
  ['bundled', 'npm run start:bundled'],
])('a port in use is told before anything is built: %s', async (way, command) => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'notes-'));
  const {createServer} = await import('node:net');
  const other = createServer().listen(0, 'localhost');
  await new Promise((resolve) => other.once('listening', resolve));
  const {port} = other.address() as {port: number};
  const {exitCode, output} = await failToStart({
    args: wayArguments[way],
    env: {NOTES_DATA: dataFolder, PORT: String(port)},
  });
  other.close();
  await rm(dataFolder, {recursive: true});
  expect(exitCode).toBe(1);
  expect(output.trim()).toBe(
    `Port ${port} is in use by another program. Choose another one: PORT=${port + 1} ${command}`,
  );
});

/** `fetch` and browsers tidy a path up before they send it. */
function statusOfRawPath(url: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const {hostname, port} = new URL(url);
    httpRequest({hostname, port, path}, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

/** Straight from the files of the database, while no app uses them. */
async function readNotes(dataFolder: string): Promise<{id: string; revision: string}[]> {
  return JSON.parse(await runInDatabase(dataFolder, 'select id, revision from notes'));
}

/** @returns the rows of the last statement, as JSON */
async function runInDatabase(dataFolder: string, sql: string): Promise<string> {
  const script = `
    const {PGlite} = await import('@electric-sql/pglite');
    const db = await PGlite.create(process.argv[1]);
    console.log(JSON.stringify((await db.exec(process.argv[2])).at(-1).rows));
    await db.close();`;
  const {stdout} = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script, join(dataFolder, 'postgres'), sql],
    {cwd: exampleFolder},
  );
  return stdout;
}
