import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {freePort} from './freePort.ts';

const exampleFolder = fileURLToPath(new URL('../../examples/gallery/', import.meta.url));

/** A running copy of the gallery, started as a user starts it. */
export interface GalleryApp {
  url: string;
  /** Everything that it has printed. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Builds the gallery, starts it, and waits until it says that it is ready.
 *
 * @throws Error with everything printed, when it ends before
 */
export async function startGallery(...args: string[]): Promise<GalleryApp> {
  const port = String(await freePort());
  // Jest's NODE_ENV and NODE_OPTIONS are not those of somebody who tries the example.
  const {NODE_ENV: _, NODE_OPTIONS: __, ...inherited} = process.env;
  const child = spawn(process.execPath, ['start.js', ...args], {
    cwd: exampleFolder,
    env: {...inherited, PORT: port},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let text = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.includes('The gallery is ready')) resolve();
      });
    }
    void ended.then(() => reject(new Error(`The gallery ended at once:\n${text}`)));
  });
  return {
    url: `http://localhost:${port}`,
    output: () => text,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
