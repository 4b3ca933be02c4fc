// The inspector of a process: what it shows of real calls, and who may ask.
import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync} from 'node:fs';
import {createServer, request} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as client from 'react-server-dom-webpack/client.edge';
import {createServerFunctionHandler, cookies, redirect} from 'use-server-webpack-plugin/server';
import {createNodeHandler} from 'use-server-webpack-plugin/node';
import {encryptCaptures} from '../../dist/src/server/captures/encryption.js';
import {newKey} from '../../dist/src/inspector/address.js';
import {handOverPath, handOverProof, inspectorProof} from '../../dist/src/inspector/handOver.js';
import {runCases} from '../support/cases.mjs';
import {body, run} from '../server/fixtures/app/src/dynamic.mjs';
import {callRequest, clientManifest, origin, root, silenced} from '../server/support/app.mjs';
import {dynamicManifest} from '../server/support/dynamicApp.mjs';

const folder = mkdtempSync(join(tmpdir(), 'inspector-'));
mkdirSync(join(folder, 'node_modules'));
process.chdir(folder);

const printed = [];
const write = process.stderr.write.bind(process.stderr);
process.stderr.write = (text, ...rest) => {
  printed.push(String(text));
  return write(text, ...rest);
};

const inline = 'src/inline.mjs#$$Page$save';
const options = {
  manifest: {
    ...dynamicManifest,
    [inline]: {id: 'src/inline.mjs', chunks: [], name: '$$Page$save', async: true},
  },
  clientManifest,
  root,
  onError() {},
};
const handle = createServerFunctionHandler(options);
const call = async (work, args = [], init = {}) => {
  body.run = work;
  const response = await handle(await callRequest(run.$$id, args, init));
  await response.text();
  return response;
};

await call(async () => 'first');
while (printed.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
const address = new URL(/http:\S+/.exec(printed[0])[0]);

const key = address.pathname.slice(1, -1);
const otherKey = newKey();
const nonce = 'n'.repeat(22);
const OWN = {'Sec-Fetch-Site': 'same-origin'};

/** A request to the inspector, as nothing but a program could make it. */
function ask(
  path,
  {method = 'GET', headers = OWN, host = address.host, key = address.pathname} = {},
) {
  return new Promise((resolve, reject) => {
    const options = {
      ...{host: address.hostname, port: address.port, method},
      path: `${key}${path}`,
      headers: {Host: host, ...headers},
    };
    const asking = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece) => {
        text += piece;
        // A stream has no end.
        if (path === 'events' && text.includes('"type":"process"')) setTimeout(finish, 100);
      });
      const finish = () => (
        asking.destroy(),
        resolve({status: response.statusCode, headers: response.headers, text})
      );
      response.on('end', finish);
    });
    asking.on('error', reject).end();
  });
}

async function records() {
  const {text} = await ask('events');
  const messages = text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)));
  const last = new Map();
  for (const {record} of messages) if (record) last.set(record.number, record);
  return [...last.values()];
}
const lastRecord = async () => (await records()).at(-1);
const texts = (entries) => entries.map(([name, {text}]) => [name, text]);

