// What happens to people who are impatient and unlucky, in the notes example. One way of building it is
// enough: all of this is in the browser.
import type {Browser, BrowserContext, Locator, Page, Request, Route} from 'playwright-core';
import {expectAccessible} from '../support/axe.ts';
import {hydrated} from '../support/hydrated.ts';
import {until} from '../support/until.ts';

interface Setup {
  browser: Browser;
  url: string;
}

const CALLS = '**/rsc-action';
/** The smallest PNG. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** @param setup of the app, once it runs */
export function declareFaults(setup: () => Setup): void {
  describe('for people who are impatient and unlucky', () => declareTests(setup));
}

function declareTests(setup: () => Setup): void {
  let context: BrowserContext;
  let page: Page;
  let titles = 0;

  beforeEach(async () => {
    context = await setup().browser.newContext();
    page = await open(context);
  });
  afterEach(() => context?.close());

  async function open(inContext: BrowserContext, path = '/'): Promise<Page> {
    const opened = await inContext.newPage();
    opened.setDefaultTimeout(15_000);
    await opened.goto(setup().url + path);
    if (!path.includes('plain')) await hydrated(opened);
    return opened;
  }

  /** A page in a browser without JavaScript. */
  async function openPlain(): Promise<Page> {
    const plainContext = await setup().browser.newContext({javaScriptEnabled: false});
    context.once('close', () => void plainContext.close());
    return open(plainContext, '/?plain');
  }

  function newTitle(): string {
    return `Fault ${++titles}`;
  }

  async function addNote(title = newTitle()): Promise<string> {
    const form = newNote(page);
    await form.getByLabel('Title').fill(title);
    await form.getByRole('button').click();
    await row(page, title).waitFor();
    return title;
  }

  async function edit(inPage: Page, title: string): Promise<Locator> {
    await row(inPage, title).getByText('Edit', {exact: true}).click();
    return inPage.getByRole('form', {name: `Edit ${title}`});
  }

  async function deleteInAnotherTab(title: string): Promise<void> {
    const other = await open(context);
    await row(other, title).getByRole('button', {name: 'Delete'}).click();
    await row(other, title).waitFor({state: 'detached'});
    await other.close();
  }

  test('what was typed while offline stays, and the same call is sent again', async () => {
    const title = await addNote();
    const form = await edit(page, title);
    await form.getByLabel('Note').fill('written in a tunnel');
    await context.setOffline(true);
    await form.getByRole('button', {name: 'Save'}).click();
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
    expect(await form.getByLabel('Note').inputValue()).toBe('written in a tunnel');
    await expectAccessible(page);

    await context.setOffline(false);
    await page.getByRole('button', {name: 'Try again'}).click();
    await row(page, title).getByText('written in a tunnel').first().waitFor();
    await says('The note was saved.');
  });

  test('who gives up finds the text where it was, and why it was not saved', async () => {
    await context.setOffline(true);
    const form = newNote(page);
    await form.getByLabel('Title').fill('not lost');
    await form.getByLabel('Title').press('Enter');
    await page.getByRole('button', {name: 'Give up'}).click();
    await form.getByText('The server cannot be reached.').waitFor();
    expect(await form.getByLabel('Title').inputValue()).toBe('not lost');
    expect(await focused()).toBe('title');
  });

  test('a call whose answer was lost is made once, also when it is sent again', async () => {
    const title = newTitle();
    await page.route(CALLS, loseAnswer, {times: 1});
    await newNote(page).getByLabel('Title').fill(title);
    await newNote(page).getByRole('button').click();
    await page.getByRole('button', {name: 'Try again'}).click();
    await row(page, title).waitFor();
    expect(await row(page, title).count()).toBe(1);

    const form = await edit(page, title);
    await form.getByLabel('Note').fill('saved once');
    await page.route(CALLS, loseAnswer, {times: 1});
    await form.getByRole('button', {name: 'Save'}).click();
    await page.getByRole('button', {name: 'Try again'}).click();
    await says('The note was saved.');
  });

  test('Enter and a click are one call', async () => {
    const title = newTitle();
    const calls = await holdCalls(page);
    await newNote(page).getByLabel('Title').fill(title);
    await newNote(page).getByLabel('Title').press('Enter');
    await newNote(page).getByRole('button').click({force: true});
    await newNote(page).getByLabel('Title').press('Enter');
    await calls.letGo();
    await row(page, title).waitFor();
    expect(calls.count()).toBe(1);
    expect(await row(page, title).count()).toBe(1);
  });

  test('what is typed while a note is added stays, and what was sent goes', async () => {
    const title = newTitle();
    const calls = await holdCalls(page);
    const form = newNote(page);
    await form.getByLabel('Title').fill(title);
    await form.getByRole('button').click();
    await form.getByLabel('Note').fill('of the next note');
    await calls.letGo();
    await row(page, title).waitFor();
    await until(async () => (await form.getByLabel('Title').inputValue()) === '');
    expect(await form.getByLabel('Note').inputValue()).toBe('of the next note');
  });

  test('what is typed while a note is saved stays, and the editor stays open', async () => {
    const title = await addNote();
    const form = await edit(page, title);
    const calls = await holdCalls(page);
    await form.getByLabel('Note').fill('first');
    await form.getByRole('button', {name: 'Save'}).click();
    await form.getByLabel('Note').fill('first and second');
    await calls.letGo();
    await says('The note was saved.');
    expect(await form.getByLabel('Note').inputValue()).toBe('first and second');
  });

  test('saving a note that another tab deleted brings it back, with the text', async () => {
    const title = await addNote();
    const form = await edit(page, title);
    await form.getByLabel('Note').fill('too good to lose');
    await deleteInAnotherTab(title);
    await form.getByRole('button', {name: 'Save'}).click();
    await says('This note had been deleted elsewhere. It is back, with your text.');
    await page.reload();
    await row(page, title).getByText('too good to lose').first().waitFor();
  });

  test('a note that is being edited stays on the page when another tab deletes it', async () => {
    const title = await addNote();
    const form = await edit(page, title);
    await form.getByLabel('Note').fill('half a sent');
    await deleteInAnotherTab(title);
    // Brings a page without the note.
    const other = await addNote();
    await row(page, title).getByText('not in the list any more').waitFor();
    await expectAccessible(page);
    await form.getByLabel('Note').pressSequentially('ence');
    expect(await form.getByLabel('Note').inputValue()).toBe('half a sentence');
    await form.getByRole('button', {name: 'Save'}).click();
    await row(page, title).getByText('half a sentence').first().waitFor();
    await page.reload();
    await row(page, other).waitFor();
    await row(page, title).getByText('half a sentence').first().waitFor();
  });

  test('pinning a note that another tab deleted says so', async () => {
    const title = await addNote();
    await deleteInAnotherTab(title);
    await row(page, title).getByRole('button', {name: 'Pin'}).click();
    await says('This note was deleted elsewhere.');
    await row(page, title).waitFor({state: 'detached'});
  });

  test('without JavaScript saving a note that was deleted brings it back, and pinning it says so', async () => {
    const plain = await openPlain();
    const title = await addNote();
    await plain.reload();
    const form = await edit(plain, title);
    await form.getByLabel('Note').fill('without a script');
    await deleteInAnotherTab(title);
    await form.getByRole('button', {name: 'Save'}).click();
    await plain.getByText('This note had been deleted elsewhere.').waitFor();
    await row(plain, title).getByText('without a script').first().waitFor();

    await deleteInAnotherTab(title);
    await row(plain, title).getByRole('button', {name: 'Pin'}).click();
    await plain.getByText('This note was deleted elsewhere.').waitFor();
    await plain.getByRole('link', {name: 'Back to the notes'}).click();
    await plain.getByRole('heading', {name: 'New note'}).waitFor();
    expect(await row(plain, title).count()).toBe(0);
  });

  test('an older answer does not take the place of a newer one', async () => {
    const [first, second] = [await addNote(), await addNote()];
    // The first call runs first, and its answer comes last.
    const answers: (() => Promise<void>)[] = [];
    await page.route(CALLS, async (route) => {
      const response = await route.fetch();
      answers.push(() => route.fulfill({response}));
    });
    await row(page, first).getByRole('button', {name: 'Pin'}).click();
    await until(() => answers.length === 1);
    await row(page, second).getByRole('button', {name: 'Pin'}).click();
    await until(() => answers.length === 2);
    for (const answer of answers.toReversed()) await answer();
    await page.waitForFunction(() => !document.querySelector('[aria-disabled="true"]'));
    await pinned(page, first).waitFor();
    await pinned(page, second).waitFor();
  });

  test('a search is found while it is typed, and what is typed next ends it', async () => {
    const title = await addNote();
    const search = page.getByRole('searchbox', {name: 'Search'});
    const aborted: Request[] = [];
    page.on('requestfailed', (request) => aborted.push(request));
    const calls = await holdCalls(page);
    await search.fill('Nothing like it');
    await until(() => calls.count() === 1);
    await search.fill(title);
    await until(() => aborted.length === 1);
    await calls.letGo();
    await page.getByRole('heading', {name: 'Found 1'}).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe(title);
    expect(await focused()).toBe('q');
    await expectAccessible(page);

    // What a call changes is seen in what was found.
    await row(page, title).getByRole('button', {name: 'Pin'}).click();
    await pinned(page, title).waitFor();
    await page.getByRole('heading', {name: 'Found 1'}).waitFor();
    await search.fill('no such note');
    await page.getByText('No note has “no such note” in it.').waitFor();
    await search.fill('');
    await page.getByRole('heading', {name: /Your notes \d/}).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  test('a search that does not arrive says so, and tries again', async () => {
    const search = page.getByRole('searchbox', {name: 'Search'});
    await context.setOffline(true);
    await search.fill('JavaScript');
    await page.getByText('The search did not arrive.').waitFor();
    await context.setOffline(false);
    await page.getByRole('button', {name: 'Try again'}).click();
    await page.getByRole('heading', {name: /Found \d/}).waitFor();
  });

  test('without JavaScript a search is a form', async () => {
    const title = await addNote();
    const plain = await openPlain();
    await plain.getByRole('searchbox', {name: 'Search'}).fill(title);
    await plain.getByRole('button', {name: 'Search'}).click();
    await plain.getByRole('heading', {name: 'Found 1'}).waitFor();
    await row(plain, title).getByRole('button', {name: 'Pin'}).click();
    await pinned(plain, title).waitFor();
    await plain.getByRole('heading', {name: 'Found 1'}).waitFor();
  });

  test('the focus goes to what takes the place of a deleted note, never to the top of the page', async () => {
    const titles = [await addNote(), await addNote()];
    await page.getByRole('searchbox', {name: 'Search'}).fill('Fault');
    await page.getByRole('heading', {name: 'Found'}).waitFor();
    const remove = row(page, titles[1]!).getByRole('button', {name: 'Delete'});
    const index = await positionOf(titles[1]!);
    await remove.press('Enter');
    await row(page, titles[1]!).waitFor({state: 'detached'});
    await says('The note was deleted.');
    await page.waitForFunction(
      (at) => document.querySelectorAll('.note')[at] === document.activeElement,
      index,
    );
  });

  test('the focus stays where it was when a note is added, and goes to Edit when one is saved', async () => {
    const title = newTitle();
    await newNote(page).getByLabel('Title').fill(title);
    await newNote(page).getByRole('button').press('Enter');
    await row(page, title).waitFor();
    expect(await focused()).toBe('Add note');

    const form = await edit(page, title);
    await form.getByLabel('Title').press('Enter');
    await form.waitFor({state: 'hidden'});
    expect(await focused()).toBe('Edit');
  });

  test('what is wrong stands beside its field, which gets the focus', async () => {
    const form = newNote(page);
    await form.getByLabel('Title').fill('Too long');
    await form.getByLabel('Note').fill('x'.repeat(5001));
    await form.getByRole('button').click();
    const field = form.getByLabel('Note');
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'body');
    const description = await field.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${description}"]`).textContent()).toBe(
      'The note can have 5000 characters at most.',
    );
    expect((await field.inputValue()).length).toBe(5001);
    await expectAccessible(page);
  });

  test('a live region tells what is being done, and that it is done', async () => {
    const title = newTitle();
    const calls = await holdCalls(page);
    await newNote(page).getByLabel('Title').fill(title);
    await newNote(page).getByRole('button').click();
    await says('Adding …');
    await calls.letGo();
    await says('The note was added.');
    await page.getByText(/answered in \d+ ms/).waitFor();
  });

  test('to reload after a form without JavaScript does not post it again', async () => {
    const plain = await openPlain();
    const title = newTitle();
    await newNote(plain).getByLabel('Title').fill(title);
    await newNote(plain).getByRole('button').click();
    await row(plain, title).waitFor();
    const reloaded = await plain.reload();
    expect(reloaded!.request().method()).toBe('GET');
    expect(await row(plain, title).count()).toBe(1);
  });

  test('an image is uploaded with progress, shown, and removed', async () => {
    const title = await addNote();
    const form = await openImageForm(page, title);
    await form
      .getByLabel(/Image/)
      .setInputFiles({name: "it's.png", mimeType: 'image/png', buffer: png});
    const calls = await holdCalls(page);
    await form.getByRole('button', {name: 'Upload'}).click();
    await form.getByRole('progressbar').waitFor();
    await calls.letGo();
    const image = row(page, title).getByRole('img', {name: "it's.png"});
    await image.waitFor();
    await image.evaluate((element: HTMLImageElement) => element.decode());
    const response = await fetch(new URL((await image.getAttribute('src'))!, setup().url));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': "inline; filename*=UTF-8''it%27s.png",
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(png)).toBe(true);
    await expectAccessible(page);
    await row(page, title)
      .getByRole('button', {name: `Remove image of ${title}`})
      .click();
    await image.waitFor({state: 'detached'});
  });

  test('a file that is too large or no image is told beside its field, and without JavaScript on a page', async () => {
    const title = await addNote();
    const form = await openImageForm(page, title);
    const upload = async (buffer: Buffer) => {
      await form.getByLabel(/Image/).setInputFiles({name: 'a.png', mimeType: 'image/png', buffer});
      await form.getByRole('button', {name: 'Upload'}).click();
    };
    await upload(Buffer.alloc(1_700_000));
    await form.getByText('“a.png” has 1.7 MB. An image can have 1.5 MB at most.').waitFor();
    expect(await focused()).toBe('image');
    await upload(Buffer.from('<script>alert(1)</script>'));
    await form.getByText('Only PNG, JPEG, GIF and WebP images can be shown.').waitFor();

    const plain = await openPlain();
    const plainForm = await openImageForm(plain, title);
    await plainForm
      .getByLabel(/Image/)
      .setInputFiles({name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(1_700_000)});
    await plainForm.getByRole('button', {name: 'Upload'}).click();
    await plain.getByText('An image can have 1.5 MB at most.').waitFor();
    await plain.getByRole('link', {name: 'Back to the notes'}).click();
    const again = await openImageForm(plain, title);
    await again
      .getByLabel(/Image/)
      .setInputFiles({name: 'a.png', mimeType: 'image/png', buffer: png});
    await again.getByRole('button', {name: 'Upload'}).click();
    await row(plain, title).getByRole('img', {name: 'a.png'}).waitFor();
  });

  test('a page of another build says so, and keeps what was typed over the reload', async () => {
    const title = await addNote();
    const form = await edit(page, title);
    await form.getByLabel('Note').fill('of the old build');
    await page.route(
      CALLS,
      (route) => route.fulfill({status: 404, headers: {'X-Action-Error': 'unknown-function'}}),
      {times: 1},
    );
    await form.getByRole('button', {name: 'Save'}).click();
    await form.getByText('This page is of an older version of the app.').waitFor();
    await page.reload();
    await until(async () => (await form.getByLabel('Note').inputValue()) === 'of the old build');
    await form.getByRole('button', {name: 'Save'}).click();
    await says('The note was saved.');
    await page.reload();
    await hydrated(page);
    expect(await form.isVisible()).toBe(false);
  });

  test('a stream that breaks off says so in its place, and what was typed stays', async () => {
    await newNote(page).getByLabel('Title').fill('still here');
    await page.route(CALLS, (route) => breakOff(route, 'note-body'), {times: 1});
    await page.getByRole('searchbox', {name: 'Search'}).fill('JavaScript');
    await page.getByRole('button', {name: 'Try again'}).click();
    await page.getByRole('heading', {name: /Found \d/}).waitFor();
    expect(await newNote(page).getByLabel('Title').inputValue()).toBe('still here');
  });

  test('a page whose HTML breaks off is asked for again', async () => {
    const broken = await context.newPage();
    await broken.route('**/', (route) => breakOff(route, 'note-body'), {times: 1});
    await broken.goto(setup().url);
    await broken.getByRole('heading', {name: /Your notes \d/}).waitFor();
    await newNote(broken).getByLabel('Title').fill('works');

    const isPage = (route: Route) => route.request().resourceType() === 'document';
    await broken.route('**/', (route) =>
      isPage(route) ? breakOff(route, 'note-body') : route.abort(),
    );
    await broken.reload();
    await broken.getByRole('heading', {name: 'This page cannot be shown'}).waitFor();
    await expectAccessible(broken);
    await broken.unroute('**/');
    await broken.getByRole('button', {name: 'Load it again'}).click();
    await broken.getByRole('heading', {name: /Your notes \d/}).waitFor();
    await hydrated(broken);
    expect(await newNote(broken).getByLabel('Title').inputValue()).toBe('works');
  });

  test('a page that breaks off on its way to a call says so in its place, and asks again', async () => {
    await newNote(page).getByLabel('Note').fill('still here');
    await page.route(CALLS, (route) => breakOff(route, 'note-body'), {times: 1});
    await row(page, 'Switch JavaScript off').getByRole('button', {name: 'Pin'}).click();
    await page.locator('.found').getByRole('button', {name: 'Try again'}).click();
    await page.getByRole('heading', {name: /Your notes \d/}).waitFor();
    expect(await newNote(page).getByLabel('Note').inputValue()).toBe('still here');
  });

  test('axe finds nothing in the editor, in errors, in either colours', async () => {
    const title = await addNote();
    await edit(page, title);
    await openImageForm(page, title);
    await newNote(page).getByRole('button').click();
    await page.getByText('Please give the note a title.').waitFor();
    await context.setOffline(true);
    await row(page, title).getByRole('button', {name: 'Pin'}).click();
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({colorScheme});
      await expectAccessible(page);
    }
  });

  async function says(text: string): Promise<void> {
    await page.locator('.status', {hasText: text}).waitFor();
  }

  /** What has the focus: its name, or else its text. */
  function focused(): Promise<string> {
    return page.evaluate(() => {
      const {activeElement} = document;
      return activeElement?.getAttribute('name') ?? activeElement?.textContent ?? '';
    });
  }

  function positionOf(title: string): Promise<number> {
    return page.evaluate(
      (text) =>
        [...document.querySelectorAll('.note')].findIndex(
          (note) => note.querySelector('h3')!.textContent === text,
        ),
      title,
    );
  }
}

