import {createHash, randomBytes} from 'node:crypto';
import {existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';

/** Where the inspector of a program is, over all its restarts: an open page finds it again. */
export interface KeptAddress {
  /** Part of the path. Who does not know it reads nothing. */
  key: string;
  /** The port that it had last. */
  port: number;
}

const KEY = /^[\w-]{43}$/;

export function newKey(): string {
  return randomBytes(32).toString('base64url');
}

/** The address that the program had before. */
export function readAddress(file: string | undefined): KeptAddress | undefined {
  return file === undefined ? undefined : readOwn(file);
}

/** Keeps the address, for this user alone. Where nothing can be written, the next start has another. */
export function writeAddress(file: string | undefined, address: KeptAddress): void {
  if (file === undefined) return;
  try {
    mkdirSync(dirname(file), {recursive: true, mode: 0o700});
    // Never into a file, or through a link, of another user.
    rmSync(file, {force: true});
    writeFileSync(file, JSON.stringify(address), {mode: 0o600, flag: 'wx'});
  } catch {
    // A folder that is read-only.
  }
}

/** One for each program of a project; `undefined` for a project without packages. */
export function addressFile(program: string, folder: string = process.cwd()): string | undefined {
  const packages = findPackages(folder);
  if (packages === undefined) return undefined;
  const name = createHash('sha256').update(program).digest('hex').slice(0, 16);
  return join(packages, '.cache', 'use-server-webpack-plugin', `inspector-${name}.json`);
}

function findPackages(folder: string): string | undefined {
  for (let current = resolve(folder); ; current = dirname(current)) {
    const packages = join(current, 'node_modules');
    if (existsSync(packages)) return packages;
    if (dirname(current) === current) return undefined;
  }
}

function readOwn(file: string): KeptAddress | undefined {
  try {
    const {mode, uid, size} = lstatSync(file);
    const isFile = lstatSync(file).isFile();
    const isOwn =
      process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
    if (!isFile || !isOwn || size > 1000) return undefined;
    const {key, port} = JSON.parse(readFileSync(file, 'utf8')) as Partial<KeptAddress>;
    if (typeof key !== 'string' || !KEY.test(key)) return undefined;
    const isPort = Number.isInteger(port) && port! > 0 && port! < 65_536;
    return isPort ? {key, port: port!} : undefined;
  } catch {
    return undefined;
  }
}
