// What only the handler for Node can meet: connections, Node's own timeouts, pages of node:http.
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {Agent, createServer, request as send} from 'node:http';
import http2 from 'node:http2';
import {connect} from 'node:net';
import compression from 'compression';
import express from 'express';
import {createNodeHandler, nodeRequest} from 'use-server-webpack-plugin/node';
import {cookies, headers, signal, withRequest} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {body} from './fixtures/app/src/dynamic.mjs';
import {readResult, root} from './support/app.mjs';
import {dynamicManifest, id} from './support/dynamicApp.mjs';
import {exchange, foreignForm, stackClient} from './support/stackClient.mjs';
import {watched} from './support/watched.mjs';

const errors = [];
const handlerOf = (options = {}) =>
  createNodeHandler({
    manifest: dynamicManifest,
    root,
    onError: (error) => void errors.push(error),
    ...options,
  });
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function listen(listener, options = {}) {
  const server = createServer(options, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  const origin = `http://127.0.0.1:${port}`;
  return {...stackClient(origin), origin, port, server};
}

/** Gives pieces for as long as it is read, and tells when it is closed. */
async function* ticks(onClose) {
  try {
    for (;;) {
      await pause(5);
      yield 'tick';
    }
  } finally {
    onClose();
  }
}

/** Head of a call of `run` that comes by hand. */
const callHead = {
  'X-Action-Id': id,
  'Sec-Fetch-Site': 'same-origin',
  'Content-Type': 'text/plain;charset=UTF-8',
};

/** The begin of a post whose client goes away before the rest comes. */
async function leaveEarly(port, path, type) {
  const socket = connect(port, '127.0.0.1');
  const head = {...callHead, 'Content-Type': type, 'Content-Length': 500, Host: 'x'};
  const lines = Object.entries(head).map((pair) => pair.join(': '));
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n[`);
  await pause(20);
  socket.destroy();
}

/** Warnings of Node while `work` runs. */
async function warnings(work) {
  const heard = [];
  const listener = (warning) => void heard.push(warning.message);
  process.on('warning', listener);
  await work();
  await pause(10);
  process.off('warning', listener);
  return heard;
}

await runCases(
  watched({
    async 'pages of node:http know their request, and leave nothing behind on a connection that is kept'() {
      let listeners;
      let aborted = 0;
      const own = await listen((request, response) => {
        const text = withRequest(request, () => {
          signal().addEventListener('abort', () => aborted++);
          return `${headers().get('x-own')} ${cookies().get('a')?.value} ${nodeRequest() === request}`;
        });
        listeners = request.socket.listenerCount('close');
        response.end(text);
      });
      const agent = new Agent({keepAlive: true, maxSockets: 1});
      const get = () =>
        new Promise((resolve) => {
          const sent = send(own.origin, {agent, headers: {'X-Own': 'b', Cookie: 'a=1'}}, (answer) =>
            answer.on('data', (text) => resolve(String(text))).resume(),
          );
          sent.end();
        });
      assert.equal(await get(), 'b 1 true');
      const first = listeners;
      const heard = await warnings(async () => {
        for (let i = 0; i < 30; i++) await get();
      });
      assert.deepEqual(heard, []);
      assert.equal(listeners, first);
      agent.destroy();
      await pause(20);
      assert.equal(aborted, 1);
    },
    async 'a page that is rendered when its client goes away is told so'() {
      let told;
      const aborted = new Promise((resolve) => (told = resolve));
      const own = await listen((request) =>
        withRequest(request, () => signal().addEventListener('abort', told)),
      );
      const sent = send(own.origin).on('error', () => {});
      sent.end();
      await pause(30);
      sent.destroy();
      await aborted;
    },
    async 'onError can look at a request whose host is no host'() {
      const seen = [];
      const handler = handlerOf({
        onError: (error, {request}) => void seen.push([error.code, request.headers.get('x-own')]),
      });
      const own = await listen((request, response) => handler(request, response));
      const answer = await exchange(
        own.port,
        'POST /rsc-action HTTP/1.1\r\nHost: a/b\r\nX-Own: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
      );
      assert.match(answer, /^HTTP\/1.1 400 .*malformed-url/s);
      assert.deepEqual(seen, [['malformed-url', '1']]);
    },
    async 'a body that Node itself stops waiting for ends the request, not the process'() {
      errors.length = 0;
      const handler = handlerOf();
      const own = await listen((request, response) => handler(request, response), {
        requestTimeout: 100,
        headersTimeout: 100,
        connectionsCheckingInterval: 20,
      });
      const start = `Host: x\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 500\r\n`;
      const heads = [
        `POST /rsc-action HTTP/1.1\r\nX-Action-Id: ${id}\r\nContent-Type: text/plain\r\n${start}\r\n[`,
        `POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=x\r\n${start}\r\n--x`,
      ];
      for (const head of heads) assert.match(await exchange(own.port, head), /^HTTP\/1.1 408 /);
      await pause(20);
      assert.deepEqual(
        errors.map(({code}) => code),
        ['malformed-body'],
      );
      assert.equal(await own.call(async () => 'alive'), 'alive');
    },
    async 'through compression too, a client that reads nothing makes a generator stand still'() {
      const app = express();
      app.use(compression({threshold: 0}), handlerOf());
      const own = await listen(app);
      let given = 0;
      body.run = async () =>
        (async function* () {
          try {
            for (;;) {
              given++;
              yield crypto.getRandomValues(new Uint8Array(20_000)).toString();
            }
          } finally {
            given = -1;
          }
        })();
      const heard = await warnings(async () => {
        const answer = await new Promise((resolve) => {
          const sent = send(
            `${own.origin}/rsc-action`,
            {method: 'POST', headers: {'X-Action-Id': id, 'Accept-Encoding': 'gzip'}},
            resolve,
          );
          sent.setHeader('Content-Type', 'text/plain');
          sent.end('[]');
        });
        for (let before = -1; before !== given; await pause(200)) before = given;
        const still = given;
        // What the sockets of both sides hold may be some megabytes.
        assert.ok(still > 0 && still < 1000, String(still));
        for (let read = 0; read < 300; read++) {
          if (answer.read() === null) await once(answer, 'readable');
        }
        assert.ok(given > still, `${given} after ${still}`);
        answer.destroy();
        await pause(50);
        assert.equal(given, -1);
      });
      assert.deepEqual(heard, []);
    },
    async 'a client that has sent requests ahead leaves with all of them'() {
      const ahead = 20;
      const handler = handlerOf({timeout: Infinity});
      const count = {begun: 0, closed: 0, answered: 0};
      const own = await listen(async (request, response) => {
        await handler(request, response);
        count.answered++;
      });
      body.run = async () => {
        count.begun++;
        return ticks(() => count.closed++);
      };
      const lines = Object.entries({...callHead, Host: 'x', 'Content-Length': 2});
      const head = lines.map((pair) => pair.join(': ')).join('\r\n');
      const message = `POST /rsc-action HTTP/1.1\r\n${head}\r\n\r\n[]`;
      const heard = await warnings(async () => {
        const socket = connect(own.port, '127.0.0.1');
        socket.write(message.repeat(ahead));
        while (count.begun < ahead) await pause(10);
        await pause(30);
        socket.destroy();
        while (count.answered < ahead || count.closed < ahead) await pause(10);
      });
      assert.deepEqual(heard, []);
    },
    async 'a client that is gone before its body is read was no body parser'() {
      errors.length = 0;
      const handler = handlerOf();
      const answered = [];
      const own = await listen(async (request, response) => {
        await pause(50);
        answered.push(await handler(request, response));
      });
      const lines = [];
      const {warn} = console;
      console.warn = (line) => lines.push(line);
      await leaveEarly(own.port, '/rsc-action', 'text/plain');
      await leaveEarly(own.port, '/', 'multipart/form-data; boundary=x');
      await pause(100);
      console.warn = warn;
      assert.deepEqual(answered, [true, false]);
      assert.deepEqual(
        errors.map(({code}) => code),
        ['malformed-body'],
      );
      assert.deepEqual(lines, []);
    },
    async 'a form that a parser has made a text of is not taken for what it was'() {
      const app = express();
      app.use(express.text({type: () => true}), handlerOf());
      const own = await listen(app);
      const answer = await own.answer(
        async (file) => file.size,
        [new Blob([new Uint8Array([255])])],
      );
      assert.equal(answer.status, 500);
      assert.match(await answer.text(), /was read before/);
      assert.equal(await own.call(async (text) => text, 'ü'), 'ü');
      assert.equal((await own.post('/', {body: foreignForm()})).status, 404);
    },
    async 'over HTTP/2 too a client that goes away aborts the signal, and closes what it was sent'() {
      const server = http2.createServer(handlerOf());
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const session = http2.connect(`http://127.0.0.1:${server.address().port}`);
      const begin = (run) => {
        body.run = run;
        const head = {':method': 'POST', ':path': '/rsc-action', ...callHead};
        const stream = session.request(head).on('error', () => {});
        stream.end('[]');
        return stream;
      };
      const leave = (stream) => stream.close(http2.constants.NGHTTP2_CANCEL);
      const isAborted = await new Promise((resolve) => {
        const early = begin(async () => {
          const own = signal();
          own.addEventListener('abort', () => resolve(own.aborted));
          leave(early);
          await pause(1000);
          resolve(own.aborted);
        });
      });
      assert.equal(isAborted, true);
      await new Promise((closed) => {
        const late = begin(async () => ticks(closed)).once('data', () => leave(late));
      });

      let aborted = false;
      const whole = begin(async () => {
        signal().addEventListener('abort', () => (aborted = true));
        await pause(20);
        return 'whole';
      });
      const pieces = await whole.setEncoding('utf8').toArray();
      assert.match(pieces.join(''), /"whole"/);
      await pause(30);
      assert.equal(aborted, false);
      session.destroy();
      server.close();
    },
    async 'what a function returns after something else has answered is closed'() {
      const handler = handlerOf({timeout: Infinity});
      const own = await listen(async (request, response) => {
        const handling = handler(request, response);
        await pause(10);
        response.writeHead(503).end('late');
        await handling;
      });
      let closed;
      const over = new Promise((resolve) => (closed = resolve));
      const answer = await own.answer(async () => {
        await pause(40);
        return ticks(closed);
      });
      assert.equal(await answer.text(), 'late');
      await over;
    },
    async 'what the response throws, whenever it does, goes to the app, and the result is closed'() {
      const app = express();
      let throwing;
      app.use((_request, response, next) => {
        const write = response.write.bind(response);
        let count = 0;
        response.write = (piece) => {
          if (++count === throwing) throw new Error(`write ${count}`);
          return write(piece);
        };
        next();
      }, handlerOf());
      const heard = [];
      app.use((error, _request, response, _next) => {
        heard.push(error.message);
        if (response.headersSent) response.destroy();
        else response.status(500).end('told');
      });
      const own = await listen(app);
      for (throwing = 1; throwing <= 3; throwing++) {
        let closed;
        const over = new Promise((resolve) => (closed = resolve));
        const reading = own.answer(async () => ticks(closed)).then((answer) => answer.text());
        if (throwing === 1) assert.equal(await reading, 'told');
        else await assert.rejects(reading);
        await over;
      }
      assert.deepEqual(heard, ['write 1', 'write 2', 'write 3']);
    },
    async 'behind a page that has begun no other one begins'() {
      errors.length = 0;
      let pages = 0;
      const handler = handlerOf({
        render(request, response) {
          pages++;
          if (request.url.startsWith('/whole')) response.end('page');
          else response.write('half a ');
          throw new Error('too late');
        },
        renderError(_request, response) {
          pages++;
          response.end('sorry');
        },
      });
      const own = await listen(async (request, response) => {
        const handling = handler(request, response);
        if (request.url === '/answered') {
          await pause(10);
          response.writeHead(503).end('late');
        }
        await handling;
      });
      const whole = await own.submit(async () => cookies().set('a', 'b'), {path: '/whole'});
      assert.deepEqual([whole.status, await whole.text()], [200, 'page']);
      await assert.rejects(async () => (await own.submit(async () => {}, {path: '/half'})).text());
      assert.equal(pages, 2);
      const failing = [
        () => pause(30),
        async () => {
          await pause(30);
          throw new Error('on purpose');
        },
      ];
      for (const run of failing) {
        const answer = await own.submit(run, {path: '/answered'});
        assert.deepEqual([answer.status, await answer.text()], [503, 'late']);
        await pause(40);
      }
      assert.equal(pages, 2);
      assert.deepEqual(
        errors.map(({message}) => message),
        ['too late', 'too late', 'on purpose'],
      );
    },
    async 'what is thrown and cannot be made a text is a failure like others'() {
      const onRequest = () => {
        throw Object.create(null);
      };
      const own = await listen(handlerOf({onRequest, onError() {}}));
      assert.equal((await own.answer(async () => {})).status, 500);
      assert.equal((await own.submit(async () => {})).status, 500);
    },
    async 'headers() are as middleware in front has left them'() {
      const app = express();
      const seen = [];
      app.use(
        (request, _response, next) => {
          delete request.headers['x-user'];
          request.headers['x-role'] = 'guest';
          next();
        },
        handlerOf({onRequest: ({headers}) => void seen.push(headers.get('x-user'))}),
      );
      const own = await listen(app);
      const names = ['x-user', 'x-role', 'x-own', 'cookie'];
      const answer = await own.answer(async () => names.map((name) => headers().get(name)), [], {
        headers: {'X-User': 'admin', 'X-Role': 'root', 'X-Own': 'ü', Cookie: 'a=1; b=2'},
      });
      assert.deepEqual(await readResult(answer), [null, 'guest', 'ü', 'a=1; b=2']);
      assert.deepEqual(seen, [null]);
    },
  }),
);
process.exit();
