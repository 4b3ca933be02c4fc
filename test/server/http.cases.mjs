// Over real connections, through adapters, or with the argument `node` by the handler for Node; raw sockets
// where no client would.
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {connect} from 'node:net';
import {PassThrough, Readable} from 'node:stream';
import * as client from 'react-server-dom-webpack/client.edge';
import {serve} from 'srvx';
import {createNodeHandler} from 'use-server-webpack-plugin/node';
import {
  cookies,
  createServerFunctionHandler,
  redirect,
  signal,
} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {body} from './fixtures/app/src/dynamic.mjs';
import {action, manifest, readResult, root, takeCalls} from './support/app.mjs';

const errors = [];
const dynamicId = 'src/dynamic.mjs#run';
const isNodeDoor = process.argv[2] === 'node';
const options = {
  manifest: {
    ...manifest,
    [dynamicId]: {id: 'src/dynamic.mjs', chunks: [], name: 'run', async: true},
  },
  root,
  bodyTimeout: 200,
  onError: (error) => void errors.push(error.code),
};
const handle = isNodeDoor ? undefined : createServerFunctionHandler(options);
const {close, port} = isNodeDoor ? await listenOnNode() : await listenWithSrvx();
const origin = `http://127.0.0.1:${port}`;

async function listenWithSrvx() {
  const server = serve({
    port: 0,
    hostname: '127.0.0.1',
    silent: true,
    gracefulShutdown: false,
    fetch: async (request) =>
      (await handle(request)) ?? ownUpload(request, request.runtime.node.req),
  });
  await server.ready();
  return {close: () => server.close(true), port: new URL(server.url).port};
}

