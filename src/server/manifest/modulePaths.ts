import {ManifestError} from '../errors.ts';
import {nodeFiles, type NodeFiles} from './nodeFiles.ts';

/**
 * The folder that the paths in manifests are relative to.
 *
 * @param root an option; default: the environment variable `USE_SERVER_ROOT`, else the working directory
 */
export function manifestRoot(root?: string): string {
  const {resolve} = pathFiles();
  return resolve(root ?? process.env['USE_SERVER_ROOT'] ?? process.cwd());
}

/**
 * Imports a module that a manifest lists by its path. A CommonJS module that was compiled from ESM
 * gives its own exports, as in webpack, and not Node's namespace, whose `default` is all of them.
 *
 * @param path as in ids: relative to the root, with `/`
 */
export async function importListed(path: string, root: string): Promise<Record<string, unknown>> {
  const {resolve, existsSync, pathToFileURL} = pathFiles();
  const file = resolve(root, path);
  if (!existsSync(file)) throw missingModule(path, file);
  const namespace = await import(
    // webpack would look for modules here. A bundle loads none by their paths.
    /* webpackIgnore: true */ pathToFileURL(file).href
  );
  return namespace.default?.__esModule ? namespace.default : namespace;
}

/**
 * Imports a client module that a manifest lists, as webpack gives it to React in the browser: of CommonJS what
 * it exports, and not Node's namespace of that. It may be a component, or a promise of one.
 *
 * @param path as for {@link importListed}
 * @returns the exports in an object, since a promise would take those with a member `then` for its own
 */
export async function importClientModule(
  path: string,
  root: string,
): Promise<{exports: Record<string, unknown>}> {
  const namespace = await importListed(path, root);
  // Newer releases of Node give it this name.
  if ('module.exports' in namespace) return {exports: namespace['module.exports'] as never};
  const {createRequire, realpathSync, resolve} = pathFiles();
  const file = realpathSync(resolve(root, path));
  const commonJs: unknown = createRequire(file).cache[file]?.exports;
  const isCommonJs = commonJs !== undefined && commonJs === namespace['default'];
  return {exports: isCommonJs ? (commonJs as never) : namespace};
}

/**
 * Checks when a manifest is loaded that its modules are where it says: in the wrong folder none is.
 *
 * @throws {ManifestError}
 */
export function checkRoot(paths: ReadonlySet<string>, root: string): void {
  const {resolve, existsSync} = pathFiles();
  const [first] = paths;
  if (first === undefined || [...paths].some((path) => existsSync(resolve(root, path)))) return;
  throw missingModule(first, resolve(root, first));
}

function missingModule(path: string, file: string): ManifestError {
  return new ManifestError(
    `The server manifest lists ${path}, but ${file} does not exist. Its paths are relative to the "root" of the webpack plugin. Start the server in that folder, or set USE_SERVER_ROOT to it.`,
  );
}

/** @throws {ManifestError} where modules cannot be imported by their paths */
function pathFiles(): NodeFiles {
  return nodeFiles(
    'The manifests name modules by their paths, but this runtime has no file system to import them from. Build the server with createUseServer() of use-server-webpack-plugin: its bundle has the modules in it.',
  );
}

/** Whether `path` is what ids are made of: relative, not a URL, not a package name with a scheme. */
export function isModulePath(path: unknown): path is string {
  return (
    typeof path === 'string' &&
    path !== '' &&
    !/^([\\/]|[a-z]:[\\/])/i.test(path) &&
    !path.includes('\0') &&
    !/^[a-z][a-z\d+.-]+:/i.test(path)
  );
}
