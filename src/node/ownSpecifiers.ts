import {createRequire} from 'node:module';
import {CLIENT_ENTRY, NODE_ENTRY, RUNTIME_ENTRY, SERVER_ENTRY} from '../references/entryPoints.ts';

/**
 * Compiled modules import the last two from wherever they stand, in packages and workspaces too that
 * do not depend on us, and all must get the one instance whose state the server uses.
 */
export const ownSpecifiers = [SERVER_ENTRY, NODE_ENTRY, RUNTIME_ENTRY, CLIENT_ENTRY] as const;

export type OwnSpecifier = (typeof ownSpecifiers)[number];

export function isOwnSpecifier(specifier: string): specifier is OwnSpecifier {
  return (ownSpecifiers as readonly string[]).includes(specifier);
}

/** The module from which they are resolved: this package may import itself by its name. */
export const ownParent = import.meta.url;

/** Resolved once, before anything that resolves differently, or asks us again, can be in between. */
const paths: ReadonlyMap<string, string> = new Map(
  ownSpecifiers.map((specifier) => [specifier, createRequire(ownParent).resolve(specifier)]),
);

/** Path of the file behind one of them under the conditions of this thread, else `undefined`. */
export function resolveOwn(specifier: string): string | undefined {
  return paths.get(specifier);
}

/** Our own files speak of directives everywhere and hold none. */
export function isOwnFile(url: string): boolean {
  return url.startsWith(packageFolder);
}

/** `dist/` of this package; this file is `dist/src/node/ownSpecifiers.js`. */
const packageFolder = new URL('../../', import.meta.url).href;