async function listenOnNode() {
  const handler = createNodeHandler(options);
  const server = createServer((message, answer) =>
    handler(message, answer, async () => {
      const request = new Request(`http://app.test${message.url}`, {
        method: message.method,
        headers: Object.entries(message.headers),
        body: message.url === '/stream' ? null : Readable.toWeb(message),
        duplex: 'half',
      });
      answer.end(await (await ownUpload(request, message)).text());
    }),
  );
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    server.close();
    server.closeAllConnections();
  };
  return {close, port: server.address().port};
}
// Without an adapter: what Node's own documentation would make of a request.
const plain = createServer(async (message, answer) => {
  const request = new Request(new URL(message.url, origin), {
    method: message.method,
    headers: Object.entries(message.headers),
    body: Readable.toWeb(message),
    duplex: 'half',
  });
  const response = (await handle(request)) ?? (await ownUpload(request));
  answer.writeHead(response.status, Object.fromEntries(response.headers));
  answer.end(await response.text());
});
await new Promise((resolve) => plain.listen(0, '127.0.0.1', resolve));
async function collect(stream) {
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** Reads the stream of Node behind a request, as each case likes. */
let ownReader;
/** The app's own: what it finds in a form that is not React's. */
async function ownUpload(request, message) {
  if (new URL(request.url).pathname === '/stream') {
    return new Response(`received ${(await ownReader(message)).length}`);
  }
  const file = (await request.formData()).get('file');
  return new Response(`received ${file.size}`);
}
const head = (...headers) =>
  [
    'POST /rsc-action HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `X-Action-Id: ${action('echo')}`,
    'Content-Type: text/plain',
    'Connection: close',
    ...headers,
    '',
    '',
  ].join('\r\n');

/** Sends the pieces, some milliseconds apart, until the server ends the connection. */
function exchange(pieces, pause = 1) {
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    const timer = setInterval(() => {
      if (pieces.length > 0 && socket.writable) socket.write(pieces.shift());
    }, pause);
    socket.setEncoding('latin1').on('data', (text) => (answer += text));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      resolve(answer);
    });
  });
}
const assertAnswer = (answer, status, code) => {
  assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `));
  assert.match(answer, new RegExp(`x-action-error: ${code}\\r\\n`, 'i'));
};

await runCases({
  async 'a call and a form arrive'() {
    const id = action('echo');
    const headers = {'X-Action-Id': id};
    const body = await client.encodeReply([new Map([[1, 'one']])]);
    const response = await fetch(`${origin}/rsc-action`, {method: 'POST', headers, body});
    assert.deepEqual(await readResult(response), [new Map([[1, 'one']])]);
    const form = new FormData();
    form.append(`$ACTION_ID_${action('submit')}`, '');
    form.append('note', 'x'.repeat(200_000));
    const posted = await fetch(`${origin}/page?a=b`, {
      method: 'POST',
      body: form,
      headers: {'Sec-Fetch-Site': 'same-origin'},
      redirect: 'manual',
    });
    assert.equal(posted.status, 303);
    assert.equal(posted.headers.get('location'), '/page?a=b');
    const [, [name, fields]] = await takeCalls();
    assert.deepEqual([name, fields.note.length], ['submit', 200_000]);
  },
  async 'several cookies and a redirect arrive, and side by side each answer has its own'() {
    body.run = async (name) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      cookies().set(name, cookies().get('n').value);
      cookies().set('second', 'ü');
      redirect(`/${name}`);
    };
    const responses = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        fetch(`${origin}/rsc-action`, {
          method: 'POST',
          headers: {'X-Action-Id': dynamicId, Cookie: `n=${name}`},
          body: JSON.stringify([name]),
        }),
      ),
    );
    for (const [index, name] of ['a', 'b', 'c'].entries()) {
      const {status, headers} = responses[index];
      assert.equal(status, 204);
      assert.equal(headers.get('x-action-redirect'), `/${name}`);
      assert.deepEqual(headers.getSetCookie(), [
        `${name}=${name}; Path=/; HttpOnly; SameSite=Lax`,
        'second=%C3%BC; Path=/; HttpOnly; SameSite=Lax',
      ]);
    }
  },
  async 'a body that is too large is answered, whether its length is announced or counted'() {
    const announced = await exchange([head('Content-Length: 9000000'), 'x'.repeat(1000)]);
    assertAnswer(announced, 413, 'body-too-large');
    const chunk = `30d40\r\n${'x'.repeat(200_000)}\r\n`;
    const counted = await exchange(
      [head('Transfer-Encoding: chunked'), ...Array(8).fill(chunk)],
      5,
    );
    assertAnswer(counted, 413, 'body-too-large');
  },
  ...largeFormCases(),
  async 'headers of an origin that come twice are foreign, whatever they say'() {
    const own = `Origin: ${origin}`;
    const length = 'Content-Length: 2';
    assert.match(await exchange([`${head(own, length)}[]`]), /^HTTP\/1.1 200 /);
    for (const twice of [
      [own, own],
      [own, 'Origin: http://evil.test'],
      ['Origin: http://evil.test', own],
      ['Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: cross-site'],
      ['Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: same-origin'],
      [`Origin: ${origin}, http://evil.test`],
    ]) {
      assertAnswer(await exchange([`${head(...twice, length)}[]`]), 403, 'cross-site');
    }
    assert.deepEqual(await takeCalls(), ['echo']);
  },
  async 'a body that comes too slowly is answered'() {
    const pieces = [head('Content-Length: 100'), ...Array(50).fill('x')];
    assertAnswer(await exchange(pieces, 20), 408, 'body-timeout');
  },
  async 'many slow bodies do not stop other calls'() {
    const slow = Array.from({length: 50}, () => exchange([head('Content-Length: 100'), 'x']));
    const headers = {'X-Action-Id': action('echo')};
    const answers = Promise.all(slow);
    const response = await Promise.race([
      answers,
      fetch(`${origin}/rsc-action`, {method: 'POST', headers, body: '[1]'}),
    ]);
    assert.deepEqual(await readResult(response), [1]);
    for (const answer of await answers) assertAnswer(answer, 408, 'body-timeout');
    await takeCalls();
  },
  async 'a post of the app can be read from the stream of Node afterwards, as multer and others do'() {
    const readers = {
      data: (req) =>
        new Promise((resolve, reject) => {
          const pieces = [];
          req.on('data', (piece) => pieces.push(piece));
          req.on('end', () => resolve(Buffer.concat(pieces)));
          req.on('error', reject);
        }),
      async pipe(req) {
        const through = new PassThrough();
        req.pipe(through);
        return collect(through);
      },
      iteration: collect,
      later: async (req) => (await pause(30), readers.data(req)),
    };
    for (const [name, read] of Object.entries(readers)) {
      for (const size of [0, 10, 70_000, 999_000, 2_500_000]) {
        for (const chunked of [false, true]) {
          ownReader = read;
          const answer = await upload(Number(port), size, {
            chunked,
            field: 'file',
            path: '/stream',
          });
          const whole = size + 133;
          assert.match(answer, new RegExp(`received ${whole}\\b`), `${name}, ${size}, ${chunked}`);
        }
      }
    }
  },
  async 'a client that goes away in the middle of its body leaves nothing behind'() {
    errors.length = 0;
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`${head('Content-Length: 100')}x`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.equal(errors.length, 1);
    assert.deepEqual(await takeCalls(), []);
  },
  async 'a client that goes away while the function runs aborts its signal'() {
    errors.length = 0;
    const controller = new AbortController();
    let own;
    const aborted = new Promise((resolve) => {
      body.run = () => {
        own = signal();
        own.addEventListener('abort', resolve);
        controller.abort();
        return new Promise(() => {});
      };
    });
    const answer = fetch(`${origin}/rsc-action`, {
      method: 'POST',
      headers: {'X-Action-Id': dynamicId},
      body: '[]',
      signal: controller.signal,
    });
    await assert.rejects(answer, {name: 'AbortError'});
    await aborted;
    assert.equal(own.aborted, true);
    assert.deepEqual(errors, []);
  },
  async 'a client that goes away in the middle of a stream ends the generator'() {
    errors.length = 0;
    const controller = new AbortController();
    const response = await fetch(`${origin}/rsc-action`, {
      method: 'POST',
      headers: {'X-Action-Id': action('stream')},
      body: '[]',
      signal: controller.signal,
    });
    await response.body.getReader().read();
    controller.abort();
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(await takeCalls(), ['stream', 'stream closed']);
    assert.deepEqual(errors, []);
  },
});
await close();
plain.close();
plain.closeAllConnections();

