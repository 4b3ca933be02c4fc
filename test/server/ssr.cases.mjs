// Without the react-server condition: streams come from a process that has it.
import assert from 'node:assert/strict';
import {createElement} from 'react';
import {renderToString} from 'react-dom/server';
import * as edge from 'react-server-dom-webpack/client.edge';
import * as node from 'react-server-dom-webpack/client.node';
import * as server from 'use-server-webpack-plugin/server';
import {
  callServer,
  createServerReference,
  findSourceMapURL,
} from 'use-server-webpack-plugin/client';
import {runCases} from '../support/cases.mjs';
import {root} from './support/app.mjs';

/** As `webpack` writes it: whether the browser's module is asynchronous is not the concern of SSR. */
const consumerManifest = {
  moduleLoading: {prefix: '/'},
  moduleMap: {42: {'*': {id: 'src/Button.mjs', chunks: [], name: '*', async: true}}},
  serverModuleMap: null,
};
const stream = (text) => new Response(text).body;
const flight = (metadata) =>
  `1:I${JSON.stringify(metadata)}\n0:["$","$L1",null,{"label":"from SSR"}]\n`;

await runCases({
  async 'client components of a stream are loaded from the paths in the SSR manifest, by both clients of React'() {
    const serverConsumerManifest = server.loadConsumerManifest(consumerManifest, {root});
    for (const {createFromReadableStream} of [edge, node]) {
      for (const metadata of [
        ['42', [], 'Button'],
        ['42', [], 'Button', 1],
      ]) {
        const element = await createFromReadableStream(stream(flight(metadata)), {
          serverConsumerManifest,
        });
        // React may hand out the component while its module is still loading.
        await new Promise((resolve) => setTimeout(resolve, 20));
        assert.equal(renderToString(element), 'from SSR');
      }
    }
  },
  async 'a client module that the SSR manifest does not list is an error that says to build again'() {
    const serverConsumerManifest = server.loadConsumerManifest(consumerManifest, {root});
    const text = flight(['43', [], 'Button']);
    await assert.rejects(
      async () => edge.createFromReadableStream(stream(text), {serverConsumerManifest}),
      /does not list the client module "43".*build/,
    );
  },
  'what needs the condition throws an error with the command to type'() {
    const names = [
      'createServerFunctionHandler',
      'loadServerManifest',
      'registerServerReference',
      'registerClientReference',
    ];
    for (const name of names) {
      assert.throws(
        () => Reflect.get(server, name)({}),
        (error) => {
          assert.ok(error.message.includes(name));
          assert.match(
            error.message,
            /node --conditions react-server --import use-server-webpack-plugin\/register ssr\.cases\.mjs/,
          );
          return true;
        },
      );
    }
  },
  'the exports are the same as with the condition'() {
    assert.deepEqual(Object.keys(server).sort(), JSON.parse(process.env.SERVER_EXPORTS));
  },
  'the client entry loads during SSR, where its references make forms and cannot be called'() {
    const save = createServerReference(
      'src/a.js#save',
      callServer,
      undefined,
      findSourceMapURL,
      'save',
    );
    const html = renderToString(createElement('form', {action: save}));
    assert.match(html, /name="\$ACTION_ID_src\/a\.js#save"/);
    assert.match(html, /multipart\/form-data/);
    assert.throws(() => save(), /cannot be called during initial render/);
  },
});
