import fs from 'node:fs';
import {FileResolver} from '../resolution/fileResolver.ts';
import type {FileRequest, Finding} from '../resolution/requests.ts';
import {processConditions} from './processConditions.ts';

/** Finds something out by reading files at once. */
export function findSync<Result>(finding: Finding<Result>): Result {
  let step = finding.next();
  while (!step.done) step = finding.next(answer(step.value));
  return step.value;
}

const resolver = new FileResolver({
  fileSystem: fs,
  useSyncFileSystemCalls: true,
  conditions: processConditions(),
});

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
