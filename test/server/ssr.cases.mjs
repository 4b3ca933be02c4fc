// Without the react-server condition: streams come from a process that has it.
import assert from 'node:assert/strict';
import {createElement} from 'react';
import {renderToReadableStream, renderToString} from 'react-dom/server';
import * as edge from 'react-server-dom-webpack/client.edge';
import * as node from 'react-server-dom-webpack/client.node';
import * as server from 'use-server-webpack-plugin/server';
import {
  callServer,
  createServerReference,
  customizeFormActions,
  findSourceMapURL,
  withCallOptions,
} from 'use-server-webpack-plugin/client';
import {runCases} from '../support/cases.mjs';
import {root} from './support/app.mjs';

/** As `webpack` writes it. Whether the browser's module is asynchronous is not the concern of SSR. */
const consumerManifest = {
  moduleLoading: {prefix: '/'},
  moduleMap: {42: {'*': {id: 'src/Button.mjs', chunks: [], name: '*'}}},
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
        assert.equal(await htmlOf(element), 'from SSR');
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
    assert.throws(
      () => save(),
      /server function src\/a\.js#save cannot be called during initial render.*event handler/,
    );
  },
  async 'a server function that is called during SSR with options says the same'() {
    const save = createServerReference('src/a.js#save', callServer);
    await assert.rejects(withCallOptions({}, save)(), /cannot be called during initial render/);
  },
  async 'references have what React gives them: bound arguments in forms, and as arguments'() {
    const save = createServerReference('src/a.js#save', callServer);
    const own = await formOf(save.bind(null, {id: 1}));
    const react = await formOf(edge.createServerReference('src/a.js#save').bind(null, {id: 1}));
    assert.deepEqual(own, react);
    assert.match(own, /\$ACTION_REF_/);
    assert.equal(save.$$IS_SIGNATURE_EQUAL('src/a.js#save', 0), true);
    assert.equal(save.$$IS_SIGNATURE_EQUAL('src/b.js#save', 0), false);
    const encoded = await node.encodeReply([save]);
    assert.match(encoded.get('1'), /"id":"src\/a\.js#save"/);
  },
  async 'how functions are written into forms can be changed, bound ones too'() {
    const save = createServerReference('src/a.js#save', callServer);
    const before = await formOf(save);
    customizeFormActions((fields, id) => ({...fields, action: `/forms/${encodeURIComponent(id)}`}));
    try {
      const after = await formOf(save);
      assert.match(after, /action="\/forms\/src%2Fa\.js%23save"/);
      assert.match(after, /name="\$ACTION_ID_src\/a\.js#save"/);
      const bound = await formOf(save.bind(null, 'x'));
      assert.match(bound, /action="\/forms\/src%2Fa\.js%23save"/);
      assert.match(bound, /\$ACTION_REF_/);
    } finally {
      customizeFormActions((fields) => fields);
    }
    assert.equal(await formOf(save), before);
  },
  async 'the helpers work in the page that is rendered here, and the cache too'() {
    const request = new Request('http://app.test/', {headers: {Cookie: 'a=1'}});
    const cache = server.createMemoryCache();
    const read = cache.cached(async () => 'value', {tags: ['t']});
    assert.deepEqual(
      await server.withRequest(request, async () => [
        server.cookies().get('a').value,
        server.headers().get('cookie'),
        await read(),
      ]),
      ['1', 'a=1', 'value'],
    );
    assert.throws(() => server.cookies(), /outside a request/);
  },
});

/** The HTML of a form with this action; React may have to wait for bound arguments. */
function formOf(action) {
  return htmlOf(createElement('form', {action}));
}

async function htmlOf(element) {
  const html = await renderToReadableStream(element);
  await html.allReady;
  return new Response(html).text();
}
