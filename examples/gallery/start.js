// The one command: builds what runs in the browser, then starts the server.
//   npm start                  production
//   npm start -- --dev         development: React's warnings, readable code
//   npm start -- --no-build    with the build that is there
//   PORT=4000 npm start        another port
import {spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {createServer} from 'node:net';
import {parseArgs} from 'node:util';

const values = readArguments();
const development = values.dev || process.env.NODE_ENV === 'development';
process.env.NODE_ENV = development ? 'development' : 'production';
process.env.PORT ??= '3000';
process.chdir(import.meta.dirname);

await checkPort(process.env.PORT);
if (!values['no-build']) await build();
// Captures of inline server functions are encrypted. All data is in memory, so a new key at each start
// loses nothing more.
process.env.USE_SERVER_ENCRYPTION_KEY ??= randomBytes(32).toString('base64');
startServer();

function readArguments() {
  const flag = {type: 'boolean', default: false};
  try {
    return parseArgs({options: {dev: flag, 'no-build': flag}}).values;
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
          ? `Port ${port} is in use by another program. Choose another one: PORT=${other} npm start`
          : `Port ${port} cannot be used: ${error.message}`,
      );
    });
    probe.listen({port: Number(port), host: process.env.HOST ?? 'localhost'}, resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

async function build() {
  const {default: webpack} = await import('webpack');
  const {default: config} = await import('./webpack.config.js');
  const compiler = webpack(config);
  new webpack.ProgressPlugin(showProgress).apply(compiler);
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, stats) => (error ? reject(error) : resolve(stats)));
  });
  await new Promise((resolve) => compiler.close(resolve));
  if (stats.hasErrors()) fail(stats.toString({preset: 'errors-warnings', colors: true}));
  if (stats.hasWarnings()) console.warn(stats.toString({preset: 'errors-warnings', colors: true}));
  const seconds = ((stats.endTime - stats.startTime) / 1000).toFixed(1);
  console.log(`Built for ${config.mode} in ${seconds} s.`);
}

function showProgress(part, step) {
  if (process.stdout.isTTY) {
    process.stdout.write(`\r\x1b[KBuilding ${Math.round(part * 100)}% ${part < 1 ? step : ''}`);
    if (part === 1) process.stdout.write('\r\x1b[K');
  } else if (part === 0) {
    console.log('Building...');
  }
}

function startServer() {
  const server = spawn(
    process.execPath,
    [
      '--enable-source-maps',
      // Server Components need the React of this condition.
      ...['--conditions', 'react-server'],
      // TypeScript, then "use server" and "use client".
      ...['--import', 'tsx', '--import', 'use-server-webpack-plugin/register'],
      'server.ts',
    ],
    {stdio: ['inherit', 'inherit', 'inherit', 'ipc']},
  );
  // This process ends after the server.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
  server.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0);
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
