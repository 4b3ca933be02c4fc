// What a person does on each page of the gallery, and what they must see then: with JavaScript and
// without. The sentences make the table in docs/patterns.md.
import {expect} from '@jest/globals';
import type {Locator, Page} from 'playwright-core';
import type {GalleryApp} from '../support/galleryApp.ts';

export interface Visit {
  page: Page;
  /** Where the demo runs. */
  stage: Locator;
  app: GalleryApp;
  mode: 'production' | 'development';
}

export interface Steps {
  /** What happens, for the table in the documentation. */
  result: string;
  /** Opens the page itself: for what has to be prepared before. */
  opens?: boolean;
  run(visit: Visit): Promise<void>;
}

export interface GalleryCase {
  slug: string;
  withJavaScript: Steps & {
    /** Every request after the page is there, except for scripts. */
    requests: string[];
    /** What the console says, where something has to fail. */
    complaints?: RegExp;
  };
  withoutJavaScript: Steps & {complaints?: RegExp};
}

const CALL = 'POST /rsc-action';

export const cases: GalleryCase[] = [
  {
    slug: 'passed-as-prop',
    withJavaScript: {
      result: 'a click calls the function; the page shows the new number',
      requests: [CALL, CALL],
      async run({stage}) {
        await click(stage, 'Create empty note');
        await outputs(stage, '1');
        await click(stage, 'Create empty note');
        await outputs(stage, '2');
      },
    },
    withoutJavaScript: needsJavaScript('0'),
  },
  {
    slug: 'imported',
    withJavaScript: {
      result: 'a click calls the function; the page shows the new number',
      requests: [CALL],
      async run({stage}) {
        await click(stage, 'Create empty note');
        await outputs(stage, '1');
      },
    },
    withoutJavaScript: needsJavaScript('0'),
  },
  {
    slug: 'higher-order',
    withJavaScript: {
      result: 'the wrapped button shows that it is pending, then the result',
      requests: [CALL],
      async run({page, stage}) {
        const letCallsGo = await holdCalls(page);
        await click(stage, 'Like');
        await stage.getByRole('button', {name: 'Liking', disabled: true}).waitFor();
        await letCallsGo();
        await outputs(stage, '8');
        await stage.getByRole('button', {name: 'Like', exact: true}).waitFor();
      },
    },
    withoutJavaScript: needsJavaScript('7'),
  },
  {
    slug: 'event-handler',
    withJavaScript: {
      result: 'the handler shows what the function returns',
      requests: [CALL, CALL],
      async run({stage}) {
        await click(stage, 'Like');
        await outputs(stage, '42');
        await click(stage, 'Like');
        await outputs(stage, '43');
      },
    },
    withoutJavaScript: needsJavaScript('41'),
  },
  {
    slug: 'effect',
    withJavaScript: {
      result: 'the view is counted once the component is there',
      opens: true,
      requests: [CALL],
      async run({page, stage, app}) {
        await page.goto(`${app.url}/effect`);
        await outputs(stage, '1');
      },
    },
    withoutJavaScript: needsJavaScript('not counted'),
  },
  {
    slug: 'transition',
    withJavaScript: {
      result: 'pending while it runs; then the error, or the saved name and an empty field',
      requests: [CALL, CALL],
      async run({stage}) {
        await click(stage, 'Update');
        await stage.getByRole('button', {name: 'Updating', disabled: true}).waitFor();
        await stage.getByRole('alert').getByText('Failed: Name is required').waitFor();
        await stage.getByLabel('Name').fill('Ada');
        await click(stage, 'Update');
        await stage.getByText('Your name is Ada.').waitFor();
        expect(await stage.getByRole('alert').count()).toBe(0);
        expect(await stage.getByLabel('Name').inputValue()).toBe('');
      },
    },
    withoutJavaScript: needsJavaScript(),
  },
  {
    slug: 'side-by-side',
    withJavaScript: {
      result: 'three calls of a second each are done after one second',
      requests: [CALL, CALL, CALL],
      async run({stage}) {
        await click(stage, 'Order three drinks');
        await items(stage, 'Coffee is ready', 'Tea is ready', 'Cocoa is ready');
        const seconds = /after ([\d.]+) s/.exec((await stage.getByRole('status').textContent())!);
        expect(Number(seconds?.[1])).toBeLessThan(2.5);
      },
    },
    withoutJavaScript: needsJavaScript(),
  },
  {
    slug: 'abort',
    withJavaScript: {
      result: 'the count stops in the browser, and the generator ends on the server',
      requests: [CALL, CALL],
      async run({page, stage}) {
        await click(stage, 'Start');
        await stage.getByText(/^counting: \d$/).waitFor();
        await click(stage, 'Stop');
        await stage.getByText('stopped', {exact: true}).waitFor();
        // Where the server stopped: at once, and not at its hundredth number.
        await page.waitForTimeout(500);
        await click(stage, 'Ask the server');
        await stage.getByText(/stopped at \d$/).waitFor();
      },
    },
    withoutJavaScript: needsJavaScript('ready', 'not asked'),
  },
  {
    slug: 'form-server',
    withJavaScript: {
      result: 'the note stands in the list, without a reload',
      requests: [CALL],
      run: addsNote,
    },
    withoutJavaScript: {result: 'the same, after a post', run: addsNote},
  },
  {
    slug: 'form-client',
    withJavaScript: {
      result: 'the post stands in the list, without a reload',
      requests: [CALL],
      run: createsPost,
    },
    withoutJavaScript: {result: 'the same, after a post', run: createsPost},
  },
  {
    slug: 'form-action',
    withJavaScript: {
      result: 'the button calls its function with the form',
      requests: [CALL],
      run: createsTitle,
    },
    withoutJavaScript: {result: 'the same, after a post', run: createsTitle},
  },
  {
    slug: 'several-buttons',
    withJavaScript: {
      result: 'each button, and the Enter key, calls its own function',
      requests: [CALL, CALL, CALL, CALL],
      run: usesEachButton,
    },
    withoutJavaScript: {result: 'the same, after a post', run: usesEachButton},
  },
  {
    slug: 'form-reset',
    withJavaScript: {
      result: 'the fields are as they were at the start',
      requests: [CALL],
      run: postsLetter,
    },
    withoutJavaScript: {result: 'the same, because the page is new', run: postsLetter},
  },
  {
    slug: 'form-status',
    withJavaScript: {
      result: 'the button says what is being sent, and waits',
      requests: [CALL],
      async run({stage}) {
        await stage.getByLabel('To').fill('Ada');
        await click(stage, 'Send');
        await stage.getByRole('button', {name: 'Sending to Ada', disabled: true}).waitFor();
        await outputs(stage, 'Ada');
        await stage.getByRole('button', {name: 'Send', exact: true}).waitFor();
      },
    },
    withoutJavaScript: {
      result: 'sent by a post; the browser shows that it loads',
      async run({stage}) {
        await stage.getByLabel('To').fill('Ada');
        await click(stage, 'Send');
        await outputs(stage, 'Ada');
      },
    },
  },
  {
    slug: 'upload',
    withJavaScript: {
      result: 'the progress grows to 100%; the server has every byte',
      requests: [CALL],
      async run({page, stage}) {
        const network = await page.context().newCDPSession(page);
        await network.send('Network.emulateNetworkConditions', {
          offline: false,
          latency: 0,
          downloadThroughput: -1,
          uploadThroughput: 4_000_000,
        });
        const seen = await watch(stage);
        await uploadsFile(stage, 3_000_000);
        const percents = (await seen())
          .flatMap((text) => /(\d+)% sent/.exec(text)?.[1] ?? [])
          .map(Number);
        expect(percents.at(-1)).toBe(100);
        expect(percents.filter((percent) => percent > 0 && percent < 100)).not.toEqual([]);
        expect(percents).toEqual(percents.toSorted((a, b) => a - b));
      },
    },
    withoutJavaScript: {
      result: 'uploaded by a post',
      run: ({stage}) => uploadsFile(stage, 3_000_000),
    },
  },
  {
    slug: 'action-state',
    withJavaScript: {
      result: 'pending; then the returned error, or the new state',
      requests: [CALL, CALL],
      async run({page, stage}) {
        await click(stage, 'Update');
        await stage.getByRole('button', {name: 'Updating', disabled: true}).waitFor();
        await stage.getByRole('alert').getByText('Failed: Name is required').waitFor();
        await stage.getByLabel('Name').fill('Ada');
        await page.keyboard.press('Enter');
        await outputs(stage, 'Ada');
        expect(await stage.getByRole('alert').count()).toBe(0);
      },
    },
    withoutJavaScript: {
      result: 'the page after the post shows the error, or the new state',
      async run({stage}) {
        await click(stage, 'Update');
        await stage.getByRole('alert').getByText('Failed: Name is required').waitFor();
        await outputs(stage, 'nobody');
        await stage.getByLabel('Name').fill('Ada');
        await click(stage, 'Update');
        await outputs(stage, 'Ada');
        expect(await stage.getByRole('alert').count()).toBe(0);
      },
    },
  },
  {
    slug: 'action-state-button',
    withJavaScript: {
      result: 'a click runs the action; the state grows',
      requests: [CALL, CALL],
      async run({stage}) {
        await click(stage, 'Create post');
        await stage.getByRole('button', {name: 'Creating'}).waitFor();
        await outputs(stage, '1');
        await click(stage, 'Create post');
        await outputs(stage, '2');
      },
    },
    withoutJavaScript: needsJavaScript('0'),
  },
  {
    slug: 'permalink',
    withJavaScript: {
      result: 'the message appears, and the page stays where it is',
      requests: [CALL],
      async run({page, stage}) {
        await subscribes(stage);
        await outputs(stage, 'any page');
        expect(new URL(page.url()).search).toBe('');
      },
    },
    withoutJavaScript: {
      result: 'the post leads to the permalink, where the form shows its message',
      async run({page, stage}) {
        await subscribes(stage);
        await outputs(stage, 'the page of the newsletter');
        expect(new URL(page.url()).search).toBe('?newsletter');
      },
    },
  },
  {
    slug: 'replay',
    withJavaScript: {
      result: 'a form sent before the script has arrived is sent again by itself, once',
      opens: true,
      requests: [CALL],
      async run({page, stage, app}) {
        const letScriptGo = await hold(page, '**/assets/client.js*');
        await page.goto(`${app.url}/replay`, {waitUntil: 'commit'});
        await stage.getByLabel('Name').fill('Ada');
        await click(stage, 'Greet me');
        // Nothing may be lost, and nothing may happen, until React is there.
        await page.waitForTimeout(300);
        expect(new URL(page.url()).search).toBe('');
        expect(await stage.getByText('Hello').count()).toBe(0);
        await letScriptGo();
        await stage.getByText('Hello Ada, says the server.').waitFor();
      },
    },
    withoutJavaScript: needsJavaScript(),
  },
  {
    slug: 'optimistic',
    withJavaScript: {
      result: 'the message is there at once, marked as being sent',
      requests: [CALL],
      async run({page, stage}) {
        const letCallsGo = await holdCalls(page);
        await stage.getByLabel('Message').fill('Anybody?');
        await click(stage, 'Send');
        await items(stage, 'Hello!', 'Anybody? (sending)');
        await letCallsGo();
        await items(stage, 'Hello!', 'Anybody?');
      },
    },
    withoutJavaScript: needsJavaScript(),
  },
  {
    slug: 'bind-server',
    withJavaScript: {
      result: 'the function gets the bound arguments, then the form',
      requests: [CALL, CALL],
      run: changesCart,
    },
    withoutJavaScript: {result: 'the same, after a post', run: changesCart},
  },
  {
    slug: 'bind-client',
    withJavaScript: {
      result: 'the function gets the bound argument, then the form',
      requests: [CALL],
      run: renames,
    },
    withoutJavaScript: {result: 'the same, after a post', run: renames},
  },
  {
    slug: 'function-argument',
    withJavaScript: {
      result: 'the server calls the function that it was given, with what that captured',
      requests: [CALL, CALL],
      async run({stage}) {
        await click(stage, 'German');
        await items(stage, 'Hallo Ada', 'Hallo Alan');
        await click(stage, 'French');
        await items(stage, 'Bonjour Ada', 'Bonjour Alan');
      },
    },
    withoutJavaScript: needsJavaScript(),
  },
  {
    slug: 'temporary-references',
    withJavaScript: {
      result: "the browser's own element works inside what the server returned",
      requests: [CALL],
      async run({stage}) {
        await click(stage, 'Frame it');
        const framed = stage.getByRole('group', {name: 'A counter, framed by the server'});
        await framed.getByRole('button', {name: 'Clicked 0 times'}).click();
        await framed.getByRole('button', {name: 'Clicked 1 times'}).waitFor();
      },
    },
    withoutJavaScript: needsJavaScript(),
  },
  {
    slug: 'jsx',
    withJavaScript: {
      result: 'the element is shown, and its client component works',
      requests: [CALL],
      async run({stage}) {
        await click(stage, 'Venus');
        await stage.getByRole('heading', {name: 'Venus'}).waitFor();
        await click(stage, 'More');
        await stage.getByText('A day is longer than a year.').waitFor();
      },
    },
    withoutJavaScript: needsJavaScript(),
  },
  {
    slug: 'promise',
    withJavaScript: {
      result: 'the result is shown at once, what was promised later',
      requests: [CALL],
      async run({stage}) {
        await click(stage, 'Search');
        await stage.getByRole('heading', {name: 'Results for webpack'}).waitFor();
        await stage.getByText('Looking further').waitFor();
        await stage.getByText('7 letters, found after a while.').waitFor();
      },
    },
    withoutJavaScript: needsJavaScript(),
  },
  {
    slug: 'async-generator',
    withJavaScript: {
      result: 'each number is shown when it is yielded',
      requests: [CALL],
      async run({stage}) {
        const seen = await watch(stage.locator('output'));
        await click(stage, 'Count to five');
        await outputs(stage, '1 2 3 4 5');
        expect(await seen()).toEqual(['1', '1 2', '1 2 3', '1 2 3 4', '1 2 3 4 5']);
      },
    },
    withoutJavaScript: needsJavaScript(''),
  },
  {
    slug: 'readable-stream',
    withJavaScript: {
      result: 'each word is shown when it is written',
      requests: [CALL],
      async run({stage}) {
        const seen = await watch(stage.locator('blockquote'));
        await click(stage, 'Recite');
        await stage.getByText(/harbor and city\./).waitFor();
        expect(await seen()).toEqual(
          expect.arrayContaining(['The ', 'The fog ', 'The fog comes ']),
        );
      },
    },
    withoutJavaScript: needsJavaScript(),
  },
  {
    slug: 'cookies',
    withJavaScript: {
      result: 'the page shows the cookie that the call has set, and that it is gone',
      requests: [CALL, CALL, CALL],
      run: usesCookie,
    },
    withoutJavaScript: {result: 'the same, after a post', run: usesCookie},
  },
  {
    slug: 'headers',
    withJavaScript: {
      result: 'the function reads the headers of the call, the page those of its own request',
      requests: [CALL],
      async run({stage, app}) {
        await outputs(stage, /^en-GB/);
        await click(stage, 'Where do I call from?');
        await stage.getByText(`The call came from ${app.url}.`).waitFor();
      },
    },
    withoutJavaScript: {
      result: 'the page reads the headers of its request',
      run: ({stage}) => outputs(stage, /^en-GB/),
    },
  },
  {
    slug: 'redirect',
    withJavaScript: {
      result: 'the browser goes to the page of the order',
      requests: [CALL, 'GET /redirect?order=1001'],
      run: orders,
    },
    withoutJavaScript: {result: 'the same, by a redirect (303)', run: orders},
  },
  {
    slug: 'not-found',
    withJavaScript: {
      result: 'the error boundary says that there is no such order',
      requests: [CALL, CALL],
      complaints: /404|not found|NotFound/i,
      async run({stage}) {
        await click(stage, 'Find');
        await stage.getByText('It is seven roses.').waitFor();
        await stage.getByLabel('Number of the order').fill('8');
        await click(stage, 'Find');
        await stage.getByRole('alert').getByText('There is no such order.').waitFor();
      },
    },
    withoutJavaScript: {
      result: 'a page with status 404',
      complaints: /404/,
      async run({page, stage}) {
        await click(stage, 'Find');
        await stage.getByText('It is seven roses.').waitFor();
        await stage.getByLabel('Number of the order').fill('8');
        const answer = page.waitForResponse((response) => response.request().method() === 'POST');
        await click(stage, 'Find');
        expect((await answer).status()).toBe(404);
        await page.getByRole('heading', {name: 'Not here'}).waitFor();
      },
    },
  },
  {
    slug: 'revalidate-path',
    withJavaScript: {
      result: 'with it the page changes in the same round trip, without it only the result arrives',
      requests: [CALL, CALL],
      async run({stage}) {
        await click(stage, 'Change');
        await outputs(stage, '0', '1');
        await click(stage, 'Change and revalidate');
        await outputs(stage, '2', '2');
      },
    },
    withoutJavaScript: needsJavaScript('0', 'nothing yet'),
  },
  {
    slug: 'revalidate-tag',
    withJavaScript: {
      result: 'the value stays cached until its tag is revalidated',
      requests: [CALL, CALL],
      run: measures,
    },
    withoutJavaScript: {result: 'the same, after a post', run: measures},
  },
  {
    slug: 'errors',
    withJavaScript: {
      result:
        "the error boundary shows it: the message in development, in production the digest of the server's log",
      requests: [CALL, CALL],
      complaints: /500|#441|less than 100|bank is closed|Server Components render/,
      async run({stage, mode, app}) {
        await click(stage, 'Transfer 100');
        await failure('The account has less than 100.');
        await click(stage, 'Try again');
        await click(stage, 'Ask the bank');
        await failure('The bank is closed.');

        async function failure(message: string) {
          const alert = stage.getByRole('alert');
          await alert.getByText('Digest: ').waitFor();
          const text = (await alert.textContent())!;
          expect(text.includes(message)).toBe(mode === 'development');
          const digest = /Digest: (\w{8})/.exec(text)?.[1];
          await eventually(
            async () => app.output().includes(`[${digest}] Error: ${message}`),
            true,
          );
        }
      },
    },
    withoutJavaScript: {
      result: 'a page with status 500, with the message or the digest',
      complaints: /500/,
      async run({page, stage, app, mode}) {
        await click(stage, 'Ask the bank');
        await page.getByRole('heading', {name: 'That did not work'}).waitFor();
        const text = (await page.getByRole('alert').textContent())!;
        const digests = [...app.output().matchAll(/\[(\w{8})\] Error: The bank is closed/g)];
        expect(text).toContain(
          mode === 'production' ? digests.at(-1)?.[1] : 'Error: The bank is closed.',
        );
        expect(text.includes('bank')).toBe(mode === 'development');
      },
    },
  },
  {
    slug: 'failures',
    withJavaScript: {
      result:
        'a notice tells a lost network, another build and a refusal apart; the call waits until one tries again or gives up',
      requests: [CALL, CALL, CALL],
      complaints: /404|415|ServerFunctionRequestError/,
      async run({page, stage}) {
        const notice = page.locator('.notice');
        await stage.getByLabel('Message').fill('hello');
        await stage.getByLabel('are lost on the way').check();
        await click(stage, 'Ping');
        await notice.getByText('The server cannot be reached.').waitFor();
        await click(notice, 'Try again');
        await notice.getByText('The server cannot be reached.').waitFor();
        await stage.getByLabel('meet a server of another build').check();
        await click(notice, 'Try again');
        await notice.getByText('This page is of another build.').waitFor();
        expect(await stage.getByLabel('Message').inputValue()).toBe('hello');
        await stage.getByLabel('arrive').check();
        await click(notice, 'Try again');
        await outputs(stage, 'pong hello');

        await stage.getByLabel('Message').fill('once more');
        await stage.getByLabel('are refused').check();
        await click(stage, 'Ping');
        await notice.getByText('The server refused the call: unsupported-media-type.').waitFor();
        await click(notice, 'Give up');
        await click(stage, 'Back');
        expect(await stage.getByLabel('Message').inputValue()).toBe('once more');
      },
    },
    withoutJavaScript: {
      result: 'a post, whose failures the browser tells',
      async run({stage}) {
        await stage.getByLabel('Message').fill('hello');
        await click(stage, 'Ping');
        await outputs(stage, 'pong hello');
      },
    },
  },
];

