import {bundle} from '../bundle.ts';
import {ManifestError} from '../errors.ts';
import {reactIsDevelopment} from '../platform/mode.ts';
import {nodeFiles, type NodeFiles} from './nodeFiles.ts';

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
  if (source === undefined) throw new ManifestError(missingManifest(label));
  if (typeof source !== 'string' && !(source instanceof URL)) {
    return assertObject(source, label, `The ${label}`);
  }
  const path = manifestPath(source, label);
  const where = `The ${label} ${path}`;
  const text = readText(manifestFiles(source, label), path, label);
  return assertObject(parseJson(text, where), label, where);
}

/**
 * Absolute path of a manifest.
 *
 * @throws {ManifestError} where there is no file system
 */
function manifestPath(source: string | URL, label: string): string {
  const files = manifestFiles(source, label);
  return source instanceof URL ? files.fileURLToPath(source) : files.resolve(source);
}

function manifestFiles(source: string | URL, label: string): NodeFiles {
  return nodeFiles(
    `The ${label} is given as the path ${JSON.stringify(String(source))}, but this runtime has no file system. Import the JSON file and give what it holds: import manifest from './${label.replace(' ', '-')}.json'.`,
  );
}

/**
 * The file of a manifest that is to be read again when it has changed: in development, in plain Node.
 *
 * @returns its absolute path; `undefined` for what is read once
 */
export function changingFile(
  source: ManifestSource | undefined,
  label: string,
): string | undefined {
  const isFile = typeof source === 'string' || source instanceof URL;
  return isFile && reactIsDevelopment && !bundle ? manifestPath(source, label) : undefined;
}

/** The manifest that the client's build made for the server bundle; nothing in plain Node. */
export function bundledManifest(
  manifest: 'clientManifest' | 'ssrManifest',
): ManifestSource | undefined {
  const source = bundle?.[manifest] ?? undefined;
  return typeof source === 'string' ? bundle!.fileBeside(source) : source;
}

function missingManifest(label: string): string {
  return bundle
    ? `The server bundle has no ${label}, because it was built without a client. Build both configs of createUseServer() in one run of webpack.`
    : `No ${label} was given. Give its path, or what it holds: UseServerWebpackPlugin writes it.`;
}

function readText({readFileSync}: NodeFiles, path: string, label: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ManifestError(
      missing
        ? `The ${label} ${path} does not exist. UseServerWebpackPlugin writes it: see that webpack.config.js has it, plugins: [new UseServerWebpackPlugin()], run the webpack build (npx webpack) before the server, or correct the path.`
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
