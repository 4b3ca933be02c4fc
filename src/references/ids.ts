import {hmacSha256, sha256} from '#sha256';

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
  const digits = idSecret === undefined ? sha256(id) : hmacSha256(idSecret, id);
  return prefixedPath(digits.slice(0, 40), {idPrefix});
}