/** The page is there, with its first state. */
function needsJavaScript(...values: string[]): Steps {
  return {
    result: 'the first state is shown; the call needs JavaScript',
    async run({stage}) {
      await stage.waitFor();
      expect(await stage.locator('output').allTextContents()).toEqual(values);
    },
  };
}

async function addsNote({stage}: Visit) {
  await items(stage, 'Buy milk');
  await stage.getByLabel('Note').fill('Water the fern');
  await click(stage, 'Add');
  await items(stage, 'Buy milk', 'Water the fern');
}

async function createsPost({stage}: Visit) {
  await stage.getByLabel('Title').fill('Second');
  await stage.getByLabel('Content').fill('<b>&amp;</b>');
  await click(stage, 'Create');
  await items(stage, 'First A beginning.', 'Second <b>&amp;</b>');
}

async function createsTitle({stage}: Visit) {
  await stage.getByLabel('Title').fill('Second');
  await click(stage, 'Create');
  await items(stage, 'First', 'Second');
}

async function usesEachButton({page, stage}: Visit) {
  await stage.getByLabel('Title').fill('Spring');
  await click(stage, 'Save draft');
  await outputs(stage, 'draft');
  await stage.getByLabel('Title').fill('Summer');
  await click(stage, 'Publish');
  await outputs(stage, 'published');
  await stage.getByText('“Summer” is').waitFor();
  await stage.getByLabel('Title').fill('Autumn');
  await page.keyboard.press('Enter');
  await stage.getByText('“Autumn” is').waitFor();
  await outputs(stage, 'draft');
  await click(stage, 'Discard');
  await outputs(stage, 'discarded');
  await stage.getByText('“Untitled” is').waitFor();
}

