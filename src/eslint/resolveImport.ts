import fs, {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import enhancedResolve from 'enhanced-resolve';
import {FileResolver} from '../resolution/fileResolver.ts';
import {FRESH_FOR, RecentAnswers} from './recentAnswers.ts';

const resolver = new FileResolver({
  fileSystem: new enhancedResolve.CachedInputFileSystem(fs, FRESH_FOR),
  useSyncFileSystemCalls: true,
});

/** What a specifier is relative to. */
interface Origin {
  /** Absolute path of the module that has the specifier. */
  from: string;
  /** Absolute path of the tsconfig.json whose `paths` count, if there is one. */
  tsconfig: string | null;
}

/**
 * Finds the file of a specifier, as Node, tsx and the `paths` of a tsconfig.json do.
 *
 * @param from absolute path of the module that has the specifier
 * @returns its absolute path, or `null` where there is none, as for the aliases of a webpack config
 */
export function resolveImport(specifier: string, from: string): string | null {
  const tsconfig = isPath(specifier) ? null : nearestTsconfig(dirname(from));
  const found = resolve(specifier, {from, tsconfig});
  // One that extends a file which is not there makes everything fail.
  return found === null && tsconfig !== null ? resolve(specifier, {from, tsconfig: null}) : found;
}

/** Whether a specifier is a path, for which no tsconfig.json has a say. */
export function isPath(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/.test(specifier);
}

function resolve(specifier: string, {from, tsconfig}: Origin): string | null {
  let found: string | null = null;
  resolver.resolve(
    {kind: 'resolve', specifier, from, graph: 'client', by: 'import', tsconfig},
    (filename) => {
      found = filename;
    },
  );
  return found;
}

const tsconfigs = new RecentAnswers<string | null>();

/** The tsconfig.json of a folder, which may be one above it. */
export function nearestTsconfig(folder: string): string | null {
  return tsconfigs.get(folder, () => {
    const candidate = join(folder, 'tsconfig.json');
    if (existsSync(candidate)) return candidate;
    const parent = dirname(folder);
    return parent === folder ? null : nearestTsconfig(parent);
  });
}
