// Multipart posts that may be React's or the app's own: whose they are, however their bytes come.
import assert from 'node:assert/strict';
import {runCases} from '../support/cases.mjs';
import {withoutDelay} from '../support/cpuTime.mjs';
import {
  action,
  assertRefused,
  manifest,
  origin,
  root,
  silenced,
  takeCalls,
} from './support/app.mjs';
import {createHandler} from './support/door.mjs';
import {watched} from './support/watched.mjs';

const handler = (options = {}) => createHandler({manifest, root, onError() {}, ...options});
const handle = handler();

const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
const FIELD = `$ACTION_ID_${action('submit')}`;
const part = (name, value, boundary = BOUNDARY) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const end = (boundary = BOUNDARY) => `--${boundary}--\r\n`;
const ours = part('note', 'hello') + part(FIELD, '') + end();
const theirs = part('note', 'hello') + part('file', 'x'.repeat(300)) + end();
const typeOf = (boundary) => `multipart/form-data; boundary=${boundary}`;

/** A stream of these pieces, which then ends, fails or waits. */
function streamOf(pieces, last = 'close') {
  const left = [...pieces];
  const pulled = {count: 0, cancelled: false};
  const stream = new ReadableStream(
    {
      pull(controller) {
        pulled.count++;
        if (left.length > 0) controller.enqueue(Buffer.from(left.shift(), 'latin1'));
        else if (last === 'close') controller.close();
        else if (last === 'fail') controller.error(new Error('ECONNRESET'));
        else return new Promise(() => {});
      },
      cancel: () => void (pulled.cancelled = true),
    },
    {highWaterMark: 0},
  );
  return Object.assign(stream, {pulled});
}

function request(body, {type = typeOf(BOUNDARY), headers = {}} = {}) {
  return new Request(`${origin}/upload`, {
    method: 'POST',
    body: typeof body === 'string' ? Buffer.from(body, 'latin1') : body,
    duplex: 'half',
    headers: {'Sec-Fetch-Site': 'same-origin', 'Content-Type': type, ...headers},
  });
}

async function assertOurs(given, own = handle) {
  const response = await own(given);
  assert.equal(response?.status, 303, await response?.text());
  assert.deepEqual(await takeCalls(), [['submit', {note: 'hello'}]]);
}

/** The app gets the request as if nobody had looked at it. */
async function assertTheirs(given, text, own = handle) {
  assert.equal(await own(given), null);
  assert.equal(given.bodyUsed, false);
  if (text !== undefined) {
    assert.equal(Buffer.from(await given.arrayBuffer()).toString('latin1'), text);
  }
  assert.deepEqual(await takeCalls(), []);
}

const bytes = (text) => [...text];
const splitAt = (text, position) => [text.slice(0, position), text.slice(position)];

