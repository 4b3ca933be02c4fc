import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** Below the repository, so that the files find its packages. */
const projects = fileURLToPath(new URL('../../../.cache/eslint-tests/', import.meta.url));

/**
 * Writes a folder of files.
 *
 * @returns its absolute path
 */
export function writeProject(name: string, files: Record<string, string>): string {
  const folder = join(projects, name);
  rmSync(folder, {recursive: true, force: true});
  for (const [path, text] of Object.entries({'package.json': '{"private": true}', ...files})) {
    const filename = join(folder, path);
    mkdirSync(dirname(filename), {recursive: true});
    writeFileSync(filename, text);
  }
  return folder;
}
