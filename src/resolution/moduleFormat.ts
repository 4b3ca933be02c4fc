import {dirname, join} from 'node:path';
import type {ModuleFormat} from '../transform/index.ts';
import type {Finding} from './requests.ts';

/**
 * Finds what Node runs a file as: its ending says it, or the `type` of its package.
 *
 * @param filename absolute path of the module
 * @returns `undefined` where neither does, so that the text decides
 */
export function* findFormat(
  filename: string,
  read: (filename: string) => Finding<string | null> = readFile,
): Finding<ModuleFormat | undefined> {
  if (/\.m[jt]s$/.test(filename)) return 'module';
  // TypeScript and Babel make CommonJS of what is written as an ES module, so the text says more.
  if (/\.c[jt]s$/.test(filename)) return undefined;
  const type = yield* packageType(filename, read);
  return type === 'module' ? 'module' : undefined;
}

function* readFile(filename: string): Finding<string | null> {
  return yield {kind: 'read', filename};
}

/** Reads the nearest package.json, which may be one inside the package. */
function* packageType(
  filename: string,
  read: (filename: string) => Finding<string | null>,
): Finding<unknown> {
  let folder = dirname(filename);
  for (;;) {
    const text = yield* read(join(folder, 'package.json'));
    if (text !== null) return typeIn(text);
    const parent = dirname(folder);
    if (parent === folder || parent.endsWith('node_modules')) return undefined;
    folder = parent;
  }
}

function typeIn(json: string): unknown {
  try {
    return (JSON.parse(json) as {type?: unknown} | null)?.type;
  } catch {
    return undefined;
  }
}
