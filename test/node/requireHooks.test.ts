/*
 * Tools that compile what is required: the handler has to call the modules that the app has loaded, and
 * no second copy of them.
 */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {nodeBinaries, REACT_SERVER, REGISTER, repository, runNode} from './support/node.ts';

const HOOKS = {
  '@babel/register': `require('@babel/register')({
    extensions: ['.js', '.jsx', '.ts', '.tsx'], cache: false, babelrc: false, configFile: false,
    presets: [
      [require.resolve('@babel/preset-env'), {targets: {node: '20'}}],
      [require.resolve('@babel/preset-react'), {runtime: 'automatic'}],
      require.resolve('@babel/preset-typescript'),
    ],
  });`,
  'esbuild-register': `require('esbuild-register/dist/node').register({jsx: 'automatic'});`,
};
type Hook = keyof typeof HOOKS;

const ACTIONS = `'use server';
import {guests} from './store';
export async function sign(name) { guests.push(name); return guests.join(); }
export default async function list() { return guests.join(); }`;
const STORE = `export const guests = ['Ada'];
console.log('the store is loaded');`;

/** Calls a function as browsers do. */
const CALL = `
const {createServerFunctionHandler} = require('use-server-webpack-plugin/server');
const entry = (id) => {
  const [path, name] = id.split('#');
  return [id, {id: path, name, chunks: [], async: true}];
};
const handlerOf = (...ids) =>
  createServerFunctionHandler({
    manifest: Object.fromEntries(ids.map(entry)),
    onError: (error) => console.log(error.message),
  });
async function call(handler, id, ...args) {
  const headers = {
    'X-Action-Id': id,
    'Content-Type': 'text/plain;charset=UTF-8',
    'Sec-Fetch-Site': 'same-origin',
  };
  const body = JSON.stringify(args);
  const url = 'http://localhost/rsc-action';
  const response = await handler(new Request(url, {method: 'POST', headers, body}));
  console.log(response.status, (await response.text()).split('\\n')[0]);
}`;

interface App {
  name: string;
  node?: (typeof nodeBinaries)[0];
  /** Of package.json. */
  type?: 'commonjs' | 'module';
  files: Record<string, string>;
  /** @default true */
  reactServer?: boolean;
  main?: string;
}

/** What the app prints. */
async function run({
  name,
  node = nodeBinaries[0]!,
  type,
  files,
  reactServer = true,
  main = 'server.js',
}: App): Promise<string[]> {
  const cwd = join(repository, '.cache/require-hooks', name.replaceAll(/[^\w.]+/g, '-'));
  rmSync(cwd, {recursive: true, force: true});
  mkdirSync(cwd, {recursive: true});
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({type}));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(cwd, file), text);
  const args = [...(reactServer ? REACT_SERVER : []), ...REGISTER, main];
  const {stdout, stderr, exitCode} = await runNode({
    node,
    args,
    cwd,
    env: {NODE_ENV: 'production'},
  });
  if (exitCode !== 0) throw new Error(`Node exited with ${exitCode}:\n${stdout}\n${stderr}`);
  return stdout.trim().split('\n');
}

const matrix = nodeBinaries.flatMap((node) =>
  (Object.keys(HOOKS) as Hook[]).flatMap((hook) =>
    ([undefined, 'commonjs'] as const).flatMap((type) =>
      ['js', 'ts', 'tsx'].map((ending) => ({node, hook, type, ending})),
    ),
  ),
);

test.each(matrix)(
  '$node.label, $hook, package of type $type, .$ending: calls share what the app has required',
  async ({node, hook, type, ending}) => {
    const sign = `actions.${ending}#sign`;
    const late = `late.${ending}#default`;
    const printed = await run({
      name: `${node.label} ${hook} ${type} ${ending}`,
      node,
      type,
      files: {
        [`store.${ending}`]: STORE,
        [`actions.${ending}`]: ACTIONS,
        // Only calls use it.
        [`late.${ending}`]: ACTIONS.replaceAll('sign', 'add'),
        'server.js': `${HOOKS[hook]}${CALL}
          const {default: list} = require('./actions');
          const handler = handlerOf('${sign}', '${late}');
          (async () => {
            await call(handler, '${sign}', 'Grace');
            console.log(await list());
            await call(handler, '${late}');
          })();`,
      },
    });
    expect(printed).toEqual([
      'the store is loaded',
      '200 0:"Ada,Grace"',
      'Ada,Grace',
      '200 0:"Ada,Grace"',
    ]);
  },
);

