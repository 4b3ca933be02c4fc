import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {createElement} from 'react';
import {
  registerClientReference,
  registerServerReference,
  renderToReadableStream,
} from 'react-server-dom-webpack/server';
import {loadServerManifest} from 'use-server-webpack-plugin/server';
import {createCipher} from '../../dist/src/server/captures/aesGcm.js';
import {sealToken} from '../../dist/src/server/captures/captureToken.js';
import {decryptCaptures, encryptCaptures} from '../../dist/src/server/captures/encryption.js';
import {encryptionKeys} from '../../dist/src/server/captures/encryptionKey.js';
import {runCases} from '../support/cases.mjs';
import {action, manifest, root} from './support/app.mjs';

loadServerManifest(manifest, {root});
const actions = await import('./fixtures/app/src/actions.mjs');
const id = 'src/Page.jsx#$$Page$save';
const roundTrip = async (...values) => decryptCaptures(id, await encryptCaptures(id, values));
const flight = async (value) =>
  new Response(renderToReadableStream(value, {}, {filterStackFrame: () => false})).text();
const withoutLocation = (text) =>
  text.replace(/^:N.*\n/, '').replace(/,"(name|env|location)":(\[[^\]]*\]|"[^"]*")/g, '');

await runCases({
  async 'primitives, dates, collections, bytes and promises come back'() {
    const values = [
      undefined,
      null,
      'text',
      '$dollar',
      'ünï🙂'.repeat(600),
      -0,
      Number.NaN,
      -Infinity,
      10n ** 30n,
      new Date(1234),
      new Map([[{key: 1}, new Set(['a'])]]),
      Symbol.for('shared'),
      {nested: [{deep: true}]},
      Uint8Array.of(1, 2, 3),
      Float64Array.of(1.5),
      new ArrayBuffer(4),
    ];
    assert.deepEqual(await roundTrip(...values), values);
    const [promise] = await roundTrip(Promise.resolve({later: 1}));
    assert.deepEqual(await promise, {later: 1});
    assert.equal(await promise.then(({later}) => later + 1).finally(() => {}), 2);
    const nested = Promise.resolve({inner: Promise.resolve('inner')});
    const [{list, map}, again] = await roundTrip(
      {list: [nested], map: new Map([[1, nested]])},
      nested,
    );
    assert.equal(list[0], again);
    assert.equal(map.get(1), again);
    assert.equal(await again.then(({inner}) => inner.then((text) => `${text}!`)), 'inner!');
    const [blob] = await roundTrip(new Blob(['blob']));
    assert.equal(await blob.text(), 'blob');
    const form = new FormData();
    form.append('a', '1');
    assert.deepEqual([...(await roundTrip(form))[0]], [['a', '1']]);
  },
  async 'one object captured twice is one object again'() {
    const shared = {a: 1};
    const [first, second] = await roundTrip(shared, {shared});
    assert.equal(first, second.shared);
  },
  async 'no captures and very many captures come back'() {
    assert.deepEqual(await roundTrip(), []);
    const many = Array.from({length: 20_000}, (_, index) => ({index}));
    assert.deepEqual(await roundTrip(many), [many]);
  },
  async 'a JSX element comes back as what renders the same'() {
    const element = createElement('p', {title: 't'}, 'text', createElement('b', null, 1));
    const [decoded] = await roundTrip(element);
    assert.equal(decoded.type, 'p');
    assert.equal(decoded.props.title, 't');
    assert.equal(decoded.props.children[1].type, 'b');
  },
  async 'a client reference comes back as a reference with the same id, without loading its module'() {
    const Button = registerClientReference(() => {}, 'src/no/such/Button.js', 'Button');
    const [decoded, element] = await roundTrip(Button, createElement(Button, {a: 1}));
    assert.equal(decoded.$$typeof, Symbol.for('react.client.reference'));
    assert.equal(decoded.$$id, 'src/no/such/Button.js#Button');
    const clientManifest = {'src/no/such/Button.js': {id: 7, chunks: [], name: '*'}};
    const text = await new Response(renderToReadableStream(element, clientManifest)).text();
    assert.match(text, /I\[7,\[\],"Button"\]/);
  },
  async 'a server reference comes back callable, bindable, and can be sent again'() {
    const [echo] = await roundTrip(actions.echo);
    assert.deepEqual(await echo(1, 2), [1, 2]);
    assert.equal(echo.$$id, action('echo'));
    const bound = echo.bind(null, 'a').bind(null, 'b');
    assert.deepEqual(await bound('c'), ['a', 'b', 'c']);
    assert.deepEqual(await Promise.all(bound.$$bound), ['a', 'b']);
    assert.equal(
      withoutLocation(await flight([echo])),
      withoutLocation(await flight([actions.echo])),
    );
    assert.match(await flight([bound]), /"bound":"\$@\d"/);
    assert.match(String(echo), /omitted code/);
  },
  async 'a bound server reference keeps its arguments, through several encryptions'() {
    const [once] = await roundTrip(actions.echo.bind(null, {a: 1}));
    const [twice] = await roundTrip(once.bind(null, 'b'));
    assert.deepEqual(await twice('c'), [{a: 1}, 'b', 'c']);
    assert.deepEqual(await Promise.all(twice.$$bound), [{a: 1}, 'b']);
  },
  async 'reading captures leaves the user`s own server reference as it was'() {
    const before = Object.getOwnPropertyDescriptors(actions.echo);
    await roundTrip(actions.echo, actions.echo.bind(null, 1), [actions.echo]);
    const after = Object.getOwnPropertyDescriptors(actions.echo);
    assert.deepEqual(Reflect.ownKeys(after), Reflect.ownKeys(before));
    assert.equal(after.bind.value, before.bind.value);
  },
  async 'a reference whose bound arguments are a promise behind a getter travels, as inline functions do'() {
    const inline = registerServerReference(async () => {}, action('echo'), null);
    Object.defineProperty(inline, '$$bound', {get: () => [encryptCaptures(id, ['inner'])]});
    const [decoded] = await roundTrip({inline});
    const [token] = await decoded.inline();
    assert.deepEqual(await decryptCaptures(id, token), ['inner']);
  },
  async 'captures that hold a server function of no manifest are a failure that names both functions, and no refusal'() {
    const unknown = registerServerReference(async () => {}, 'src/gone.js', 'gone');
    await assert.rejects(roundTrip(unknown), (error) => {
      assert.equal(error.constructor, Error);
      assert.ok(error.message.includes(id) && error.message.includes('src/gone.js#gone'));
      return true;
    });
  },
  ...brokenModuleCase(),
  async 'a token shows nothing of its values, and no two are the same'() {
    const secret = 'the-captured-secret';
    const first = await encryptCaptures(id, [secret]);
    const second = await encryptCaptures(id, [secret]);
    assert.notEqual(first, second);
    assert.match(first, /^[\w-]+$/);
    assert.ok(!Buffer.from(first, 'base64url').includes(secret));
    assert.ok(first.length < 200, `${first.length}`);
  },
  async 'a token that was changed anywhere is refused'() {
    const bytes = Buffer.from(await encryptCaptures(id, ['value']), 'base64url');
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed[index] ^= 1;
      await assert.rejects(decryptCaptures(id, changed.toString('base64url')), {
        name: 'RequestError',
        code: 'invalid-captures',
        status: 400,
      });
    }
  },
  async 'what is no token is refused, with a message that tells nothing of the input'() {
    const token = await encryptCaptures(id, ['value']);
    const inputs = [
      undefined,
      null,
      1,
      Promise.resolve(1),
      Promise.reject(new Error('gone')),
      {},
      [token],
      '',
      'AAAA',
      '!!!',
      `${token}!`,
      `${token}=`,
      token.slice(1),
      token.slice(0, -4),
      token + token,
      'A'.repeat(100_000),
      {toString: () => token},
    ];
    for (const input of inputs) {
      const error = await decryptCaptures(id, input).then(assert.fail, (reason) => reason);
      assert.equal(error.code, 'invalid-captures');
      assert.ok(!error.message.includes(token.slice(0, 10)));
    }
  },
  async 'a promise of a token is awaited, as what is bound late arrives'() {
    const token = encryptCaptures(id, ['value']);
    assert.deepEqual(await decryptCaptures(id, token), ['value']);
  },
  async 'a token of another function is refused'() {
    const token = await encryptCaptures(id, ['value']);
    await assert.rejects(decryptCaptures('src/Page.jsx#$$Page$remove', token), {
      code: 'invalid-captures',
    });
  },
  async 'what is encrypted is AES-256-GCM as WebCrypto has it, both ways'() {
    const [raw, iv, additionalData, data] = [32, 12, 40, 1000].map((size) => randomBytes(size));
    const cipher = await createCipher(new Uint8Array(raw));
    const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
    const algorithm = {name: 'AES-GCM', iv, additionalData};
    const encrypted = await cipher.encrypt(data, iv, additionalData);
    const decrypted = await crypto.subtle.decrypt(algorithm, key, encrypted);
    assert.deepEqual(Buffer.from(decrypted), data);
    const theirs = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, data));
    assert.deepEqual(Buffer.from(await cipher.decrypt(theirs, iv, additionalData)), data);
    theirs[5] ^= 1;
    await assert.rejects(async () => cipher.decrypt(theirs, iv, additionalData));
  },
  async 'a token made with another key is refused'() {
    const [{id: ownId}] = await encryptionKeys();
    const cipher = await createCipher(new Uint8Array(randomBytes(32)));
    // Also when it gives itself out for ours.
    for (const keyId of [ownId, 1]) {
      const data = Buffer.from('0:[]\n');
      const facts = {shape: '00000000', time: 0};
      const token = await sealToken(data, facts, {id, binding: ''}, {id: keyId, cipher});
      await assert.rejects(decryptCaptures(id, token), {code: 'invalid-captures'});
    }
  },
  async 'a token of captures of another shape is of another build, unless it was forged'() {
    const token = await encryptCaptures(id, ['value'], 'a1b2c3d4');
    assert.deepEqual(await decryptCaptures(id, token, 'a1b2c3d4'), ['value']);
    const other = {code: 'other-build', status: 409};
    await assert.rejects(decryptCaptures(id, token, 'a1b2c3d5'), other);
    await assert.rejects(decryptCaptures(id, token), other);
    const invalid = {code: 'invalid-captures'};
    await assert.rejects(decryptCaptures('src/Page.jsx#$$Page$remove', token, 'a1b2c3d5'), invalid);
    const forged = Buffer.from(token, 'base64url');
    forged.writeUInt32BE(0xa1b2c3d5, 5);
    await assert.rejects(decryptCaptures(id, forged.toString('base64url'), 'a1b2c3d5'), invalid);
  },
  async 'a genuine token of another format is of another build, and a forged one is none'() {
    for (const version of [1, 2, 4, 255]) {
      const token = await tokenOfVersion(version);
      await assert.rejects(decryptCaptures(id, token), {code: 'other-build', status: 409});
      await assert.rejects(decryptCaptures('src/Page.jsx#other', token), {
        code: 'invalid-captures',
      });
      const forged = Buffer.from(await encryptCaptures(id, ['value']), 'base64url');
      forged[0] = version;
      const text = forged.toString('base64url');
      await assert.rejects(decryptCaptures(id, text), {code: 'invalid-captures'});
    }
  },
  async 'what cannot be sent is refused with the function and what to do, before anything is encrypted'() {
    class Model {
      field = 1;
    }
    for (const value of [new Model(), () => {}, Symbol('own'), new WeakMap()]) {
      const error = await encryptCaptures(id, [{value}], undefined, 'note').then(
        assert.fail,
        (reason) => reason,
      );
      assert.equal(error.name, 'UnserializableCapturesError');
      assert.ok(error.message.includes(id), error.message);
      assert.match(error.message, /captures `note\.value`, which is .*\. Capture .* instead/);
    }
  },
});

/** A token as another version of this package may have made it, with this key and for this function. */
async function tokenOfVersion(version) {
  const [{id: keyId, cipher}] = await encryptionKeys();
  const head = Buffer.alloc(25);
  head.writeUInt8(version, 0);
  head.writeUInt32BE(keyId, 1);
  randomBytes(12).copy(head, 13);
  const name = Buffer.from(id);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  const additionalData = Buffer.concat([head, length, name]);
  const data = Buffer.from('0:["value"]\n');
  const encrypted = await cipher.encrypt(data, head.subarray(13), additionalData);
  return Buffer.concat([head, encrypted]).toString('base64url');
}

/** Not in Node 24 in development: see handler.cases.mjs. */
function brokenModuleCase() {
  const major = Number(process.versions.node.split('.')[0]);
  if (process.env.NODE_ENV !== 'production' && major >= 24) return {};
  return {
    async 'captures that hold a function of a module that fails to load are not of another build'() {
      const captured = registerServerReference(async () => {}, 'src/broken.mjs', 'run');
      await assert.rejects(roundTrip({captured}), {
        name: 'Error',
        message: 'this module is broken',
      });
    },
  };
}
