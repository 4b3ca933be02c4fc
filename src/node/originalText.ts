import {readFileSync} from 'node:fs';

/** A module's text as its author wrote it, or `null` for one that is not on disk, as in an archive. */
export function readOriginal(filename: string): string | null {
  try {
    return withoutByteOrderMark(readFileSync(filename, 'utf8'));
  } catch {
    return null;
  }
}

/** Node takes the mark off before it runs a module, so it is no difference between two texts. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
