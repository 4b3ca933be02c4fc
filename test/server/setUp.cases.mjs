// What a handler says when it is made, or first asked, in an environment that makes it unsafe.
import assert from 'node:assert/strict';
import {IncomingMessage} from 'node:http';
import {cookies, createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {callRequest, manifest, readResult, root, silenced} from './support/app.mjs';
import {dynamicApp, id} from './support/dynamicApp.mjs';

const [environment] = process.argv.slice(2);
const SECRET = 'the-secret-message';
const make = () => createServerFunctionHandler({manifest, root, onError() {}});
const flat = (lines) => lines.map((line) => line.join(' '));
const fail = async () => {
  throw new Error(SECRET);
};

/** Cases for a `NODE_ENV` that is not `development`. */
const hidden = {
  async 'no error is shown to callers: not the message, not the stack, not a path'() {
    const reported = [];
    const app = dynamicApp({onError: (error) => void reported.push(error.message)});
    const answers = [
      await app.call(fail),
      await app.post(fail),
      await app.handle(await callRequest('src/broken.mjs#run')),
      await app.call(async () => [Promise.resolve(1)], {args: [], headers: {}}),
    ];
    for (const response of answers) {
      const text = await response.text();
      for (const word of [SECRET, 'this module is broken', '.mjs', 'node_modules']) {
        assert.ok(!text.includes(word), text);
      }
    }
    assert.deepEqual(reported, [SECRET, SECRET, 'this module is broken']);
  },
  async 'nor is an error of the page that comes with the result'() {
    const reported = [];
    const onError = (error) => void reported.push(error.message);
    const page = dynamicApp({onError, renderPage: fail, renderPageAfter: 'every-call'});
    const headers = {'X-Action-Page': '/notes'};
    for (const run of [async () => 'result', fail]) {
      const text = await (await page.call(run, {headers})).text();
      assert.ok(!text.includes(SECRET), text);
    }
    assert.deepEqual(reported, [SECRET, SECRET, SECRET]);
  },
};
const silent = {
  async 'nothing is said'() {
    assert.deepEqual(await silenced(make), []);
  },
};
const unclear = {
  async 'one warning says what to set, however many handlers there are'() {
    const lines = flat(await silenced(() => void (make(), make())));
    assert.equal(lines.length, 1);
    assert.match(lines[0], /^NODE_ENV (is not set|is "staging"): .*NODE_ENV=production/);
  },
};
const malformed = (reason) => ({
  async 'it is refused at once, with the reason, and without showing the key'() {
    assert.throws(make, (error) => {
      assert.equal(error.name, 'EncryptionKeyError');
      assert.match(error.message, reason);
      assert.ok(!error.message.includes(process.env.USE_SERVER_ENCRYPTION_KEY));
      return true;
    });
  },
});

const behindProxy = {
  async 'TLS that a proxy ends is noticed: one warning, and cookies are Secure all the same'() {
    const app = dynamicApp();
    const headers = {Origin: 'https://app.test', 'Sec-Fetch-Site': 'same-origin'};
    const setCookie = async () => cookies().set('a', 'b');
    const lines = flat(
      await silenced(async () => {
        for (let i = 0; i < 2; i++) {
          const response = await app.call(setCookie, {headers});
          assert.match(response.headers.get('set-cookie'), /; Secure/);
        }
        const plain = await app.call(setCookie, {headers: {Origin: 'http://app.test'}});
        assert.doesNotMatch(plain.headers.get('set-cookie'), /; Secure/);
      }),
    );
    assert.equal(lines.length, 1);
    assert.match(lines[0], /trustProxy: true/);
    const trusting = dynamicApp({trustProxy: true});
    assert.deepEqual(await silenced(() => trusting.call(setCookie, {headers})), []);
  },
  async 'a request of node:http is a TypeError at once that says what to use'() {
    await assert.rejects(make()(new IncomingMessage(null)), (error) => {
      assert.equal(error.constructor, TypeError);
      assert.match(error.message, /takes a web Request.*createNodeHandler/);
      return true;
    });
    for (const value of [undefined, null, 'http://app.test/', {}]) {
      await assert.rejects(make()(value), TypeError);
    }
  },
  async 'a body that something else has read is an error of the server that names the cause'() {
    const errors = [];
    const app = dynamicApp({onError: (error) => void errors.push(error)});
    const read = await callRequest(id);
    await read.text();
    // As adapters make it of a stream that a body parser has read to its end.
    const ended = await callRequest(id, [], {
      headers: {'Content-Length': '2', 'Content-Type': 'text/plain'},
      body: null,
    });
    for (const request of [read, ended]) {
      const response = await app.handle(request);
      assert.equal(response.status, 500);
      assert.match(await response.text(), /was read before.*express\.json\(\)/);
      assert.match(errors.pop().message, /was read before.*express\.json\(\)/);
    }
    assert.equal(errors.length, 0);
    assert.equal(await readResult(await app.call(async () => 'lives')), 'lives');
  },
};

const cases = {
  'NODE_ENV=staging': {...unclear, ...hidden},
  'no NODE_ENV': {...unclear, ...hidden},
  'NODE_ENV=production': {...silent, ...hidden},
  'NODE_ENV=development': {...silent, ...behindProxy},
  'a hexadecimal key': malformed(/is written in hexadecimal digits.*Make one with/),
  'a short key': malformed(/has 16/),
  'a key of equal bytes': {
    async 'one warning says that it can be guessed'() {
      const lines = flat(await silenced(() => void (make(), make())));
      assert.equal(lines.length, 1);
      assert.match(lines[0], /which can be guessed/);
    },
  },
};
await runCases(cases[environment]);
