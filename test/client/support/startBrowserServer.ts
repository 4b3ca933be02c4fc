import {fork, type ChildProcess} from 'node:child_process';
import {fileURLToPath} from 'node:url';

/** Runs browserServer.mjs. */
export async function startBrowserServer(): Promise<{url: string; server: ChildProcess}> {
  const server = fork(fileURLToPath(new URL('../browserServer.mjs', import.meta.url)), {
    execArgv: ['--conditions', 'react-server'],
    env: {...process.env, NODE_OPTIONS: undefined, NODE_ENV: 'production'},
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout!.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    server.once('exit', (code) => reject(new Error(`The server ended with code ${code}.`)));
  });
  return {url, server};
}
