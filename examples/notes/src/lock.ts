import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/**
 * Two processes that write to one PGlite folder would damage it, and PGlite does not look. So a
 * file in the folder names the process that uses it; what a dead process left behind is replaced.
 *
 * @returns a function that gives the folder free
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'notes.pid');
  const owner = readOwner(file);
  if (owner !== undefined && owner !== process.pid && isAlive(owner)) {
    throw new Error(
      `The folder ${folder} is in use by another notes server, process ${owner}. Stop that one, or give this one its own folder: NOTES_DATA=other-data (If process ${owner} is something else, delete ${file}.)`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, {force: true});
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
