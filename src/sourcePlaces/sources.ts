import {existsSync} from 'node:fs';
import {dirname, isAbsolute, relative, resolve, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import {mapPlace} from './maps.ts';
import type {StackFrame} from './parseStack.ts';
import type {SourceFrame} from './sourcePlace.ts';

/** A frame, and the text of its source where a source map has it. */
export interface FoundSource {
  frame: SourceFrame;
  text: string | undefined;
}

/** Of this package, as it is installed. */
const PACKAGE_FOLDER = fileURLToPath(new URL('../../..', import.meta.url));
const PACKAGE_CODE = ['dist', 'src', 'commonjs', 'loader', 'register'].map(
  (folder) => resolve(PACKAGE_FOLDER, folder) + sep,
);

/** The place in the source that a line of a stack means. */
export function findSource(raw: StackFrame): FoundSource {
  const isMappable = isAbsolute(raw.location) && SOURCE.test(raw.location);
  const mapped = isMappable && !process.sourceMapsEnabled ? mapPlace(raw) : undefined;
  return shownAt(raw, mapped ?? raw, mapped?.text);
}

/** The place that the line names, without a look at its file. */
export function asItStands(raw: StackFrame): FoundSource {
  return shownAt(raw, raw, undefined);
}

function shownAt(
  {functionName}: StackFrame,
  {location, line, column}: Pick<StackFrame, 'location' | 'line' | 'column'>,
  text: string | undefined,
): FoundSource {
  const path = pathOf(location);
  const file = path === undefined ? location : shown(path);
  const isOwn = path !== undefined && isOwnPath(path);
  return {frame: {functionName, file, path, line, column, isOwn}, text};
}

/** Absolute; `undefined` for what is no file. */
function pathOf(location: string): string | undefined {
  if (isAbsolute(location)) return location;
  if (!location.startsWith('webpack:')) return undefined;
  // webpack://name/./src/actions.js?a1b2, relative to the folder of the config.
  const path = location.replace(/^webpack:\/\/[^/]*\//, '').replace(/\?.*$/s, '');
  if (path === '' || path.startsWith('webpack/') || path.startsWith('external ')) return undefined;
  return isAbsolute(path) ? path : fromRoots(path);
}

/** The working directory, or a folder above the program. */
function fromRoots(path: string): string {
  const starts = [projectRoot()];
  for (let folder = dirname(process.argv[1] ?? ''); folder !== dirname(folder);) {
    starts.push(folder);
    folder = dirname(folder);
  }
  const candidates = starts.map((start) => resolve(start, path));
  return candidates.find((candidate) => existsSync(candidate)) ?? candidates[0]!;
}

/** Folder that paths are shown relative to. */
export function projectRoot(): string {
  return resolve(process.env['USE_SERVER_ROOT'] || '.');
}

function shown(path: string): string {
  const inRoot = relative(projectRoot(), path);
  const isInside = !inRoot.startsWith('..') && !isAbsolute(inRoot);
  return (isInside ? inRoot : path).split(sep).join('/');
}

/** No other file is shown, wherever a stack that somebody has changed may point. */
const SOURCE = /\.(?:[cm]?[jt]sx?|mdx|vue|svelte)$/;

function isOwnPath(path: string): boolean {
  return (
    SOURCE.test(path) &&
    !path.split(/[/\\]/).includes('node_modules') &&
    !PACKAGE_CODE.some((folder) => path.startsWith(folder))
  );
}
