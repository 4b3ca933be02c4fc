import {existsSync, realpathSync} from 'node:fs';
import {isAbsolute, relative, resolve} from 'node:path';
import {escapePath, glob} from 'tinyglobby';
import type {ResolvedOptions} from './options.ts';
import {NEVER_SEARCHED, PACKAGES, SOURCE_FILE} from './sourceFiles.ts';

export interface FoundFiles {
  /** Absolute, sorted. */
  files: string[];
  /** Absolute folders in which new files would be found, sorted. */
  folders: string[];
  /** Patterns of `include` that find no file, each with the absolute folder that it starts from. */
  unmatched: {pattern: string; folder: string}[];
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
  const ignore = [...NEVER_SEARCHED, ...exclude, ...outputPatterns(root, outputPath)];
  const negated = include.filter((pattern) => pattern.startsWith('!'));
  const files = new Set<string>();
  const folders = new Set<string>();
  const unmatched: FoundFiles['unmatched'] = [];
  // One by one, to tell which of them finds nothing.
  for (const pattern of include) {
    if (negated.includes(pattern)) continue;
    const isInPackages = pattern.split('/').includes('node_modules');
    const options = {
      cwd: root,
      ignore: isInPackages ? ignore : [...ignore, PACKAGES],
      absolute: true,
    };
    const found = await glob([pattern, ...negated], options);
    const sources = found.filter((file) => SOURCE_FILE.test(file));
    if (sources.length === 0) unmatched.push({pattern, folder: resolve(root, fixedPart(pattern))});
    for (const file of sources) files.add(file);
    for (const folder of await glob(`${fixedPart(pattern)}/**`, {
      ...options,
      onlyDirectories: true,
    })) {
      folders.add(folder.replace(/(?<=.)\/$/, ''));
    }
  }
  return {files: [...files].sort(), folders: [...folders].sort(), unmatched};
}

/** The part of a pattern before its first wildcard: `src` of `src/*.tsx`, `.` of `**`. */
function fixedPart(pattern: string): string {
  const segments = pattern.split('/');
  const dynamic = segments.findIndex((segment) => /[*?[\]{}()!+@]/.test(segment));
  return (dynamic === -1 ? segments : segments.slice(0, dynamic)).join('/') || '.';
}

/** The root is a real path, the output folder may be named through a link. */
function outputPatterns(root: string, outputPath: string): string[] {
  const paths = [outputPath, ...(existsSync(outputPath) ? [realpathSync(outputPath)] : [])];
  return paths
    .map((path) => relative(root, path))
    .filter((path) => path !== '' && !path.startsWith('..') && !isAbsolute(path))
    .map((path) => `${escapePath(path.replaceAll('\\', '/'))}/**`);
}
