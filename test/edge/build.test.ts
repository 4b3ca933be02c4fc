import {execFile} from 'node:child_process';
import {mkdirSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {BundledProject} from '../webpack-server/support/bundledProject.ts';
import {stopBuilding, type BuildResult} from '../webpack/support/project.ts';
import {APP, buildWorkers, FOR_WORKERS, OPTIONS} from './support/edgeProject.ts';
import {startWorkers, type Worker} from './support/workerd.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');

const repository = fileURLToPath(new URL('../../', import.meta.url));

afterAll(stopBuilding);

/** The pages of a server, from the runtime of workers. */
async function pagesOf(
  worker: Worker,
  paths: readonly string[] = ['/'],
): Promise<{pages: string[]; output: string}> {
  const workers = await startWorkers(worker.folder, {server: {bindings: {KEY}, ...worker}});
  const pages = await Promise.all(
    paths.map(async (path) => (await fetch(workers.urls['server'] + path)).text()),
  );
  await workers.stop();
  return {pages, output: workers.output()};
}

const PAGE = expect.stringMatching(/<h1>On the edge<\/h1>.*<output>sum 1<\/output>/);

test('all of the server in one file', async () => {
  const {server} = await buildWorkers(
    'one-file',
    `shared: {mode: 'production', ${FOR_WORKERS}},
     server: {plugins: [new (require('webpack').optimize.LimitChunkCountPlugin)({maxChunks: 1})]}`,
  );
  expect(readdirSync(server).filter((file) => file.endsWith('.js'))).toEqual(['main.js']);
  expect((await pagesOf({folder: server, main: 'main.js'})).pages).toEqual([PAGE]);
});

test('a script that listens to the event "fetch"', async () => {
  const {server} = await buildWorkers(
    'script',
    `shared: {mode: 'production', ${FOR_WORKERS}},
     server: {
       target: 'webworker',
       entry: {main: './src/listen.js'},
       experiments: {},
       output: {module: false, library: undefined},
       plugins: [new (require('webpack').optimize.LimitChunkCountPlugin)({maxChunks: 1})],
     }`,
    {
      ...APP,
      'src/listen.js': `
        import worker from './server.js';
        addEventListener('fetch', (event) => event.respondWith(worker.fetch(event.request, {KEY: globalThis.KEY})));`,
    },
  );
  expect((await pagesOf({folder: server, main: 'main.js', format: 'script'})).pages).toEqual([
    PAGE,
  ]);
});

test('chunks that another bundler joins, as the command lines of vendors do', async () => {
  const {folder, server} = await buildWorkers(
    'joined',
    `shared: {mode: 'production', ${FOR_WORKERS}}`,
  );
  expect(readdirSync(server).filter((file) => file.endsWith('.js')).length).toBeGreaterThan(1);
  const joined = join(folder, 'joined');
  mkdirSync(joined, {recursive: true});
  await build({
    entryPoints: [join(server, 'main.js')],
    outfile: join(joined, 'main.js'),
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
  });
  expect((await pagesOf({folder: joined, main: 'main.js'})).pages).toEqual([PAGE]);
});

test('AsyncLocalStorage that the app puts into the global scope', async () => {
  const {server} = await buildWorkers(
    'own-storage',
    `shared: {mode: 'production', ${FOR_WORKERS}},
     server: {
       entry: {main: ['./src/asyncLocalStorage.js', './src/server.js']},
       externals: {'node:async_hooks': 'module node:async_hooks'},
     }`,
    {
      ...APP,
      'src/asyncLocalStorage.js': `
        import {AsyncLocalStorage} from 'node:async_hooks';
        globalThis.AsyncLocalStorage = AsyncLocalStorage;`,
    },
  );
  const worker = {folder: server, main: 'main.js', compatibilityFlags: ['nodejs_als']};
  expect((await pagesOf(worker, ['/late'])).pages).toEqual([
    expect.stringMatching(/computation (\d+)<.*computation \1<.*user nobody/),
  ]);
});

test.each([
  ['2024-09-23', /computation (\d+)<.*computation \1<.*user nobody/],
  ['2024-09-22', /this runtime has no AsyncLocalStorage/],
])('the flag nodejs_compat at the compatibility date %s', async (compatibilityDate, expected) => {
  const {server} = await buildWorkers('date', `shared: {mode: 'production', ${FOR_WORKERS}}`);
  const {pages} = await pagesOf(
    {folder: server, main: 'main.js', compatibilityDate, compatibilityFlags: ['nodejs_compat']},
    ['/late'],
  );
  expect(pages).toEqual([expect.stringMatching(expected)]);
});

test('without a key captures are encrypted with a random one, and the server says so', async () => {
  const {server} = await buildWorkers('no-key', `shared: {mode: 'production', ${FOR_WORKERS}}`);
  const {pages, output} = await pagesOf({folder: server, main: 'main.js', bindings: {}});
  expect(pages).toEqual([PAGE]);
  expect(output).toContain('USE_SERVER_ENCRYPTION_KEY is not set');
});

