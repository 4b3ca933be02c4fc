// Several processes of the app, with a PostgreSQL server.
//   npm run start:nginx        nginx in front of four processes
//   npm run start:cluster      Node's cluster, four processes
//   PORT=4000, PROCESSES=8     another port, more processes
// While it runs, Enter (or the signal SIGHUP) builds the app again and replaces one process after the other.
import {resolve} from 'node:path';
import {createInterface} from 'node:readline';
import {encryptionKey} from '../encryptionKey.js';
import {startBalanced} from './balanced.js';
import {startCluster} from './cluster.js';
import {startPostgres} from './postgres.js';
import {makeRelease} from './release.js';

const isCluster = process.argv.includes('--cluster');
const port = Number(process.env.PORT ?? 3000);
const count = Number(process.env.PROCESSES ?? 4);
process.chdir(resolve(import.meta.dirname, '..'));
// Of PostgreSQL and nginx. Releases are under build/: what webpack left out they find in node_modules.
const home = resolve(process.env.NOTES_DATA ?? 'data', 'deploy');

process.env.USE_SERVER_ENCRYPTION_KEY ??= encryptionKey();
let postgres;
postgres = await start('PostgreSQL', () => startPostgres(`${home}/postgres`));
process.env.DATABASE_URL = postgres.url;
console.log('Building...');
const release = await start('the build', makeRelease);
const app = await start('the app', () =>
  (isCluster ? startCluster : startBalanced)({home: `${home}/nginx`, port, count, release}),
);
console.log(
  `Notes is ready: http://localhost:${port} (${isCluster ? 'cluster' : 'nginx'}, ${count} processes, PostgreSQL)\nPress Enter to deploy what you have changed.`,
);

let work = Promise.resolve();
process.on('SIGHUP', deploy);
if (process.stdin.isTTY) createInterface({input: process.stdin}).on('line', deploy);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);

function deploy() {
  work = afterwards(async () => {
    console.log('Building...');
    try {
      await app.deploy(await makeRelease());
      console.log('The new release is in place.');
    } catch (error) {
      console.error('The release before goes on:', error.message);
    }
  });
}

function stop() {
  work = afterwards(async () => {
    await app.stop();
    await postgres.stop();
    process.exit();
  });
}

/** One thing after the other: nothing is stopped in the midst of a deployment. */
async function afterwards(next) {
  await work;
  await next();
}

async function start(what, begin) {
  try {
    return await begin();
  } catch (error) {
    console.error(`${what} did not start: ${error.message}`);
    await postgres?.stop();
    process.exit(1);
  }
}
