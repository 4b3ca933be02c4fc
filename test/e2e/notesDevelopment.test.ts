import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {startDevelopment, type DevelopmentApp} from '../webpack-server/support/developmentApp.ts';

const webpack = fileURLToPath(
  new URL('../../node_modules/webpack/bin/webpack.js', import.meta.url),
);

let browser: Browser;
let dataFolder: string;
let app: DevelopmentApp;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  dataFolder = await mkdtemp(join(tmpdir(), 'notes-'));
  app = await startDevelopment('notes', {
    example: 'notes',
    // As `npm run dev`.
    args: [
      webpack,
      'serve',
      '--config=bundled/webpack.dev.config.js',
      '--config-node-env=development',
    ],
    env: {NOTES_DATA: dataFolder},
    // The one that it extends is not beside the copy.
    files: {'tsconfig.json': '{"compilerOptions": {"jsx": "react-jsx"}}'},
  });
  page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(app.url);
  await page.getByRole('heading', {name: 'Your notes'}).waitFor();
  await page.evaluate('globalThis.isSamePage = true');
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await rm(dataFolder, {recursive: true, force: true});
});

// One story of one page: what is being typed stays, whatever changes.
async function expectSamePage(): Promise<void> {
  expect(await page.getByLabel('Title').first().inputValue()).toBe('Half a ti');
  expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
}

test('a note is kept while the server is replaced, with its embedded database', async () => {
  await page.getByLabel('Title').first().fill('Buy milk');
  await page.getByRole('button', {name: 'Add note'}).click();
  await page.getByRole('heading', {name: 'Buy milk'}).waitFor();
  await page.getByLabel('Title').first().fill('Half a ti');

  app.edit('src/app/NoteList.tsx', "? 'Your notes'", "? 'All my notes'");
  await page.getByRole('heading', {name: 'All my notes'}).waitFor();
  await page.getByRole('heading', {name: 'Buy milk'}).waitFor();
  await expectSamePage();
});

test('a client component in TypeScript is replaced and keeps its state', async () => {
  app.edit('src/app/NoteForm.tsx', 'Add note', 'Keep note');
  await page.getByRole('button', {name: 'Keep note'}).waitFor();
  await expectSamePage();
});

test('an inline server function changes under an open page', async () => {
  app.edit(
    'src/app/NoteRow.tsx',
    'if (errors) return {text, errors};',
    "return {text, errors: {form: 'Not today.'}};",
  );
  app.edit('src/app/NoteRow.tsx', '{title}</h3>', '{title} (edited)</h3>');
  await page.getByRole('heading', {name: 'Buy milk (edited)'}).waitFor();
  const note = page.getByRole('listitem').filter({hasText: 'Buy milk (edited)'});
  await note.getByText('Edit', {exact: true}).click();
  await note.getByRole('button', {name: 'Save'}).click();
  await note.getByText('Not today.').waitFor();
  await expectSamePage();
});