/** Bodies sent at once, as browsers do; what follows the answer must not end the process. */
function largeFormCases() {
  const ports = isNodeDoor
    ? {createNodeHandler: Number(port)}
    : {srvx: Number(port), 'node:http': plain.address().port};
  const sizes = [500_000, 1_100_000, 5_000_000, 30_000_000];
  return Object.fromEntries(
    Object.entries(ports).map(([name, own]) => [
      `a form of any size is answered, and one of the app's own left to the app, by way of ${name}`,
      async () => {
        for (const size of sizes) {
          for (const chunked of [false, true]) {
            const theirs = await upload(own, size, {chunked, field: 'file'});
            assert.match(theirs, new RegExp(`received ${size}\\b`));
            const ours = await upload(own, size, {chunked, field: `$ACTION_ID_${dynamicId}`});
            if (size < 1_000_000) assert.match(ours, /^HTTP\/1.1 303 /);
            else assertAnswer(ours, 413, 'body-too-large');
          }
        }
        // From another site, or from no browser at all, as those of webhooks.
        for (const [headers, code] of [
          [['Sec-Fetch-Site: cross-site'], 'cross-site'],
          [[], 'missing-origin'],
        ]) {
          const answer = await upload(own, 1_500_000, {field: 'file', headers});
          assert.match(answer, /received 1500000\b/);
          const ours = await upload(own, 1000, {field: `$ACTION_ID_${dynamicId}`, headers});
          assertAnswer(ours, 403, code);
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      },
    ]),
  );
}

/** The first answer to a form with a field, whose name says whose it is, and a file of so many bytes. */
function upload(
  own,
  size,
  {chunked = false, field, path = '/upload', headers = ['Sec-Fetch-Site: same-origin']},
) {
  body.run = async () => {};
  const boundary = 'x'.repeat(30);
  const part = (name, content) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="f"\r\n\r\n${content}\r\n`;
  const text = field === 'file' ? '' : part(field, '').replace('; filename="f"', '');
  const content = Buffer.from(`${text}${part('file', 'a'.repeat(size))}--${boundary}--\r\n`);
  const lines = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    ...headers,
    `Content-Type: multipart/form-data; boundary=${boundary}`,
    chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${content.length}`,
    '',
    '',
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(own, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (text) => {
      answer += text;
      if (!/\r\n\r\n./s.test(answer) && !/Content-Length: 0\r\n/.test(answer)) return;
      resolve(answer);
      // A moment later: the rest of the body arrives after the answer.
      setTimeout(() => socket.destroy(), 20);
    });
    socket.on('error', () => {});
    socket.on('close', () => (answer === '' ? reject(new Error('no answer')) : resolve(answer)));
    socket.write(lines.join('\r\n'));
    if (!chunked) return void socket.write(content);
    for (let start = 0; start < content.length; start += 50_000) {
      const chunk = content.subarray(start, start + 50_000);
      socket.write(`${chunk.length.toString(16)}\r\n`);
      socket.write(chunk);
      socket.write('\r\n');
    }
    socket.write('0\r\n\r\n');
  });
}
