import fs from 'node:fs';
import {findExportedNames, findStarExports, type StarNames} from '../resolution/exportedNames.ts';
import {FileResolver} from '../resolution/fileResolver.ts';
import type {FileRequest, Finding} from '../resolution/requests.ts';
import {starExportSpecifiers} from '../transform/index.ts';

/**
 * Reads the names behind each `export * from` of a module from the files themselves, since nothing has
 * been loaded yet.
 *
 * @param filename absolute path of the module
 */
export function readStarExports(source: string, filename: string): Map<string, StarNames> {
  if (starExportSpecifiers(source, filename).length === 0) return new Map();
  return run(findStarExports(source, filename));
}

/** Reads all names that a module exports with a value, as far as other modules can be read. */
export function readExportedNames(source: string, filename: string): string[] {
  return run(findExportedNames(source, filename));
}

function run<Result>(finding: Finding<Result>): Result {
  let step = finding.next();
  while (!step.done) step = finding.next(answer(step.value));
  return step.value;
}

const resolver = new FileResolver({fileSystem: fs, useSyncFileSystemCalls: true});

function answer(request: FileRequest): string | null {
  if (request.kind === 'read') return readText(request.filename);
  let found: string | null = null;
  resolver.resolve(request, (filename) => {
    found = filename;
  });
  return found;
}

function readText(filename: string): string | null {
  try {
    return fs.readFileSync(filename, 'utf8');
  } catch {
    return null;
  }
}
