import {statSync} from 'node:fs';

/**
 * Remembers what was made of files, of each until it changes.
 *
 * @param most of so many files, those that were read last
 * @param read makes it of a file that is there
 * @returns gives it by an absolute path; `undefined` where there is no file
 */
export function fileMemo<T>(
  most: number,
  read: (file: string) => T,
): (file: string) => T | undefined {
  const known = new Map<string, {stamp: string; value: T}>();
  return (file) => {
    const stats = statSync(file, {throwIfNoEntry: false});
    if (!stats?.isFile()) return undefined;
    const stamp = `${stats.mtimeMs} ${stats.size}`;
    const before = known.get(file);
    if (before?.stamp === stamp) return before.value;
    const value = read(file);
    known.delete(file);
    if (known.size >= most) known.delete(known.keys().next().value!);
    known.set(file, {stamp, value});
    return value;
  };
}