async function postsLetter({stage}: Visit) {
  await stage.getByLabel('Text').fill('Hello');
  await stage.getByLabel('Size').selectOption('parcel');
  await click(stage, 'Post');
  await outputs(stage, 'Hello, parcel');
  await eventually(
    async () => [
      await stage.getByLabel('Text').inputValue(),
      await stage.getByLabel('Size').inputValue(),
    ],
    ['', 'letter'],
  );
}

async function uploadsFile(stage: Locator, size: number) {
  const buffer = Buffer.alloc(size, 'abc');
  const digest = await crypto.subtle.digest('SHA-256', buffer);
  await stage
    .getByLabel('File, up to 20 MB')
    .setInputFiles({name: 'Größe.bin', mimeType: 'application/octet-stream', buffer});
  await click(stage, 'Upload');
  const start = Buffer.from(digest).toString('hex').slice(0, 8);
  await outputs(stage, `Größe.bin, ${size} bytes, SHA-256 ${start}`);
}

async function subscribes(stage: Locator) {
  await outputs(stage, 'any page');
  await stage.getByLabel('E-mail').fill('ada@example.org');
  await click(stage, 'Subscribe');
  await stage.getByText('ada@example.org is subscribed.').waitFor();
}

async function changesCart({stage}: Visit) {
  const pears = stage.getByRole('form', {name: 'Pears'});
  await pears.getByLabel('Step').fill('4');
  await click(pears, 'More pears');
  await outputs(stage, '3', '5');
  await click(stage, 'Less apples');
  await outputs(stage, '2', '5');
}

