import {createRequire} from 'node:module';

/**
 * Compiled modules import these two from wherever they stand, in packages and workspaces too that
 * do not depend on us, and all must get the one instance whose state the server uses.
 */
export const ownSpecifiers = [
  'use-server-webpack-plugin/server',
  'use-server-webpack-plugin/client',
] as const;

export type OwnSpecifier = (typeof ownSpecifiers)[number];

export function isOwnSpecifier(specifier: string): specifier is OwnSpecifier {
  return (ownSpecifiers as readonly string[]).includes(specifier);
}

/** The module from which they are resolved: this package may import itself by its name. */
export const ownParent = import.meta.url;

const require = createRequire(ownParent);

/** Path of the file behind one of them, under the conditions of this thread. */
export function resolveOwn(specifier: OwnSpecifier): string {
  return require.resolve(specifier);
}

/** Our own files speak of directives everywhere and hold none. */
export function isOwnFile(url: string): boolean {
  return url.startsWith(packageFolder);
}

/** `dist/` of this package; this file is `dist/src/node/ownSpecifiers.js`. */
const packageFolder = new URL('../../', import.meta.url).href;
