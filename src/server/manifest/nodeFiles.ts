import {builtinModule} from '../platform/builtinModule.ts';
import {ManifestError} from '../errors.ts';

/** What reading manifests and importing modules by their paths needs of Node. */
export type NodeFiles = Pick<
  typeof import('node:fs'),
  'existsSync' | 'readFileSync' | 'realpathSync'
> &
  Pick<typeof import('node:module'), 'createRequire'> &
  Pick<typeof import('node:path'), 'resolve'> &
  Pick<typeof import('node:url'), 'fileURLToPath' | 'pathToFileURL'>;

/**
 * @param problem what is wrong where the runtime has no file system, and what to write instead
 * @throws {ManifestError} there
 */
export function nodeFiles(problem: string): NodeFiles {
  const fs = builtinModule('node:fs');
  const module = builtinModule('node:module');
  const path = builtinModule('node:path');
  const url = builtinModule('node:url');
  if (!fs || !module || !path || !url) throw new ManifestError(problem);
  const {existsSync, readFileSync, realpathSync} = fs;
  const {createRequire} = module;
  const {fileURLToPath, pathToFileURL} = url;
  return {
    existsSync,
    readFileSync,
    realpathSync,
    createRequire,
    resolve: (...parts) => path.resolve(...parts),
    fileURLToPath,
    pathToFileURL,
  };
}
