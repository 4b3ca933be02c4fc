import {readFile, writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {jest} from '@jest/globals';
import type {Browser, BrowserContext, Page} from 'playwright-core';
import {groups, patterns} from '../../examples/gallery/src/patterns.ts';
import {launchBrowser} from '../support/browser.ts';
import {expectAccessible} from '../support/axe.ts';
import {hydrated} from '../support/hydrated.ts';
import {startGallery, type GalleryApp} from '../support/galleryApp.ts';
import {cases} from './galleryCases.ts';
import {surviveLostCall, testImpatience} from './galleryImpatience.ts';
import {testWire} from './galleryWire.ts';

jest.setTimeout(30_000);

/** Forms of each kind: with state, with captures, with what is bound, and with an error. */
const POSTS = new Set(['action-state', 'permalink', 'form-server', 'bind-server', 'errors']);

/** Pages that show something else than their demo when their case has run. */
const LEADS_AWAY = new Set(['errors', 'not-found', 'redirect']);

describe('in a browser', () => {
  let browser: Browser;
  let galleries: Record<'production' | 'development', GalleryApp>;
  beforeAll(async () => {
    const [own, production, development] = await Promise.all([
      launchBrowser(),
      // Side by side, because each of the builds keeps one core busy.
      startGallery(),
      startGallery('--dev'),
    ]);
    browser = own;
    galleries = {production, development};
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all(Object.values(galleries ?? {}).map((gallery) => gallery.stop()));
  });

  describe.each(['production', 'development'] as const)('the gallery, built for %s', (mode) => {
    let app: GalleryApp;
    let context: BrowserContext;
    /** A browser with JavaScript switched off. */
    let plainContext: BrowserContext;

    beforeAll(async () => {
      app = galleries[mode];
      context = await browser.newContext({locale: 'en-GB'});
      plainContext = await browser.newContext({locale: 'en-GB', javaScriptEnabled: false});
    }, 120_000);

    afterAll(async () => {
      await context?.close();
      await plainContext?.close();
    });

    beforeEach(async () => {
      await startOver(app);
      await context.clearCookies();
      await plainContext.clearCookies();
    });

    test.each(cases)('$slug: $withJavaScript.result', async ({slug, withJavaScript}) => {
      const visit = await openPage(context);
      const {page, requests} = visit;
      if (!withJavaScript.opens) await goTo(page, slug);
      await withJavaScript.run({...visit, app, mode});
      await hydrated(page);
      expect(requests).toEqual(withJavaScript.requests);
      checkComplaints(visit.complaints, withJavaScript.complaints);
      if (mode === 'production') {
        await checkAccessibility(page, '.demo');
        // After the demos that lead away from what one can click, it is opened again.
        if (LEADS_AWAY.has(slug)) await goTo(page, slug);
        await surviveLostCall(page, patterns.find((one) => one.slug === slug)!.title);
      }
      await page.close();
    });

    // What the server does with a post is the same in both builds, but for these.
    test.each(cases.filter(({slug}) => mode === 'production' || POSTS.has(slug)))(
      '$slug without JavaScript: $withoutJavaScript.result',
      async ({slug, withoutJavaScript}) => {
        const visit = await openPage(plainContext);
        await visit.page.goto(`${app.url}/${slug}`);
        await withoutJavaScript.run({...visit, app, mode});
        checkComplaints(visit.complaints, withoutJavaScript.complaints);
        await visit.page.close();
      },
    );

    test('a form with a server function is posted when it is sent before the script has arrived', async () => {
      const {page, stage, complaints} = await openPage(context);
      let letScriptGo = () => {};
      await page.route('**/assets/client.js', async (route) => {
        await new Promise<void>((resolve) => (letScriptGo = resolve));
        await route.continue();
      });
      await page.goto(`${app.url}/action-state`, {waitUntil: 'commit'});
      await stage.getByRole('button', {name: 'Update'}).click();
      // The answer of the server, in a page that has no script either.
      await stage.getByRole('alert').getByText('Failed: Name is required').waitFor();
      letScriptGo();
      await hydrated(page);
      // Hydration takes the state of the form over.
      await stage.getByRole('alert').getByText('Failed: Name is required').waitFor();
      expect(complaints).toEqual([]);
      await page.close();
    });

    // What the two builds have in common is seen in one.
    if (mode === 'production') {
      describe('for people who are impatient, or unlucky', () => {
        testImpatience(() => ({url: app.url, context, plainContext}));
      });
      describe('what it shows of the wire', () => {
        testWire(() => ({url: app.url, context, plainContext}));
      });

      test('"Start over" puts the data back, and the state of the page', async () => {
        const {page, stage, complaints} = await openPage(context);
        await goTo(page, 'event-handler');
        await stage.getByRole('button', {name: 'Like'}).click();
        await stage.getByText('42').waitFor();
        await page.getByRole('button', {name: 'Start over'}).click();
        await stage.getByText('41').waitFor();
        await hydrated(page);
        await stage.getByRole('button', {name: 'Like'}).click();
        await stage.getByText('42').waitFor();

        const plain = await openPage(plainContext);
        await plain.page.goto(`${app.url}/event-handler`);
        await plain.stage.getByText('42').waitFor();
        await plain.page.getByRole('button', {name: 'Start over'}).click();
        await plain.stage.getByText('41').waitFor();
        expect(new URL(plain.page.url()).pathname).toBe('/event-handler');
        expect([...complaints, ...plain.complaints]).toEqual([]);
        await page.close();
        await plain.page.close();
      });

      test('the page with the late script keeps what is sent too early', async () => {
        const {page, stage, complaints} = await openPage(context);
        await page.goto(`${app.url}/replay`);
        await page
          .getByRole('link', {name: 'Open with a script that is 3 seconds late'})
          .click({noWaitAfter: true});
        await page.waitForURL('**/replay?late-script', {waitUntil: 'commit'});
        await stage.getByLabel('Name').fill('Ada');
        await stage.getByRole('button', {name: 'Greet me'}).click();
        await stage.getByText('Hello Ada, says the server.').waitFor();
        expect(complaints).toEqual([]);
        await page.close();
      });

      test('the start page leads to every pattern, by keyboard as well', async () => {
        const {page, complaints} = await openPage(context);
        await goTo(page, '');
        expect(await page.getByRole('main').getByRole('link').allTextContents()).toEqual(
          patterns.map(({title}) => title),
        );
        await page.keyboard.press('Tab');
        expect(await focused(page)).toBe('Skip to the content');
        await page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
        expect(await focused(page)).toBe(patterns[0]!.title);
        await page.keyboard.press('Enter');
        await page.getByRole('heading', {level: 1, name: patterns[0]!.title}).waitFor();
        expect(await page.getByRole('navigation', {name: 'Patterns'}).count()).toBe(1);
        await checkAccessibility(page);
        await goTo(page, '');
        await checkAccessibility(page);
        expect(complaints).toEqual([]);
        await page.close();
      });

      test('the keyboard alone sends a form, and reaches the code', async () => {
        const {page, stage} = await openPage(context);
        await goTo(page, 'form-server');
        await page.getByRole('main').focus();
        await page.keyboard.press('Tab');
        await page.keyboard.type('By keyboard');
        await page.keyboard.press('Tab');
        expect(await focused(page)).toBe('Add');
        await page.keyboard.press('Enter');
        await stage.getByText('By keyboard').waitFor();
        expect(await focused(page)).toBe('Add');
        await page.keyboard.press('Tab');
        expect(await focused(page)).toContain('What travelled');
        await page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        expect(await focused(page)).toContain("'use server';");
        await page.close();
      });

      test.each(['form-server', 'upload', ''])('"/%s" fits on a narrow screen', async (path) => {
        const {page} = await openPage(context);
        await page.setViewportSize({width: 360, height: 740});
        await goTo(page, path);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
        await checkAccessibility(page);
        await page.close();
      });

      test('what is not there has a page that says so', async () => {
        const {page} = await openPage(context);
        const answer = await page.goto(`${app.url}/nowhere`);
        expect(answer?.status()).toBe(404);
        await page.getByRole('heading', {name: 'Not here'}).waitFor();
        await checkAccessibility(page);
        await page.close();
      });
    }

    async function goTo(page: Page, slug: string) {
      await page.goto(`${app.url}/${slug}`);
      await hydrated(page);
    }
  });
});

test('every pattern of the gallery has a test', () => {
  expect(cases.map(({slug}) => slug).toSorted()).toEqual(patterns.map(({slug}) => slug).toSorted());
});

test('docs/patterns.md says what the tests do (UPDATE_DOCS=1 writes it)', async () => {
  const file = fileURLToPath(new URL('../../docs/patterns.md', import.meta.url));
  if (process.env.UPDATE_DOCS) await writeFile(file, patternsPage());
  // Columns are aligned by Prettier; that is not what is compared.
  const words = (text: string) => text.replaceAll(/[ -]+/g, ' ');
  expect(words(await readFile(file, 'utf8'))).toBe(words(patternsPage()));
});

async function openPage(context: BrowserContext) {
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const requests: string[] = [];
  let isOpen = false;
  page.on('request', (request) => {
    const {pathname, search} = new URL(request.url());
    if (pathname.startsWith('/assets/') || request.url().startsWith('data:')) return;
    // The first one brings the page.
    if (isOpen) requests.push(`${request.method()} ${pathname}${search}`);
    isOpen = true;
  });
  return {page, stage: page.locator('.stage'), complaints, requests};
}

async function startOver({url}: GalleryApp): Promise<void> {
  const {status} = await fetch(`${url}/rsc-action`, {
    method: 'POST',
    headers: {
      'X-Action-Id': 'src/app/actions.ts#startOver',
      'Content-Type': 'text/plain;charset=utf-8',
    },
    body: '[]',
  });
  // A redirect, as calls see it.
  expect(status).toBe(204);
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}

function checkComplaints(complaints: string[], expected: RegExp | undefined): void {
  if (!expected) {
    expect(complaints).toEqual([]);
    return;
  }
  // Browsers and React report what fails: as they should, and nothing else.
  expect(complaints).not.toEqual([]);
  expect(complaints.filter((text) => !expected.test(text))).toEqual([]);
}

/** @param part a selector: on most pages all but the demo is as on the others */
async function checkAccessibility(page: Page, part?: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({colorScheme});
    await expectAccessible(page, part);
  }
  await page.emulateMedia({colorScheme: null});
}

