import assert from 'node:assert/strict';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import * as client from 'react-server-dom-webpack/client.edge';
import {decodeReply} from 'react-server-dom-webpack/server';
import * as server from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {action, manifest, root, takeCalls} from './support/app.mjs';

const {loadClientManifest, loadConsumerManifest, loadServerManifest} = server;
const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
const write = (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, typeof text === 'string' ? text : JSON.stringify(text));
  return path;
};
const entry = (overrides = {}) => ({
  id: 'src/a.js',
  chunks: [],
  name: 'b',
  async: true,
  ...overrides,
});
/** React's decoder on React's encoding, as somebody would use it without our handler. */
const decode = async (value, serverManifest) =>
  decodeReply(await client.encodeReply(value), serverManifest);

await runCases({
  async 'a manifest given as path, URL or object lets React decode the references that it lists'() {
    const path = write('server.json', manifest);
    for (const source of [path, pathToFileURL(path), manifest]) {
      const loaded = loadServerManifest(source, {root});
      const [echo] = await decode([client.createServerReference(action('echo'))], loaded);
      assert.deepEqual(await echo(1), [1]);
    }
    await takeCalls();
  },
  async 'ids with another prefix than this process gives are refused, not left to a 404'() {
    const hash = 'f0'.repeat(20);
    const listed = manifest[action('echo')];
    const withPrefix = (prefix) => [{[prefix + action('echo')]: listed}, {[prefix + hash]: listed}];
    const load = (own, lists) => {
      process.env.USE_SERVER_ID_PREFIX = own;
      try {
        for (const list of lists) loadServerManifest(list, {root});
      } finally {
        delete process.env.USE_SERVER_ID_PREFIX;
      }
    };
    load('', withPrefix(''));
    load('@acme/shop', withPrefix('@acme/shop:'));
    for (const list of withPrefix('')) {
      assert.throws(() => load('shop', [list]), {
        name: 'ManifestError',
        message: /^USE_SERVER_ID_PREFIX=shop is set, but .* no prefix.*idPrefix: "shop"/,
      });
    }
    for (const list of withPrefix('cart:')) {
      assert.throws(() => load('', [list]), {
        name: 'ManifestError',
        message: /prefix "cart", but .* without a prefix.*Set USE_SERVER_ID_PREFIX=cart/,
      });
      assert.throws(() => load('shop', [list]), {
        name: 'ManifestError',
        message: /prefix "cart", but .* with the prefix "shop".*Set USE_SERVER_ID_PREFIX=cart/,
      });
    }
  },
  async 'React itself cannot reach what is not listed, nor what is no server function'() {
    const loaded = loadServerManifest(manifest, {root});
    const ids = [
      action('Secret'),
      action('*'),
      'src/actions.mjs',
      'then',
      '__proto__',
      'constructor',
      'then#x',
      'a#b#c',
    ];
    for (const id of [...ids, action('plain'), action('missing')]) {
      await assert.rejects(decode([client.createServerReference(id)], loaded), undefined, id);
    }
    assert.deepEqual(await takeCalls(), []);
  },
  async 'what React reaches with the plain JSON is why: the fallback to another export'() {
    const unsafe = {'src/actions.mjs': {id: 'x', chunks: [], name: '*', async: true}};
    const saved = globalThis.__webpack_require__;
    globalThis.__webpack_require__ = () => import('./fixtures/app/src/actions.mjs');
    const imported = import('./fixtures/app/src/actions.mjs');
    globalThis.__webpack_require__ = () => imported;
    const [reached] = await decode([client.createServerReference(action('Secret'))], unsafe);
    globalThis.__webpack_require__ = saved;
    assert.equal(reached.name, 'Secret');
  },
  'a loaded manifest lists its ids, and no name of Object.prototype'() {
    const loaded = loadServerManifest(manifest, {root});
    assert.deepEqual(Object.keys(loaded), Object.keys(manifest));
    assert.ok(!('constructor' in loaded));
    assert.throws(() => loaded.constructor, {code: 'unknown-function'});
    assert.throws(() => {
      loaded['new#entry'] = entry();
    }, TypeError);
  },
  'the shim loads nothing by name'() {
    loadServerManifest(manifest, {root});
    for (const id of ['src/actions.mjs', 'node:fs', '42', 42, {}, null, undefined]) {
      assert.throws(() => globalThis.__webpack_require__(id), /in no manifest/);
    }
    return assert.rejects(globalThis.__webpack_chunk_load__('src/actions.mjs'), /in no manifest/);
  },
  'a missing file is an error with its path and the command to run'() {
    const path = join(folder, 'none.json');
    assert.throws(
      () => loadServerManifest(path),
      (error) => {
        assert.equal(error.name, 'ManifestError');
        assert.ok(error.message.includes(path));
        assert.match(error.message, /UseServerWebpackPlugin.*npx webpack/);
        return true;
      },
    );
    assert.throws(() => loadConsumerManifest(path), /SSR manifest .*does not exist.*npx webpack/);
    assert.throws(() => loadClientManifest(path), /client manifest .*does not exist.*npx webpack/);
  },
  'a file that is no JSON, or no object, is an error that says so'() {
    assert.throws(() => loadServerManifest(write('a.json', '{"a":')), /a\.json is not valid JSON/);
    assert.throws(
      () => loadServerManifest(write('b.json', '[]')),
      /must be a JSON object.*an array/,
    );
    assert.throws(() => loadServerManifest(write('c.json', 'null')), /must be a JSON object.*null/);
    assert.throws(() => loadServerManifest(folder), /cannot be read/);
  },
  'entries of another shape are errors that name the entry'() {
    const wrong = [
      [null, /must be an object/],
      [{id: 'src/a.js', name: 'b'}, /"chunks" must be an array/],
      [entry({id: undefined}), /"id" must be/],
      [entry({name: 1}), /"name" must be a string/],
      [entry({name: '*'}), /one export/],
      [entry({name: ''}), /one export/],
      [entry({id: '/etc/passwd'}), /relative to the project root/],
      [entry({id: 'file:///etc/passwd'}), /relative to the project root/],
      [entry({id: 'node:fs'}), /relative to the project root/],
      [entry({id: 7}), /relative to the project root/],
    ];
    for (const [value, message] of wrong) {
      assert.throws(
        () => loadServerManifest({'src/a.js#b': value}),
        (error) => {
          assert.equal(error.name, 'ManifestError');
          assert.match(error.message, /"src\/a\.js#b"/);
          assert.match(error.message, message);
          return true;
        },
      );
    }
    assert.throws(() => loadClientManifest({a: {id: 1}}), /client manifest.*"a"/);
    assert.throws(() => loadConsumerManifest({}), /SSR manifest.*"moduleMap"/);
    // With `publicPath: 'auto'` only the browser knows where chunks are.
    assert.equal(loadConsumerManifest({moduleMap: {}, moduleLoading: null}).moduleLoading, null);
    assert.throws(() => loadConsumerManifest({moduleMap: {}}), /"moduleLoading"/);
    assert.throws(
      () =>
        loadConsumerManifest({
          moduleMap: {1: {'*': {id: '/x', name: '*'}}},
          moduleLoading: {prefix: ''},
        }),
      /module 1 must be/,
    );
    assert.throws(
      () => loadConsumerManifest({moduleMap: {}, moduleLoading: {prefix: ''}, serverModuleMap: {}}),
      /"serverModuleMap" must be null/,
    );
  },
});
