import {dirname} from 'node:path';
import {exportedNames} from '../transform/index.ts';

/** How files are found and read: webpack's resolver and file system. */
export interface StarExportHost {
  /** @returns the absolute path of the file, or null when there is none */
  resolve(context: string, specifier: string): Promise<string | null>;
  readText(filename: string): Promise<string>;
}

/**
 * How the server finds a module: with the conditions of a Server Component in Node. The browser's
 * conditions could choose another file, with other exports than those that are registered.
 */
export const SERVER_RESOLVE_OPTIONS = {
  conditionNames: ['react-server', 'node', 'import'],
  mainFields: ['main'],
  aliasFields: [] as string[],
  extensions: ['.tsx', '.ts', '.jsx', '.mts', '.mjs', '.js', '.cts', '.cjs'],
  extensionAlias: {
    '.js': ['.js', '.ts', '.tsx'],
    '.jsx': ['.jsx', '.tsx'],
    '.mjs': ['.mjs', '.mts'],
    '.cjs': ['.cjs', '.cts'],
  },
  fullySpecified: false,
};

/**
 * The names that `export * from specifier` gives, through any number of further `export *`.
 *
 * @param seen collects the files that were read
 * @returns null when the module cannot be found
 */
export async function starExportNames(
  specifier: string,
  context: string,
  host: StarExportHost,
  seen: Set<string>,
): Promise<string[] | null> {
  const names = new Set<string>();
  const found = await collect(specifier, context, host, seen, names, new Set());
  // `export *` never gives the default export (https://tc39.es/ecma262/#sec-getexportednames).
  names.delete('default');
  return found ? [...names] : null;
}

async function collect(
  specifier: string,
  context: string,
  host: StarExportHost,
  seen: Set<string>,
  names: Set<string>,
  visited: Set<string>,
): Promise<boolean> {
  const filename = await host.resolve(context, specifier);
  if (filename === null) return false;
  if (visited.has(filename)) return true;
  visited.add(filename);
  seen.add(filename);
  const exports = exportedNames(await host.readText(filename), filename);
  for (const name of exports.names) names.add(name);
  for (const star of exports.stars) {
    if (!(await collect(star, dirname(filename), host, seen, names, visited))) return false;
  }
  return true;
}
