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
  return findSync(request(specifier, from));
}

function* request(specifier: string, from: string): Finding<string | null> {
  const tsconfig = nearestTsconfig(dirname(from));
  return yield {kind: 'resolve', specifier, from, graph: 'client', by: 'import', tsconfig};
}

function nearestTsconfig(folder: string): string | null {
  const candidate = join(folder, 'tsconfig.json');
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  return parent === folder ? null : nearestTsconfig(parent);
}
