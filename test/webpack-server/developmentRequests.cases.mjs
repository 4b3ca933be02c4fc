// Who may ask developmentServer() for what, by requests as they go over the wire.
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {connect} from 'node:net';
import {fileURLToPath} from 'node:url';
import {createUseServer} from 'use-server-webpack-plugin';
import {developmentServer} from 'use-server-webpack-plugin/development';
import webpack from 'webpack';
import {runCases} from '../support/cases.mjs';

const UPDATES = '/__use_server_updates';
const folder = fileURLToPath(new URL('../../.cache/development-tests/requests', import.meta.url));
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
writeFileSync(`${folder}/package.json`, '{"type": "commonjs"}');

const ANSWER = `(request, response) => response.end(JSON.stringify({
  listensOn: request.socket.server.address().address, url: request.url, host: request.headers.host,
}))`;
const SERVERS = {
  plain: `require('node:http').createServer(${ANSWER}).listen(process.env.PORT);`,
  everywhere: `require('node:http').createServer(${ANSWER}).listen(process.env.PORT, '0.0.0.0');`,
  options: `require('node:http').createServer(${ANSWER}).listen({port: process.env.PORT});`,
  failing: `throw new Error('the secret of the sources');`,
};
for (const [name, text] of Object.entries(SERVERS)) writeFileSync(`${folder}/${name}.js`, text);

