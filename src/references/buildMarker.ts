/** Modules of Node that the marker needs: the server's runtime has them only where there are files. */
export interface MarkerModules {
  crypto: Pick<typeof import('node:crypto'), 'createHash'>;
  fs: Pick<typeof import('node:fs'), 'lstatSync' | 'realpathSync'>;
  os: Pick<typeof import('node:os'), 'tmpdir'>;
  path: Pick<typeof import('node:path'), 'basename' | 'dirname' | 'join'>;
}

/**
 * The file that is there while a webpack in watch mode builds, and holds the id of its process. The plugin
 * writes it, and a server in development waits until it is gone.
 *
 * It does not stand beside the manifest: tools that watch that folder would take it for a change, and
 * `output.clean` would remove it.
 *
 * @param manifest absolute path of a manifest, which need not exist yet
 * @returns absolute path, in a folder that is this user's if {@link isOwnMarker} says so
 */
export function buildMarker(manifest: string, {crypto, fs, os, path}: MarkerModules): string {
  const real = path.join(realFolder(path.dirname(manifest), fs, path), path.basename(manifest));
  const name = crypto.createHash('sha256').update(real).digest('hex').slice(0, 32);
  return path.join(markerFolder(os, path), name);
}

/**
 * Whether what a marker says can be believed: its folder stands where all users may write, and another one may
 * have made it.
 */
export function isOwnMarker(
  marker: string,
  {fs, path}: Pick<MarkerModules, 'fs' | 'path'>,
): boolean {
  const stats = fs.lstatSync(path.dirname(marker), {throwIfNoEntry: false});
  const user = process.getuid?.();
  return stats?.isDirectory() === true && (user === undefined || stats.uid === user);
}

function markerFolder(os: MarkerModules['os'], path: MarkerModules['path']): string {
  // Windows has no such number, and a folder for temporary files for each user.
  const user = process.getuid?.() ?? 'user';
  return path.join(os.tmpdir(), `use-server-webpack-plugin-${user}`);
}

/** Of the folders that exist already: webpack may have written nothing yet. */
function realFolder(folder: string, fs: MarkerModules['fs'], path: MarkerModules['path']): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    const above = path.dirname(folder);
    if (above === folder) return folder;
    return path.join(realFolder(above, fs, path), path.basename(folder));
  }
}
