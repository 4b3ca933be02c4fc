// Node's own way: one port, which all processes share. See https://nodejs.org/api/cluster.html
import cluster from 'node:cluster';
import {once} from 'node:events';

/**
 * @param {object} options
 * @param {number} options.port
 * @param {number} options.count how many processes
 * @param {{program: string, env: Record<string, string>}} options.release
 */
export async function startCluster({port, count, release}) {
  let current = release;
  let workers = await Promise.all(Array.from({length: count}, () => start(release)));

  async function start({program, env}) {
    cluster.setupPrimary({exec: program, execArgv: ['--enable-source-maps'], silent: false});
    const worker = cluster.fork({...env, PORT: port});
    await once(worker, 'listening');
    worker.once('exit', (code, signal) => {
      if (!workers.includes(worker)) return;
      console.error(`Process ${worker.process.pid} ended (${signal ?? code}). Another one starts.`);
      start(current).then((next) => replace(worker, next), console.error);
    });
    return worker;
  }

  function replace(old, next) {
    workers = workers.map((worker) => (worker === old ? next : worker));
  }

  /** It takes no more connections, answers what it has, and ends. */
  async function end(worker) {
    const ended = once(worker, 'exit');
    worker.process.kill('SIGTERM');
    await ended;
  }

  return {
    /** Replaces one process after the other. */
    async deploy(next) {
      current = next;
      for (const old of [...workers]) {
        replace(old, await start(next));
        await end(old);
      }
    },
    async stop() {
      const ending = workers;
      workers = [];
      await Promise.all(ending.map(end));
    },
  };
}
