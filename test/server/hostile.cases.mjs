import assert from 'node:assert/strict';
import * as client from 'react-server-dom-webpack/client.edge';
import {runCases} from '../support/cases.mjs';
import {withoutDelay} from '../support/cpuTime.mjs';
import {
  action,
  assertRefused,
  callRequest,
  manifest,
  origin,
  readResult,
  root,
  takeCalls,
} from './support/app.mjs';
import {createHandler} from './support/door.mjs';

const handler = (options = {}) => createHandler({manifest, root, onError() {}, ...options});
const handle = handler();

/** A multipart call whose fields are given, or whose bytes are. */
async function multipart(fields, {id = action('echo'), own = handle, ...init} = {}) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return own(await callRequest(id, {raw: form}, init));
}
const text = async (body, {id = action('echo'), own = handle, ...init} = {}) =>
  own(await callRequest(id, {raw: body}, init));
const echo = async (headers, {own = handle, url} = {}) =>
  own(
    new Request(url ?? `${origin}/rsc-action`, {
      method: 'POST',
      body: '[]',
      headers: {'X-Action-Id': action('echo'), ...headers},
    }),
  );
const assertCalled = async (response) => {
  assert.equal(response.status, 200, response.headers.get('x-action-error'));
  await response.text();
  assert.deepEqual(await takeCalls(), ['echo']);
};

