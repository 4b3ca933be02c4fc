import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {startServer, type RunningServer} from '../../support/runningServer.ts';
import {Project} from '../../webpack/support/project.ts';

const builders = {
  webpack: fileURLToPath(new URL('../../../node_modules/webpack/bin/webpack.js', import.meta.url)),
  rspack: fileURLToPath(new URL('../../rspack/support/build.mjs', import.meta.url)),
};

/** An app with one page, `src/Page.js`, as HTML that the browser hydrates. Its server is bundled, or plain Node runs it. */
export type ServerKind = 'bundled' | 'plain Node';

/**
 * Builds it and starts its server.
 *
 * @param files beside those that every such app has
 * @param builder of what runs in the browser; Rspack with plain Node only
 */
export async function startPageApp(
  name: string,
  kind: ServerKind,
  mode: 'development' | 'production',
  files: Record<string, string>,
  builder: keyof typeof builders = 'webpack',
): Promise<RunningServer> {
  const project = new Project(`page-${name}-${kind.replace(' ', '-')}-${mode}`, {
    'package.json': '{"private": true, "type": "module", "sideEffects": true}',
    'src/server.js': SERVER,
    'src/client.js': CLIENT,
    'src/ssr.js': RENDER,
    ...(kind === 'plain Node' && PLAIN_NODE),
    ...files,
  });
  writeFileSync(
    join(project.folder, 'webpack.config.js'),
    kind === 'bundled' ? BUNDLED_CONFIG : PLAIN_CONFIG,
  );
  const {NODE_OPTIONS: _, ...inherited} = process.env;
  const cwd = project.folder;
  await promisify(execFile)(process.execPath, [builders[builder]], {
    cwd,
    env: {...inherited, NODE_ENV: mode},
  });
  if (kind === 'bundled') return startServer('dist/server.cjs', {cwd, env: {NODE_ENV: mode}});
  const register = ['--import', 'use-server-webpack-plugin/register'];
  return startServer('src/server.js', {
    cwd,
    env: {NODE_ENV: mode, PLAIN_NODE: '1'},
    nodeArguments: ['--conditions', 'react-server', ...register],
  });
}

const CONFIG_START = `
  const mode = process.env.NODE_ENV;
  const context = import.meta.dirname;
  const shared = {mode, context, devtool: false, performance: {hints: false}, optimization: {minimize: false}};
  const client = {entry: {client: './src/client.js'}, output: {path: context + '/dist/public', publicPath: '/'}};
`;

const BUNDLED_CONFIG = `
  import {createUseServer} from 'use-server-webpack-plugin';
  ${CONFIG_START}
  const useServer = createUseServer({ssr: './src/ssr.js'});
  export default [
    {...shared, name: 'server', target: 'node', entry: {server: './src/server.js'},
     output: {path: context + '/dist', filename: '[name].cjs'}, plugins: [useServer.server]},
    {...shared, ...client, name: 'client', plugins: [useServer.client]},
  ];
`;

const PLAIN_CONFIG = `
  import {UseServerWebpackPlugin} from 'use-server-webpack-plugin';
  ${CONFIG_START}
  export default {...shared, ...client, plugins: [new UseServerWebpackPlugin()]};
`;

const SERVER = `
  import {createServer} from 'node:http';
  import {readFile} from 'node:fs/promises';
  import {createElement} from 'react';
  import {renderToReadableStream} from 'react-server-dom-webpack/server';
  import {toNodeHandler} from 'srvx/node';
  import {createServerFunctionHandler, loadClientManifest} from 'use-server-webpack-plugin/server';
  import {Page} from './Page.js';
  import {renderHtml} from './ssr.js';

  const plainNode = process.env.PLAIN_NODE && 'dist/public/';
  const clientManifest = loadClientManifest(plainNode ? plainNode + 'react-client-manifest.json' : undefined);
  const handle = createServerFunctionHandler({
    ...(plainNode && {manifest: plainNode + 'server-actions-manifest.json'}),
    encryptionKey: Buffer.alloc(32, 'a key').toString('base64'),
    render: (request, {formState}) => page(formState),
  });

  async function page(formState) {
    const flight = renderToReadableStream({root: createElement(Page), formState}, clientManifest);
    return new Response(await renderHtml(flight, formState), {headers: {'Content-Type': 'text/html'}});
  }

  createServer(toNodeHandler(async (request) => {
    const {pathname} = new URL(request.url);
    try {
      if (request.method === 'POST') return (await handle(request)) ?? new Response(null, {status: 404});
      if (pathname === '/') return await page(null);
    } catch (error) {
      return new Response(String(error), {status: 500});
    }
    if (pathname === '/favicon.ico') return new Response(null, {status: 204});
    const file = await readFile('dist/public/' + pathname.replaceAll('/', '')).catch(() => null);
    return new Response(file, {status: file ? 200 : 404, headers: {'Content-Type': 'text/javascript'}});
  })).listen(process.env.PORT);
`;

const CLIENT = `
  import {createElement, startTransition, use} from 'react';
  import {hydrateRoot} from 'react-dom/client';
  import {createFromReadableStream} from 'react-server-dom-webpack/client';
  import {rscStream} from 'rsc-html-stream/client';
  import {callServer} from 'use-server-webpack-plugin/client';

  const payload = createFromReadableStream(rscStream, {callServer});
  const Root = () => use(payload).root;
  payload.then(({formState}) => startTransition(() => hydrateRoot(document, createElement(Root), {formState})));
`;

const RENDER = `
  import {createElement, use} from 'react';
  import {renderToReadableStream} from 'react-dom/server';
  import {createFromReadableStream} from 'react-server-dom-webpack/client';
  import {injectRSCPayload} from 'rsc-html-stream/server';
  import {loadConsumerManifest} from 'use-server-webpack-plugin/server';

  const plainNode = process.env.PLAIN_NODE && 'dist/public/react-ssr-manifest.json';
  const serverConsumerManifest = loadConsumerManifest(plainNode || undefined);

  export async function renderHtml(flight, formState) {
    const [forHtml, forBrowser] = flight.tee();
    let payload;
    const Root = () => use((payload ??= createFromReadableStream(forHtml, {serverConsumerManifest}))).root;
    const html = await renderToReadableStream(createElement(Root), {formState, bootstrapScripts: ['/client.js']});
    await html.allReady;
    return html.pipeThrough(injectRSCPayload(forBrowser));
  }
`;

/** HTML is made in a thread without the condition. */
const PLAIN_NODE: Record<string, string> = {
  'src/ssr.js': `
    import {Worker, MessageChannel} from 'node:worker_threads';
    const worker = new Worker(new URL('htmlThread.js', import.meta.url), {execArgv: []});
    export function renderHtml(flight, formState) {
      const {port1, port2} = new MessageChannel();
      return new Promise((resolve, reject) => {
        port1.once('message', ({html, error}) => {
          port1.close();
          if (html) resolve(html);
          else reject(new Error(error));
        });
        worker.postMessage({flight, formState, answer: port2}, [flight, port2]);
      });
    }`,
  'src/htmlThread.js': `
    import {parentPort} from 'node:worker_threads';
    await import('use-server-webpack-plugin/register');
    const {renderHtml} = await import('./html.js');
    parentPort.on('message', async ({flight, formState, answer}) => {
      try {
        const html = await renderHtml(flight, formState);
        answer.postMessage({html}, [html]);
      } catch (error) {
        answer.postMessage({error: String(error)});
      }
    });`,
  'src/html.js': RENDER,
};
