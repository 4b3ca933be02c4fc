import {execFile} from 'node:child_process';
import {cpSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {runNode} from '../support/runNode.ts';
import {startServer, type RunningServer} from '../support/runningServer.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const webpack = join(repository, 'node_modules/webpack/bin/webpack.js');
const client = fileURLToPath(new URL('support/hostileClient.mjs', import.meta.url));

/** How each is started, and the functions that it lists: `sign` fails when it is called with nothing. */
const examples = {
  'quick-start': {
    script: 'server.js',
    nodeArguments: [
      '--conditions',
      'react-server',
      '--import',
      'use-server-webpack-plugin/register',
    ],
    ids: ['src/actions.js#sign', 'src/actions.js#listGuests'],
  },
  bundled: {script: 'dist/server.js', nodeArguments: [], ids: ['src/actions.js#sign']},
};
const cases = Object.entries(examples).flatMap(([name, example]) =>
  ['development', 'production'].map((mode) => ({name, mode, ...example})),
);

describe.each(cases)('examples/$name in $mode', ({name, mode, script, nodeArguments, ids}) => {
  /** Below the repository, so that the copy finds its packages. */
  const folder = join(repository, '.cache/hostile-tests', `${name}-${mode}`);
  let server: RunningServer;

  beforeAll(async () => {
    rmSync(folder, {recursive: true, force: true});
    cpSync(join(repository, 'examples', name), folder, {
      recursive: true,
      filter: (path) => !/[\\/](build|dist|node_modules)$/.test(path),
    });
    const env = {...process.env, NODE_OPTIONS: '', NODE_ENV: mode};
    await promisify(execFile)(process.execPath, [webpack], {cwd: folder, env});
    server = await startServer(script, {cwd: folder, env: {NODE_ENV: mode}, nodeArguments});
  }, 180_000);
  afterAll(() => server?.stop());

  test('the process answers on, wherever a body puts a function in place of data', async () => {
    const {code, stdout, stderr} = await runNode(client, {arguments: [server.url, ...ids]});

    if (code !== 0) throw new Error(`${stderr}\n${server.output()}`);
    const statuses = JSON.parse(stdout) as Record<string, number>;
    // Functions ran and failed, and those that the language would have called were refused.
    expect(statuses['500']).toBeGreaterThan(10);
    expect(statuses['400']).toBeGreaterThan(10);
    const {status} = await fetch(server.url);
    expect(status).toBe(200);
    expect(server.output()).not.toMatch(/unhandled|uncaught/i);
  });
});
