/**
 * The path by which ids name a module: relative to the project root, with `/` on every platform,
 * never absolute, so that it is the same on every machine and in every build.
 *
 * @param filename absolute path of the module, as POSIX systems or Windows write it
 * @param root absolute path of the project root
 * @throws TypeError when one of the paths is not absolute, or when they share no root (two Windows drives)
 */
export function modulePath(filename: string, root: string): string {
  const parse = [filename, root].some((path) => WINDOWS.test(path)) ? windowsPath : posixPath;
  const file = parse(filename);
  const folder = parse(root);
  if (!file || !folder) {
    throw new TypeError(
      `Ids are made from absolute paths, but got filename ${JSON.stringify(filename)} and root ${JSON.stringify(root)}.`,
    );
  }
  if (file.drive !== folder.drive) {
    throw new TypeError(
      `No id can be made for ${filename}: it stands on another drive than the project root ${root}. Set the "root" option to a folder above both.`,
    );
  }
  const common = commonNames(file, folder);
  const up = folder.names.slice(common).map(() => '..');
  return [...up, ...file.names.slice(common)].join('/');
}

interface AbsolutePath {
  /** `c:` or `//server/share`, in lower case; empty on POSIX systems. */
  drive: string;
  /** Names of the folders, and of the file. */
  names: string[];
}

/** The paths themselves tell whose they are, so that each machine reads them alike. */
const WINDOWS = /^(?:[a-z]:[\\/]|\\\\)/i;
const WINDOWS_DRIVE = /^(?:[a-z]:(?=\/)|\/\/[^/]+\/+[^/]+)/i;

function windowsPath(path: string): AbsolutePath | null {
  const slashed = path.replaceAll('\\', '/');
  const drive = WINDOWS_DRIVE.exec(slashed)?.[0];
  if (drive === undefined) return null;
  return {drive: drive.toLowerCase(), names: namesOf(slashed.slice(drive.length))};
}

/** A `\` may be part of a name. */
function posixPath(path: string): AbsolutePath | null {
  return path.startsWith('/') ? {drive: '', names: namesOf(path)} : null;
}

function namesOf(path: string): string[] {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names;
}

/** How many folders are around both. For Windows names that differ in their case are the same. */
function commonNames(file: AbsolutePath, folder: AbsolutePath): number {
  const nameOf = (name: string | undefined) => (file.drive === '' ? name : name?.toLowerCase());
  const different = folder.names.findIndex((name, i) => nameOf(name) !== nameOf(file.names[i]));
  return different === -1 ? folder.names.length : different;
}
