import {sep} from 'node:path';

/** Whether a file belongs to an installed package. */
export function isInPackages(filename: string): boolean {
  return filename.includes(`${sep}node_modules${sep}`);
}