function newNote(page: Page): Locator {
  return page.getByRole('form', {name: 'New note'});
}

function row(page: Page, title: string): Locator {
  return page
    .getByRole('listitem')
    .filter({has: page.getByRole('heading', {name: title, exact: true})});
}

function pinned(page: Page, title: string): Locator {
  return row(page, title).and(page.locator('[data-pinned]'));
}

async function openImageForm(page: Page, title: string): Promise<Locator> {
  await row(page, title).getByText('Image', {exact: true}).click();
  return page.getByRole('form', {name: `Image of ${title}`});
}

/** The server does it, and the browser hears nothing. */
async function loseAnswer(route: Route): Promise<void> {
  await route.fetch();
  await route.abort('connectionreset');
}

/** The answer ends before its time. */
async function breakOff(route: Route, before: string): Promise<void> {
  const response = await route.fetch();
  const text = await response.text();
  expect(text).toContain(before);
  await route.fulfill({response, body: text.slice(0, text.indexOf(before))});
}

/** Holds back calls of server functions until they are let go. */
async function holdCalls(page: Page) {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const continued: Promise<void>[] = [];
  await page.route(CALLS, (route) => {
    // One that was aborted meanwhile cannot go on.
    continued.push(released.then(() => route.continue()).catch(() => {}));
  });
  return {
    count: () => continued.length,
    async letGo() {
      release();
      await Promise.all(continued);
      await page.unroute(CALLS);
    },
  };
}
