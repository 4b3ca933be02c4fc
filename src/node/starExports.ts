import fs from 'node:fs';
import {dirname} from 'node:path';
import enhancedResolve from 'enhanced-resolve';
import {exportedNames, starExportSpecifiers} from '../transform/index.ts';
import type {Settings} from './settings.ts';

/**
 * The names behind each `export * from` that the transform needs to know, read from the files
 * themselves, since nothing has been loaded yet.
 *
 * @returns the names by specifier; a specifier that cannot be resolved or read is not in it, and
 *   then the transform reports it at its place in the module
 */
export function readStarExports(
  source: string,
  filename: string,
  {target}: Pick<Settings, 'target'>,
): Map<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const specifier of starExportSpecifiers(source, filename)) {
    const found = namesBehind(specifier, filename, target, new Set());
    if (found) names.set(specifier, [...found].sort());
  }
  return names;
}

/** All names that a module exports with a value, behind `export *` too as far as they can be found. */
export function readExportedNames(
  source: string,
  filename: string,
  target: Settings['target'],
): string[] {
  const {names, stars} = exportedNames(source, filename);
  const behind = stars.flatMap((specifier) => [
    ...(namesBehind(specifier, filename, target, new Set([filename])) ?? []),
  ]);
  return [...new Set([...names, ...behind])];
}

function namesBehind(
  specifier: string,
  from: string,
  target: Settings['target'],
  visited: Set<string>,
): Set<string> | null {
  const file = resolve(specifier, from, target);
  return file === null ? null : namesOf(file, target, visited);
}

/** `visited` ends the circle of modules that re-export each other. */
function namesOf(
  filename: string,
  target: Settings['target'],
  visited: Set<string>,
): Set<string> | null {
  if (visited.has(filename)) return new Set();
  visited.add(filename);
  const source = readText(filename);
  if (source === null) return null;
  const {names, stars} = exportedNames(source, filename);
  const all = new Set<string>(names);
  for (const specifier of stars) {
    const found = namesBehind(specifier, filename, target, visited);
    if (!found) return null;
    for (const name of found) all.add(name);
  }
  all.delete('default');
  return all;
}

function readText(filename: string): string | null {
  try {
    return fs.readFileSync(filename, 'utf8');
  } catch {
    return null;
  }
}

const resolvers = new Map<Settings['target'], ReturnType<typeof createResolver>>();

function resolve(specifier: string, from: string, target: Settings['target']): string | null {
  let resolver = resolvers.get(target);
  if (!resolver) resolvers.set(target, (resolver = createResolver(target)));
  try {
    return resolver.resolveSync({}, dirname(from), specifier) || null;
  } catch {
    return null;
  }
}

/** Resolves as Node does, and as the tools do that let Node run TypeScript. */
function createResolver(target: Settings['target']) {
  return enhancedResolve.ResolverFactory.createResolver({
    fileSystem: fs,
    useSyncFileSystemCalls: true,
    conditionNames: [
      'node',
      'import',
      'module-sync',
      'node-addons',
      ...(target === 'server' ? ['react-server'] : []),
    ],
    extensions: ['.js', '.ts', '.tsx', '.jsx', '.mjs', '.cjs', '.mts', '.cts'],
    extensionAlias: {
      '.js': ['.js', '.ts', '.tsx'],
      '.jsx': ['.jsx', '.tsx'],
      '.mjs': ['.mjs', '.mts'],
      '.cjs': ['.cjs', '.cts'],
    },
    tsconfig: true,
  });
}
