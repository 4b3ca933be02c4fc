import type {ChildProcess} from 'node:child_process';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals';
import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {startBrowserServer} from './support/startBrowserServer.ts';

/** What browserServer.mjs puts on `window`. */
declare const client: typeof import('../../src/client/index.ts');
declare const actions: Record<string, (...args: unknown[]) => Promise<any>>;

type Entry = [name: string, value: string | {name: string; type: string; bytes: number[]}];

/** Texts that a parser of multipart bodies can take for something else, or change. */
const TEXTS = [
  '',
  '\uFEFF',
  '\uFEFFfirst',
  '\uFEFF\uFEFFtwo',
  'in \uFEFF between',
  ' spaces ',
  '\0\x01\x7F\u0085\u2028',
  'ünï🙂 \uFFFD \u{10FFFF}',
  '"quoted" \\"escaped\\" %22 %0D%0A %0d%0a %41 &quot;',
  'a=b; filename="c"',
  '--',
  '------WebKitFormBoundary',
  'Content-Disposition: form-data; name="other"',
  '$1 $T $$',
];
/** In a name, `%22` may be a quotation mark, and `%0D%0A` a line end. */
const NAMES = TEXTS.map((text) => text.replace('%22 %0D%0A', ''));
const FILES = [
  {name: '\uFEFFmark.txt', type: 'text/plain', bytes: [0xef, 0xbb, 0xbf, 65]},
  {name: 'ü "🙂" %41.bin', type: 'application/octet-stream', bytes: [0xff, 0, 13, 10, 13, 45, 45]},
  {name: 'folder/a\\b;c.PNG', type: 'image/png', bytes: [10, 13]},
  {name: 'typed', type: 'text/html;charset=utf-8', bytes: []},
  {name: 'line\r\nend\nlone\rx', type: 'x-y/z; a="b"', bytes: [1]},
];
const ENTRIES: Entry[] = [
  ...TEXTS.map((text, index): Entry => [`text-${index}`, text]),
  ...NAMES.map((name): Entry => [name, 'value']),
  ...FILES.map((file): Entry => ['files', file]),
  ['same', '1'],
  ['same', '2'],
];

let server: ChildProcess;
let browser: Browser;
let page: Page;
let url: string;

beforeAll(async () => {
  [browser, {server, url}] = await Promise.all([launchBrowser(), startBrowserServer()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  server?.kill();
});
beforeEach(async () => {
  await page?.context().close();
  page = await (await browser.newContext()).newPage();
  await page.goto(url);
}, 60_000);

/** What the function was given, as JSON, which shows every character. */
const kept = async () =>
  JSON.parse(await page.evaluate(async () => JSON.stringify(await actions['readKept']!())));

describe.each(['fetch', 'XMLHttpRequest'])('a FormData that Chromium sends by %s', (by) => {
  test('arrives as it was: texts, names, and files with their names, types and bytes', async () => {
    const had = await page.evaluate(
      async ({entries, by}) => {
        const form = new FormData();
        for (const [name, value] of entries) {
          if (typeof value === 'string') form.append(name, value);
          else
            form.append(
              name,
              new File([new Uint8Array(value.bytes)], value.name, {type: value.type}),
            );
        }
        const options = by === 'fetch' ? {} : {fetch: client.fetchWithProgress(() => {})};
        await client.withCallOptions(options, actions['keep']!)(form);
        const read = async ([name, value]: [string, FormDataEntryValue]) => [
          name,
          typeof value === 'string'
            ? value
            : {
                name: value.name,
                type: value.type,
                bytes: [...new Uint8Array(await value.arrayBuffer())],
              },
        ];
        return JSON.stringify(await Promise.all([...form].map(read)));
      },
      {entries: ENTRIES, by},
    );
    expect(JSON.parse(had)).toHaveLength(ENTRIES.length);
    expect(await kept()).toEqual(JSON.parse(had));
  }, 60_000);
});

/** Posts a form as a browser without JavaScript does; gives the status of the answer. */
async function post(entries: Entry[], acceptCharset: string): Promise<number> {
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  const loaded = page.waitForEvent('load');
  await page.evaluate(
    ([fields, charset]) => {
      const form = document.createElement('form');
      Object.assign(form, {method: 'post', enctype: 'multipart/form-data', acceptCharset: charset});
      for (const [name, value] of [['$ACTION_ID_src/browser.mjs#keep', ''], ...fields]) {
        const input = document.createElement('input');
        Object.assign(input, {type: 'hidden', name, value});
        form.append(input);
      }
      document.body.append(form);
      // After this script has given its result.
      setTimeout(() => form.submit());
    },
    [entries, acceptCharset] as const,
  );
  await loaded;
  return (await answer).request().redirectedTo() ? 303 : (await answer).status();
}

describe('a form that Chromium posts without JavaScript', () => {
  test('arrives as it was, without the fields of React', async () => {
    // An input without a name is not sent.
    const texts = ENTRIES.filter(([name, value]) => name && typeof value === 'string');
    expect(await post(texts, 'utf-8')).toBe(303);
    expect(await kept()).toEqual(texts);
  }, 60_000);
  test('is refused from a page in another encoding, as its characters would be lost', async () => {
    expect(await post([['name', 'ünï']], 'windows-1252')).toBe(400);
    await expect(page.textContent('body')).resolves.toContain('charset=utf-8');
  }, 60_000);
});

describe('what the encoding of browsers does not tell', () => {
  test('is read alike both ways: every line end is CR LF, and %22 in a name is a quotation mark', async () => {
    const sent = await page.evaluate(async () => {
      const form = new FormData();
      form.append('a\nb', 'lf \n cr \r crlf \r\n');
      form.append('"%22%0D%0A', 'x');
      form.append('file', new Blob(['x']));
      await actions['keep']!(form);
    });
    expect(sent).toBeUndefined();
    expect(await kept()).toEqual([
      ['a\r\nb', 'lf \r\n cr \r\n crlf \r\n'],
      ['""\r\n', 'x'],
      // A file without a type.
      ['file', {name: 'blob', type: 'application/octet-stream', bytes: [120]}],
    ]);
  }, 60_000);
});