test('a server that is built without a client says that it has no manifest', async () => {
  const {server} = await buildWorkers(
    'alone',
    `shared: {mode: 'production', ${FOR_WORKERS}}, list: ([server]) => [server]`,
  );
  const start = pagesOf({folder: server, main: 'main.js'});
  await expect(start).rejects.toThrow(
    'The server bundle has no SSR manifest, because it was built without a client. Build both configs of createUseServer() in one run of webpack.',
  );
});

test('a path of a manifest, where there are no files, is an error that says what to give', async () => {
  const {server} = await buildWorkers('path', `shared: {mode: 'production', ${FOR_WORKERS}}`, {
    ...APP,
    'src/server.js': APP['src/server.js']!.replace(
      'loadClientManifest()',
      `loadClientManifest('./react-client-manifest.json')`,
    ),
  });
  const start = pagesOf({
    folder: server,
    main: 'main.js',
    compatibilityFlags: ['no_nodejs_compat'],
  });
  await expect(start).rejects.toThrow(
    'The client manifest is given as the path "./react-client-manifest.json", but this runtime has no file system.',
  );
});

test('a handler that createUseServer() did not build says that it has to', async () => {
  const folder = join(repository, '.cache/webpack-tests/edge-unbuilt');
  mkdirSync(folder, {recursive: true});
  await build({
    stdin: {
      contents: `
        import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
        createServerFunctionHandler({manifest: {
          'src/actions.js#save': {id: 'src/actions.js', chunks: [], name: 'save', async: true},
        }});
        export default {fetch: () => new Response('unreachable')};`,
      resolveDir: repository,
    },
    outfile: join(folder, 'main.js'),
    bundle: true,
    format: 'esm',
    conditions: ['react-server', 'workerd'],
    define: {'process.env.NODE_ENV': '"production"'},
  });
  const start = pagesOf({folder, main: 'main.js', compatibilityFlags: ['no_nodejs_compat']});
  await expect(start).rejects.toThrow('Build the server with createUseServer()');
});

test('a build with the oldest webpack', async () => {
  const project = new BundledProject('edge-oldest', APP);
  const {errors} = await project.buildAfresh(
    // Its own default is a hash that OpenSSL has dropped.
    `shared: {mode: 'production', ${FOR_WORKERS}},
     server: {output: {hashFunction: 'sha256'}}, client: {output: {hashFunction: 'sha256'}}`,
    OPTIONS,
    'oldest-webpack',
  );
  expect(errors).toEqual([]);
  const folder = join(project.folder, 'dist/server');
  expect((await pagesOf({folder, main: 'main.js'})).pages).toEqual([PAGE]);
});

test('the same bundle runs in Node', async () => {
  const {server} = await buildWorkers('node', `shared: {mode: 'production', ${FOR_WORKERS}}`);
  const {stdout} = await promisify(execFile)(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const {default: worker} = await import(${JSON.stringify(join(server, 'main.js'))});
       const response = await worker.fetch(new Request('https://app.test/late'), {KEY: '${KEY}'});
       console.log(await response.text());`,
    ],
    {env: {...process.env, NODE_OPTIONS: ''}},
  );
  expect(stdout).toMatch(/computation (\d+)<.*computation \1<.*user nobody/);
});

test('a build in a new process, with a cache, gives the same bundles', async () => {
  const project = new BundledProject('edge-cache', APP);
  const config = `shared: {mode: 'production', ${FOR_WORKERS} cache: {type: 'filesystem', cacheDirectory: context + '/cache'}}`;
  const {files} = await project.buildAfresh(config, OPTIONS);
  const again = await project.buildAfresh(config, OPTIONS);
  expect(again.files).toEqual(files);
});

test('in watch mode the server takes in what the client renames', async () => {
  const project = new BundledProject('edge-watch', APP);
  const watch = await project.watch(
    `shared: {mode: 'production', ${FOR_WORKERS}},
     client: {output: {chunkFilename: '[id].[contenthash].js'}}`,
    OPTIONS,
  );
  /** Whether the client's chunk has the text, and the server's bundle the chunk's name. */
  const agree = ({files}: BuildResult, text: string) =>
    Object.entries(files).some(
      ([file, code]) =>
        /^client\/\d+\./.test(file) &&
        code.includes(text) &&
        files['server/main.js']?.includes(file.slice('client/'.length)),
    );
  try {
    for (const text of ['total', 'result']) {
      project.write({'src/Counter.js': APP['src/Counter.js']!.replace('sum $', `${text} $`)});
      await watch.until((result) => agree(result, `${text} $`));
    }
  } finally {
    await watch.stop();
  }
});
