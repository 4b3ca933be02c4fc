import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterAll, beforeAll, expect, test} from '@jest/globals';
import type {Browser, Page} from 'playwright-core';
import {checkRedirectTarget} from '../../src/server/scope/redirectTarget.ts';
import {launchBrowser} from '../support/browser.ts';

const TARGETS = [
  '/search?q=a b',
  '/search?q="quoted" & \'quoted\'',
  '/search?q=<b>|^`{}[]\\',
  '/a b/ü/{x}/"y"/`z`/^|',
  '/ünï?q=ü#ü x"<>`',
  '/日本?q=日本 😀',
  '/half \ud800?q=\udc00',
  '/100%/%zz?x=%',
  '  /spaces around?q=a  ',
  '/non\u00a0breaking\u2028line',
  '/a/../b/./c//d',
  '/.//evil.test',
  '/..//evil.test',
  '/%2e//evil.test',
  '/\uff0fevil.test',
  '/@evil.test',
  '/:80',
];

let server: Server;
let browser: Browser;
let page: Page;
let origin: string;

/** Answers `/go/N` as a form is answered whose function calls `redirect(TARGETS[N])`. */
beforeAll(async () => {
  server = createServer(({url}, response) => {
    const [, index] = /^\/go\/(\d+)$/.exec(url!) ?? [];
    if (index === undefined) response.end('there');
    else response.writeHead(303, {Location: sent(TARGETS[Number(index)]!)}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
  page = await browser.newPage();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

function sent(target: string): string {
  return checkRedirectTarget(target, {origin, external: false});
}

test.each(TARGETS.map((target, index) => ({target, index})))(
  'a browser gets from $target to where the URL standard leads',
  async ({target, index}) => {
    await page.goto(`${origin}/deep/page`);
    // What the browser itself makes of what the app wrote, and of what a call is answered with.
    const read = (urls: string[]) =>
      page.evaluate((all) => all.map((url) => new URL(url, location.href).href), urls);
    const [meant, led] = await read([target, sent(target)]);
    expect(led).toBe(meant);
    expect(new URL(meant!).origin).toBe(origin);
    await page.goto(`${origin}/go/${index}`);
    expect(page.url()).toBe(meant);
  },
);
