import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';

const RETRY_MS = 50;

/**
 * Two processes that write to one PGlite folder would damage it, and PGlite does not look. So a
 * file in the folder names the process that uses it; what a dead process left behind is replaced.
 *
 * @param patience how long to wait for another process to end, in milliseconds
 * @returns a function that gives the folder free
 * @throws Error when another process goes on using it
 */
export async function lockFolder(folder: string, patience: number): Promise<() => void> {
  const file = join(folder, 'notes.pid');
  const end = Date.now() + patience;
  while (!claim(file)) {
    const owner = readOwner(file);
    if (owner === undefined || owner === process.pid || !isAlive(owner)) {
      rmSync(file, {force: true});
    } else if (Date.now() < end) {
      await setTimeout(RETRY_MS);
    } else {
      throw new Error(
        `The folder ${folder} is in use by another notes server, process ${owner}. Stop that one, or give this one its own folder: NOTES_DATA=other-data (If process ${owner} is something else, delete ${file}.)`,
      );
    }
  }
  return () => rmSync(file, {force: true});
}

/** @returns false when the file is there already */
function claim(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), {flag: 'wx'});
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readOwner(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
