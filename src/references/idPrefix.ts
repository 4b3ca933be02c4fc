/**
 * What may stand before the `:` of an id: a name as npm packages have it, so that it is the same in a header,
 * a form field and a URL. Not `:`, which ends it, and not `#`, which is before the name of an export.
 */
export const ID_PREFIX = /^(?:@[\w.~-]+\/)?[\w.~-]+$/;

/** Says what a prefix must be; to stand behind the name of an option or a variable. */
export const WHAT_AN_ID_PREFIX_IS =
  'must be a name as npm packages have it, made of letters, digits, "-", "_", "." and "~": "shop" or "@acme/shop"';

/** The environment variable where Node makes the ids. */
export const ID_PREFIX_VARIABLE = 'USE_SERVER_ID_PREFIX';

/**
 * The prefix of ids in the environment: of Node where it compiles itself.
 *
 * @returns `undefined` when there is none
 * @throws {TypeError} when it is no name
 */
export function readIdPrefix(env: NodeJS.ProcessEnv): string | undefined {
  const value = env[ID_PREFIX_VARIABLE];
  if (value === undefined || value === '') return undefined;
  if (ID_PREFIX.test(value)) return value;
  throw new TypeError(
    `The environment variable ${ID_PREFIX_VARIABLE} ${WHAT_AN_ID_PREFIX_IS}, but it is ${JSON.stringify(value)}.`,
  );
}

/**
 * Reads the prefix off an id, path or hash.
 *
 * @returns `undefined` when there is none
 *
 * @example idPrefixOf('shop:src/actions.js#save', 'src/actions.js#save') // 'shop'
 */
export function idPrefixOf(id: string, withoutPrefix: string): string | undefined {
  if (!id.endsWith(`:${withoutPrefix}`)) return undefined;
  return id.slice(0, -withoutPrefix.length - 1);
}
