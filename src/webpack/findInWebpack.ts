import type {FileRequest, Finding, ResolveRequest} from '../resolution/requests.ts';

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
export interface FileHost {
  /** @returns the absolute path of the file, or null when there is none */
  resolve(request: ResolveRequest, dependencies: Dependencies): Promise<string | null>;
  /** @throws when there is no such file */
  readText(filename: string): Promise<string>;
}

/**
 * Finds something out by webpack's file system.
 *
 * @param dependencies collects what the result depends on
 */
export async function findInWebpack<Result>(
  finding: Finding<Result>,
  host: FileHost,
  dependencies: Dependencies,
): Promise<Result> {
  let step = finding.next();
  while (!step.done) step = finding.next(await answer(step.value, host, dependencies));
  return step.value;
}

async function answer(
  request: FileRequest,
  host: FileHost,
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
