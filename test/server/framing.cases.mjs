// What no HTTP client would send, over raw sockets: through adapters, and to the handler for Node.
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {connect} from 'node:net';
import {gzipSync} from 'node:zlib';
import {serve} from 'srvx';
import {toNodeHandler} from 'srvx/node';
import {createNodeHandler} from 'use-server-webpack-plugin/node';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {action, manifest, root, takeCalls} from './support/app.mjs';
import {watched} from './support/watched.mjs';

const options = {manifest, root, bodyTimeout: 300, onError() {}};
const handle = createServerFunctionHandler(options);
const fetch = async (request) => (await handle(request)) ?? new Response('of the app');
const adapted = serve({
  port: 0,
  hostname: '127.0.0.1',
  silent: true,
  gracefulShutdown: false,
  fetch,
});
await adapted.ready();
const plain = createServer(toNodeHandler(fetch));
await new Promise((resolve) => plain.listen(0, '127.0.0.1', resolve));
const answerOnNode = createNodeHandler(options);
const onNode = createServer((request, response) =>
  answerOnNode(request, response, () => response.end('of the app')),
);
await new Promise((resolve) => onNode.listen(0, '127.0.0.1', resolve));
const ports = [new URL(adapted.url).port, plain.address().port, onNode.address().port].map(Number);

const CALL = [
  'POST /rsc-action HTTP/1.1',
  'Host: app.test',
  `X-Action-Id: ${action('echo')}`,
  'Content-Type: text/plain',
];
/** With the lines that begin as one of the given does replaced by it. */
function message(lines, body = '', start = CALL) {
  const name = (line) => line.split(/[ :]/, 1)[0].toLowerCase();
  const isFirst = (line) => / HTTP\/\d/.test(line);
  const first = [...lines, ...start].find(isFirst);
  const kept = start.filter((line) => !lines.some((other) => name(other) === name(line)));
  const rest = [...kept, ...lines].filter((line) => !isFirst(line) && line !== '');
  return Buffer.concat([
    Buffer.from([first, ...rest, '', ''].join('\r\n'), 'latin1'),
    Buffer.from(body),
  ]);
}

/** Everything that the server answers, until it closes the connection or has been silent for long. */
function exchange(port, bytes, {ends = false, silence = 1500} = {}) {
  return new Promise((resolve) => {
    const socket = connect({port, host: '127.0.0.1', allowHalfOpen: true});
    let answer = '';
    const finish = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(silence, finish);
    socket.setEncoding('latin1').on('data', (text) => (answer += text));
    socket.on('error', finish).on('end', finish).on('close', finish);
    socket.write(bytes);
    if (ends) socket.end();
  });
}
const statuses = (answer) =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** Asserts what all servers answer, and how often the function ran. */
async function assertAnswers(bytes, expected, {runs = 0, ...options} = {}) {
  for (const port of ports) {
    const answer = await exchange(port, bytes, options);
    const all = Array.isArray(expected[0]) ? expected : [expected];
    const got = statuses(answer);
    assert.ok(
      all.some((one) => JSON.stringify(one) === JSON.stringify(got)),
      `${JSON.stringify(got)} is not ${JSON.stringify(expected)}: ${bytes.toString('latin1').slice(0, 200)}`,
    );
    assert.equal((await takeCalls()).length, runs);
  }
}
const CLOSE = 'Connection: close';

