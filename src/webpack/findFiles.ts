import {isAbsolute, relative} from 'node:path';
import {escapePath, glob} from 'tinyglobby';
import type {ResolvedOptions} from './options.ts';
import {SOURCE_FILE} from './sourceFiles.ts';

const NEVER = ['**/*.d.{ts,mts,cts}', '**/*.{test,spec}.*', '**/__tests__/**'];
const PACKAGES = '**/node_modules/**';

export interface FoundFiles {
  /** Absolute, sorted. */
  files: string[];
  /** Absolute folders in which new files would be found, sorted. */
  folders: string[];
}

/**
 * The source files that `include` and `exclude` choose.
 *
 * @param outputPath is never searched: it holds what webpack made of the same sources
 */
export async function findFiles(
  {root, include, exclude}: Pick<ResolvedOptions, 'root' | 'include' | 'exclude'>,
  outputPath: string,
): Promise<FoundFiles> {
  const ignore = [...NEVER, ...exclude, ...outputPattern(root, outputPath)];
  const inPackages = include.filter((pattern) => pattern.split('/').includes('node_modules'));
  const elsewhere = include.filter((pattern) => !inPackages.includes(pattern));
  const searches = [
    {patterns: elsewhere, ignore: [...ignore, PACKAGES]},
    {patterns: inPackages, ignore},
  ].filter(({patterns}) => patterns.length > 0);

  const files = new Set<string>();
  const folders = new Set<string>();
  for (const {patterns, ignore} of searches) {
    const options = {cwd: root, ignore, absolute: true};
    for (const file of await glob(patterns, options)) if (SOURCE_FILE.test(file)) files.add(file);
    for (const folder of await glob(patterns.map(folderPattern), {
      ...options,
      onlyDirectories: true,
    })) {
      folders.add(folder.replace(/(?<=.)\/$/, ''));
    }
  }
  return {files: [...files].sort(), folders: [...folders].sort()};
}

/** The folders below the fixed part of a pattern: `src/**` of `src/*.tsx`. */
function folderPattern(pattern: string): string {
  const segments = pattern.split('/');
  const dynamic = segments.findIndex((segment) => /[*?[\]{}()!+@]/.test(segment));
  const fixed = dynamic === -1 ? segments : segments.slice(0, dynamic);
  return [...fixed, '**'].join('/');
}

function outputPattern(root: string, outputPath: string): string[] {
  const path = relative(root, outputPath);
  if (path === '' || path.startsWith('..') || isAbsolute(path)) return [];
  return [`${escapePath(path.replaceAll('\\', '/'))}/**`];
}
