// Takes the pictures of the README and of docs/ from the running notes example, in a real browser:
//   npm run pictures
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../../test/support/browser.ts';
import {freePort} from '../../test/support/freePort.ts';

const pictures = fileURLToPath(new URL('.', import.meta.url));
const repository = join(pictures, '../..');
const notes = join(repository, 'examples/notes');
const SCHEMES = ['light', 'dark'] as const;

const data = mkdtempSync(join(tmpdir(), 'pictures-'));
const app = await startNotes(data);
const browser = await launchBrowser();
try {
  await takeApp(browser, app.url);
  await takeInspector(browser, await app.inspectorAddress());
  await takeReport(browser, data);
} finally {
  await browser.close();
  app.process.kill();
  await once(app.process, 'close');
  rmSync(data, {recursive: true, force: true});
}

/** The app as it is after a first visit: one note more than it comes with. */
async function takeApp(browser: Browser, url: string): Promise<void> {
  const page = await openPage(browser, url, {width: 1100, height: 860});
  await page.getByLabel('Title').first().fill('Buy bread');
  await page.getByRole('button', {name: 'Add note'}).click();
  await page.getByRole('heading', {name: 'Buy bread'}).waitFor();
  await page.getByRole('searchbox').fill('javascript');
  await page.getByRole('listitem').filter({hasText: 'searchNotes'}).getByText('answered').waitFor();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('heading', {name: 'Buy bread'}).waitFor();
  await page.evaluate('document.activeElement.blur(); scrollTo(0, 0)');
  await take(page, 'notes');
}

async function takeInspector(browser: Browser, address: string): Promise<void> {
  const page = await openPage(browser, address, {width: 1100, height: 760});
  await page.locator('#list .row').filter({hasText: 'createNote'}).first().click();
  await take(page, 'inspector');
}

async function takeReport(browser: Browser, folder: string): Promise<void> {
  const file = join(folder, 'report.html');
  const command = join(repository, 'dist/src/cli/bin.js');
  const args = [command, 'report', '--config', 'plain-node/webpack.config.js', '--html', file];
  await run(spawn(process.execPath, args, {cwd: notes, stdio: ['ignore', 'ignore', 'inherit']}));
  const page = await openPage(browser, pathToFileURL(file).href, {width: 1100, height: 860});
  await take(page, 'report');
}

async function openPage(
  browser: Browser,
  url: string,
  viewport: {width: number; height: number},
): Promise<Page> {
  const context = await browser.newContext({viewport, deviceScaleFactor: 1.5});
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({colorScheme, reducedMotion: 'reduce'});
    await page.screenshot({path: join(pictures, `${name}-${colorScheme}.png`)});
  }
  await page.context().close();
}

interface RunningNotes {
  url: string;
  process: ChildProcess;
  /** Of the inspector of calls, once there was one. */
  inspectorAddress(): Promise<string>;
}

async function startNotes(data: string): Promise<RunningNotes> {
  const port = String(await freePort());
  const child = spawn(process.execPath, ['start.js', '--dev'], {
    cwd: notes,
    env: {...process.env, PORT: port, NOTES_DATA: data, NODE_ENV: 'development'},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  async function printedText(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(printed)?.[1];
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new Error(`The notes example has ended:\n${printed}`);
      await new Promise((fulfil) => setTimeout(fulfil, 100));
    }
  }
  return {
    url: await printedText(/(http:\/\/localhost:\d+\/?)/),
    process: child,
    inspectorAddress: () => printedText(/Inspector of calls: (\S+)/),
  };
}

async function run(child: ChildProcess): Promise<void> {
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The command has ended with ${code}.`);
}