function patternsPage(): string {
  const sections = groups.map(({name, patterns}) => {
    const rows = patterns.map(({slug, title}) => {
      const {withJavaScript, withoutJavaScript} = cases.find((one) => one.slug === slug)!;
      const link = `[${title}](../examples/gallery/src/patterns/${slug})`;
      return `| ${link} | ${withJavaScript.result} | ${withoutJavaScript.result} |`;
    });
    return `## ${name}\n\n${[...tableHead, ...rows].join('\n')}\n`;
  });
  return [patternsIntroduction, ...sections].join('\n');
}

const tableHead = ['| pattern | with JavaScript | without |', '| --- | --- | --- |'];

const patternsIntroduction = `# Patterns

Each pattern is a page of [examples/gallery](../examples/gallery), with its code beside it. The tests of the
gallery drive all of them in Chromium, in a production build and, with JavaScript, in a development build, and this
page is made of what they check.

Each page is right for people who are impatient or unlucky as well, which the tests check too. The app has for that:

- [failedCalls.ts](../examples/gallery/src/browser/failedCalls.ts) and
  [FailureNotice.tsx](../examples/gallery/src/app/FailureNotice.tsx): a call that did not arrive stays pending, with all
  that was typed, until somebody tries again or gives up
- [CallBoundary.tsx](../examples/gallery/src/app/CallBoundary.tsx): where a call that was given up ends, with a way back
  on which the fields have their texts again; around each demo, and around the page as the last resort
- [FormGuard.tsx](../examples/gallery/src/app/FormGuard.tsx): in a form, which is sent once at a time, keeps what is
  typed while it is pending, and tells its state
- [formAnswers.ts](../examples/gallery/src/server/formAnswers.ts): without JavaScript a post is answered by a redirect,
  so that a reload does not send it again
`;