await runCases(
  watched({
    async 'a field of React`s is found however the bytes come'() {
      await assertOurs(request(streamOf(bytes(ours))));
      for (let position = 1; position < ours.length; position += 7) {
        await assertOurs(request(streamOf(splitAt(ours, position))));
      }
      const late = part('file', 'x'.repeat(200_000)) + part('note', 'hello') + part(FIELD, '');
      const response = await handle(request(streamOf(late.match(/[^]{1,700}/g).concat(end()))));
      assert.equal(response.status, 303);
      assert.equal((await takeCalls()).length, 1);
    },
    async 'the post of an app is left to it however the bytes come'() {
      await assertTheirs(request(streamOf(bytes(theirs))), theirs);
      for (let position = 1; position < theirs.length; position += 31) {
        await assertTheirs(request(streamOf(splitAt(theirs, position))), theirs);
      }
    },
    async 'a boundary may be quoted, long, and of every character that boundaries have'() {
      for (const boundary of ["a'()+_,-./:=?b (.)+".padEnd(40, '0'), 'b'.repeat(70), 'b']) {
        const body = part('note', 'hello', boundary) + part(FIELD, '', boundary) + end(boundary);
        await assertOurs(request(body, {type: typeOf(`"${boundary}"`)}));
      }
      const header = `Multipart/Form-Data; charset=utf-8; Boundary="${BOUNDARY}"`;
      await assertOurs(request(ours, {type: header}));
    },
    async 'what only looks like a field of React`s does not take a post from the app'() {
      const disposition = `--${BOUNDARY}\r\nContent-Disposition: form-data`;
      const others = {
        'a file of that name': `${disposition}; name="file"; filename="${FIELD}"\r\n\r\nx\r\n${end()}`,
        'a field that ends so': part(`my${FIELD}`, 'x') + end(),
        'the text of a field': part('note', `name="${FIELD}"\r\n\r\n; name="${FIELD}"`) + end(),
        'a longer boundary': part('note', 'x') + end() + part(FIELD, '', `other${BOUNDARY}`),
        'lines that end without a carriage return': ours.replaceAll('\r\n', '\n'),
        'a name without quotes': ours.replaceAll('"', ''),
      };
      // Whatever a post of React`s is refused for.
      const own = handler({maxBodySize: 100});
      const headers = {'Sec-Fetch-Site': 'cross-site'};
      for (const body of Object.values(others)) {
        await assertTheirs(request(body, {headers}), body, own);
      }
    },
    async 'without a boundary nothing is a field, and the body is not touched'() {
      for (const type of [
        'multipart/form-data',
        'multipart/form-data; boundary=',
        'multipart/form-data; boundary=""',
        `multipart/form-data; my-boundary=${BOUNDARY}`,
        `multipart/form-data; xboundary=${BOUNDARY}`,
        'multipart/form-data; boundary="(.*)[a-z]+$"',
        `multipart/form-data; boundary=${'b'.repeat(71)}`,
      ]) {
        const body = streamOf([`--\r\nContent-Disposition: form-data; name="${FIELD}"\r\n\r\n`]);
        const given = request(body, {type});
        await assertTheirs(given, undefined);
        assert.equal(body.pulled.count, 0);
      }
    },
    async 'heads without an end, and marks without a head, take no more time than other bytes'() {
      const mark = `--${BOUNDARY}`;
      for (const text of [
        mark + 'x'.repeat(900_000),
        mark.repeat(24_000),
        `${mark}\r\n\r\n`.repeat(22_000),
        `${mark}${'name="$ACTION_'.repeat(1000)}`.repeat(60),
        '-'.repeat(900_000),
        `${mark}\r\n`.repeat(24_000),
      ]) {
        for (const size of [200, 4096, 900_000]) {
          const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g'));
          await withoutDelay(() => assertTheirs(request(streamOf(pieces))));
        }
      }
    },
    async 'a body that comes in far too many pieces is left to the app, or refused, before it takes memory'() {
      const many = (first) => streamOf([first, ...bytes('x'.repeat(20_000))], 'wait');
      const unknown = request(many(''));
      await assertTheirs(unknown);
      const known = many(part(FIELD, ''));
      const response = await handle(request(known));
      assert.equal(response.headers.get('connection'), 'close');
      assert.match(await response.clone().text(), /too many pieces/);
      await assertRefused(response, 400, 'malformed-body');
      assert.ok(known.pulled.count < 10_000);
      const call = many('[');
      const headers = {'Content-Type': 'text/plain', 'X-Action-Id': action('echo')};
      const plain = new Request(`${origin}/rsc-action`, {
        method: 'POST',
        body: call,
        duplex: 'half',
        headers,
      });
      await assertRefused(await handle(plain), 400, 'malformed-body');
      assert.ok(call.pulled.count < 10_000);
    },
    async 'of a large upload no more is held than a body may have'() {
      const size = 64 * 1024;
      const own = handler({maxBodySize: size * 4});
      const body = streamOf(Array.from({length: 200}, () => 'x'.repeat(size)));
      const given = request(body);
      assert.equal(await own(given), null);
      assert.ok(body.pulled.count <= 7, String(body.pulled.count));
      let received = 0;
      for await (const piece of given.body) received += piece.byteLength;
      assert.equal(received, 200 * size);
      const late = streamOf([part('file', 'x'.repeat(size * 4)), part(FIELD, ''), end()]);
      await assertTheirs(request(late), undefined, own);
    },
    async 'a connection that ends anywhere ends the request, and runs nothing'() {
      for (let position = 0; position < ours.length; position += 5) {
        const given = request(streamOf([ours.slice(0, position)], 'fail'));
        const response = await handle(given);
        if (response) await assertRefused(response, 400, 'malformed-body');
        else await assert.rejects(given.text());
      }
      assert.deepEqual(await takeCalls(), []);
    },
    async 'a body that stalls is left to the app, or refused once it has a field of React`s'() {
      const own = handler({bodyTimeout: 40});
      for (const position of [0, 30, ours.indexOf(FIELD) + FIELD.length]) {
        await assertTheirs(request(streamOf([ours.slice(0, position)], 'wait')), undefined, own);
      }
      const known = streamOf([ours.slice(0, -10)], 'wait');
      await assertRefused(await own(request(known)), 408, 'body-timeout');
    },
    async 'a post of React`s from another site is refused as soon as its field has come'() {
      const headers = {'Sec-Fetch-Site': 'cross-site'};
      for (const pieces of [[part(FIELD, '')], bytes(part(FIELD, '')).concat('x'.repeat(2000))]) {
        const given = request(streamOf(pieces, 'wait'), {headers});
        await assertRefused(await handle(given), 403, 'cross-site');
      }
    },
    async 'a body that somebody reads, or has read, is left alone'() {
      const lines = await silenced(async () => {
        const locked = request(ours);
        locked.body.getReader();
        assert.equal(await handle(locked), null);
        const used = request(ours);
        await used.text();
        assert.equal(await handle(used), null);
      });
      assert.equal(lines.length, 1);
      assert.match(lines[0][0], /was read before/);
    },
    async 'a post that breaks off before its first byte is not taken for one that was read'() {
      const own = handler({bodyTimeout: 30});
      const lines = await silenced(async () => {
        for (const last of ['fail', 'wait']) {
          const headers = {'Content-Length': '100'};
          assert.equal(await own(request(streamOf([], last), {headers})), null);
        }
      });
      assert.deepEqual(lines, []);
    },
  }),
);
