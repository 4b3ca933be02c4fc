import type {IncomingMessage} from 'node:http';
import {expect, test} from '@jest/globals';
import {foreignHost, isFromOtherOrigin} from '../../src/development/requestSource.ts';
import {parseAllowedHosts} from '../../src/references/allowedHosts.ts';

const allows = parseAllowedHosts([]);
const request = (headers: Record<string, string>, url = '/') =>
  ({url, headers}) as unknown as IncomingMessage;

test('over HTTP/2, ":authority" is the host', () => {
  expect(foreignHost(request({':authority': 'localhost:8080'}), allows)).toBeUndefined();
  expect(foreignHost(request({':authority': 'evil.example'}), allows)).toBe('evil.example');
});

test('of several hosts, each must be allowed', () => {
  const both = (authority: string, host: string) =>
    foreignHost(request({':authority': authority, host}), allows);
  expect(both('evil.example', 'localhost')).toBe('evil.example');
  expect(both('localhost', 'evil.example')).toBe('evil.example');
  expect(both('localhost', 'localhost')).toBeUndefined();
});

test('over HTTP/2, a page is of the origin that it was loaded from', () => {
  const headers = {':authority': 'localhost:8080', origin: 'https://localhost:8080'};
  expect(isFromOtherOrigin(request(headers))).toBe(false);
  expect(isFromOtherOrigin(request({...headers, origin: 'https://localhost:9090'}))).toBe(true);
});
