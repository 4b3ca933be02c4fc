// Every server of docs/servers.md, as it stands there, behind React's own client.
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {createSecureServer} from 'node:http2';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {transform} from 'esbuild';
import {createNodeHandler} from 'use-server-webpack-plugin/node';
import {cookies, redirect} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {root} from './support/app.mjs';
import {certificate} from './support/certificate.mjs';
import {dynamicManifest} from './support/dynamicApp.mjs';
import {fetchByHttp1, http2Fetch} from './support/secureFetch.mjs';
import {assertServes, foreignForm, inlineEntry, stackClient} from './support/stackClient.mjs';
import {watched} from './support/watched.mjs';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(repository, 'node_modules/.cache');
await mkdir(cache, {recursive: true});
/** Inside the repository, so that the servers find their packages. */
const folder = await mkdtemp(join(cache, 'servers-'));
await mkdir(join(folder, 'build/public'), {recursive: true});
await writeFile(
  join(folder, 'build/server-actions-manifest.json'),
  JSON.stringify({...dynamicManifest, ...inlineEntry}),
);
await writeFile(join(folder, 'key.pem'), certificate.key);
await writeFile(join(folder, 'cert.pem'), certificate.cert);
process.env.USE_SERVER_ROOT = root;
process.chdir(folder);

const page = await readFile(join(repository, 'docs/servers.md'), 'utf8');

/** The servers on the page by the heading above each. */
function servers() {
  const found = {};
  let heading;
  for (const [, title, language, code] of page.matchAll(/^#+ (.*)$|^```(js|ts)\n([^]*?)^```$/gm)) {
    if (title) heading = title;
    else if (/process\.env\.PORT/.test(code)) found[heading] = {language, code};
  }
  return found;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts the code as a module of its own. */
async function start({language, code}) {
  const port = await freePort();
  process.env.PORT = String(port);
  const options = {
    loader: language,
    tsconfigRaw: {compilerOptions: {experimentalDecorators: true}},
  };
  const file = join(folder, `${port}.mjs`);
  await writeFile(file, (await transform(code, options)).code);
  await import(pathToFileURL(file));
  return port;
}

async function assertForms(browser) {
  const sent = await browser.submit(async (form) => cookies().set('name', form.get('name')));
  assert.ok(sent.status === 303 || sent.status === 200, String(sent.status));
  if (sent.status === 303) assert.equal(sent.headers.get('location'), '/page?a=b');
  assert.equal(browser.jar.get('name'), 'Ada');
  await sent.text();
  const left = await browser.submit(async () => redirect('/away'));
  assert.deepEqual([left.status, left.headers.get('location')], [303, '/away']);
  await left.text();
  const foreign = await browser.post('/upload', {body: foreignForm()});
  assert.equal(foreign.headers.get('x-action-error'), null);
  await foreign.text();
}

const all = servers();
const cases = {};
for (const [name, server] of Object.entries(all)) {
  cases[`${name}: calls, captures, streams, failures, refusals and forms`] = async () => {
    const port = await start(server);
    const isSecure = name === 'HTTP/2';
    const origin = `http${isSecure ? 's' : ''}://localhost:${port}`;
    const clients = isSecure
      ? [fetchByHttp1, http2Fetch(origin), http2Fetch(origin, {announcesLength: false})]
      : [undefined];
    for (const send of clients) {
      await assertServes(origin, send);
      await assertForms(stackClient(origin, send));
      const home = await (send ?? fetch)(`${origin}/`);
      if (name !== 'Sessions') assert.match(await home.text(), /^<!doctype html>/i);
    }
  };
}

await runCases(
  watched({
    async 'the page has a server of every kind'() {
      const names = 'Express Sessions node:http HTTP/2 Connect Nest Fastify Koa Hono'.split(' ');
      for (const name of names) assert.ok(all[name], name);
      assert.equal(Object.keys(all).length, names.length + 2);
    },
    ...cases,
    async 'over HTTP/2 a form that is not React`s reaches the app whole, however it comes'() {
      const handler = createNodeHandler({
        manifest: dynamicManifest,
        root,
        maxBodySize: 100_000,
        onError() {},
        renderError: (request, response, {status}) => response.end(`page of ${status}`),
      });
      const closed = [];
      const server = createSecureServer(certificate, async (request, response) => {
        if (request.url === '/page?a=b') {
          closed.push(once(request.stream, 'close').then(() => 'closed'));
        }
        if (await handler(request, response)) return;
        await new Promise((resolve) => setTimeout(resolve, Number(request.headers['x-wait'])));
        request.pipe(response);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const origin = `https://localhost:${server.address().port}`;
      for (const announcesLength of [true, false]) {
        const browser = stackClient(origin, http2Fetch(origin, {announcesLength}));
        for (const size of [0, 10, 70_000, 999_000, 2_500_000]) {
          for (const wait of ['0', '20']) {
            const request = new Request(origin, {method: 'POST', body: foreignForm(size)});
            const sent = Buffer.from(await request.arrayBuffer());
            const headers = {'Content-Type': request.headers.get('content-type'), 'X-Wait': wait};
            const answer = await browser.post('/upload', {body: sent, headers});
            const received = Buffer.from(await answer.arrayBuffer());
            assert.ok(received.equals(sent), `${size}, ${wait}: ${received.length}`);
          }
        }
        assert.equal((await browser.submit(async () => {})).status, 303);
        assert.equal(await closed.shift(), 'closed');
        const tooLarge = await browser.submit(async () => {}, {note: 'x'.repeat(2_000_000)});
        assert.deepEqual([tooLarge.status, await tooLarge.text()], [413, 'page of 413']);
        assert.equal(await closed.shift(), 'closed');
        assert.equal(await browser.call(async () => 'alive'), 'alive');
      }
    },
  }),
);
await rm(folder, {recursive: true});
process.exit();
