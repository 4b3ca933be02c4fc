// A PostgreSQL server of its own, from Debian's packages, that only this computer can reach.
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, chownSync, existsSync, mkdirSync, readdirSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {freePort} from './ports.js';

const SUPERUSER = 'notes';

/**
 * Starts PostgreSQL on a free port of the loopback interface. The first time it makes the files.
 *
 * @param {string} folder for the files of the database
 * @returns {Promise<{url: string, stop(): Promise<void>}>}
 */
export async function startPostgres(folder) {
  const data = resolve(folder);
  const as = accountFor(data);
  if (!existsSync(join(data, 'PG_VERSION'))) {
    // "trust": everyone who can log in to this computer may use this database. Not for production.
    run(as, 'initdb', ['--pgdata', data, '--username', SUPERUSER, '--auth', 'trust', '-E', 'UTF8']);
  }
  const port = await freePort();
  const server = spawn(
    ...command(as, 'postgres', [
      ...['-D', data, '-p', String(port), '-h', '127.0.0.1'],
      ...['-c', 'unix_socket_directories='],
      ...['-c', 'logging_collector=on', '-c', `log_directory=${data}/log`],
      ...['-c', 'max_connections=200'],
    ]),
    // In a group of its own: Ctrl+C stops the processes of the app first.
    {stdio: 'ignore', detached: true},
  );
  const ended = once(server, 'exit');
  process.once('exit', () => server.kill());
  await waitUntilReady(as, port, server);
  return {
    url: `postgres://${SUPERUSER}@127.0.0.1:${port}/postgres`,
    async stop() {
      run(as, 'pg_ctl', ['stop', '--pgdata', data, '--mode', 'fast']);
      await ended;
    },
  };
}

/** PostgreSQL refuses to run as root, so there it runs as the user that its package made. */
function accountFor(data) {
  mkdirSync(data, {recursive: true});
  chmodSync(data, 0o700);
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(spawnSync('id', [flag, 'postgres'], {encoding: 'utf8'}).stdout),
  );
  if (!uid) throw missing();
  chownSync(data, uid, gid);
  return 'postgres';
}

async function waitUntilReady(as, port, server) {
  while (server.exitCode === null) {
    const [file, args] = command(as, 'pg_isready', [
      '-q',
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      SUPERUSER,
    ]);
    if (spawnSync(file, args, {cwd: '/'}).status === 0) return;
    await new Promise((fulfil) => setTimeout(fulfil, 100));
  }
  throw new Error(`PostgreSQL ended with status ${server.exitCode}. See ${data}/log.`);
}

function run(as, program, args) {
  const [file, rest] = command(as, program, args);
  const {status, stderr} = spawnSync(file, rest, {encoding: 'utf8', cwd: '/'});
  if (status !== 0) throw new Error(`${program} failed:\n${stderr}`);
}

function command(as, program, args) {
  const file = join(binaries(), program);
  return as ? ['runuser', ['-u', as, '--', file, ...args]] : [file, args];
}

/** Debian keeps the programs of each version apart, and out of the PATH. */
function binaries() {
  const versions = '/usr/lib/postgresql';
  const [newest] = existsSync(versions)
    ? readdirSync(versions).sort((a, b) => Number(b) - Number(a))
    : [];
  if (!newest) throw missing();
  return join(versions, newest, 'bin');
}

function missing() {
  return new Error('PostgreSQL is not installed. Run: sudo apt-get install postgresql');
}
