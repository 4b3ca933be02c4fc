import assert from 'node:assert/strict';
import {Session} from 'node:inspector';
import {fileURLToPath} from 'node:url';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {callRequest, origin, silenced} from './support/app.mjs';

const root = fileURLToPath(new URL('./fixtures/errors', import.meta.url));
const manifest = Object.fromEntries(
  ['sign', 'submit'].map((name) => [
    `src/actions.mjs#${name}`,
    {id: 'src/actions.mjs', chunks: [], name, async: true},
  ]),
);
const handle = createServerFunctionHandler({manifest, root, maxBodySize: 2000});

await runCases({
  async 'a fault has one line, with the error and its digest, and nothing of what was sent'() {
    const lines = await silenced(async () => {
      await handle(await callRequest('src/actions.mjs#sign', [undefined, {secret: 'Ada'}]));
    });
    assert.equal(lines.length, 1);
    const [text, error] = lines[0];
    assert.match(text, /^Server function src\/actions\.mjs#sign failed \(digest \d{10}\):$/);
    assert.ok(error instanceof TypeError);
    assert.ok(!JSON.stringify(lines).includes('Ada'));
  },
  async 'a refusal has one line, and its answer says no more than people may read'() {
    let response;
    const lines = await silenced(async () => {
      response = await handle(await callRequest('src/actions.mjs#sign', ['x'.repeat(3000)]));
    });
    assert.deepEqual(lines, [['Refused a request for a server function: 413 body-too-large']]);
    assert.equal(
      await response.text(),
      'The body is too large: it is larger than 2000 bytes ("maxBodySize").',
    );
    assert.equal(response.headers.get('x-action-mode'), null);
  },
  async 'a form without JavaScript gets a text with the digest'() {
    const body = new FormData();
    body.append('$ACTION_ID_src/actions.mjs#submit', '');
    await silenced(async () => {
      const headers = {'Sec-Fetch-Site': 'same-origin', Accept: 'text/html', Host: 'localhost'};
      const response = await handle(new Request(`${origin}/`, {method: 'POST', body, headers}));
      assert.equal(response.headers.get('content-type'), 'text/plain;charset=utf-8');
      assert.match(await response.text(), /^The server function failed\. Digest: \d{10}$/);
    });
  },
  'no file has been loaded that is for development'() {
    const session = new Session();
    session.connect();
    const loaded = [];
    session.on('Debugger.scriptParsed', ({params}) => loaded.push(params.url));
    session.post('Debugger.enable');
    session.disconnect();
    assert.ok(loaded.some((url) => url.endsWith('/server/call/errorLog.js')));
    assert.deepEqual(
      loaded.filter((url) => /\/(?:errorReports|sourcePlaces|ui)\//.test(url)),
      [],
    );
  },
});
