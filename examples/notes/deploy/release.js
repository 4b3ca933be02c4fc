// One release: a server bundle in a folder of its own, and its scripts beside those of all others.
import {execFile} from 'node:child_process';
import {cpSync, mkdirSync, rmSync, symlinkSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {promisify} from 'node:util';

const RELEASES = 'build/releases';

/**
 * Builds the app as it is now.
 *
 * @returns {Promise<{program: string, env: Record<string, string>}>} what to run, and how
 */
export async function makeRelease() {
  const name = `r${Date.now().toString(36)}`;
  const env = {NODE_ENV: 'production', NOTES_RELEASE: name};
  // In a process of its own: webpack's config reads the environment once.
  const script = `(await import('./build.js')).build('./bundled/webpack.config.js')`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: {...process.env, ...env},
  });
  const folder = resolve(RELEASES, name);
  sharePublicFiles(join(folder, 'public'));
  return {program: join(folder, 'server.js'), env};
}

/** Pages of an old release still load parts of its scripts, from whichever process they reach. */
function sharePublicFiles(folder) {
  const shared = resolve(RELEASES, 'public');
  mkdirSync(shared, {recursive: true});
  cpSync(folder, shared, {recursive: true});
  rmSync(folder, {recursive: true});
  symlinkSync(shared, folder);
}
