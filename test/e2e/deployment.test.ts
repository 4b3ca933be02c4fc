import {spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {startNotes, type NotesApp} from '../support/notesApp.ts';
import {until} from '../support/until.ts';

const hasPostgres = existsSync('/usr/lib/postgresql');
const hasNginx = spawnSync('nginx', ['-v']).status === 0;

/** Debian's packages do not come with npm: without them these tests are skipped, and say so. */
const ways = [
  {name: 'nginx', args: [], isInstalled: hasNginx && hasPostgres},
  {name: "Node's cluster", args: ['--cluster'], isInstalled: hasPostgres},
];

for (const {name, args, isInstalled} of ways) {
  const title = `the notes example in four processes with PostgreSQL and ${name}`;
  if (isInstalled) describe(title, () => declareTests(args));
  else describe.skip(`${title} (install nginx-light and postgresql)`, () => declareTests(args));
}

function declareTests(args: string[]): void {
  let folder: string;
  let app: NotesApp;
  let browser: Browser;
  let page: Page;
  /** For all notes of a test in which processes come and go. */
  let number = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'notes-deployment-'));
    // PostgreSQL does not run as root; its own user has to find its files.
    chmodSync(folder, 0o755);
    app = await startNotes({script: 'deploy/start.js', args, env: {NOTES_DATA: folder}});
    browser = await launchBrowser();
    page = await (await browser.newContext()).newPage();
    await page.goto(app.url);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await app?.interrupt();
    rmSync(folder, {recursive: true, force: true});
  }, 60_000);

  async function addNote(): Promise<string> {
    const title = `Note ${++number}`;
    const form = page.getByRole('form', {name: 'New note'});
    await form.getByLabel('Title').fill(title);
    await form.getByRole('button', {name: 'Add note'}).click();
    await page.getByRole('heading', {name: title, exact: true}).waitFor();
    return title;
  }

  function processes(): number[] {
    const {stdout} = spawnSync('pgrep', ['-f', `${process.cwd()}/examples/notes/build/releases/`]);
    return String(stdout).trim().split('\n').filter(Boolean).map(Number);
  }

  test('shows a new note in the answer of every process', async () => {
    expect(processes()).toHaveLength(4);
    for (let i = 0; i < 3; i++) {
      const title = await addNote();
      // One request to each process, and more.
      const pages = Array.from({length: 8}, () => fetch(`${app.url}/?plain`));
      for (const answer of await Promise.all(pages)) expect(await answer.text()).toContain(title);
    }
  });

  test('goes on when a process is killed, and replaces it', async () => {
    const [first] = processes();
    process.kill(first!, 'SIGKILL');
    await addNote();
    await until(() => processes().length === 4 && !processes().includes(first!));
    await addNote();
  });

  test('replaces all processes by those of a new release, while a page of the old one goes on', async () => {
    const before = processes();
    process.kill(app.pid, 'SIGHUP');
    while (!app.output().includes('The new release is in place')) await addNote();

    expect(processes()).toHaveLength(4);
    for (const id of processes()) expect(before).not.toContain(id);
    await addNote();
    await page.reload();
    for (let i = 1; i <= number; i++) {
      await page.getByRole('heading', {name: `Note ${i}`, exact: true}).waitFor();
    }
  }, 180_000);

  test('leaves nothing behind when it ends', async () => {
    expect(await app.interrupt()).toBe(0);
    expect(processes()).toEqual([]);
    expect(spawnSync('pgrep', ['-f', folder]).stdout.toString()).toBe('');
  }, 60_000);
}
