import {fork} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {createRequire} from 'node:module';
import {dirname, resolve} from 'node:path';

const path = (name) => resolve(import.meta.dirname, '..', name);
const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
const reactServer = ['--conditions', 'react-server'];
const register = ['--import', 'use-server-webpack-plugin/register'];

/** Starts a server each, in production mode, in a process of its own. */
export const servers = {
  'hand-written': async () =>
    listening(start('handwritten/server.js', {nodeArguments: reactServer})),
  'use-server-webpack-plugin/node': async (options) => ours('nodeServer.js', options),
  'use-server-webpack-plugin/server on srvx': async (options) => ours('server.js', options),
  async next() {
    const port = await freePort();
    const args = ['start', '--port', `${port}`, '--hostname', '127.0.0.1'];
    const child = start(next, {args, cwd: path('next'), silent: true});
    await answers(port);
    return running(child, port);
  },
};

function ours(file, {nodeArguments = [], env} = {}) {
  const all = [...nodeArguments, ...reactServer, ...register];
  return listening(start(`ours/${file}`, {nodeArguments: all, env}));
}

function start(file, {args = [], nodeArguments = [], cwd, env, silent = false}) {
  const program = path(file);
  return fork(program, args, {
    cwd: cwd ?? dirname(program),
    execArgv: [...nodeArguments, '--import', path('support/stats.js')],
    silent,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      USE_SERVER_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
      ...env,
    },
  });
}

async function listening(child) {
  const [{port}] = await once(child, 'message');
  return running(child, port);
}

function running(child, port) {
  return {
    url: `http://127.0.0.1:${port}`,
    /** Milliseconds of processor time, and bytes of memory. */
    async stats() {
      child.send('stats');
      const [{stats}] = await once(child, 'message');
      return stats;
    },
    async stop() {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port) {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const response = await fetch(`http://127.0.0.1:${port}`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Nothing answers on port ${port}.`);
}
