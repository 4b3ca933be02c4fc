import {findStarExports, type StarNames} from '../resolution/exportedNames.ts';
import {starExportSpecifiers, type ParseOptions} from '../transform/index.ts';
import {findInWebpack, type Dependencies, type FileHost} from './findInWebpack.ts';

/**
 * Reads the names behind each `export * from` of a module.
 *
 * @param module its absolute path, and how it is read
 * @param dependencies collects what the names depend on
 */
export async function readStarExports(
  source: string,
  {filename, ...options}: {filename: string} & ParseOptions,
  host: FileHost,
  dependencies: Dependencies,
): Promise<Map<string, StarNames>> {
  if (starExportSpecifiers(source, filename, options).length === 0) return new Map();
  return findInWebpack(findStarExports(source, filename, options), host, dependencies);
}
