import {basename} from 'node:path';
import {modulePath} from '../../references/modulePath.ts';

/** A path from the root, as ids have it: a report tells nothing of the machine that it was made on. */
export function pathFrom(root: string, filename: string): string {
  try {
    return modulePath(filename, root);
  } catch {
    // On another drive of Windows.
    return basename(filename);
  }
}
