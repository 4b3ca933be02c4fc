import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {freePort} from './freePort.ts';

/** A server in a process of its own. */
export interface RunningServer {
  url: string;
  /** Everything that it has printed. */
  output(): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  cwd: string;
  /** Added to the environment. */
  env?: Record<string, string>;
  /** Before the script. */
  nodeArguments?: string[];
  /** @default this Node */
  program?: string;
  /** @default a free one */
  port?: number;
}

/**
 * Runs `node script` with its port in `PORT`, and waits until the port answers.
 *
 * @throws Error with everything printed, when it ends before
 */
export async function startServer(
  script: string,
  {cwd, env = {}, nodeArguments = [], program = process.execPath, port}: ServerOptions,
): Promise<RunningServer> {
  port ??= await freePort();
  const {NODE_ENV: _, NODE_OPTIONS: __, ...inherited} = process.env;
  const child = spawn(program, [...nodeArguments, script], {
    cwd,
    env: {...inherited, ...env, PORT: String(port)},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  const ended = once(child, 'exit');
  const url = `http://localhost:${port}/`;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`${script} ended at once:\n${text}`);
    await new Promise((fulfil) => setTimeout(fulfil, 50));
  }
  return {
    url,
    output: () => text,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