async function start(entry, {options, devServer, headers = {}} = {}) {
  const compiler = webpack([
    {
      name: 'server',
      context: folder,
      mode: 'development',
      target: 'node',
      entry: `./${entry}.js`,
      output: {path: `${folder}/dist/${entry}`},
      plugins: [createUseServer().server],
      infrastructureLogging: {level: 'none'},
      ...(devServer !== undefined && {devServer}),
    },
  ]);
  const middleware = developmentServer(compiler, options);
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    middleware(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const watching = compiler.watch({}, () => {});
  return {
    port: server.address().port,
    async stop() {
      await new Promise((fulfil) => watching.close(fulfil));
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Sends the lines of a request's head, and gives the answer as far as it has come after its head. */
async function send(port, lines) {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  let text = '';
  try {
    for await (const chunk of socket) {
      text += chunk;
      // What streams does not end by itself.
      if (/^content-type: text\/event-stream/im.test(text) && text.includes('\r\n\r\n')) break;
    }
  } finally {
    socket.destroy();
  }
  const [head, ...body] = text.split('\r\n\r\n');
  return {status: Number(head.split(' ')[1]), head, body: body.join('\r\n\r\n')};
}

const plain = await start('plain');
const failing = await start('failing', {headers: {'Access-Control-Allow-Origin': '*'}});

const get = (path, ...lines) =>
  send(plain.port, [`GET ${path} HTTP/1.1`, 'Connection: close', ...lines]);
const getError = (...lines) =>
  send(failing.port, ['GET / HTTP/1.1', 'Connection: close', 'Host: localhost', ...lines]);

const OWN = [
  'localhost',
  'LOCALHOST:8080',
  'localhost.',
  'app.localhost:8080',
  '127.0.0.1',
  '[::1]:8080',
  '192.168.1.20:8080',
];
const FOREIGN = [
  'evil.example',
  'EVIL.example:8080',
  'evil.example.',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil.example, localhost',
  'localhost@evil.example',
  'localhost/../evil.example',
];

async function statuses(hosts, path) {
  const answers = await Promise.all(hosts.map((host) => get(path, `Host: ${host}`)));
  return answers.map(({status}, index) => [hosts[index], status]);
}

const all = (hosts, status) => hosts.map((host) => [host, status]);

await runCases({
  async 'pages are served to requests for hosts that only this machine can have'() {
    assert.deepEqual(await statuses(OWN, '/'), all(OWN, 200));
  },
  async 'so are updates'() {
    assert.deepEqual(await statuses(OWN, UPDATES), all(OWN, 200));
  },
  async 'a request for another host gets nothing of the server'() {
    assert.deepEqual(await statuses(FOREIGN, '/'), all(FOREIGN, 403));
    const {head, body} = await get('/', 'Host: evil.example:8080');
    assert.match(head, /^content-type: text\/plain/im);
    assert.match(body, /The host "evil\.example:8080" is not allowed\. .* "allowedHosts" of dev/);
  },
  async 'nor does it get updates'() {
    assert.deepEqual(await statuses(FOREIGN, UPDATES), all(FOREIGN, 403));
    assert.equal((await get(`${UPDATES}?a`, 'Host: evil.example')).status, 403);
  },
  async 'a request without a host is refused'() {
    const {status, body} = await send(plain.port, ['GET / HTTP/1.0']);
    assert.deepEqual([status, body], [403, 'A request without a host is not allowed.']);
    assert.equal((await send(plain.port, [`GET ${UPDATES} HTTP/1.0`])).status, 403);
    assert.equal((await send(plain.port, ['GET / HTTP/1.0', 'Host:'])).status, 403);
  },
  async 'the host in an absolute target counts as well as the header'() {
    const own = 'Host: localhost';
    assert.equal((await get('http://evil.example/', own)).status, 403);
    assert.equal((await get(`http://evil.example${UPDATES}`, own)).status, 403);
    assert.equal((await get('http://localhost@evil.example/', own)).status, 403);
    assert.equal((await get('http://localhost/', 'Host: evil.example')).status, 403);
  },
  async 'an absolute target for this server is served by its path'() {
    const {status, body} = await get('http://localhost:8080/a?b=c', 'Host: localhost');
    assert.equal(status, 200);
    assert.equal(JSON.parse(body).url, '/a?b=c');
    const root = await get('http://localhost:8080?b=c', 'Host: localhost');
    assert.equal(JSON.parse(root.body).url, '/?b=c');
    const updates = await get(`http://localhost:8080${UPDATES}`, 'Host: localhost');
    assert.match(updates.head, /^content-type: text\/event-stream/im);
  },
  async 'the server sees the host that the browser asked for'() {
    const {body} = await get('/', 'Host: app.localhost:8080');
    assert.equal(JSON.parse(body).host, 'app.localhost:8080');
  },
  async 'hosts that are listed are served'() {
    const listed = await start('plain', {options: {allowedHosts: ['.app.example', 'my_box']}});
    const status = async (host) =>
      (await send(listed.port, ['GET / HTTP/1.1', 'Connection: close', `Host: ${host}`])).status;
    const hosts = ['app.example', 'A.app.example:80', 'my_box', 'localhost', 'evil.example'];
    assert.deepEqual(await Promise.all(hosts.map(status)), [200, 200, 200, 200, 403]);
    await listed.stop();
  },
  async 'hosts that webpack-dev-server knows need not be listed again'() {
    const status = async (devServer, host) => {
      const server = await start('plain', {devServer});
      const lines = ['GET / HTTP/1.1', 'Connection: close', `Host: ${host}`];
      const answer = await send(server.port, lines);
      await server.stop();
      return answer.status;
    };
    const auto = {allowedHosts: 'auto', host: 'local-ip'};
    assert.equal(await status({allowedHosts: ['app.example']}, 'app.example'), 200);
    assert.equal(await status({allowedHosts: '.example'}, 'app.example'), 200);
    assert.equal(await status({allowedHosts: 'all'}, 'evil.example'), 200);
    assert.equal(await status({host: 'box.example'}, 'box.example'), 200);
    assert.equal(await status(auto, 'evil.example'), 403);
    assert.equal(await status(auto, 'local-ip'), 403);
    assert.equal(await status(false, 'evil.example'), 403);
  },
  async 'other origins cannot listen to updates'() {
    const events = (...lines) => get(UPDATES, 'Host: localhost:8080', ...lines);
    const refused = [
      ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: cors'],
      ['Sec-Fetch-Site: same-site', 'Origin: http://localhost:9090'],
      ['Origin: https://evil.example'],
      ['Origin: http://localhost:9090'],
      ['Origin: null'],
    ];
    for (const lines of refused) {
      const {status, body} = await events(...lines);
      assert.deepEqual([lines, status], [lines, 403]);
      assert.doesNotMatch(body, /serverGraph/);
    }
    const allowed = [
      [],
      ['Sec-Fetch-Site: same-origin'],
      ['Sec-Fetch-Site: none'],
      ['Origin: http://localhost:8080'],
    ];
    for (const lines of allowed) {
      const {status, head} = await events(...lines);
      assert.deepEqual([lines, status], [lines, 200]);
      assert.match(head, /^cross-origin-resource-policy: same-origin/im);
    }
  },
  async 'other origins do not see errors, whatever CORS headers the dev server sends'() {
    for (const lines of [
      ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Dest: empty'],
      ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Dest: script'],
      ['Sec-Fetch-Site: same-site', 'Sec-Fetch-Dest: iframe', 'Accept: text/html'],
      ['Origin: https://evil.example'],
      ['Origin: https://evil.example', 'Accept: text/html'],
    ]) {
      const {status, head, body} = await getError(...lines);
      assert.equal(status, 500);
      assert.match(head, /^x-content-type-options: nosniff/im);
      assert.doesNotMatch(body, /secret/, lines.join(', '));
    }
  },
  async 'a link of another site to a page that fails shows the error'() {
    const {status, body} = await getError(
      'Sec-Fetch-Site: cross-site',
      'Sec-Fetch-Mode: navigate',
      'Sec-Fetch-Dest: document',
      'Accept: text/html',
    );
    assert.equal(status, 500);
    assert.match(body, /the secret of the sources/);
    assert.match((await getError()).body, /the secret of the sources/);
  },
  async 'the process of the server listens on the loopback interface, unless it names another'() {
    const {body} = await get('/', 'Host: localhost');
    assert.equal(JSON.parse(body).listensOn, '127.0.0.1');
    for (const [entry, listensOn] of [
      ['options', '127.0.0.1'],
      ['everywhere', '0.0.0.0'],
    ]) {
      const server = await start(entry);
      const lines = ['GET / HTTP/1.1', 'Connection: close', 'Host: localhost'];
      assert.equal(JSON.parse((await send(server.port, lines)).body).listensOn, listensOn);
      await server.stop();
    }
  },
  'a host that is none is refused when the server is made'() {
    const compiler = webpack([{plugins: [createUseServer().server], target: 'node'}]);
    assert.throws(
      () => developmentServer(compiler, {allowedHosts: ['http://app.example']}),
      /^TypeError: allowedHosts: "http:\/\/app\.example" is not a host/,
    );
    assert.throws(
      () => developmentServer(compiler, {allowedHosts: 'app.example'}),
      /^TypeError: allowedHosts must be an array/,
    );
  },
});

await Promise.all([plain.stop(), failing.stop()]);
