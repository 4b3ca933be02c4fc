import assert from 'node:assert/strict';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {callRequest} from './support/app.mjs';
import {call, listFunctions, manifest} from './support/liveApp.mjs';

listFunctions('src/actions.mjs#save');
const handle = createServerFunctionHandler({manifest, onError() {}});

await runCases({
  async 'is read once'() {
    assert.equal(await call(handle, 'src/actions.mjs#save'), '200');
    listFunctions('src/actions.mjs#drop');
    assert.equal(await call(handle, 'src/actions.mjs#save'), '200');
    assert.equal(await call(handle, 'src/actions.mjs#drop'), '404 unknown-function');
  },
  async 'a question for the process is no call'() {
    const request = await callRequest('', [], {headers: {'X-Action-Process': ''}});
    const response = await handle(request);
    assert.equal(response.headers.get('X-Action-Error'), 'malformed-id');
    assert.equal(response.headers.get('X-Action-Process'), null);
  },
});
