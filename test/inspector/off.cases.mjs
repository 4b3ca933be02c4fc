// Where there is no inspector: in production, and where an app wants none.
import assert from 'node:assert/strict';
import {Session} from 'node:inspector';
import {Server} from 'node:net';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {body, run} from '../server/fixtures/app/src/dynamic.mjs';
import {callRequest, clientManifest, root} from '../server/support/app.mjs';
import {dynamicManifest} from '../server/support/dynamicApp.mjs';

const inspector = process.argv[2] === 'false' ? false : undefined;
const listening = [];
const listen = Reflect.get(Server.prototype, 'listen');
Server.prototype.listen = function (...args) {
  listening.push(args);
  return listen.apply(this, args);
};
const printed = [];
for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  stream.write = (text, ...rest) => {
    if (!String(text).startsWith('{"case":')) printed.push(String(text));
    return write(text, ...rest);
  };
}

await runCases({
  async 'nothing listens, nothing is printed, and nothing of it is loaded'() {
    const handle = createServerFunctionHandler({
      manifest: dynamicManifest,
      clientManifest,
      root,
      inspector,
    });
    body.run = async () => 'result';
    const response = await handle(await callRequest(run.$$id));
    assert.match(await response.text(), /result/);
    assert.equal(
      response.headers.has('server-timing'),
      process.env.NODE_ENV === 'development',
      'Server-Timing',
    );
    const scripts = [];
    const session = new Session();
    session.connect();
    session.on('Debugger.scriptParsed', ({params}) => scripts.push(params.url));
    session.post('Debugger.enable');
    session.disconnect();
    assert.ok(scripts.some((url) => url.endsWith('/dist/src/server/answerRequest.js')));
    assert.deepEqual(
      scripts.filter((url) => /\/dist\/src\/inspector\//.test(url)),
      [],
    );
    assert.deepEqual(listening, []);
    assert.deepEqual(printed, []);
  },
});
