import {createHash, createHmac} from 'node:crypto';
import {isAbsolute, relative, sep} from 'node:path';

/**
 * How ids are written.
 * - `'path'`: `src/actions.js#save`, readable.
 * - `'hashed'`: 40 hexadecimal digits that do not show the path and the name. Without a secret, those who
 *   guess both can compute the same digits; with one, they cannot.
 */
export type IdFormat = 'path' | 'hashed';

/** How ids are made of locations. All builds and servers of an app must agree. */
export interface IdOptions {
  /**
   * How ids are written.
   * @default 'path'
   */
  ids?: IdFormat | undefined;
  /**
   * 32 bytes in base64, the key of the hash.
   * @default none
   */
  idSecret?: string | undefined;
  /**
   * Name of the app, before a `:` in each id, so that ids of apps with equal paths are different.
   * @default none
   */
  idPrefix?: string | undefined;
}

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
 * The path of a module as it stands in ids, before the `#`, when they are not hashed.
 *
 * @example prefixedPath('src/actions.js', {idPrefix: 'shop'}) // 'shop:src/actions.js'
 */
export function prefixedPath(path: string, {idPrefix}: Pick<IdOptions, 'idPrefix'>): string {
  return idPrefix === undefined ? path : `${idPrefix}:${path}`;
}

/**
 * The `$$id` of a reference. Hashed, it is 160 bits of SHA-256, or of HMAC-SHA-256 (RFC 2104) where there
 * is a secret. A prefix stands before the hash and is hashed too: the hash of one app tells nothing of
 * another one's.
 *
 * @example formatId({path: 'src/actions.js', exportName: 'save'}) // 'src/actions.js#save'
 */
export function formatId(
  {path, exportName}: ReferenceLocation,
  {ids, idSecret, idPrefix}: IdOptions = {},
): string {
  const id = `${prefixedPath(path, {idPrefix})}#${exportName}`;
  if (ids !== 'hashed') return id;
  const hash =
    idSecret === undefined
      ? createHash('sha256')
      : createHmac('sha256', Buffer.from(idSecret, 'base64'));
  return prefixedPath(hash.update(id).digest('hex').slice(0, 40), {idPrefix});
}