await runCases({
  async 'it prints its address once, at the first call, however many handlers there are'() {
    const other = createServerFunctionHandler(options);
    body.run = async () => {};
    await (await other(await callRequest(run.$$id))).text();
    assert.equal(printed.length, 1);
    assert.equal(address.hostname, '127.0.0.1');
    assert.ok(address.pathname.length > 40);
    assert.equal((await records()).length, 2);
  },
  async 'its address is kept for this user alone'() {
    const cache = join(folder, 'node_modules/.cache/use-server-webpack-plugin');
    const [name] = readdirSync(cache);
    const {key, port} = JSON.parse(readFileSync(join(cache, name), 'utf8'));
    assert.equal(`/${key}/`, address.pathname);
    assert.equal(String(port), address.port);
    assert.equal(statSync(join(cache, name)).mode & 0o777, 0o600);
  },
  async 'a call shows with its arguments, result, cookies, sizes and time'() {
    await call(
      async (note) => {
        cookies().set('seen', 'secret');
        return {...note, later: Promise.resolve('later')};
      },
      [{title: 'Milk'}],
      {headers: {Cookie: 'session=secret'}},
    );
    const record = await lastRecord();
    assert.equal(record.status, 'returned');
    assert.equal(record.called.id, run.$$id);
    assert.deepEqual(texts(record.called.args[0].entries), [['title', 'Milk']]);
    assert.deepEqual(texts(record.called.result.entries), [
      ['title', 'Milk'],
      ['later', 'Promise'],
    ]);
    assert.deepEqual(texts(record.streamed), [['later', 'later']]);
    assert.deepEqual(record.answer.cookies.length, 1);
    assert.ok(record.received > 10 && record.sent > 10 && record.duration > 0);
    const names = record.phases.map(({name}) => name);
    assert.deepEqual(names, ['receive', 'decode', 'load', 'function', 'answer', 'stream']);
    assert.ok(!JSON.stringify(record).includes('secret'));
  },
  async 'an error shows with its place in the source'() {
    await call(async () => {
      throw new RangeError('Too much');
    });
    // The compiler is loaded meanwhile.
    let record;
    do record = await lastRecord();
    while (record.errors[0]?.codeFrame === undefined);
    const {status, errors} = record;
    assert.equal(status, 'threw');
    assert.equal(errors.length, 1);
    assert.deepEqual([errors[0].name, errors[0].message], ['RangeError', 'Too much']);
    assert.match(errors[0].frames.find(({isOwn}) => isOwn).file, /inspector\.cases\.mjs$/);
    const {pieces} = errors[0].codeFrame.find(({kind}) => kind === 'marked');
    const marked = pieces.map(({text}) => text).join('');
    assert.match(marked, /> \d+ \|\s+throw new RangeError\('Too much'\)/);
  },
  async 'captures show, and their token does not'() {
    const token = await encryptCaptures(inline, [{note: 'captured'}]);
    const response = await handle(await callRequest(inline, [token, 'extra']));
    await response.text();
    const {called} = await lastRecord();
    assert.deepEqual(
      called.args.map(({text}) => text),
      ['extra'],
    );
    assert.deepEqual(texts(called.captures[0][1].entries), [['note', 'captured']]);
  },
  async 'a refusal says which check refused, and what would let the request pass'() {
    await call(async () => {}, [], {headers: {'Sec-Fetch-Site': 'cross-site'}});
    const {status, refusal} = await lastRecord();
    assert.equal(status, 'refused');
    assert.deepEqual([refusal.code, refusal.status], ['cross-site', 403]);
    assert.match(refusal.check, /origin/);
    assert.match(refusal.remedy, /allowedOrigins/);
    await (await handle(await callRequest('src/none.mjs#x'))).text();
    assert.equal((await lastRecord()).refusal.code, 'unknown-function');
  },
  async 'functions that are passed as arguments show where they are called'() {
    let isInner = false;
    await call(
      async (given) => {
        if (isInner) return 'inner result';
        isInner = true;
        return given('inner argument');
      },
      [client.createServerReference(run.$$id)],
    );
    const {passed} = await lastRecord();
    assert.equal(passed[0].args[0].text, 'inner argument');
    assert.equal(passed[0].result.text, 'inner result');
  },
  async 'forms without JavaScript and redirects show as what they are'() {
    body.run = async () => redirect('/next');
    const form = new FormData();
    form.append(`$ACTION_ID_${run.$$id}`, '');
    form.append('title', 'Milk');
    await handle(new Request(`${origin}/notes`, {method: 'POST', body: form, headers: OWN}));
    const {kind, status, redirect: to, called, answer} = await lastRecord();
    assert.deepEqual([kind, status, to, answer.status], ['form', 'redirected', '/next', 303]);
    assert.deepEqual(texts(called.args[0].entries), [['title', 'Milk']]);
  },
  async 'a form of the app leaves no trace'() {
    const before = (await records()).length;
    const form = new FormData();
    form.append('title', 'mine');
    const request = new Request(`${origin}/own`, {method: 'POST', body: form, headers: OWN});
    assert.equal(await handle(request), null);
    assert.equal((await request.formData()).get('title'), 'mine');
    assert.equal((await records()).length, before);
  },
  async 'a page that asks whether the server is a new one leaves no trace'() {
    const before = (await records()).length;
    const headers = {'X-Action-Process': 'another', Origin: origin};
    const response = await handle(new Request(`${origin}/rsc-action`, {method: 'POST', headers}));
    await response.text();
    assert.equal(response.status, 204);
    assert.equal((await records()).length, before);
  },
  async 'the time of each step is in the header Server-Timing'() {
    const response = await call(async () => 1);
    const header = response.headers.get('server-timing');
    assert.match(header, /^receive;dur=[\d.]+;desc="body received", decode;dur=/);
    assert.match(header, /function;dur=[\d.]+;desc="server function", .*total;dur=[\d.]+$/);
  },
  async 'a call can be made again: the same request, through the server that it came to'() {
    const answers = [];
    const node = createNodeHandler(options);
    const server = createServer((req, res) => void node(req, res));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${server.address().port}/rsc-action`;
    body.run = async (text) => void answers.push([text, cookies().get('session')?.value]);
    const sent = await callRequest(run.$$id, ['Milk']);
    const headers = {...Object.fromEntries(sent.headers), Cookie: 'session=abc'};
    await (await fetch(url, {method: 'POST', headers, body: await sent.text()})).text();
    const {number, canRepeat} = await lastRecord();
    assert.equal(canRepeat, true);
    const {status, text} = await ask(`calls/${number}/repeat`, {method: 'POST'});
    assert.deepEqual([status, JSON.parse(text)], [200, {status: 200}]);
    assert.deepEqual(answers, [
      ['Milk', 'abc'],
      ['Milk', 'abc'],
    ]);
    const shown = JSON.parse((await ask(`calls/${number}/request`, {method: 'POST'})).text);
    assert.ok(shown.headers.some(([name, value]) => name === 'cookie' && value === 'session=abc'));
    assert.equal(shown.body, '["Milk"]');
    server.closeAllConnections();
    server.close();
  },
  async 'nothing is told without the key, to another host, or to another page'() {
    const refused = [
      ['', {key: '/'}],
      ['events', {key: `${address.pathname.slice(0, -2)}x/`}],
      ['events', {key: '//'}],
      ['events', {host: 'evil.example'}],
      ['events', {host: `evil.example:${address.port}`}],
      ['events', {host: '127.0.0.1'}],
      ['', {host: 'evil.example'}],
      ['events', {headers: {}}],
      ['events', {headers: {'Sec-Fetch-Site': 'cross-site'}}],
      ['events', {headers: {'Sec-Fetch-Site': 'same-site'}}],
      ['events', {headers: {'Sec-Fetch-Site': 'none'}}],
      ['events', {headers: {...OWN, Origin: 'http://localhost:1'}}],
      ['events', {headers: {...OWN, Origin: 'null'}}],
      ['clear', {method: 'POST', headers: {Origin: `http://${address.host}`}}],
      ['calls/1/repeat', {method: 'POST', headers: {}}],
      ['calls/1/repeat', {method: 'GET'}],
      ['clear', {method: 'PUT'}],
      [`/who/${nonce}`, {key: '', method: 'POST', headers: {}}],
      [`/who/${nonce}`, {key: '', method: 'POST', headers: {'Sec-Fetch-Site': 'same-site'}}],
      [`/who/${nonce}`, {key: ''}],
      ['/who/short', {key: '', method: 'POST'}],
      ['hand-over', {method: 'POST'}],
      ['hand-over', {method: 'POST', headers: {}}],
      [handOverPath(key, nonce), {method: 'POST', key: ''}],
      [handOverPath(key, nonce), {method: 'GET', key: '', headers: {}}],
      [
        handOverPath(key, nonce),
        {method: 'POST', key: '', headers: {Origin: `http://${address.host}`}},
      ],
      [handOverPath(otherKey, nonce), {method: 'POST', key: '', headers: {}}],
      ['page/../index.js', {}],
      ['page/..%2Findex.js', {}],
      ['page/none.js', {}],
      ['', {headers: {'Sec-Fetch-Dest': 'iframe', 'Sec-Fetch-Mode': 'navigate'}}],
      ['', {headers: {'Sec-Fetch-Dest': 'script', 'Sec-Fetch-Mode': 'no-cors'}}],
    ];
    for (const [path, how] of refused) {
      const {status, text, headers} = await ask(path, how);
      assert.ok(status >= 400, JSON.stringify([path, how, status]));
      assert.ok(text.length < 60, text);
      assert.equal(headers['access-control-allow-origin'], undefined);
    }
    assert.ok((await records()).length > 5, 'nothing was cleared');
  },
  async 'an open page can find out whether it is still the inspector without saying the key'() {
    const {status, text} = await ask(`/who/${nonce}`, {key: '', method: 'POST'});
    assert.deepEqual([status, text], [200, inspectorProof(key, nonce)]);
    assert.notEqual(text, inspectorProof(otherKey, nonce));
    assert.notEqual(text, handOverProof(key, nonce));
  },
  async 'its page runs nothing but its own scripts, and stands in no frame'() {
    const {status, headers, text} = await ask('', {headers: {}});
    assert.equal(status, 200);
    const policy = headers['content-security-policy'];
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*|http/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.match(text, /<title>Server functions/);
    assert.equal((await ask('page/main.js')).status, 200);
    assert.equal((await ask('', {key: address.pathname.slice(0, -1), headers: {}})).status, 308);
  },
  async 'a handler without it tells it nothing'() {
    const before = (await records()).length;
    const quiet = createServerFunctionHandler({...options, inspector: false});
    const response = await quiet(await callRequest(run.$$id));
    assert.match(response.headers.get('server-timing'), /function;dur=/);
    await response.text();
    assert.equal((await records()).length, before);
    assert.throws(
      () => createServerFunctionHandler({...options, inspector: 'yes'}),
      /inspector must be a boolean/,
    );
  },
  async 'a record that fails changes nothing of the call'() {
    const lines = await silenced(async () => {
      const hostile = Object.defineProperty(new Error(), 'stack', {
        get() {
          throw new Error('stack');
        },
      });
      const response = await call(async () => {
        throw hostile;
      });
      assert.equal(response.status, 500);
    });
    assert.deepEqual(lines, []);
  },
  async 'the next process gets its port'() {
    const path = handOverPath(key, nonce);
    const {status, text} = await ask(path, {method: 'POST', key: '', headers: {}});
    assert.deepEqual([status, text], [200, handOverProof(key, nonce)]);
    await assert.rejects(ask('events'), /ECONNREFUSED/);
  },
});
process.exit();