await runCases({
  // Ids
  async 'an id that is not listed is refused, and its module is not loaded'() {
    const ids = [
      action('Secret'),
      action('calls'),
      action('*'),
      action(''),
      'src/actions.mjs',
      'src/unlisted.mjs#hidden',
      'src/unlisted.mjs',
      './src/unlisted.mjs#hidden',
      '../app/src/actions.mjs#echo',
      'file:///etc/passwd',
      'data:text/javascript,1#default',
      'node:fs#readFileSync',
      'react#createElement',
      '__proto__',
      'constructor',
      'toString#call',
      'hasOwnProperty',
      'then',
      '%5F%5Fproto%5F%5F',
      '#',
    ];
    for (const id of ids) {
      await assertRefused(await handle(await callRequest(id)), 404, 'unknown-function');
    }
    assert.ok(!(globalThis.loadedModules ?? []).includes('unlisted'));
  },
  async 'a missing, empty, endless or undecodable id is malformed'() {
    const headers = {'Sec-Fetch-Site': 'same-origin'};
    const bare = new Request(`${origin}/rsc-action`, {method: 'POST', body: '[]', headers});
    await assertRefused(await handle(bare), 404, 'malformed-id');
    for (const id of ['', 'a'.repeat(9000), '%zz']) {
      await assertRefused(await handle(await callRequest(id)), 404, 'malformed-id');
    }
  },
  async 'what is listed but is no server function, or not exported, is refused'() {
    for (const name of ['plain', 'missing']) {
      const response = await handle(await callRequest(action(name)));
      await assertRefused(response, 404, 'not-a-server-function');
    }
  },

  // References in the body
  async 'a nested reference that is not listed is refused before anything is loaded or called'() {
    for (const id of [
      'src/unlisted.mjs#hidden',
      action('Secret'),
      action('*'),
      '__proto__',
      'then',
    ]) {
      const reference = client.createServerReference(id);
      const response = await handle(await callRequest(action('invoke'), [reference]));
      await assertRefused(response, 404, 'unknown-function');
    }
    assert.ok(!(globalThis.loadedModules ?? []).includes('unlisted'));
  },
  async 'a reference that only a promise, a stream or an escape hides is refused as well'() {
    const reference = client.createServerReference('src/unlisted.mjs#hidden');
    async function* hiding() {
      yield reference;
    }
    for (const argument of [Promise.resolve([reference]), hiding(), new Map([[reference, 1]])]) {
      const response = await handle(await callRequest(action('echo'), [argument]));
      await assertRefused(response, 404, 'unknown-function');
    }
    const escaped = await multipart([
      ['1', '{"id":"src/unlisted.mjs#hidden","bound":null}'],
      ['0', '["\\u0024\\u00681"]'],
    ]);
    await assertRefused(escaped, 404, 'unknown-function');
  },
  async 'a nested reference to a listed export that is no server function is refused'() {
    const reference = client.createServerReference(action('plain'));
    const response = await handle(await callRequest(action('invoke'), [reference]));
    await assertRefused(response, 404, 'not-a-server-function');
  },
  async 'a reference whose description React would not write is malformed'() {
    const descriptions = [
      '{"id":"$2","bound":null}',
      '{"id":["src/actions.mjs#echo"],"bound":null}',
      '{"bound":null}',
      'null',
      '"text"',
      '{"id":"src/actions.mjs#echo","bound":{"value":[1]}}',
      '{"id":"src/actions.mjs#echo","bound":"$@9"}',
      '{"id":"src/actions.mjs#echo","bound":"$@2"}',
    ];
    for (const description of descriptions) {
      const response = await multipart([
        ['1', description],
        ['2', '"x"'],
        ['0', '["$h1"]'],
      ]);
      await assertRefused(response, 400, 'malformed-body');
    }
    for (const reference of ['$h', '$h1:id', '$hzz', '$h9', '$h-1', '$h1 ']) {
      const response = await multipart([
        ['1', '{"id":"src/actions.mjs#echo","bound":null}'],
        ['0', JSON.stringify([reference])],
      ]);
      await assertRefused(response, 400, 'malformed-body');
    }
  },

  async 'a reference to a row that is not there is malformed, and so is one that is no number'() {
    const tags = ['', ...'@ h Q W i A O o U S s L l G g M m V B R r X x'.split(' ')];
    for (const tag of tags) {
      for (const row of ['5', '5:x', '', 'zz', '05 ', '+1']) {
        await assertRefused(await text(JSON.stringify([`$${tag}${row}`])), 400, 'malformed-body');
      }
    }
    await assertRefused(await text('["$K"]'), 400, 'malformed-body');
    await assertCalled(await text('["$K5","$0","$0:1","$T","$NaN","$-0","$D","$$5","$undefined"]'));
  },
  async 'a large row is read once, however many functions are bound to it'() {
    const bound = `[[${'1,'.repeat(300_000)}1]]`;
    const description = JSON.stringify({id: action('echo'), bound: '$@1'});
    const functions = Array.from({length: 900}, (_, n) => [`${n + 2}`, description]);
    const references = functions.map(([row]) => `$h${Number(row).toString(16)}`);
    const rows = [['0', JSON.stringify([references])], ['1', bound], ...functions];
    const response = await withoutDelay(() => multipart(rows));
    await response.body.cancel();
    await takeCalls();
  },

  // Bodies
  async 'text that is no reply is malformed'() {
    for (const body of [
      '',
      'x',
      '{',
      '[',
      '[1,]',
      '"text"',
      '{"0":1}',
      'null',
      '["$1"]',
      '["$Q1"]',
      '["$@1","$1:x"]',
    ]) {
      await assertRefused(await text(body), 400, 'malformed-body');
    }
    await assertRefused(
      await text(new Uint8Array([0x5b, 0xff, 0x5d]), {headers: {'Content-Type': 'text/plain'}}),
      400,
      'malformed-body',
    );
  },
  async 'multipart that is cut off, has no parts, or has fields of no reply is malformed'() {
    const boundary = 'x'.repeat(30);
    const headers = {'Content-Type': `multipart/form-data; boundary=${boundary}`};
    const bodies = [
      '',
      '--',
      `--${boundary}\r\n`,
      `--${boundary}\r\nContent-Disposition: form-data; name="0"\r\n\r\n[]`,
      `--${boundary}\r\nContent-Disposition: form-data\r\n\r\n[]\r\n--${boundary}--`,
      `--${'y'.repeat(30)}\r\nContent-Disposition: form-data; name="0"\r\n\r\n[]\r\n--${'y'.repeat(30)}--`,
    ];
    for (const body of bodies) {
      await assertRefused(await text(body, {headers}), 400, 'malformed-body');
    }
    const fields = [
      [['1', '[]']],
      [
        ['0', '[]'],
        ['0', '[1]'],
      ],
      [
        ['0', '[]'],
        ['00', '[1]'],
      ],
      [
        ['0', '[]'],
        ['x', '[1]'],
      ],
      [
        ['0', '[]'],
        ['__proto__', '[1]'],
      ],
      [['0', new Blob(['[]'])]],
    ];
    for (const form of fields) await assertRefused(await multipart(form), 400, 'malformed-body');
  },
  async 'a part in base64, which crashes the process through busboy, is read'() {
    const boundary = 'x'.repeat(30);
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="1"; filename="f"\r\nContent-Transfer-Encoding: base64\r\n\r\nZmlsZQ==\r\n--${boundary}\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$B1"]\r\n--${boundary}--\r\n`;
    const headers = {'Content-Type': `multipart/form-data; boundary=${boundary}`};
    const response = await text(body, {headers});
    const [blob] = await readResult(response);
    assert.equal(await blob.text(), 'file');
    await takeCalls();
  },
  async 'a stream that never ends is malformed'() {
    for (const tag of ['R', 'r', 'X', 'x']) {
      const open = await multipart([
        ['0', `["$${tag}1"]`],
        ['S1', '"piece"'],
      ]);
      await assertRefused(open, 400, 'malformed-body');
    }
    const reopened = await multipart([
      ['0', '["$R1"]'],
      ['S1', 'C'],
      ['S1', '"more"'],
    ]);
    await assertRefused(reopened, 400, 'malformed-body');
  },
  async 'a function under the name `then`, which React never sends, is refused wherever it stands'() {
    const described = ['1', `{"id":"${action('fail')}","bound":null}`];
    for (const rows of [
      [['0', '[{"then":"$h1"}]']],
      [['0', '{"then":"$h1"}']],
      [
        ['0', '["$@2"]'],
        ['2', '{"then":"$h1"}'],
      ],
      [
        ['0', '[{"then":"$2:0:deep"}]'],
        ['2', '[{"deep":"$3"}]'],
        ['3', '"$h1"'],
      ],
    ]) {
      await assertRefused(await multipart([described, ...rows]), 400, 'malformed-body');
    }
    const shared = {type: 'string'};
    const schema = {if: shared, then: shared, else: {then: 'text'}};
    await assertCalled(await handle(await callRequest(action('echo'), [schema, shared])));
  },
  async 'own `__proto__` keys do not become prototypes'() {
    const response = await text('[{"__proto__":{"admin":true}}]');
    const [value] = await readResult(response);
    assert.equal(value.admin, undefined);
    assert.equal({}.admin, undefined);
    await takeCalls();
  },
  async 'other content types are refused'() {
    for (const type of [
      'application/json',
      'application/x-www-form-urlencoded',
      'text/plain; charset=utf-16',
      'multipart/form-data',
      'multipart/mixed; boundary=x',
      'text/html',
      'text/plainx',
    ]) {
      const response = await text('[]', {headers: {'Content-Type': type}});
      await assertRefused(response, 415, 'unsupported-media-type');
    }
    const none = await text(new Uint8Array([0x5b, 0x5d]));
    await assertRefused(none, 415, 'unsupported-media-type');
  },

  // Sizes and times
  async 'a body whose Content-Length is far too large is refused unread'() {
    const own = handler({maxBodySize: 100});
    let pulled = 0;
    const body = new ReadableStream({pull: () => void pulled++}, {highWaterMark: 0});
    const headers = {'Content-Length': '1601', 'Content-Type': 'text/plain'};
    const response = await text(body, {own, headers});
    assert.equal(response.headers.get('connection'), 'close');
    await assertRefused(response, 413, 'body-too-large');
    assert.equal(pulled, 0);
  },
  async 'a body that is too large is received to its end, and never cancelled, before it is refused'() {
    const own = handler({maxBodySize: 100});
    for (const length of [{}, {'Content-Length': '600'}]) {
      let left = 10;
      let cancelled = false;
      const body = new ReadableStream({
        pull(controller) {
          if (left-- > 0) controller.enqueue(new Uint8Array(60));
          else controller.close();
        },
        cancel: () => void (cancelled = true),
      });
      const headers = {'Content-Type': 'text/plain', ...length};
      const response = await text(body, {own, headers});
      assert.equal(response.headers.get('connection'), null);
      await assertRefused(response, 413, 'body-too-large');
      assert.ok(left < 0);
      assert.ok(!cancelled);
    }
  },
  async 'of a body that does not end only so much is received'() {
    const own = handler({maxBodySize: 100});
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 60;
        controller.enqueue(new Uint8Array(60));
      },
    });
    const headers = {'Content-Type': 'text/plain'};
    const response = await text(body, {own, headers});
    assert.equal(response.headers.get('connection'), 'close');
    await assertRefused(response, 413, 'body-too-large');
    assert.ok(sent < 2000);
  },
  async 'a body of exactly the limit is accepted'() {
    const own = handler({maxBodySize: 6});
    await assertCalled(await text('["ab"]', {own}));
    await assertRefused(await text('["abc"]', {own}), 413, 'body-too-large');
  },
  async 'a body that does not arrive in time is refused, on a connection that is closed'() {
    const own = handler({bodyTimeout: 50});
    const headers = {'Content-Type': 'text/plain'};
    const pieces = (first) =>
      new ReadableStream({start: (controller) => controller.enqueue(new Uint8Array(first))});
    const slow = await text(pieces(1), {own, headers});
    assert.equal(slow.headers.get('connection'), 'close');
    await assertRefused(slow, 408, 'body-timeout');
    const large = handler({bodyTimeout: 50, maxBodySize: 1});
    const slowAndLarge = await text(pieces(2), {own: large, headers});
    assert.equal(slowAndLarge.headers.get('connection'), 'close');
    await assertRefused(slowAndLarge, 413, 'body-too-large');
  },
  async 'a body whose connection ends early is malformed'() {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new Error('ECONNRESET')),
    });
    const headers = {'Content-Type': 'text/plain'};
    await assertRefused(await text(body, {headers}), 400, 'malformed-body');
  },

  // Limits
  async 'each decoding limit is enforced, and can be set'() {
    const fields = (count) => [
      ['0', '[]'],
      ...Array.from({length: count - 1}, (_, i) => [`${i + 1}`, '1']),
    ];
    const nested = (depth) => '['.repeat(depth) + ']'.repeat(depth);
    const bound = (count) => [
      ['2', JSON.stringify(Array.from({length: count}, () => 1))],
      ['1', `{"id":"${action('echo')}","bound":"$@2"}`],
      ['0', '["$h1"]'],
    ];
    const array = (length) => JSON.stringify(Array.from({length}, () => 1));
    const own = handler({
      limits: {
        parts: 5,
        fieldNameLength: 10,
        arguments: 3,
        boundArguments: 2,
        depth: 4,
        arraySlots: 50,
        objects: 6,
        keys: 3,
        references: 2,
        temporaryReferences: 1,
      },
    });
    const listOf = (...values) => JSON.stringify([values]);
    const enforced = [
      ['parts', () => multipart(fields(6), {own}), () => multipart(fields(5), {own})],
      [
        'fieldNameLength',
        () =>
          multipart(
            [
              ['0', '[]'],
              ['_1_12345678', 'x'],
            ],
            {own},
          ),
        () =>
          multipart(
            [
              ['0', '[]'],
              ['_1_1234567', 'x'],
            ],
            {own},
          ),
      ],
      ['arguments', () => text(array(4), {own}), () => text(array(3), {own})],
      ['boundArguments', () => multipart(bound(3), {own}), () => multipart(bound(2), {own})],
      ['depth', () => text(nested(5), {own}), () => text(nested(4), {own})],
      [
        'objects',
        () => text(listOf({}, [], {}, [], {}), {own}),
        () => text(listOf({}, [], {}, []), {own}),
      ],
      [
        'keys',
        () => text(listOf({a: 1, b: 2}, {c: 3, d: 4}), {own}),
        () => text(listOf({a: 1, b: 2}, {a: 1, b: 2, c: '{"d": "e"}'}), {own}),
      ],
      [
        'keys',
        () => text('[{"\\u0061":1,"b" :2},{"c"\n:3},{"d":4}]', {own}),
        () => text('[{"\\u0061":1,"b" :2},{"c"\n:3},{"b":4}]', {own}),
      ],
      [
        'references',
        () => text('["$0","$0","\\u00240"]', {own}),
        () => text('[{"a":"$0","b":"$0:0","c":"$$0 $0"},"$undefined","$n1"]', {own}),
      ],
      [
        'temporaryReferences',
        () => text('["$T",{"a":"$\\u0054"}]', {own}),
        () => text('["$$T",{"$T":"$T"}]', {own}),
      ],
    ];
    for (const [limit, exceeding, within] of enforced) {
      const response = await exceeding();
      assert.ok((await response.clone().text()).includes(`"${String(limit)}"`));
      await assertRefused(response, 400, 'limit-exceeded');
      await assertCalled(await within());
    }
    await assertRefused(await text(`[[${array(60)}]]`, {own}), 400, 'malformed-body');
    await assertCalled(await text(`[[${array(30)}]]`, {own}));
  },
  async 'limits count the rows of a body together'() {
    const own = handler({limits: {objects: 4, keys: 2, references: 2}});
    const rows = (...values) =>
      multipart(
        values.map((value, n) => [`${n}`, value]),
        {own},
      );
    await assertCalled(await rows('["$1","$2"]', '{"a":1}', '{"b":2}'));
    await assertRefused(
      await rows('["$1","$2"]', '{"a":1}', '{"b":2,"c":3}'),
      400,
      'limit-exceeded',
    );
    await assertRefused(await rows('[]', '[[]]', '[[]]'), 400, 'limit-exceeded');
    await assertRefused(await rows('["$1"]', '["$2"]', '["$3"]', '[]'), 400, 'limit-exceeded');
    const pieces = [
      ['0', '["$R1"]'],
      ['S1', '[[]]'],
      ['S1', 'C[[]]'],
    ];
    await assertRefused(await multipart(pieces, {own}), 400, 'limit-exceeded');
  },
  async 'the default limits stop very deep, very many and very large values'() {
    const deep = '['.repeat(400_000) + ']'.repeat(400_000);
    await assertRefused(await text(deep), 400, 'limit-exceeded');
    await assertRefused(await text(`[${'1,'.repeat(101)}1]`), 400, 'limit-exceeded');
    await assertRefused(await text(`["$n${'9'.repeat(400)}"]`), 400, 'malformed-body');
    const chain = [
      ['0', '["$1"]'],
      ...Array.from({length: 900}, (_, i) => [`${i + 1}`, `["$${(i + 2).toString(16)}"]`]),
    ];
    await assertRefused(await multipart(chain), 400, 'malformed-body');
  },

  // Other sites
  async 'calls of the same origin are accepted, by either header, and so are those of no browser'() {
    await assertCalled(await echo({'Sec-Fetch-Site': 'same-origin'}));
    await assertCalled(await echo({'Sec-Fetch-Site': 'none'}));
    await assertCalled(await echo({Origin: origin}));
    await assertCalled(await echo({}));
  },
  async 'calls of other sites are refused, whichever header says so'() {
    const foreign = [
      {'Sec-Fetch-Site': 'cross-site'},
      {'Sec-Fetch-Site': 'same-site'},
      {'Sec-Fetch-Site': 'nonsense'},
      {'Sec-Fetch-Site': 'cross-site', Origin: origin},
      {Origin: 'http://evil.test'},
      {Origin: 'https://app.test'},
      {Origin: 'http://app.test:8080'},
      {Origin: 'http://sub.app.test'},
      {Origin: 'http://app.test.evil.test'},
      {Origin: 'null'},
      {Origin: ''},
      {Origin: 'app.test'},
      {Origin: `${origin}, ${origin}`},
      {Origin: 'http://evil.test', 'X-Forwarded-Host': 'evil.test'},
    ];
    for (const headers of foreign) await assertRefused(await echo(headers), 403, 'cross-site');
  },
  async 'a listed origin may call, and no other'() {
    const own = handler({allowedOrigins: ['https://admin.test']});
    await assertCalled(
      await echo({Origin: 'https://admin.test', 'Sec-Fetch-Site': 'cross-site'}, {own}),
    );
    await assertCalled(await echo({Origin: 'https://admin.test'}, {own}));
    await assertRefused(await echo({Origin: 'http://admin.test'}, {own}), 403, 'cross-site');
    await assertRefused(
      await echo({Origin: 'https://admin.test.evil.test'}, {own}),
      403,
      'cross-site',
    );
  },
  async 'a wildcard lets the origins of one more label call, and no other'() {
    const own = handler({allowedOrigins: ['https://*.admin.test']});
    const site = {'Sec-Fetch-Site': 'cross-site'};
    await assertCalled(await echo({...site, Origin: 'https://a.admin.test'}, {own}));
    for (const foreign of [
      'https://admin.test',
      'https://evil-admin.test',
      'http://a.admin.test',
    ]) {
      await assertRefused(await echo({...site, Origin: foreign}, {own}), 403, 'cross-site');
      await assertRefused(await echo({Origin: foreign}, {own}), 403, 'cross-site');
    }
  },
  async 'forwarded headers count only when they are trusted'() {
    const headers = {
      Origin: 'https://public.test',
      'X-Forwarded-Host': 'public.test',
      'X-Forwarded-Proto': 'https',
    };
    const url = 'http://10.0.0.1:3000/rsc-action';
    await assertRefused(await echo(headers, {url}), 403, 'cross-site');
    const own = handler({trustProxy: true});
    await assertCalled(await echo(headers, {own, url}));
    await assertRefused(
      await echo({...headers, Origin: 'http://10.0.0.1:3000'}, {own, url}),
      403,
      'cross-site',
    );
    await assertRefused(
      await echo({...headers, 'X-Forwarded-Host': 'a b'}, {own, url}),
      403,
      'cross-site',
    );
  },
  async 'forwarded headers that make no origin of a web page allow nobody'() {
    const own = handler({trustProxy: true});
    for (const [scheme, host, Origin] of [
      ['h2', 'app.test', 'null'],
      ['data', 'app.test', 'null'],
      ['https', 'app.test@evil.test', 'https://evil.test'],
      ['https', 'evil.test/app.test', 'https://evil.test'],
      ['https', 'evil.test?app.test', 'https://evil.test'],
    ]) {
      const headers = {Origin, 'X-Forwarded-Host': host, 'X-Forwarded-Proto': scheme};
      await assertRefused(await echo(headers, {own}), 403, 'cross-site');
    }
  },
  async 'the other site is refused before the body is read'() {
    let pulled = 0;
    const body = new ReadableStream({pull: () => void pulled++}, {highWaterMark: 0});
    const headers = {'Content-Type': 'text/plain', 'Sec-Fetch-Site': 'cross-site'};
    await assertRefused(await text(body, {headers}), 403, 'cross-site');
    assert.equal(pulled, 0);
  },
  async 'after all of this the handler still answers'() {
    await assertCalled(await text('[]'));
  },
});
