import {findStarExports, type StarNames} from '../resolution/exportedNames.ts';
import type {FileRequest, ResolveRequest} from '../resolution/requests.ts';
import {starExportSpecifiers} from '../transform/index.ts';

/** What decides a result besides the module itself, for webpack to watch. Absolute paths. */
export interface Dependencies {
  files: Set<string>;
  /** Folders. */
  contexts: Set<string>;
  /** Files and folders that are not there. */
  missing: Set<string>;
}

export function noDependencies(): Dependencies {
  return {files: new Set(), contexts: new Set(), missing: new Set()};
}

/** How the files of modules are found and read. */
export interface StarExportHost {
  /** @returns the absolute path of the file, or null when there is none */
  resolve(request: ResolveRequest, dependencies: Dependencies): Promise<string | null>;
  /** @throws when there is no such file */
  readText(filename: string): Promise<string>;
}

/**
 * Reads the names behind each `export * from` of a module.
 *
 * @param filename absolute path of the module
 * @param dependencies collects what the names depend on
 */
export async function readStarExports(
  source: string,
  filename: string,
  host: StarExportHost,
  dependencies: Dependencies,
): Promise<Map<string, StarNames>> {
  if (starExportSpecifiers(source, filename).length === 0) return new Map();
  const finding = findStarExports(source, filename);
  let step = finding.next();
  while (!step.done) step = finding.next(await answer(step.value, host, dependencies));
  return step.value;
}

async function answer(
  request: FileRequest,
  host: StarExportHost,
  dependencies: Dependencies,
): Promise<string | null> {
  if (request.kind === 'resolve') return host.resolve(request, dependencies);
  const {filename} = request;
  try {
    const text = await host.readText(filename);
    dependencies.files.add(filename);
    return text;
  } catch {
    dependencies.missing.add(filename);
    return null;
  }
}
