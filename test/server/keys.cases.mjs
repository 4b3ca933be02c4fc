// Two processes, or one before and after a rotation: the parent says what to do in the environment.
import assert from 'node:assert/strict';
import {setEncryptionKey} from 'use-server-webpack-plugin/server';
import {decryptCaptures, encryptCaptures} from '../../dist/src/server/captures/encryption.js';
import {runCases} from '../support/cases.mjs';
import {silenced} from './support/app.mjs';

const {TOKEN, EXPECT, OPTION} = process.env;
const id = 'src/a.js#b';
const outcomes = {
  async 'a random key comes with one warning, at first use, that says what to set'() {
    const lines = await silenced(async () => {
      assert.deepEqual(await decryptCaptures(id, await encryptCaptures(id, [1])), [1]);
      assert.deepEqual(await decryptCaptures(id, await encryptCaptures(id, [2])), [2]);
    });
    assert.equal(lines.length, 1);
    assert.match(lines[0][0], /USE_SERVER_ENCRYPTION_KEY.*randomBytes\(32\)/);
  },
  async 'a malformed key in the environment is an error that says how to make one, and does not show it'() {
    const error = await encryptCaptures(id, [1]).then(assert.fail, (reason) => reason);
    assert.equal(error.name, 'EncryptionKeyError');
    assert.match(error.message, /USE_SERVER_ENCRYPTION_KEY.*32 bytes in base64.*randomBytes/);
    for (const key of process.env.USE_SERVER_ENCRYPTION_KEY.split(',')) {
      assert.ok(!error.message.includes(key));
    }
  },
  async 'a token of this key is printed for another process'() {
    if (OPTION) setEncryptionKey(OPTION);
    console.log(`token:${await encryptCaptures(id, ['kept'])}`);
  },
  async 'a token that another process made with one of our keys is read'() {
    assert.deepEqual(await decryptCaptures(id, TOKEN), ['kept']);
  },
  async 'a token that another process made with none of our keys is refused'() {
    await assert.rejects(decryptCaptures(id, TOKEN), {code: 'invalid-captures'});
  },
  async 'a second key for the process is refused, the same one again is not'() {
    const key = Buffer.alloc(32, 1).toString('base64');
    setEncryptionKey(key);
    setEncryptionKey(key);
    assert.throws(() => setEncryptionKey(Buffer.alloc(32, 2).toString('base64')), {
      name: 'EncryptionKeyError',
    });
  },
};
await runCases({[EXPECT]: outcomes[EXPECT]});
