// nginx and processes that do not know each other. Any of them may be on another machine.
import {startNginx} from './nginx.js';
import {startProcess} from './processes.js';

/**
 * @param {object} options
 * @param {string} options.home absolute path of a folder for nginx
 * @param {number} options.port
 * @param {number} options.count how many processes
 * @param {{program: string, env: Record<string, string>}} options.release
 */
export async function startBalanced({home, port, count, release}) {
  const start = ({program, env}) => startProcess(program, env);
  let processes = await Promise.all(Array.from({length: count}, () => start(release)));
  const ports = () => processes.map((process) => process.port);
  const nginx = await startNginx(home, {port, upstreams: ports()});

  return {
    /** Replaces one process after the other. No request is lost, because none is where it is not answered. */
    async deploy(next) {
      for (const old of [...processes]) {
        const started = await start(next);
        processes = processes.map((process) => (process === old ? started : process));
        await nginx.use(ports());
        await old.stop();
      }
    },
    async stop() {
      await nginx.stop();
      await Promise.all(processes.map((process) => process.stop()));
    },
  };
}
