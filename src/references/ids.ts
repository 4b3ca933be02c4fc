import {createHash} from 'node:crypto';
import {isAbsolute, relative, sep} from 'node:path';

/**
 * How ids are written.
 * - `'path'`: `src/actions.js#save`, readable.
 * - `'hashed'`: 40 hexadecimal digits that hide the path and the name.
 */
export type IdFormat = 'path' | 'hashed';

/** Where a server or client reference stands. */
export interface ReferenceLocation {
  /** POSIX path of the module, relative to the project root: `src/actions.js`. */
  path: string;
  /** Name under which the module exports it: `save`, `default`, `$$Page$save`. */
  exportName: string;
}

/**
 * The path by which ids name a module: relative to the project root, with `/` on every platform,
 * never absolute, so that it is the same on every machine and in every build.
 *
 * @param filename absolute path of the module
 * @param root absolute path of the project root
 * @throws TypeError when one of the paths is not absolute, or when they share no root (two Windows drives)
 */
export function modulePath(filename: string, root: string): string {
  if (!isAbsolute(filename) || !isAbsolute(root)) {
    throw new TypeError(
      `Ids are made from absolute paths, but got filename ${JSON.stringify(filename)} and root ${JSON.stringify(root)}.`,
    );
  }
  const path = relative(root, filename);
  if (isAbsolute(path)) {
    throw new TypeError(
      `No id can be made for ${filename}: it stands on another drive than the project root ${root}. Set the "root" option to a folder above both.`,
    );
  }
  return sep === '/' ? path : path.split(sep).join('/');
}

/**
 * The `$$id` of a reference.
 *
 * @example formatId({path: 'src/actions.js', exportName: 'save'}) // 'src/actions.js#save'
 */
export function formatId({path, exportName}: ReferenceLocation, format: IdFormat = 'path'): string {
  const id = `${path}#${exportName}`;
  return format === 'hashed' ? createHash('sha256').update(id).digest('hex').slice(0, 40) : id;
}