async function renames({stage}: Visit) {
  await outputs(stage, 'One, Two');
  await stage.getByLabel('Name of 2').fill('Zwei');
  await click(stage, 'Rename 2');
  await outputs(stage, 'One, Zwei');
}

async function usesCookie({page, stage}: Visit) {
  await outputs(stage, 'nothing');
  await click(stage, 'Count');
  await outputs(stage, '1');
  await click(stage, 'Count');
  await outputs(stage, '2');
  const cookies = await page.context().cookies();
  expect(cookies).toMatchObject([{name: 'visits', value: '2', httpOnly: true, sameSite: 'Lax'}]);
  await click(stage, 'Forget');
  await outputs(stage, 'nothing');
  expect(await page.context().cookies()).toEqual([]);
}

async function orders({page, stage}: Visit) {
  await click(stage, 'Order');
  await stage.getByText('Order 1001 is placed.').waitFor();
  expect(new URL(page.url()).search).toBe('?order=1001');
}

async function measures({stage}: Visit) {
  await outputs(stage, 'Lisbon: 18°, measurement 1');
  await click(stage, 'Show again');
  await outputs(stage, 'Lisbon: 18°, measurement 1');
  await stage.locator('[data-pending]').waitFor({state: 'detached'});
  await click(stage, 'Measure again');
  await outputs(stage, 'Lisbon: 18°, measurement 2');
}

