import {builtinModule} from '../platform/builtinModule.ts';
import {ManifestError} from '../errors.ts';

/** What reading manifests and importing modules by their paths needs of Node. */
export type NodeFiles = Pick<
  typeof import('node:fs'),
  'existsSync' | 'readdirSync' | 'readFileSync' | 'realpathSync' | 'statSync'
> &
  Pick<typeof import('node:module'), 'createRequire'> &
  Pick<typeof import('node:path'), 'dirname' | 'extname' | 'resolve' | 'sep'> &
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
  const {existsSync, readdirSync, readFileSync, realpathSync, statSync} = fs;
  const {createRequire} = module;
  const {fileURLToPath, pathToFileURL} = url;
  return {
    existsSync,
    readdirSync,
    readFileSync,
    realpathSync,
    statSync,
    createRequire,
    dirname: (file) => path.dirname(file),
    extname: (file) => path.extname(file),
    resolve: (...parts) => path.resolve(...parts),
    sep: path.sep,
    fileURLToPath,
    pathToFileURL,
  };
}
