import {unwatchFile, watch, watchFile} from 'node:fs';
import type {Compiler} from 'webpack';
import type {FoundFiles} from './findFiles.ts';

/** Editors and version control write many files at once. */
const SETTLE_MS = 50;

/**
 * Starts a build when a source file appears that no module imports: a Server Component, say, with an
 * inline server function.
 *
 * webpack can watch a folder only with everything below it, and would build again with each write to
 * a database or a log beside the sources. So folders are watched here, one level each, and only a
 * longer list of source files counts. Known files are webpack's to watch.
 */
export class NewFileWatcher {
  readonly #compiler: Compiler;
  readonly #find: () => Promise<FoundFiles>;
  readonly #stop = new Map<string, () => void>();
  #known = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** @param find looks for source files again */
  constructor(compiler: Compiler, find: () => Promise<FoundFiles>) {
    this.#compiler = compiler;
    this.#find = find;
    compiler.hooks.watchClose.tap('UseServerWebpackPlugin', () => this.#close());
  }

  /** What the build that is going on has found. */
  update({files, folders}: FoundFiles): void {
    if (this.#isClosed) return;
    this.#known = new Set(files);
    this.#watchFolders(folders);
  }

  #watchFolders(folders: readonly string[]): void {
    const wanted = new Set(folders);
    for (const [folder, stop] of this.#stop) {
      if (wanted.has(folder)) continue;
      stop();
      this.#stop.delete(folder);
    }
    for (const folder of folders) {
      if (this.#stop.has(folder)) continue;
      this.#stop.set(folder, this.#watchFolder(folder));
      // Something may have come into a new folder before it was watched.
      this.#checkSoon();
    }
  }

  #watchFolder(folder: string): () => void {
    const {poll} = this.#compiler.options.watchOptions;
    const check = () => this.#checkSoon();
    if (poll) {
      const interval = typeof poll === 'number' ? poll : 1000;
      watchFile(folder, {interval, persistent: false}, check);
      return () => unwatchFile(folder, check);
    }
    const watcher = watch(folder, {persistent: false}, (event) => {
      if (event === 'rename') check();
    });
    // A folder that was removed: the next list is without it.
    watcher.on('error', check);
    return () => watcher.close();
  }

  #checkSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), SETTLE_MS);
  }

  async #check(): Promise<void> {
    const {files, folders} = await this.#find();
    if (this.#isClosed) return;
    const added = files.filter((file) => !this.#known.has(file));
    for (const file of added) {
      this.#known.add(file);
      this.#compiler.inputFileSystem?.purge?.(file);
    }
    this.#watchFolders(folders);
    if (added.length > 0) this.#compiler.watching?.invalidate();
  }

  #close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const stop of this.#stop.values()) stop();
    this.#stop.clear();
  }
}
