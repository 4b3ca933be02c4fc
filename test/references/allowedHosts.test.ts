import {expect, test} from '@jest/globals';
import {parseAllowedHosts} from '../../src/references/allowedHosts.ts';

const allows = (listed: string, host: string) => parseAllowedHosts([listed])(host);

test.each([
  'localhost',
  'localhost:8080',
  'LocalHost:8080',
  'localhost.',
  'localhost.:8080',
  'app.localhost',
  'a.b.LOCALHOST.:80',
  '127.0.0.1',
  '127.0.0.1:3000',
  '192.168.1.20:8080',
  '0.0.0.0:8080',
  '[::1]',
  '[::1]:3000',
  '[FE80::1]:3000',
  '[::ffff:127.0.0.1]',
])('%s is allowed without being listed', (host) => {
  expect(parseAllowedHosts([])(host)).toBe(true);
});

test.each([
  'evil.example',
  'evil.example:8080',
  'localhost.evil.example',
  'evillocalhost',
  'localhost..',
  '.localhost',
  '127.0.0.1.evil.example',
  '1.2.3',
  '2130706433',
  'evil@localhost',
  'localhost@evil.example',
  'localhost/',
  'http://localhost',
  '//localhost',
  'localhost#evil.example',
  'localhost?evil.example',
  'localhost\\evil.example',
  'localhost, evil.example',
  'evil.example, localhost',
  'localhost evil.example',
  ' localhost',
  'localhost\n',
  'localhost:8080:evil.example',
  'localhost:port',
  '%6cocalhost',
  '::1',
  '[::1',
  '[::1]evil.example',
  '[evil.example]',
  '[::g]',
  '[1]',
  '',
  '.',
  ':8080',
])('%j is not allowed when nothing is listed', (host) => {
  expect(parseAllowedHosts([])(host)).toBe(false);
});

test.each([null, undefined])('a request without a host (%s) is not allowed', (host) => {
  expect(parseAllowedHosts(['app.example'])(host)).toBe(false);
});

test.each([
  ['app.example', 'app.example'],
  ['app.example', 'APP.example.:8443'],
  ['App.Example.', 'app.example'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['intranet', 'intranet:8080'],
  ['my_container', 'my_container:8080'],
  ['.app.example', 'app.example'],
  ['.app.example', 'a.app.example:8080'],
  ['.app.example', 'a.b.app.example'],
  ['::1', '[::1]:8080'],
  ['[::1]', '[::1]'],
  ['192.168.1.20', '192.168.1.20'],
])('%s allows %s', (listed, host) => {
  expect(allows(listed, host)).toBe(true);
});

test.each([
  ['app.example', 'a.app.example'],
  ['app.example', 'app.example.evil.test'],
  ['app.example', 'evilapp.example'],
  ['app.example', 'app.example, evil.test'],
  ['.app.example', 'evilapp.example'],
  ['.app.example', '.app.example'],
  ['.app.example', 'app.example.evil.test'],
  ['intranet', 'intranet.evil.test'],
])('%s does not allow %j', (listed, host) => {
  expect(allows(listed, host)).toBe(false);
});

test('"all" allows every host, and a request without one', () => {
  const allowsHost = parseAllowedHosts('all');
  expect([allowsHost('evil.example'), allowsHost('?'), allowsHost(undefined)]).toEqual([
    true,
    true,
    true,
  ]);
});

test.each([
  'https://app.example',
  'app.example:8080',
  'app.example/path',
  '*.app.example',
  '*',
  'a b',
  '..app.example',
  'a..b',
  '.',
  '',
  7,
  null,
])('%j is refused as a host, with what to write', (host) => {
  expect(() => parseAllowedHosts([host as string])).toThrow(
    /^allowedHosts: .* is not a host\. Write .*"app\.example"/,
  );
});

test.each(['app.example', true, {}, null])('%j in place of an array is refused', (hosts) => {
  expect(() => parseAllowedHosts(hosts as string[])).toThrow(/must be an array of hosts/);
});
