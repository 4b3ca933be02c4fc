import type {ChildProcess} from 'node:child_process';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals';
import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {startBrowserServer} from './support/startBrowserServer.ts';

/** What browserServer.mjs puts on `window`. */
declare const client: typeof import('../../src/client/index.ts');
declare const actions: Record<string, (...args: unknown[]) => Promise<any>>;
declare const pages: string[];

let server: ChildProcess;
let browser: Browser;
let page: Page;
let url: string;
/** Methods and paths that the page asked for since it was loaded. */
let requests: string[];

beforeAll(async () => {
  [browser, {server, url}] = await Promise.all([launchBrowser(), startBrowserServer()]);
});
afterAll(async () => {
  await browser?.close();
  server?.kill();
});
beforeEach(async () => {
  await page?.context().close();
  page = await (await browser.newContext()).newPage();
  await page.goto(url);
  requests = [];
  page.on('request', (request) => {
    requests.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
});

/** So that an upload takes longer than the time between two reports of its progress. */
async function slowUploads(uploadThroughput: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput,
  });
}

describe('the client in a browser', () => {
  test('fetchWithProgress tells how much is sent, and the answer streams to its last byte', async () => {
    await slowUploads(40_000_000);
    const result = await page.evaluate(async () => {
      const seen: {loaded: number; total: number | undefined}[] = [];
      const form = new FormData();
      const bytes = new Uint8Array(20_000_000);
      bytes[bytes.length - 1] = 7;
      form.append('file', new File([bytes], 'ünï.bin'));
      // The server sends the next text when the last one has been read: what does not stream hangs.
      form.append('isFollowed', '');
      const fetch = client.fetchWithProgress((progress) => seen.push(progress));
      const answer = await client.withCallOptions({fetch}, actions['upload']!)(form);
      const texts: string[] = [];
      for await (const text of answer.progress) {
        texts.push(text);
        await actions['readProgress']!();
      }
      const {name, size, last} = answer;
      return {name, size, last, seen, texts, bytes: [...answer.bytes]};
    });
    const {seen, texts, bytes, ...file} = result;
    expect(file).toEqual({name: 'ünï.bin', size: 20_000_000, last: 7});
    expect(seen.length).toBeGreaterThan(1);
    const total = seen[0]!.total!;
    expect(total).toBeGreaterThan(20_000_000);
    expect(seen.at(-1)).toEqual({loaded: total, total});
    const amounts = seen.map(({loaded}) => loaded);
    expect(amounts).toEqual([...amounts].sort((a, b) => a - b));
    expect(texts).toEqual(['ünï🙂 0', 'ünï🙂 1', 'ünï🙂 2']);
    expect(bytes).toEqual(Array.from({length: 256}, (_, index) => index));
    expect(requests).toEqual(Array.from({length: 4}, () => 'POST /rsc-action'));
  });

  test('fetchWithProgress does what fetch does: headers, statuses without a body, lost networks', async () => {
    const result = await page.evaluate(async () => {
      const fetch = client.fetchWithProgress(() => {});
      const post = (headers: Record<string, string>) =>
        fetch(new URL('/rsc-action', location.href), {method: 'POST', headers, body: '["/x"]'});
      const redirected = await post({'X-Action-Id': 'src/browser.mjs#leave'});
      const unknown = await post({'X-Action-Id': 'no#such'});
      const viaRequest = await fetch(
        new Request('/rsc-action', {
          method: 'POST',
          headers: {'X-Action-Id': 'no#such'},
          body: '[]',
        }),
      );
      const lost = await fetch('http://127.0.0.1:1/').catch((error) => error.name);
      const stream = await fetch('/', {method: 'POST', body: new ReadableStream()}).catch(
        (error) => error.message,
      );
      return {
        redirected: [
          redirected.status,
          redirected.body,
          redirected.headers.get('x-action-redirect'),
        ],
        unknown: [unknown.status, unknown.headers.get('x-action-error'), unknown.url],
        text: await unknown.text(),
        viaRequest: viaRequest.headers.get('x-action-error'),
        lost,
        stream,
      };
    });
    expect(result).toEqual({
      redirected: [204, null, '/x'],
      unknown: [404, 'unknown-function', `${url}rsc-action`],
      text: 'This server function is not in this build. Reload the page.',
      viaRequest: 'unknown-function',
      lost: 'TypeError',
      stream: expect.stringContaining('cannot send a stream'),
    });
  });

  test('a signal stops an upload with progress, and a result that streams in, down to the generator', async () => {
    const result = await page.evaluate(async () => {
      const run = async (options: object) => {
        const controller = new AbortController();
        const {signal} = controller;
        const numbers = await client.withCallOptions({signal, ...options}, actions['endless']!)();
        try {
          for await (const number of numbers) if (number === 3) controller.abort();
        } catch (error) {
          return [(error as Error).name, error instanceof client.ServerFunctionAbortedError];
        }
      };
      const first = await run({});
      const second = await run({fetch: client.fetchWithProgress(() => {})});
      const controller = new AbortController();
      const fetch = client.fetchWithProgress(() => controller.abort());
      const form = new FormData();
      form.append('file', new File([new Uint8Array(20_000_000)], 'large'));
      const upload = client.withCallOptions({fetch, signal: controller.signal}, actions['upload']!);
      const third = await upload(form).catch((error: Error) => error.name);
      let closed = 0;
      for (let attempt = 0; attempt < 50 && closed < 2; attempt++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        closed = await actions['closedCount']!();
      }
      return {first, second, third, closed};
    });
    expect(result).toEqual({
      first: ['AbortError', true],
      second: ['AbortError', true],
      third: 'AbortError',
      closed: 2,
    });
  });

  test('calls run side by side', async () => {
    const log: string[] = [];
    const onRequest = () => log.push('request');
    const onResponse = () => log.push('response');
    page.on('request', onRequest);
    page.on('response', onResponse);
    await page.evaluate(() => Promise.all([1, 2, 3, 4].map(() => actions['wait']!(200))));
    page.off('request', onRequest);
    page.off('response', onResponse);
    expect(log.slice(0, 4)).toEqual(['request', 'request', 'request', 'request']);
    expect(requests).toHaveLength(4);
  });

  test('a call that changes a cookie or revalidates brings the page along, in one request', async () => {
    const result = await page.evaluate(async () => {
      const answer = await actions['setTheme']!('dark');
      await actions['touch']!();
      await actions['wait']!(0);
      return {answer, pages, cookie: document.cookie};
    });
    // HttpOnly: scripts do not see it.
    expect(result).toEqual({answer: 'theme dark', pages: ['/ in dark', '/ in dark'], cookie: ''});
    expect(requests).toEqual(Array(3).fill('POST /rsc-action'));
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({name: 'theme', value: 'dark', httpOnly: true, sameSite: 'Lax'});
  });

  test('a redirect leads to the page, also to another place on the same one', async () => {
    await page.evaluate(() => void actions['leave']!('/done?a=b'));
    await page.waitForURL(`${url}done?a=b`);
    await page.evaluate(() => {
      Object.assign(window, {old: true});
      void actions['leave']!('/done?a=b#place');
    });
    await page.waitForURL(`${url}done?a=b#place`);
    await page.waitForFunction(() => !('old' in window) && 'actions' in window);
  });

  test('a network that is lost has its own type', async () => {
    await page.context().setOffline(true);
    const error = await page.evaluate(async () => {
      const reason = await actions['touch']!().catch((thrown: unknown) => thrown);
      return reason instanceof client.ServerFunctionNetworkError && reason.code;
    });
    expect(error).toBe('network');
  });

  test('a call that failed is sent again, with its file and its stream, when the network is back', async () => {
    await page.context().setOffline(true);
    await page.evaluate(() => {
      const shared = window as any;
      const callServer = client.createCallServer({
        fetch: client.fetchWithProgress(() => {}),
        onFailure: (error, {retry}) =>
          new Promise((resolve) => {
            document.title = `${error.code}, may have run: ${error.mayHaveRun}`;
            shared.tryAgain = () => resolve(retry!());
          }),
      });
      const stream = new ReadableStream({
        start(controller) {
          controller.enqueue('streamed');
          controller.close();
        },
      });
      const file = new Blob(['bytes']);
      shared.answer = callServer('src/browser.mjs#same', [{file, stream}]);
    });
    await page.waitForFunction(() => document.title === 'network, may have run: true');
    await page.context().setOffline(false);
    const answer = await page.evaluate(async () => {
      const shared = window as any;
      shared.tryAgain();
      const {file, stream} = await shared.answer;
      return [
        await file.text(),
        await new Response(stream.pipeThrough(new TextEncoderStream())).text(),
      ];
    });
    expect(answer).toEqual(['bytes', 'streamed']);
  });

  const kept = ['/export.csv', '/slow-export.csv', '/get-alone.csv', '/table', '/archive'];
  test.each([...kept, '/nothing', '/reset'])(
    'a redirect to %s, for which the page stays, ends the call',
    async (target) => {
      const result = await page.evaluate(async (to) => {
        const value = await actions['leave']!(to);
        return {value, title: document.title};
      }, target);
      expect(result).toEqual({value: undefined, title: '/'});
      expect(page.url()).toBe(url);
    },
  );

  test.each(['/slow', '/slow-get', '/slow-get-alone'])(
    'a redirect to %s keeps the call pending until the page is left, however slow the server is',
    async (target) => {
      const ends: unknown[] = [];
      await page.exposeFunction('ended', (value: unknown) => ends.push(value));
      await page.evaluate((to) => {
        void actions['leave']!(to).finally(() => (window as any).ended('ended'));
        // A router that writes to its history meanwhile does not stop the browser.
        setTimeout(() => history.replaceState({}, '', '/here'), 500);
      }, target);
      await page.waitForURL(`${url.slice(0, -1)}${target}`);
      expect(await page.title()).toBe('slow');
      expect(ends).toEqual([]);
    },
  );

  test('a redirect of which nothing can be known ends the call after half a minute', async () => {
    await page.clock.install();
    const download = page.waitForEvent('download');
    await page.evaluate(() => {
      void actions['leave']!('/once.csv').then(() => (document.title = 'ended'));
    });
    await download;
    const asked = page.waitForResponse((response) => response.status() === 410);
    await page.clock.runFor(1000);
    await asked;
    await page.evaluate(() => fetch('/asked'));
    await page.clock.runFor(29_000);
    expect(await page.title()).toBe('/');
    await page.clock.runFor(2000);
    expect(await page.title()).toBe('ended');
  });

  test('a fast redirect asks the server for its page once', async () => {
    await page.evaluate(() => void actions['leave']!('/login'));
    await page.waitForURL(`${url}login`);
    const asked = await page.evaluate(async () => (await fetch('/asked')).json());
    expect(asked.filter((request: string) => request.endsWith('/login'))).toEqual(['GET /login']);
  });

  test('a redirect that the user refuses, or stops, ends the call at once', async () => {
    // Browsers ask only on pages that were touched.
    await page.mouse.click(5, 5);
    page.on('dialog', (dialog) => void dialog.dismiss());
    const refused = await page.evaluate(async () => {
      const refuse = (event: Event) => event.preventDefault();
      addEventListener('beforeunload', refuse);
      const value = await actions['leave']!('/slow');
      removeEventListener('beforeunload', refuse);
      return value;
    });
    const stopped = await page.evaluate(() => {
      setTimeout(() => window.stop(), 300);
      return actions['leave']!('/slow');
    });
    expect([refused, stopped]).toEqual([undefined, undefined]);
    expect(page.url()).toBe(url);
    expect(requests).not.toContain('HEAD /slow');
  });

  test('a redirect that a router of the app makes its own ends the call when the router is done', async () => {
    const result = await page.evaluate(async () => {
      const {navigation} = window as any;
      let isDone = false;
      navigation.addEventListener('navigate', (event: any) =>
        event.intercept({
          async handler() {
            await new Promise((resolve) => setTimeout(resolve, 100));
            isDone = true;
          },
        }),
      );
      const value = await actions['leave']!('/inside');
      return {value, isDone, path: location.pathname};
    });
    expect(result).toEqual({value: undefined, isDone: true, path: '/inside'});
  });

  test('after a download the actions of a page go on', async () => {
    await page.goto(`${url}widget`);
    await page.getByRole('button', {name: 'Download'}).click();
    await page.getByRole('button', {name: 'Wait'}).waitFor();
    await page.getByRole('button', {name: 'Download'}).waitFor();
    await page.getByRole('button', {name: '0'}).click();
    await page.getByRole('button', {name: '1'}).waitFor();
    expect(page.url()).toBe(`${url}widget`);
  });

  test('without JavaScript a form that leads to a download stays on its page too', async () => {
    const plain = await (await browser.newContext({javaScriptEnabled: false})).newPage();
    await plain.goto(`${url}widget`);
    const [download] = await Promise.all([
      plain.waitForEvent('download'),
      plain.getByRole('button', {name: 'Download'}).click(),
    ]);
    expect(download.suggestedFilename()).toBe('export.csv');
    expect(plain.url()).toBe(`${url}widget`);
    await plain.context().close();
  });

  test('what proxies answer is told by its code, redirects to another origin too', async () => {
    const result = await page.evaluate(async (here) => {
      const elsewhere = here.replace('127.0.0.1', 'localhost');
      const through = (endpoint: string, fetch?: typeof globalThis.fetch) =>
        client
          .createCallServer({endpoint, ...(fetch && {fetch})})('src/browser.mjs#increase', [1])
          .catch((error) => [
            error instanceof client.UnexpectedResponseError,
            error.code,
            error.status,
            error.redirected,
          ]);
      const withXhr = client.fetchWithProgress(() => {});
      return {
        login: await through('/redirect?status=302&to=/login'),
        loginWithProgress: await through('/redirect?status=302&to=/login', withXhr),
        loginElsewhere: await through(`/redirect?status=302&to=${elsewhere}login`),
        moved: await through('/redirect?status=307&to=/rsc-action'),
        unauthorized: await through('/status?status=401'),
        forbidden: await through('/status?status=403'),
        gateway: await through('/status?status=502'),
      };
    }, url);
    expect(result).toEqual({
      login: [true, 'unexpected-redirect', 200, true],
      loginWithProgress: [true, 'unexpected-redirect', 200, true],
      loginElsewhere: [true, 'unexpected-redirect', 0, true],
      moved: 2,
      unauthorized: [true, 'unauthorized', 401, false],
      forbidden: [true, 'forbidden', 403, false],
      gateway: [true, 'unavailable', 502, false],
    });
  });

  test('an answer that a proxy ends early in an orderly way is a lost network, also inside a result', async () => {
    const cut = async (body: string) => {
      await page.route('**/rsc-action', (route) =>
        route.fulfill({
          headers: {'Content-Type': 'text/x-component', 'X-Action-End': 'row'},
          body,
        }),
      );
      const result = await page.evaluate(async () => {
        const told: string[] = [];
        const call = client.createCallServer({
          onFailure(error) {
            told.push(error.code);
            throw error;
          },
        });
        const code = await call('src/browser.mjs#same', [])
          .then((value: any) => value.later)
          .catch((error) => error.code);
        return {code, told};
      });
      await page.unroute('**/rsc-action');
      return result;
    };
    const network = {code: 'network', told: ['network']};
    expect(await cut('')).toEqual(network);
    expect(await cut('0:{"later":"$')).toEqual(network);
    expect(await cut('0:{"later":"$@1"}\n')).toEqual(network);
    expect(await cut('<!DOCTYPE html><p>0:1\n')).toEqual({
      code: 'unexpected-response',
      told: ['unexpected-response'],
    });
  });
});
