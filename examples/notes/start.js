// The one command: builds, then starts the server.
//   npm start                  plain Node: webpack builds what runs in the browser
//   npm run start:bundled      webpack builds the server too
//   npm start -- --dev         development: React's warnings, readable code
//   npm start -- --no-build    with the build that is there
//   PORT=4000 npm start        another port
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {build} from './build.js';
import {encryptionKey} from './encryptionKey.js';

const values = readArguments();
const development = values.dev || process.env.NODE_ENV === 'development';
const mode = development ? 'development' : 'production';
const way = values.bundled ? 'bundled' : 'plain-node';
const command = values.bundled ? 'npm run start:bundled' : 'npm start';
process.env.NODE_ENV = mode;
process.env.PORT ??= '3000';
process.chdir(import.meta.dirname);

await checkPort(process.env.PORT);
if (!values['no-build']) await buildOrFail();
process.env.USE_SERVER_ENCRYPTION_KEY ??= encryptionKey();
tellOfDatabase();
startServer();

function readArguments() {
  const flag = {type: 'boolean', default: false};
  try {
    return parseArgs({options: {bundled: flag, dev: flag, 'no-build': flag}}).values;
  } catch (error) {
    return fail(error.message);
  }
}

/** Before the build, so that a mistake shows at once. */
async function checkPort(port) {
  if (!/^\d+$/.test(port) || port < 1 || port > 65535) {
    fail(`PORT must be a number from 1 to 65535, but is "${port}".`);
  }
  const probe = createServer();
  await new Promise((resolve) => {
    probe.once('error', (error) => {
      const other = Number(port) + 1;
      fail(
        error.code === 'EADDRINUSE'
          ? `Port ${port} is in use by another program. Choose another one: PORT=${other} ${command}`
          : `Port ${port} cannot be used: ${error.message}`,
      );
    });
    probe.listen({port: Number(port), host: process.env.HOST ?? 'localhost'}, resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

async function buildOrFail() {
  await build(`./${way}/webpack.config.js`).catch((error) => fail(error.message));
}

/** What takes so long before the server listens. */
function tellOfDatabase() {
  if (process.env.DATABASE_URL) return console.log('Connecting to the database of DATABASE_URL...');
  const folder = join(process.env.NOTES_DATA ?? 'data', 'postgres');
  console.log(
    existsSync(folder)
      ? `Opening the database in ${folder}...`
      : `Creating a PostgreSQL database in ${folder}: this once it takes some seconds...`,
  );
}

function startServer() {
  const server = spawn(process.execPath, ['--enable-source-maps', ...program()], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // This process ends after the server, which has to close its database. (Ctrl+C in a terminal
  // reaches both, and the server takes a second signal for the first.)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
  server.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0);
  });
}

/** The one difference between the two ways, seen from outside. */
function program() {
  if (way === 'bundled') {
    const bundle = `build/bundled/${mode}/server.js`;
    if (!existsSync(bundle)) fail(`${bundle} does not exist. Build the app first: ${command}`);
    return [bundle];
  }
  return [
    // Server Components need the React of this condition.
    ...['--conditions', 'react-server'],
    // TypeScript, then "use server" and "use client".
    ...['--import', 'tsx', '--import', 'use-server-webpack-plugin/register'],
    'plain-node/server.ts',
  ];
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
