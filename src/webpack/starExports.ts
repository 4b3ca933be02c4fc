import {findStarExports, type StarNames} from '../resolution/exportedNames.ts';
import {starExportSpecifiers, type ModuleFormat} from '../transform/index.ts';
import {findInWebpack, type Dependencies, type FileHost} from './findInWebpack.ts';

/**
 * Reads the names behind each `export * from` of a module.
 *
 * @param module its absolute path, and what it is run as
 * @param dependencies collects what the names depend on
 */
export async function readStarExports(
  source: string,
  {filename, format}: {filename: string; format: ModuleFormat | undefined},
  host: FileHost,
  dependencies: Dependencies,
): Promise<Map<string, StarNames>> {
  if (starExportSpecifiers(source, filename).length === 0) return new Map();
  return findInWebpack(findStarExports(source, filename, format), host, dependencies);
}
