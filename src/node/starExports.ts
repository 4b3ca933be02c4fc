import {findExportedNames, findStarExports, type StarNames} from '../resolution/exportedNames.ts';
import {starExportSpecifiers, type ParseOptions} from '../transform/index.ts';
import {findSync} from './findSync.ts';

/**
 * Reads the names behind each `export * from` of a module from the files themselves, since nothing has
 * been loaded yet.
 *
 * @param filename absolute path of the module
 * @param options `format`: what Node runs it as, where that is known
 */
export function readStarExports(
  source: string,
  filename: string,
  options: ParseOptions,
): Map<string, StarNames> {
  if (starExportSpecifiers(source, filename, options).length === 0) return new Map();
  return findSync(findStarExports(source, filename, options));
}

/** Reads all names that a module exports with a value, as far as other modules can be read. */
export function readExportedNames(
  source: string,
  filename: string,
  options: ParseOptions,
): string[] {
  return findSync(findExportedNames(source, filename, options));
}