export function click(inside: Locator, name: string): Promise<void> {
  return inside.getByRole('button', {name, exact: true}).click();
}

export async function outputs(stage: Locator, ...values: (string | RegExp)[]) {
  await eventually(
    () => stage.locator('output').allTextContents(),
    values.map((value) => (typeof value === 'string' ? value : expect.stringMatching(value))),
  );
}

export async function items(stage: Locator, ...texts: string[]) {
  const read = async () =>
    (await stage.getByRole('listitem').allTextContents()).map((text) => text.trim());
  await eventually(read, texts);
}

/** Every text that the element shows from now on: faster than looking again and again. */
export async function watch(locator: Locator): Promise<() => Promise<string[]>> {
  const texts = await locator.evaluateHandle((element) => {
    const seen: string[] = [];
    const look = () => seen.push(element.textContent ?? '');
    new MutationObserver(look).observe(element, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return seen;
  });
  return () => texts.jsonValue();
}

export async function eventually<T>(read: () => Promise<T>, expected: unknown): Promise<void> {
  const end = Date.now() + 8000;
  for (;;) {
    // During a navigation there is nothing to read.
    const value = await read().catch(() => undefined);
    try {
      expect(value).toEqual(expected);
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

export const holdCalls = (page: Page) => hold(page, '**/rsc-action');

/** Holds back requests until the returned function is called. */
async function hold(page: Page, pattern: string): Promise<() => Promise<void>> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const continued: Promise<void>[] = [];
  await page.route(pattern, (route) => {
    continued.push(released.then(() => route.continue()));
  });
  return async () => {
    release();
    await Promise.all(continued);
    await page.unroute(pattern);
  };
}
