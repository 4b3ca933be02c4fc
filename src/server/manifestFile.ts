import {existsSync, readFileSync} from 'node:fs';
import {isAbsolute, resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {bundle} from './bundle.ts';
import {ManifestError} from './errors.ts';

/** A path (relative to the working directory), a `file:` URL, or the parsed JSON itself. */
export type ManifestSource = string | URL | object;

/**
 * Reads a manifest that a build wrote.
 *
 * @param source where it is, or what it holds
 * @param label how messages call it: `server manifest`
 * @throws {ManifestError} when the file is missing or holds no JSON object
 */
export function readManifest(
  source: ManifestSource | undefined,
  label: string,
): Record<string, unknown> {
  if (typeof source !== 'string' && !(source instanceof URL)) {
    return assertObject(source, label, `The ${label}`);
  }
  const path = source instanceof URL ? fileURLToPath(source) : resolve(source);
  const where = `The ${label} ${path}`;
  return assertObject(parseJson(readText(path, label), where), label, where);
}

/** The manifest that the client's build wrote beside the server bundle; nothing in plain Node. */
export function besideBundle(manifest: 'clientManifest' | 'ssrManifest'): URL | undefined {
  const name = bundle?.[manifest];
  return name ? bundle!.fileBeside(name) : undefined;
}

/**
 * The folder that the paths in manifests are relative to.
 *
 * @param root an option; default: the environment variable `USE_SERVER_ROOT`, else the working directory
 */
export function manifestRoot(root?: string): string {
  return resolve(root ?? process.env['USE_SERVER_ROOT'] ?? process.cwd());
}

/**
 * Imports a module that a manifest lists by its path. A CommonJS module that was compiled from ESM
 * gives its own exports, as in webpack, and not Node's namespace, whose `default` is all of them.
 *
 * @param path as in ids: relative to the root, with `/`
 */
export async function importListed(path: string, root: string): Promise<Record<string, unknown>> {
  const file = resolve(root, path);
  if (!existsSync(file)) throw missingModule(path, file);
  const namespace = await import(
    // webpack would look for modules here. A bundle loads none by their paths.
    /* webpackIgnore: true */ pathToFileURL(file).href
  );
  return namespace.default?.__esModule ? namespace.default : namespace;
}

/**
 * Checks when a manifest is loaded that its modules are where it says: in the wrong folder none is.
 *
 * @throws {ManifestError}
 */
export function checkRoot(paths: ReadonlySet<string>, root: string): void {
  const [first] = paths;
  if (first === undefined || [...paths].some((path) => existsSync(resolve(root, path)))) return;
  throw missingModule(first, resolve(root, first));
}

function missingModule(path: string, file: string): ManifestError {
  return new ManifestError(
    `The server manifest lists ${path}, but ${file} does not exist. Its paths are relative to the "root" of the webpack plugin. Start the server in that folder, or set USE_SERVER_ROOT to it.`,
  );
}

/** Whether `path` is what ids are made of: relative, not a URL, not a package name with a scheme. */
export function isModulePath(path: unknown): path is string {
  return (
    typeof path === 'string' &&
    path !== '' &&
    !isAbsolute(path) &&
    !path.includes('\0') &&
    !/^[a-z][a-z\d+.-]+:/i.test(path)
  );
}

function readText(path: string, label: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ManifestError(
      missing
        ? `The ${label} ${path} does not exist. UseServerWebpackPlugin writes it: run your webpack build first (npx webpack), or correct the path.`
        : `The ${label} ${path} cannot be read: ${(cause as Error).message}`,
      {cause},
    );
  }
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ManifestError(
      `${where} is not valid JSON (${(cause as Error).message}). Run the webpack build again.`,
      {cause},
    );
  }
}

function assertObject(value: unknown, label: string, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ManifestError(
      `${where} must be a JSON object as UseServerWebpackPlugin writes it, but it is ${describe(value)}. Is this really the ${label}?`,
    );
  }
  return value as Record<string, unknown>;
}

function describe(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
