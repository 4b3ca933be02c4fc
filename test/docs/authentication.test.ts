import {execFile} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {cpSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {codeOfPage} from '../support/codeOfPage.ts';
import type {RunningServer} from '../support/runningServer.ts';
import {Project} from '../webpack/support/project.ts';
import {build, startApp, writeApp} from './support/docsApp.ts';

const SECRETS = {
  SESSION_SECRET: 'a secret of the tests',
  USE_SERVER_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
};
const WRONG = 'The name or the password is wrong.';
const OPEN_DOCUMENTS = 'server/actions.js#openDocuments';

let browser: Browser;
/** The app of the page, with sessions in a store; and with sessions in the cookie. */
const servers: Record<string, RunningServer> = {};
let app: Project;

beforeAll(async () => {
  app = writeApp('authentication.md');
  await build(app);
  servers['a store'] = await startApp(app, 'server/index.js', SECRETS);
  servers['the cookie'] = await startApp(withoutStore(app), 'server/index.js', SECRETS);
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  for (const server of Object.values(servers)) await server.stop();
});

function withoutStore({folder}: Project): Project {
  const code = codeOfPage('authentication.md');
  const copy = new Project('docs-authentication-stateless', {
    ...code,
    'package.json': '{"private": true, "type": "module"}',
    'server/session.js': code['server/statelessSession.js']!,
  });
  cpSync(join(folder, 'build'), join(copy.folder, 'build'), {recursive: true});
  return copy;
}

/** Somebody with a cookie, and without a browser. */
class Caller {
  cookie = '';

  readonly url: string;

  constructor(url = servers['a store']!.url) {
    this.url = url;
  }

  async call(id: string, body: string | FormData = '[]', headers: Record<string, string> = {}) {
    // For a text, `fetch` adds the type that browsers send.
    const response = await fetch(new URL('rsc-action', this.url), {
      method: 'POST',
      headers: {'X-Action-Id': id, Cookie: this.cookie, ...headers},
      body,
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(';')[0]!;
    const code = response.headers.get('X-Action-Error');
    return {status: response.status, code, headers: response.headers, text: await response.text()};
  }

  signIn(name: string, password: string, {next = '/', headers = {}} = {}) {
    const body = new FormData();
    // As React's encodeReply() writes it: the second argument is a form.
    body.set('0', '[null,"$K1"]');
    body.set('_1_name', name);
    body.set('_1_password', password);
    body.set('_1_next', next);
    return this.call('server/actions.js#signIn', body, headers);
  }

  async signInAsAda(): Promise<this> {
    expect((await this.signIn('ada', 'analytical engine')).status).toBe(204);
    return this;
  }

  async signInAsBob(): Promise<this> {
    expect((await this.signIn('bob', 'builds things')).status).toBe(204);
    return this;
  }
}

/** What the browser calls for `remove` of a document in a result. */
function removeOf(text: string): {id: string; body: string} {
  const [, id] = /"id":"([^"]*remove[^"]*)"/.exec(text)!;
  const [, captures] = /"([\w-]{50,})"/.exec(text)!;
  return {id: id!, body: JSON.stringify([captures])};
}

describe.each(['a store', 'the cookie'])('with sessions in %s', (kind) => {
  let page: Page;
  const address = (path: string) => new URL(path, servers[kind]!.url).href;

  async function signIn(name: string, password: string): Promise<void> {
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', {name: 'Sign in'}).click();
  }

  test('a page asks to sign in, is shown afterwards, and not any more after signing out', async () => {
    page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(address('/?from=mail'));
    await page.getByRole('heading', {name: 'Sign in'}).waitFor();
    expect(new URL(page.url()).searchParams.get('next')).toBe('/?from=mail');
    await signIn('bob', 'nonsense');
    expect(await page.getByRole('alert').textContent()).toBe(WRONG);
    expect(await page.getByLabel('Name').inputValue()).toBe('bob');
    await signIn('bob', 'builds things');
    await page.getByText('Signed in as bob').waitFor();
    expect(page.url()).toBe(address('/?from=mail'));

    await page.getByLabel('Title').fill('A letter');
    await page.getByRole('button', {name: 'Create'}).click();
    expect(await page.getByRole('alert').textContent()).toBe('You may not do this.');
    await page.getByRole('button', {name: 'Sign out'}).click();
    await page.waitForURL(address('/sign-in'));

    await signIn('ada', 'analytical engine');
    await page.getByLabel('Title').fill('A letter');
    await page.getByRole('button', {name: 'Create'}).click();
    await page.getByRole('button', {name: 'Delete A letter'}).click();
    await page.getByText('A letter').waitFor({state: 'detached'});
    expect(await page.getByRole('listitem').count()).toBe(1);

    await page.getByRole('button', {name: 'Sign out'}).click();
    await page.waitForURL(address('/sign-in'));
    await page.goto(address('/'));
    await page.waitForURL(address('/sign-in?next=%2F'));
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a cookie that was changed is no session', async () => {
    const caller = await new Caller(servers[kind]!.url).signInAsAda();
    expect((await caller.call(OPEN_DOCUMENTS)).text).toContain('"ada"');
    // Not the last character, of which some bits say nothing.
    const changed = caller.cookie.at(-5) === 'A' ? 'B' : 'A';
    caller.cookie = caller.cookie.slice(0, -5) + changed + caller.cookie.slice(-4);
    expect(await caller.call(OPEN_DOCUMENTS)).toMatchObject({status: 401, code: 'signed-out'});
  });

  test('captures of one user are of no use to another, nor without a session', async () => {
    const {url} = servers[kind]!;
    const ada = await new Caller(url).signInAsAda();
    const {id, body} = removeOf((await ada.call(OPEN_DOCUMENTS)).text);
    for (const other of [await new Caller(url).signInAsBob(), new Caller(url)]) {
      expect(await other.call(id, body)).toMatchObject({status: 400, code: 'invalid-captures'});
    }
    expect((await ada.call(id, body)).status).toBe(200);
    // The document is gone.
    expect((await ada.call(id, body)).status).toBe(404);
  });
});

test.each([
  ['/notes?page=2#first', '/notes?page=2'],
  ['https://evil.example/', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('signing in with the address %s leads to %s', async (next, path) => {
  const {headers} = await new Caller().signIn('ada', 'analytical engine', {next});
  expect(headers.get('X-Action-Redirect')).toBe(path);
});

test('the answer for a name that does not exist is that for a wrong password', async () => {
  const caller = new Caller();
  const unknown = await caller.signIn('eve', 'nonsense');
  const wrong = await caller.signIn('bob', 'nonsense');
  expect(wrong.text).toContain(WRONG);
  expect(unknown.text.replace('eve', 'bob')).toBe(wrong.text);
  expect(caller.cookie).toBe('');
});

test('another site cannot sign anybody in', async () => {
  const headers = {'Sec-Fetch-Site': 'cross-site'};
  const caller = new Caller();
  expect(await caller.signIn('ada', 'analytical engine', {headers})).toMatchObject({status: 403});
  expect(caller.cookie).toBe('');
});

test('the script names the functions that are open to anyone', async () => {
  const {stdout} = await promisify(execFile)(process.execPath, ['scripts/open-functions.js'], {
    cwd: app.folder,
    env: {...process.env, NODE_OPTIONS: '', URL: servers['a store']!.url.slice(0, -1)},
  });
  const ids = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0]);
  expect(new Set(ids)).toEqual(new Set(['server/actions.js#signIn', 'server/actions.js#signOut']));
});

test('an id from before the login is not the id of the session', async () => {
  const attacker = await new Caller().signInAsBob();
  const victim = new Caller();
  victim.cookie = attacker.cookie;
  await victim.signInAsAda();
  expect(victim.cookie).not.toBe(attacker.cookie);
  expect((await victim.call(OPEN_DOCUMENTS)).text).toContain('"ada"');
  expect((await attacker.call(OPEN_DOCUMENTS)).status).toBe(401);
});

test('a session that has ended is of no use to those who have a copy of its cookie', async () => {
  const caller = await new Caller().signInAsAda();
  await caller.call('server/actions.js#signOut');
  expect((await caller.call(OPEN_DOCUMENTS)).status).toBe(401);
});

// Last, because it uses up the attempts.
test('passwords cannot be tried without end, not even all at once', async () => {
  const attempts = await Promise.all(
    Array.from({length: 50}, () => new Caller().signIn('guessed', 'nonsense')),
  );
  expect(attempts.filter(({text}) => text.includes(WRONG))).toHaveLength(5);
  expect(attempts.some(({status}) => status === 429)).toBe(true);
  const right = await new Caller().signIn('ada', 'analytical engine');
  expect(right.code).toBe('rate-limited');
});
