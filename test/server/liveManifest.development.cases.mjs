import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import crypto from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import {createServer} from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {
  createServerFunctionHandler,
  loadClientManifest,
  ManifestError,
} from 'use-server-webpack-plugin/server';
import {createNodeHandler} from 'use-server-webpack-plugin/node';
// What the plugin writes while webpack builds.
import {buildMarker} from '../../dist/src/references/buildMarker.js';
import {runCases} from '../support/cases.mjs';
import {callRequest} from './support/app.mjs';
import {call, listFunctions, manifest, root, write} from './support/liveApp.mjs';

const SAVE = 'src/actions.mjs#save';
const DROP = 'src/actions.mjs#drop';

const app = (options) => createServerFunctionHandler({manifest, onError() {}, ...options});

/** As a webpack that builds: until the function that this gives is called. */
function beginBuild(file = manifest, pid = process.ppid) {
  const marker = buildMarker(file, {crypto, fs, os, path});
  fs.mkdirSync(path.dirname(marker), {recursive: true});
  fs.writeFileSync(marker, String(pid));
  return () => fs.rmSync(marker);
}

/** The lines that are printed meanwhile. */
async function printed(work) {
  const {warn, error} = console;
  const lines = [];
  console.warn = console.error = (...args) => lines.push(args.join(' '));
  try {
    await work();
  } finally {
    Object.assign(console, {warn, error});
  }
  return lines;
}

async function ask(handle, known) {
  const request = await callRequest('', [], {
    headers: {'X-Action-Process': known},
    body: undefined,
  });
  const response = await handle(request);
  return [response.status, response.headers.get('X-Action-Process')];
}

