import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {freePort} from './freePort.ts';

export const exampleFolder = fileURLToPath(new URL('../../examples/notes/', import.meta.url));

/** Node runs the server from its sources, or webpack builds it too. */
export type Way = 'plain-node' | 'bundled';

/** Arguments of `node start.js`, beside those of a way. */
export const wayArguments: Record<Way, string[]> = {'plain-node': [], bundled: ['--bundled']};

/** The folder of what browsers may load, below `exampleFolder`. */
export const assetFolders: Record<Way, (mode: string) => string> = {
  'plain-node': (mode) => `build/plain-node/${mode}/assets`,
  bundled: (mode) => `build/bundled/${mode}/public/assets`,
};

/** A running copy of the example app, started as a user starts it. */
export interface NotesApp {
  url: string;
  /** Of the process of the script. */
  pid: number;
  /** Everything that it has printed. */
  output(): string;
  /** Presses Ctrl+C: every process of the terminal's foreground gets the signal. */
  interrupt(): Promise<number | null>;
}

export interface StartOptions {
  /** @default 'start.js' */
  script?: string;
  args?: string[];
  env: Record<string, string>;
}

/**
 * Runs `node start.js` and waits until the app says that it is ready.
 *
 * @throws Error with everything printed, when it ends before
 */
export async function startNotes({env, ...options}: StartOptions): Promise<NotesApp> {
  const port = env.PORT ?? String(await freePort());
  const {child, output} = runStart({...options, env: {...env, PORT: port}});
  const ended = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', () => {
      if (output().includes('Notes is ready')) resolve();
    });
    void ended.then(() => reject(new Error(`The notes app ended at once:\n${output()}`)));
  });
  let isExpectedToEnd = false;
  // Without this, all that a failed test would say is that nobody answers.
  child.once('exit', (code, signal) => {
    if (isExpectedToEnd) return;
    console.error(`The notes app ended by itself (${signal ?? code}):\n${output()}`);
  });
  return {
    url: `http://localhost:${port}`,
    pid: child.pid!,
    output,
    async interrupt() {
      isExpectedToEnd = true;
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGINT');
      await ended;
      return child.exitCode;
    },
  };
}

/** For a start that has to fail. */
export async function failToStart({args, env}: StartOptions) {
  const {child, output} = runStart({args, env});
  await once(child, 'exit');
  return {exitCode: child.exitCode, output: output()};
}

function runStart({script = 'start.js', args = [], env}: StartOptions): {
  child: ChildProcess;
  output: () => string;
} {
  // Jest's NODE_ENV and NODE_OPTIONS are not those of somebody who tries the example.
  const {NODE_ENV: _, NODE_OPTIONS: __, ...inherited} = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    cwd: exampleFolder,
    env: {...inherited, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  return {child, output: () => text};
}