describe.each(nodeBinaries)('$label', (node) => {
  test('client components are rendered to HTML with the modules that the app has required', async () => {
    const printed = await run({
      name: `ssr ${node.label}`,
      node,
      files: {
        'theme.js': `'use client'; export const theme = {color: 'red'}; export default () => theme.color;`,
        'server.js': `${HOOKS['@babel/register']}
          const {loadConsumerManifest} = require('use-server-webpack-plugin/server');
          const {theme} = require('./theme');
          theme.color = 'green';
          const {moduleMap} = loadConsumerManifest({
            moduleMap: {1: {'*': {id: 'theme.js', chunks: [], name: '*'}}},
            moduleLoading: null,
          });
          const {id} = moduleMap[1]['*'];
          __webpack_chunk_load__(id).then(() => {
            console.log(__webpack_require__(id).default(), __webpack_require__(id).theme === theme);
          });`,
      },
      reactServer: false,
    });
    expect(printed).toEqual(['green true']);
  });

  test('CommonJS that no tool compiles is called as before', async () => {
    const printed = await run({
      name: `plain ${node.label}`,
      node,
      files: {
        'actions.js': `'use server';
          const guests = ['Ada'];
          exports.sign = async (name) => { guests.push(name); return guests.join(); };
          exports.list = async () => guests.join();`,
        'server.js': `${CALL}
          const {list} = require('./actions');
          call(handlerOf('actions.js#sign'), 'actions.js#sign', 'Grace').then(list).then(console.log);`,
      },
    });
    expect(printed).toEqual(['200 0:"Ada,Grace"', 'Ada,Grace']);
  });

  test.each([undefined, 'module'] as const)(
    'ES modules that are imported are called as before, in a package of type %s',
    async (type) => {
      const printed = await run({
        name: `imported ${type} ${node.label}`,
        node,
        type,
        files: {
          'store.js': STORE,
          'actions.js': ACTIONS.replace('./store', './store.js'),
          // Compiled for require when it was built.
          'built.cjs': `Object.defineProperty(exports, '__esModule', {value: true}); exports.a = 1;`,
          'server.mjs': `import {createRequire} from 'node:module';
            const require = createRequire(import.meta.url);
            require('./built.cjs');
            ${CALL}
            import {guests} from './store.js';
            await call(handlerOf('actions.js#sign'), 'actions.js#sign', 'Grace');
            console.log(guests.join());`,
        },
        main: 'server.mjs',
      });
      expect(printed).toEqual(['the store is loaded', '200 0:"Ada,Grace"', 'Ada,Grace']);
    },
  );

  const IMPORTED = {
    'store.js': `export const guests = ['Ada'];`,
    'actions.js': ACTIONS.replace('./store', './store.js'),
  };

  test('a copy of a module that only calls would use is refused, for each of its functions', async () => {
    const printed = await run({
      name: `copy ${node.label}`,
      node,
      type: 'module',
      files: {
        ...IMPORTED,
        'server.cjs': `${CALL}
          const handler = handlerOf('actions.js#sign', 'actions.js#default');
          import('./actions.js?own')
            .then(async (app) => {
              await call(handler, 'actions.js#sign', 'Grace');
              await call(handler, 'actions.js#default');
              return app;
            })
            .then((app) => app.default())
            .then(console.log);`,
      },
      main: 'server.cjs',
    });
    expect(printed).toEqual([
      expect.stringMatching(
        /^The server function actions\.js#sign is in two copies .*: the app has loaded one, and the call another by import\(\)\. Import the module by its path/,
      ),
      expect.stringMatching(/^500 /),
      expect.stringMatching(/^The server function actions\.js#default is in two copies/),
      expect.stringMatching(/^500 /),
      'Ada',
    ]);
  });

  test('a second copy that is required after calls have used the first is refused', async () => {
    const printed = await run({
      name: `late copy ${node.label}`,
      node,
      files: {
        ...IMPORTED,
        'server.js': `${CALL}
          call(handlerOf('actions.js#sign'), 'actions.js#sign', 'Grace')
            .then(() => { ${HOOKS['@babel/register']} return require('./actions.js'); })
            .catch((error) => console.log(error.message));`,
      },
    });
    expect(printed).toEqual([
      '200 0:"Ada,Grace"',
      expect.stringMatching(
        /^The server function actions\.js#\w+ is in two copies .* now the app loads another by require\(\)\. Require the module when the server starts/,
      ),
    ]);
  });

  test('a module that a tool imports again while somebody works on it is no second copy', async () => {
    const printed = await run({
      name: `reloaded ${node.label}`,
      node,
      type: 'module',
      files: {
        ...IMPORTED,
        'server.cjs': `${CALL}
          const handler = handlerOf('actions.js#sign');
          (async () => {
            await import('./actions.js');
            await import('./actions.js?2');
            await call(handler, 'actions.js#sign', 'Grace');
            await import('./actions.js?3');
            await call(handler, 'actions.js#sign', 'Edith');
            await call(handlerOf('actions.js#sign'), 'actions.js#sign', 'Joan');
          })();`,
      },
      main: 'server.cjs',
    });
    expect(printed).toEqual([
      '200 0:"Ada,Grace"',
      '200 0:"Ada,Grace,Edith"',
      '200 0:"Ada,Grace,Edith,Joan"',
    ]);
  });

  test('a module that is taken out of the cache and required again is no second copy', async () => {
    const printed = await run({
      name: `purged ${node.label}`,
      node,
      files: {
        'store.js': `export const guests = ['Ada'];`,
        'actions.js': ACTIONS,
        'server.js': `${HOOKS['@babel/register']}${CALL}
          const first = require('./actions');
          const reload = () => {
            delete require.cache[require.resolve('./actions')];
            return require('./actions');
          };
          (async () => {
            reload();
            await call(handlerOf('actions.js#sign'), 'actions.js#sign', 'Grace');
            const {default: list} = reload();
            await call(handlerOf('actions.js#sign'), 'actions.js#sign', 'Edith');
            delete require.cache[require.resolve('./actions')];
            await call(handlerOf('actions.js#sign'), 'actions.js#sign', 'Joan');
            console.log(await list());
          })();`,
      },
    });
    expect(printed).toEqual([
      '200 0:"Ada,Grace"',
      '200 0:"Ada,Grace,Edith"',
      '200 0:"Ada,Grace,Edith,Joan"',
      'Ada,Grace,Edith,Joan',
    ]);
  });
});
