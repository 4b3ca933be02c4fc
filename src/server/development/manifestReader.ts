import {builtinModule} from '../platform/builtinModule.ts';
import {isBuilding} from './webpackBuild.ts';

/**
 * A manifest that is read again when its file has changed, for development: webpack builds while the server
 * runs.
 */
export class ManifestReader<Manifest> {
  /** Absolute path. */
  readonly file: string;
  readonly #read: () => Manifest;
  #manifest: Manifest | undefined;
  #error: unknown;
  /** Of the file when it was read last. */
  #stamp: string | undefined;
  #printed: string | undefined;

  /**
   * @param file absolute path
   * @param read reads the file, and throws when it is not as it must be
   * @throws what `read` throws, unless the file is about to come: webpack is building, or `node --watch` starts
   *   the server beside webpack
   */
  constructor(file: string, read: () => Manifest) {
    this.file = file;
    this.#read = read;
    this.#update();
    if (this.#manifest !== undefined) return;
    if (!isBuilding(file) && !(isMissing(file) && isUnderNodeWatch())) throw this.#error;
    this.#printed = messageOf(this.#error);
    console.warn(`${this.#printed} The server starts without it, and reads it when it is there.`);
  }

  /** What the file holds; what it held before, while it cannot be read; `undefined` when it never could be. */
  get manifest(): Manifest | undefined {
    if (stampOf(this.file) !== this.#stamp) this.#update();
    return this.#manifest;
  }

  /** Why {@link manifest} is `undefined`. */
  get error(): unknown {
    return this.#error;
  }

  #update(): void {
    const stamp = stampOf(this.file);
    try {
      this.#manifest = this.#read();
      this.#stamp = stamp;
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
      if (this.#manifest !== undefined) this.#report(error);
    }
  }

  /** Once. A file that is missing or incomplete while webpack writes it is as it should be. */
  #report(error: unknown): void {
    const message = messageOf(error);
    if (message === this.#printed || isMissing(this.file) || isBuilding(this.file)) return;
    this.#printed = message;
    console.error(`${message} Until then the server goes on with what it has read before.`);
  }
}

function stampOf(file: string): string {
  const stats = builtinModule('node:fs')?.statSync(file, {throwIfNoEntry: false});
  return stats ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : 'missing';
}

function isMissing(file: string): boolean {
  return !builtinModule('node:fs')?.existsSync(file);
}

/** Node tells its child so: lib/internal/main/watch_mode.js. */
function isUnderNodeWatch(): boolean {
  return globalThis.process?.env['WATCH_REPORT_DEPENDENCIES'] !== undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
