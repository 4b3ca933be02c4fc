import {createHash, createHmac} from 'node:crypto';
import {posix, win32} from 'node:path';
import {array, assert, constantFrom, property, string, tuple, uint8Array} from 'fast-check';
import {formatId, type IdOptions} from '../../src/references/ids.ts';
import {modulePath} from '../../src/references/modulePath.ts';
import * as bundled from '../../src/references/sha256.ts';
import * as node from '../../src/references/nodeSha256.ts';
import {testSeed as seed} from '../support/seed.mjs';

const text = string({unit: 'binary', maxLength: 200});
const key = uint8Array({minLength: 32, maxLength: 32}).map((bytes) =>
  Buffer.from(bytes).toString('base64'),
);

test('without Node, hashes have the digits that node:crypto makes', () => {
  assert(
    property(text, key, (id, secret) => {
      expect(bundled.sha256(id)).toBe(node.sha256(id));
      expect(bundled.hmacSha256(secret, id)).toBe(node.hmacSha256(secret, id));
      expect(bundled.sha256(id)).toBe(createHash('sha256').update(id).digest('hex'));
    }),
    {seed},
  );
});

test('a hashed id is the first 160 bits of SHA-256, or of HMAC-SHA-256 with a secret', () => {
  const place = {path: 'src/actions.js', exportName: 'save'};
  const secret = Buffer.alloc(32, 'key').toString('base64');
  const digits = (options: IdOptions) => formatId(place, {ids: 'hashed', ...options});
  const hash = createHash('sha256').update('src/actions.js#save');
  expect(digits({})).toBe(hash.digest('hex').slice(0, 40));
  const keyed = createHmac('sha256', Buffer.alloc(32, 'key')).update('shop:src/actions.js#save');
  expect(digits({idSecret: secret, idPrefix: 'shop'})).toBe(
    `shop:${keyed.digest('hex').slice(0, 40)}`,
  );
});

const names = array(constantFrom('src', 'Src', 'app', 'a.js', '.', '..', 'ä', 'a b', ''), {
  maxLength: 5,
});

test('the path of a module is that of node:path on a POSIX system', () => {
  const path = names.map((parts) => `/${parts.join('/')}`);
  assert(
    property(path, path, (file, root) => {
      expect(modulePath(file, root)).toBe(posix.relative(root, file));
    }),
    {seed, numRuns: 1000},
  );
  expect(modulePath(String.raw`/app/src/a\b.js`, '/app')).toBe(String.raw`src/a\b.js`);
});

test('the path of a module is that of node:path on Windows, with slashes', () => {
  const folder = constantFrom('C:', 'c:', 'D:', String.raw`\\server\share`);
  const separator = constantFrom('/', '\\');
  const path = tuple(folder, names, separator).map(([start, parts, sign]) =>
    [start, ...parts].join(sign).replace(/:$/, `:${sign}`),
  );
  assert(
    property(path, path, (file, root) => {
      const expected = win32.relative(root, file);
      if (win32.isAbsolute(expected)) expect(() => modulePath(file, root)).toThrow(/another drive/);
      else expect(modulePath(file, root)).toBe(expected.replaceAll('\\', '/'));
    }),
    {seed, numRuns: 1000},
  );
  expect(modulePath('//Server/Share/src/a.js', String.raw`\\server\share\app`)).toBe('../src/a.js');
});

test.each([
  ['src/a.js', '/app'],
  ['/app/src/a.js', 'app'],
  [String.raw`C:a.js`, String.raw`C:\app`],
  ['', '/app'],
])('refuses a path that is not absolute: %j in %j', (file, root) => {
  expect(() => modulePath(file, root)).toThrow(/absolute paths/);
});
