import {execFile, spawn, type ChildProcess} from 'node:child_process';
import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {Browser, Page, Route} from 'playwright-core';
import {expectAccessible} from '../support/axe.ts';
import {launchBrowser} from '../support/browser.ts';
import {freePort} from '../support/freePort.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../', import.meta.url));

/** What a user has after following "Use it" in the README, with the packed package. */
let project: string;
let readme: string;
let browser: Browser;
let server: ChildProcess | undefined;
let url: string;

beforeAll(async () => {
  readme = await readFile(join(repository, 'README.md'), 'utf8');
  project = await mkdtemp(join(tmpdir(), 'readme-'));
  await writeFile(join(project, 'package.json'), '{"type": "module", "private": true}');
  const {stdout} = await run('npm', ['pack', '--silent', '--pack-destination', project], {
    cwd: repository,
  });
  for (const line of installCommands()) {
    const words = line
      .split(' ')
      .slice(2)
      .map((word) => (word === 'use-server-webpack-plugin' ? `./${stdout.trim()}` : word));
    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...words], {
      cwd: project,
    });
  }
  for (const [file, code] of codeBlocks()) {
    await mkdir(dirname(join(project, file)), {recursive: true});
    await writeFile(join(project, file), code);
  }
  await run('npx', ['webpack'], {cwd: project, env: userEnvironment()});
  url = await startServer();
  browser = await launchBrowser();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  server?.kill();
  await rm(project, {recursive: true, force: true});
});

/** The README's files with their names, which stand in the text before each. */
function codeBlocks(): [file: string, code: string][] {
  const section = readme.slice(
    readme.indexOf('## Use it'),
    readme.indexOf('## How a call travels'),
  );
  const codes = [...section.matchAll(/```jsx?\n([\s\S]*?)```/g)].map(([, code]) => code!);
  const files = ['webpack.config.js', 'src/actions.js', 'src/client.jsx', 'server.js'];
  return files.map((file, i) => [file, codes[i]!]);
}

function installCommands(): string[] {
  return readme.match(/^npm install .+$/gm)!;
}

/** Jest's own variables are not a user's. */
function userEnvironment(): NodeJS.ProcessEnv {
  const {NODE_ENV: _, NODE_OPTIONS: __, ...env} = process.env;
  return env;
}

/** Runs the second half of the README's last command. */
async function startServer(): Promise<string> {
  const command = readme.match(/^npx webpack && (node .+)$/m)![1]!;
  const port = await freePort();
  server = spawn(process.execPath, command.split(' ').slice(1), {
    cwd: project,
    env: {...userEnvironment(), PORT: String(port)},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    server!.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
    server!.stdout!.on('data', (data: Buffer) => {
      if (data.includes('Listening')) resolve();
    });
  });
  return `http://localhost:${port}`;
}

test('the code in the README is that of examples/quick-start', async () => {
  for (const [file, code] of codeBlocks()) {
    expect(code).toBe(await readFile(join(repository, 'examples/quick-start', file), 'utf8'));
  }
});

describe('the app that comes of following the README from an empty folder', () => {
  let page: Page;
  let problems: string[];
  const field = () => page.getByLabel('Your name');
  const sign = () => page.getByRole('button', {name: 'Sign the guest book'});
  const names = () => page.getByRole('listitem').allTextContents();

  beforeEach(async () => {
    page = await browser.newPage();
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(url);
  });
  afterEach(() => page.close());

  test('its button calls the server', async () => {
    await field().fill('Grace');
    await sign().click();
    await page.getByText('Thank you, Grace.').waitFor();
    expect(await names()).toEqual(['Ada', 'Grace']);
    expect(await field().inputValue()).toBe('');
    await sign().click();
    await page.getByText('Please write a name').waitFor();
    expect(await field().evaluate((input) => input === document.activeElement)).toBe(true);
    await page.reload();
    await page.getByText('Grace').waitFor();
    await expectAccessible(page);
    expect(problems).toEqual([]);
  });

  test('impatient people sign once, and what they type meanwhile stays', async () => {
    const bodies: (string | null)[] = [];
    let answer!: () => void;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/rsc-action', async (route) => {
      bodies.push(route.request().postData());
      await asked;
      await route.continue();
    });
    await field().fill('Edith');
    await field().press('Enter');
    await field().press('Enter');
    await sign().click({force: true});
    expect(await page.getByRole('status').innerText()).toBe('Signing');
    await field().press('End');
    await field().pressSequentially(' and Bob');
    answer();
    await page.getByText('Thank you, Edith.').waitFor();
    expect(await field().inputValue()).toBe('Edith and Bob');
    expect(bodies).toEqual(['["Edith"]']);
  });

  test.each([
    ['a lost connection', (route: Route) => route.abort()],
    [
      'a server of another build',
      (route: Route) =>
        route.fulfill({status: 404, headers: {'X-Action-Error': 'unknown-function'}}),
    ],
    ['a gateway without a server behind it', (route: Route) => route.fulfill({status: 502})],
  ])('%s leaves the page and what was typed', async (_, fail) => {
    await page.getByText('Ada').waitFor();
    await page.route('**/rsc-action', fail);
    await field().fill('Ada Lovelace');
    await sign().click();
    await page.getByText('That did not work.').waitFor();
    expect(await field().inputValue()).toBe('Ada Lovelace');
    expect(await field().evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await names()).toContain('Ada');
    await expectAccessible(page);
    await page.reload();
    await page.getByText('That did not work.').waitFor();
    await page.unroute('**/rsc-action');
    await field().fill('Ada');
    await sign().click();
    await page.getByText('Thank you, Ada.').waitFor();
    expect(await names()).toContain('Ada');
  });
});

test('no file that the browser can load holds server code', async () => {
  const folder = join(project, 'build/public');
  const files = (await readdir(folder)).filter((file) => !file.endsWith('.json'));
  expect(files).toContain('main.js');
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    expect(text).not.toContain('Please write a name');
    expect(text).not.toContain(project);
  }
});
