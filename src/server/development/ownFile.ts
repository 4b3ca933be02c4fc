import {builtinModule} from '../platform/builtinModule.ts';
import {VERSION} from '../platform/sharedState.ts';

/**
 * Loads a module of this package from its files, also from inside a server bundle: what is for development only
 * is then in no bundle.
 *
 * @param path below `src` of the package
 * @returns `undefined` where the runtime is not Node, or does not have the files of this version
 */
export async function importOwnFile<Module extends object>(
  path: string,
): Promise<Module | undefined> {
  const folder = globalThis.process?.versions?.node && findFolder();
  if (!folder) return undefined;
  // The comments are for bundlers, which are to leave it alone.
  return import(
    /* webpackIgnore: true */ /* @vite-ignore */ new URL(`dist/src/${path}`, folder).href
  );
}

let found: {folder: URL | undefined} | undefined;

function findFolder(): URL | undefined {
  return (found ??= {folder: candidates().find(isOwnFolder)}).folder;
}

/** This file's own place, which bundlers write here, or where the program finds the package. */
function candidates(): URL[] {
  const module = builtinModule('node:module');
  const url = builtinModule('node:url');
  const here = import.meta.url;
  const folders = URL.canParse('../../../../', here) ? [new URL('../../../../', here)] : [];
  for (const program of [process.argv[1], `${process.cwd()}/server.js`]) {
    try {
      const require = module!.createRequire(program!);
      const file = require.resolve('use-server-webpack-plugin/package.json');
      folders.push(new URL('.', url!.pathToFileURL(file)));
    } catch {
      // It is not installed there.
    }
  }
  return folders;
}

function isOwnFolder(folder: URL): boolean {
  try {
    const text = builtinModule('node:fs')!.readFileSync(new URL('package.json', folder), 'utf8');
    const {name, version} = JSON.parse(text) as {name?: string; version?: string};
    return name === 'use-server-webpack-plugin' && version === VERSION;
  } catch {
    return false;
  }
}
