// The processes of one release of the app, each on a port of its own.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {freePort} from './ports.js';

/**
 * Starts a process and waits until it answers. One that ends by itself is replaced, on its port.
 *
 * @param {string} program the server bundle
 * @param {Record<string, string>} env
 * @returns {Promise<{port: number, stop(): Promise<void>}>}
 */
export async function startProcess(program, env) {
  const port = await freePort();
  let stopping = false;
  let child = await start();

  async function start() {
    const started = spawn(process.execPath, ['--enable-source-maps', program], {
      env: {...process.env, ...env, PORT: String(port), HOST: '127.0.0.1'},
      stdio: ['ignore', 'pipe', 'inherit'],
      // Ctrl+C is for the script, which stops everything in the right order.
      detached: true,
    });
    // Should this script fail, nothing is left behind.
    process.once('exit', () => started.kill());
    started.once('exit', (code, signal) => {
      if (stopping) return;
      console.error(
        `Process ${started.pid} ended (${signal ?? code}). Another one takes its place.`,
      );
      start().then((next) => (child = next), console.error);
    });
    // It prints one line, when it is ready.
    await Promise.race([once(started.stdout, 'data'), endedEarly(started)]);
    started.stdout.resume();
    return started;
  }

  return {
    port,
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function endedEarly(child) {
  const [code, signal] = await once(child, 'exit');
  throw new Error(`The server ended at once (${signal ?? code}).`);
}
