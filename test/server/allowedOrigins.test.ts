import {expect, test} from '@jest/globals';
import {parseAllowedOrigins} from '../../src/server/request/allowedOrigins.ts';

const allows = (listed: string, origin: string) => parseAllowedOrigins([listed])(origin);

test('a text in the place of the list is an error that says so', () => {
  expect(() => parseAllowedOrigins('https://app.example' as never)).toThrow(
    'allowedOrigins must be an array of origins, ["https://app.example"]',
  );
});

test.each([
  ['https://app.example', 'https://app.example'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
  ['https://*.app.example', 'https://a.app.example'],
  ['https://*.app.example', 'https://pr-12_x.app.example'],
  ['https://*.app.example', 'https://xn--bcher-kva.app.example'],
  ['https://*.app.example:8443', 'https://a.app.example:8443'],
  ['http://*.localhost:3000', 'http://a.localhost:3000'],
])('%s allows %s', (listed, origin) => {
  expect(allows(listed, origin)).toBe(true);
});

test.each([
  ['https://app.example', 'http://app.example'],
  ['https://app.example', 'https://app.example:8443'],
  ['https://app.example', 'https://a.app.example'],
  ['https://app.example', 'https://app.example.evil.test'],
  ['https://app.example', 'https://app.example, https://app.example'],
  ['https://app.example', 'HTTPS://APP.EXAMPLE'],
  ['https://*.app.example', 'https://app.example'],
  ['https://*.app.example', 'https://.app.example'],
  ['https://*.app.example', 'https://a.b.app.example'],
  ['https://*.app.example', 'https://evil-app.example'],
  ['https://*.app.example', 'https://evilapp.example'],
  ['https://*.app.example', 'http://a.app.example'],
  ['https://*.app.example', 'https://a.app.example:8443'],
  ['https://*.app.example', 'https://a.app.example.evil.test'],
  ['https://*.app.example', 'https://a.appxexample'],
  ['https://*.app.example', 'https://evil.test/.app.example'],
  ['https://*.app.example', 'https://evil.test#.app.example'],
  ['https://*.app.example', 'https://evil.test@a.app.example'],
  ['https://*.app.example', 'https://a.app.example, https://b.app.example'],
  ['https://*.app.example', 'https://evil.test, https://a.app.example'],
  ['https://*.app.example', 'https://a.app.example\n'],
  ['https://*.app.example', ' https://a.app.example'],
  ['https://*.app.example', 'https://*.app.example'],
  ['https://*.app.example', 'null'],
  ['https://*.app.example', ''],
  ['https://*.app.example:8443', 'https://a.app.example'],
])('%s does not allow %j', (listed, origin) => {
  expect(allows(listed, origin)).toBe(false);
});

test.each([
  'https://*',
  'https://*.com',
  '*.app.example',
  '*://*.app.example',
  'https://a*.app.example',
  'https://a.*.example',
  'https://*.*.example',
  'https://*.app.example/',
  'https://*.app.example:443',
  'https://*.App.example',
  'https://*.app.example:*',
  'ws://*.app.example',
  'https://*.127.0.0.1',
])('the wildcard %s is refused with what to write', (origin) => {
  expect(() => parseAllowedOrigins([origin])).toThrow(/Write "https:\/\/\*\.example\.com"/);
});

test.each(['app.example', 'https://app.example/', 'https://app.example:443', 'null', '', 7])(
  '%j is refused, which no browser sends as an origin',
  (origin) => {
    expect(() => parseAllowedOrigins([origin as string])).toThrow(/is not an origin\. Write/);
  },
);
