import {statSync, watch, type FSWatcher} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {isInPackages} from './packages.ts';

/** Milliseconds in which a tool that restarts the server has done so. */
const PATIENCE = 3000;

/** By folder: the modules of it, and the state in which each was loaded. */
const folders = new Map<string, Map<string, string>>();
const watchers = new Set<FSWatcher>();
let isOver = !mayWarn();

/**
 * Takes note of a module that the process has loaded, to warn when it is changed: Node never loads a module
 * a second time, so the server would go on with the old code, without a word.
 *
 * It warns once, in development, where nothing starts the server again.
 *
 * @param filename absolute path
 */
export function noteLoaded(filename: string): void {
  if (isOver || isInPackages(filename)) return;
  const folder = dirname(filename);
  const modules = folders.get(folder) ?? watchFolder(folder);
  modules.set(basename(filename), stampOf(filename));
}

/** `node --watch` tells its child so (lib/internal/main/watch_mode.js). */
function mayWarn(): boolean {
  const {NODE_ENV, WATCH_REPORT_DEPENDENCIES} = process.env;
  return NODE_ENV !== 'production' && WATCH_REPORT_DEPENDENCIES === undefined;
}

function watchFolder(folder: string): Map<string, string> {
  const modules = new Map<string, string>();
  folders.set(folder, modules);
  try {
    // The folder and not the files: editors put a new file in the place of the old one.
    const watcher = watch(folder, {persistent: false}, (_, name) => {
      if (name === null || !modules.has(name)) return;
      setTimeout(() => check(join(folder, name), modules.get(name)!), PATIENCE).unref();
    });
    watcher.on('error', () => watcher.close());
    watchers.add(watcher);
  } catch {
    // Some file systems cannot be watched, and the number of watchers is limited.
  }
  return modules;
}

function check(file: string, stamp: string): void {
  if (isOver || stampOf(file) === stamp) return;
  isOver = true;
  for (const watcher of watchers) watcher.close();
  process.emitWarning(
    `${file} was changed, but this process goes on with the code that it has loaded. Start the server again, or let Node do that: node --watch`,
    {type: 'UseServerWarning', code: 'USE_SERVER_STALE_MODULE'},
  );
}

function stampOf(file: string): string {
  const stats = statSync(file, {throwIfNoEntry: false});
  return stats ? `${stats.mtimeMs} ${stats.size}` : 'missing';
}
