/** As in package.json, which a test compares. */
export const VERSION = '0.1.0';

/**
 * State that all copies of this version have in common which run in one realm: a test runner may load
 * one by `import` and another by `require`.
 *
 * @param name of the state, unique in this package
 * @param make called by the first copy
 */
export function sharedState<T extends object>(name: string, make: () => T): T {
  const key = Symbol.for(`use-server-webpack-plugin@${VERSION}/${name}`);
  const realm = globalThis as unknown as Record<symbol, T | undefined>;
  return (realm[key] ??= make());
}
