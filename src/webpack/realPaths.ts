import {basename, dirname, join} from 'node:path';
import type {Compiler} from 'webpack';

type FileSystem = NonNullable<Compiler['inputFileSystem']>;

/**
 * Real paths of many files: that of a folder is found once. `realpath` looks at every folder above a
 * file, for each file again.
 */
export class RealPaths {
  readonly #fs: FileSystem;
  readonly #folders = new Map<string, Promise<string | undefined>>();

  constructor(fs: FileSystem) {
    this.#fs = fs;
  }

  /** @returns undefined where there is no such file, or a file system without links */
  async of(file: string): Promise<string | undefined> {
    if (await this.#isLink(file)) return this.#realpath(file);
    const folder = dirname(file);
    let real = this.#folders.get(folder);
    if (!real) this.#folders.set(folder, (real = this.#realpath(folder)));
    const path = await real;
    return path && join(path, basename(file));
  }

  #isLink(file: string): Promise<boolean> {
    return new Promise((fulfil) => {
      this.#fs.readlink(file, (error) => fulfil(!error));
    });
  }

  #realpath(path: string): Promise<string | undefined> {
    const fs = this.#fs;
    return new Promise((fulfil) => {
      if (fs.realpath) fs.realpath(path, (error, real) => fulfil(error ? undefined : String(real)));
      else fulfil(undefined);
    });
  }
}
