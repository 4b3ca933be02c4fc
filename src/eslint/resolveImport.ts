import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {findSync} from '../node/findSync.ts';
import type {Finding} from '../resolution/requests.ts';

/**
 * Finds the file of a specifier, as Node, tsx and the `paths` of a tsconfig.json do.
 *
 * @param from absolute path of the module that has the specifier
 * @returns its absolute path, or `null` where there is none, as for the aliases of a webpack config
 */
export function resolveImport(specifier: string, from: string): string | null {
  // In a path no tsconfig.json has a say. One that extends a file which is not there makes all else fail.
  const tsconfig = /^\.\.?(?:\/|$)/.test(specifier) ? null : nearestTsconfig(dirname(from));
  const found = findSync(request(specifier, from, tsconfig));
  return found === null && tsconfig !== null ? findSync(request(specifier, from, null)) : found;
}

function* request(
  specifier: string,
  from: string,
  tsconfig: string | null,
): Finding<string | null> {
  return yield {kind: 'resolve', specifier, from, graph: 'client', by: 'import', tsconfig};
}

function nearestTsconfig(folder: string): string | null {
  const candidate = join(folder, 'tsconfig.json');
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  return parent === folder ? null : nearestTsconfig(parent);
}