await runCases(
  watched({
    async 'an honest message is answered'() {
      await assertAnswers(message(['Content-Length: 2', CLOSE], '[]'), [200], {runs: 1});
      const chunked = message(
        ['Transfer-Encoding: chunked', CLOSE],
        '1\r\n[\r\n1\r\n]\r\n0\r\n\r\n',
      );
      await assertAnswers(chunked, [200], {runs: 1});
    },
    async 'a message whose end is ambiguous is refused, and what follows it does not run'() {
      const hidden = message(['Content-Length: 2', CLOSE], '[]').toString('latin1');
      const bodies = [
        [['Content-Length: 6', 'Transfer-Encoding: chunked'], `0\r\n\r\n${hidden}`],
        [['Content-Length: 2', 'Content-Length: 3'], `[]${hidden}`],
        [['Content-Length: 2, 3'], `[]${hidden}`],
        [['Content-Length: +2'], `[]${hidden}`],
        [['Content-Length: 0x2'], `[]${hidden}`],
        [['Content-Length: -1'], `[]${hidden}`],
        [['Content-Length : 2'], `[]${hidden}`],
        [['Transfer-Encoding: chunked, identity'], `0\r\n\r\n${hidden}`],
        [['Transfer-Encoding: xchunked'], `0\r\n\r\n${hidden}`],
        [['Transfer-Encoding:\u000bchunked'], `0\r\n\r\n${hidden}`],
        [['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], `0\r\n\r\n${hidden}`],
      ];
      for (const [lines, body] of bodies) await assertAnswers(message(lines, body), [400]);
    },
    async 'chunks that are none end the message, and nothing runs'() {
      const bodies = [
        'zz\r\n[]\r\n0\r\n\r\n',
        '-2\r\n[]\r\n0\r\n\r\n',
        '2\n[]\n0\n\n',
        '3\r\n[]\r\n0\r\n\r\n',
        'ffffffffffffffffff\r\n[]',
      ];
      for (const body of bodies) {
        await assertAnswers(message(['Transfer-Encoding: chunked'], body), [[400], [400, 400]]);
      }
      const extended = `2;${'x'.repeat(20_000)}\r\n[]\r\n0\r\n\r\n`;
      await assertAnswers(message(['Transfer-Encoding: chunked'], extended), [
        [413],
        [400],
        [400, 413],
        [400, 400],
      ]);
    },
    async 'what comes after the chunks, or in them, is neither a header nor a second message'() {
      const trailer = message(
        ['Transfer-Encoding: chunked', 'X-Action-Id:', 'Trailer: X-Action-Id', CLOSE],
        `2;a=b\r\n[]\r\n0\r\nX-Action-Id: ${action('echo')}\r\n\r\n`,
      );
      await assertAnswers(trailer, [404]);
    },
    async 'more than was announced is a message of its own, and less is none'() {
      for (const port of ports) {
        // Node may refuse the rest before the answer to what came before is there.
        const answer = await exchange(port, message(['Content-Length: 2'], '[]garbage\r\n\r\n'));
        assert.equal(statuses(answer).at(-1), 400);
        assert.ok((await takeCalls()).length <= 1);
      }
      await assertAnswers(message(['Content-Length: 10'], '[]'), [[], [400], [408]], {ends: true});
    },
    async 'several messages at once are answered one after another'() {
      const one = message(['Content-Length: 2'], '[]');
      const last = message(['Content-Length: 3', CLOSE], '[1]');
      const foreign = message(['Content-Length: 2', 'Sec-Fetch-Site: cross-site'], '[]');
      await assertAnswers(Buffer.concat([one, foreign, last]), [200, 403, 200], {runs: 2});
    },
    async 'a message of HTTP/1.0 is one like any other'() {
      const start = 'POST /rsc-action HTTP/1.0';
      await assertAnswers(message([start, 'Content-Length: 2'], '[]'), [200], {runs: 1});
      await assertAnswers(message([start], '[]'), [[400], [400, 400]]);
    },
    async 'a client that asks before it sends is told to'() {
      const lines = ['Expect: 100-continue', 'Content-Length: 2', CLOSE];
      await assertAnswers(message(lines, '[]'), [100, 200], {runs: 1});
      await assertAnswers(message(['Expect: magic', 'Content-Length: 2', CLOSE], '[]'), [417]);
    },
    async 'headers that are too large, or hold what they must not, are refused'() {
      await assertAnswers(message([`Cookie: ${'x'.repeat(20_000)}`]), [431]);
      await assertAnswers(message(['X-Own: a\u0000b', 'Content-Length: 2'], '[]'), [400]);
      await assertAnswers(message(['X-Own: a\nX-Action-Id: b', 'Content-Length: 2'], '[]'), [400]);
      await assertAnswers(message([' X-Action-Id: folded', 'Content-Length: 2'], '[]'), [
        [400],
        [404],
      ]);
    },
    async 'a header twice says nothing that one of them alone would not be refused for'() {
      const length = ['Content-Length: 2', CLOSE];
      const id = action('echo');
      const twice = (line, other) => message([...length, line, other], '[]');
      await assertAnswers(twice(`X-Action-Id: ${id}`, `X-Action-Id: ${id}`), [404]);
      await assertAnswers(
        twice('Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: cross-site'),
        [403],
      );
      await assertAnswers(
        twice('Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: same-origin'),
        [403],
      );
      await assertAnswers(twice('Origin: http://app.test', 'Origin: http://evil.test'), [403]);
      await assertAnswers(twice('Origin: http://app.test', 'Origin: http://app.test'), [403]);
    },
    async 'a method is what the first line says'() {
      const lines = [
        'X-HTTP-Method-Override: POST',
        'X-Method-Override: POST',
        CLOSE,
        'Content-Length: 2',
      ];
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
        await assertAnswers(
          message([`${method} /rsc-action?_method=POST HTTP/1.1`, ...lines], '[]'),
          [405],
        );
      }
      await assertAnswers(message(['post /rsc-action HTTP/1.1', ...lines], '[]'), [400]);
    },
    async 'a target or a host that is no URL ends nothing'() {
      const body = ['Content-Length: 2', CLOSE];
      const answered = [200, 400, 404];
      const targets = [
        'http://evil.test/rsc-action',
        '//evil.test/rsc-action',
        '/rsc-action/../rsc-action',
        '/%72sc-action',
        '/\\rsc-action',
        '*',
        'rsc-action',
        'http://[/rsc-action',
        '//[/rsc-action',
        '//',
        '/rsc-action?\u00ff',
      ];
      for (const target of targets) {
        for (const port of ports) {
          const bytes = message(
            [`POST ${target} HTTP/1.1`, 'Sec-Fetch-Site: cross-site', ...body],
            '[]',
          );
          const answer = await exchange(port, bytes);
          assert.ok(
            statuses(answer).length <= 1 && !/ 5\d\d /.test(answer.slice(0, 16)),
            `${target}: ${answer.slice(0, 300)}`,
          );
          assert.deepEqual(await takeCalls(), [], target);
        }
      }
      for (const host of [
        '',
        'a b',
        '[',
        'a:b:c',
        'app.test:99999',
        '@',
        'a/b',
        'a?b',
        'x'.repeat(5000),
      ]) {
        for (const port of ports) {
          const answer = await exchange(port, message([`Host: ${host}`, ...body], '[]'));
          assert.ok(answered.includes(statuses(answer)[0]), `${host}: ${answer.slice(0, 300)}`);
          await takeCalls();
        }
      }
    },
    async 'a body that is packed is not unpacked'() {
      const bomb = gzipSync('x'.repeat(50_000_000));
      for (const encoding of ['gzip', 'deflate', 'br']) {
        const lines = [`Content-Encoding: ${encoding}`, `Content-Length: ${bomb.length}`, CLOSE];
        await assertAnswers(message(lines, bomb), [400]);
      }
    },
    async 'a wish for another protocol is no call'() {
      const lines = [
        'GET /rsc-action HTTP/1.1',
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version: 13',
      ];
      for (const port of ports) {
        const answer = await exchange(port, message(lines), {silence: 500});
        assert.ok(!answer.startsWith('HTTP/1.1 101'));
        assert.deepEqual(await takeCalls(), []);
      }
      const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
      await assertAnswers(preface, [[400], [505], []]);
    },
    async 'after all of this every server still answers'() {
      await assertAnswers(message(['Content-Length: 2', CLOSE], '[]'), [200], {runs: 1});
    },
  }),
);
await adapted.close(true);
for (const server of [plain, onNode]) {
  server.close();
  server.closeAllConnections();
}