await runCases({
  async 'that is missing is an error with the line to add and the command to run'() {
    assert.throws(app, (error) => {
      assert.ok(error instanceof ManifestError);
      assert.ok(error.message.includes(manifest));
      assert.match(error.message, /plugins: \[new UseServerWebpackPlugin\(\)\].*npx webpack/);
      return true;
    });
  },
  async 'may come after the server, while webpack builds or under `node --watch`'() {
    for (const prepare of [beginBuild, underNodeWatch]) {
      const end = prepare();
      let handle;
      const lines = await printed(() => (handle = app()));
      assert.equal(lines.length, 1);
      assert.match(lines[0], /does not exist.*The server starts without it/);
      end();
      assert.equal(await call(handle, SAVE), '404 no-manifest');
      listFunctions(SAVE);
      assert.equal(await call(handle, SAVE), '200');
      fs.rmSync(manifest);
    }
    function underNodeWatch() {
      process.env.WATCH_REPORT_DEPENDENCIES = '1';
      return () => delete process.env.WATCH_REPORT_DEPENDENCIES;
    }
  },
  async 'is read again when it has changed: functions come and go, also of new files'() {
    listFunctions(SAVE);
    const handle = app();
    assert.equal(await call(handle, SAVE), '200');

    write('src/new.mjs', `'use server'; export async function add() {}`);
    listFunctions(DROP, 'src/new.mjs#add');
    assert.equal(await call(handle, 'src/new.mjs#add'), '200');
    assert.equal(await call(handle, DROP), '200');
  },
  async 'that is incomplete or gone counts as it was before, and is told of once'() {
    listFunctions(SAVE);
    const handle = app();
    write('server-actions-manifest.json', '{"src/actions.mjs#save": {');
    const lines = await printed(async () => {
      assert.equal(await call(handle, SAVE), '200');
      assert.equal(await call(handle, SAVE), '200');
    });
    assert.equal(lines.length, 1);
    assert.match(lines[0], /is not valid JSON.*goes on with what it has read before/);
    fs.rmSync(manifest);
    assert.deepEqual(await printed(async () => void (await call(handle, SAVE))), []);
    assert.equal(await call(handle, SAVE), '200');
  },
  async 'is waited for when webpack builds and an unknown function is called, in this order'() {
    listFunctions(SAVE);
    const handle = app();
    const end = beginBuild();
    let isAnswered = false;
    const answer = call(handle, DROP).finally(() => (isAnswered = true));
    assert.equal(await call(handle, SAVE), '200');
    await setTimeout(100);
    assert.ok(!isAnswered);
    listFunctions(SAVE, DROP);
    end();
    assert.equal(await answer, '200');
  },
  async 'is not waited for when the webpack that built was killed'() {
    listFunctions(SAVE);
    const handle = app();
    const {pid} = spawnSync(process.execPath, ['--version']);
    const end = beginBuild(manifest, pid);
    const start = Date.now();
    assert.match(await call(handle, 'src/other.mjs#other'), /^404/);
    assert.ok(Date.now() - start < 2000);
    end();
  },
  async 'is not waited for when the marker may be that of another user'() {
    listFunctions(SAVE);
    const end = beginBuild();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marker-'));
    const own = path.dirname(buildMarker(manifest, {crypto, fs, os, path}));
    const {TMPDIR} = process.env;
    process.env.TMPDIR = folder;
    try {
      // Somebody else has put a link there.
      fs.symlinkSync(own, path.join(folder, path.basename(own)));
      const start = Date.now();
      assert.match(await call(app(), 'src/other.mjs#other'), /^404/);
      assert.ok(Date.now() - start < 2000);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
      end();
      fs.rmSync(folder, {recursive: true});
    }
  },
  async 'that lacks a function of the running code is named as outdated'() {
    listFunctions(SAVE);
    const handle = app();
    const lines = await printed(async () => {
      assert.equal(await call(handle, DROP), '404 outdated-manifest');
      assert.equal(await call(handle, DROP), '404 outdated-manifest');
    });
    assert.equal(lines.length, 1);
    assert.ok(lines[0].includes(DROP) && lines[0].includes(manifest));
    assert.match(lines[0], /npx webpack --watch/);
    assert.equal(await call(handle, 'src/actions.mjs#madeUp'), '404 unknown-function');
  },
  async 'that has a function which was added to a loaded module tells to start the server again'() {
    listFunctions(SAVE);
    const handle = app();
    assert.equal(await call(handle, SAVE), '200');
    write(
      'src/actions.mjs',
      `'use server'; export async function save() {} export async function put() {}`,
    );
    listFunctions(SAVE, 'src/actions.mjs#put');
    const lines = await printed(async () => {
      assert.equal(await call(handle, 'src/actions.mjs#put'), '404 outdated-module');
    });
    assert.equal(lines.length, 1);
    assert.match(lines[0], /src\/actions\.mjs was changed.*node --watch/);
  },
  async 'of client components is read again, and waited for while React renders'() {
    const file = path.join(root, 'react-client-manifest.json');
    const entry = {id: '1', chunks: [], name: '*'};
    write('react-client-manifest.json', {'src/A.js': entry});
    const loaded = loadClientManifest(file);
    assert.equal(loaded['src/A.js'].id, '1');
    write('react-client-manifest.json', {'src/A.js': {...entry, id: '22'}});
    assert.equal(loaded['src/A.js'].id, '22');

    const webpack = spawn(process.execPath, [
      '-e',
      `setTimeout(() => {
        fs.writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(JSON.stringify({'src/B.js': entry}))});
      }, 500)`,
    ]);
    const end = beginBuild(file, webpack.pid);
    assert.equal(loaded['src/B.js'].id, '1');
    assert.equal(loaded['src/B.js#name'], undefined);
    await once(webpack, 'exit');
    end();
    assert.throws(() => loaded['src/C.js'], ManifestError);
  },
  async 'of client components is the same for a renderer and the handler, and can be listed'() {
    const entry = {id: '1', chunks: [], name: '*'};
    write('react-client-manifest.json', {'src/A.js': entry});
    const loaded = loadClientManifest(path.join(root, 'react-client-manifest.json'));
    assert.equal(loadClientManifest(loaded), loaded);
    assert.deepEqual({...loaded}, {'src/A.js': entry});
    assert.ok('src/A.js' in loaded && !('src/B.js' in loaded));
  },
  async 'a page that asks which process there is gets an answer when it does not know it'() {
    listFunctions(SAVE);
    const handle = app();
    const [status, id] = await ask(handle, '');
    assert.equal(status, 204);
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(await ask(handle, 'another'), [204, id]);
  },
  async 'a page gets the same answer by the door of Node'() {
    const server = createServer(createNodeHandler({manifest, onError() {}}));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const response = await fetch(`http://127.0.0.1:${server.address().port}/rsc-action`, {
      method: 'POST',
      headers: {'X-Action-Process': '', 'Sec-Fetch-Site': 'same-origin'},
    });
    const [, id] = await ask(app(), '');
    assert.deepEqual([response.status, response.headers.get('X-Action-Process')], [204, id]);
    server.close();
  },
  async 'a page of another site gets none'() {
    const request = await callRequest('', [], {
      headers: {
        'X-Action-Process': '',
        'Sec-Fetch-Site': 'cross-site',
        Origin: 'https://evil.test',
      },
    });
    const response = await app()(request);
    assert.equal(response.headers.get('X-Action-Error'), 'cross-site');
    assert.equal(response.headers.get('X-Action-Process'), null);
  },
  async 'a page that knows the process waits, until the webpack build of a change ends'() {
    const handle = app();
    const [, id] = await ask(handle, '');
    const end = beginBuild();
    let isAnswered = false;
    const another = ask(handle, 'another').finally(() => (isAnswered = true));
    const aborted = new AbortController();
    const request = await callRequest('', [], {
      headers: {'X-Action-Process': id},
      signal: aborted.signal,
    });
    const waiting = handle(request);
    assert.equal(await Promise.race([waiting, setTimeout(100, 'waits')]), 'waits');
    assert.ok(!isAnswered);
    end();
    assert.deepEqual(await another, [204, id]);
    aborted.abort();
    await waiting;
  },
  async 'many such pages listen to each signal once'() {
    const handle = app();
    const [, id] = await ask(handle, '');
    const ignore = () => {};
    process.on('SIGHUP', ignore);
    const aborted = new AbortController();
    const {signal} = aborted;
    const headers = {'X-Action-Process': id};
    const requests = await Promise.all(
      Array.from({length: 12}, () => callRequest('', [], {headers, signal})),
    );
    const waiting = requests.map(handle);
    await setTimeout(20);
    assert.equal(process.listenerCount('SIGHUP'), 2);
    aborted.abort();
    await Promise.all(waiting);
    assert.equal(process.listenerCount('SIGHUP'), 1);
    process.off('SIGHUP', ignore);
  },
  async 'a process that is told to end does not wait for such pages'() {
    const handle = app();
    const [, id] = await ask(handle, '');
    const ended = once(process, 'SIGTERM');
    const waiting = ask(handle, id);
    await setTimeout(50);
    process.kill(process.pid, 'SIGTERM');
    await ended;
    assert.deepEqual(await waiting, [503, null]);
    assert.deepEqual(await ask(handle, ''), [503, null]);
    assert.equal(process.listenerCount('SIGTERM'), 0);
  },
});
