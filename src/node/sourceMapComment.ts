import {readFileSync} from 'node:fs';
import {dirname, isAbsolute, relative, sep} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import type {SourceMap} from '../transform/types.ts';

/** The last comment of a file that names its source map, when only white space follows it. */
const COMMENT = /\n?\/\/[#@] sourceMappingURL=(\S+)\s*$/;
const INLINE = /^data:application\/json(?:;charset=[\w-]+)?(;base64)?,(.*)$/s;

/**
 * Takes the source map comment off a module. A map in a file of its own is read; one that cannot
 * be read is left out, as Node does.
 *
 * @returns the text without the comment, every other character at its place
 */
export function takeSourceMap(
  text: string,
  filename: string,
): {text: string; map: SourceMap | undefined} {
  // The comment stands at the end, and the expression must not search a large file from its start.
  const start = text.lastIndexOf('\n//');
  const match = COMMENT.exec(text.slice(Math.max(start, 0)));
  if (!match) return {text, map: undefined};
  return {text: text.slice(0, Math.max(start, 0)), map: readMap(match[1]!, filename)};
}

function readMap(url: string, filename: string): SourceMap | undefined {
  const moduleUrl = pathToFileURL(filename);
  try {
    const inline = INLINE.exec(url);
    if (inline) return parseMap(decode(inline[2]!, inline[1] !== undefined), moduleUrl);
    const location = new URL(url, moduleUrl);
    if (location.protocol !== 'file:') return undefined;
    return parseMap(readFileSync(location, 'utf8'), location);
  } catch {
    return undefined;
  }
}

function decode(payload: string, isBase64: boolean): string {
  return isBase64 ? Buffer.from(payload, 'base64').toString() : decodeURIComponent(payload);
}

/**
 * Sources become URLs of their own, no longer relative to where the map was. Index maps (with
 * `sections`) are rare and not read by Node either.
 */
function parseMap(json: string, location: URL): SourceMap | undefined {
  const {sourceRoot, ...map} = JSON.parse(json) as SourceMap;
  if (typeof map.mappings !== 'string' || !Array.isArray(map.sources)) return undefined;
  const root = sourceRoot ? new URL(sourceRoot.replace(/\/?$/, '/'), location) : location;
  return {...map, sources: map.sources.map((source) => source && new URL(source, root).href)};
}

/**
 * The comment that carries `map` inside of the module. Sources are relative to the module, because
 * that is what Node, and tools that compile the module once more, resolve them against. The text of
 * the module itself is on disk and left out.
 */
export function inlineSourceMapComment(map: SourceMap, filename: string): string {
  const inModule: SourceMap = {
    ...map,
    sources: map.sources.map((source) => source && relativeUrl(toPath(source), filename)),
    sourcesContent: map.sources.map((source, index) =>
      source && toPath(source) === filename ? null : (map.sourcesContent?.[index] ?? null),
    ),
  };
  const payload = Buffer.from(JSON.stringify(inModule)).toString('base64');
  return `//# sourceMappingURL=data:application/json;charset=utf-8;base64,${payload}`;
}

function relativeUrl(path: string, filename: string): string {
  if (!isAbsolute(path)) return path;
  return relative(dirname(filename), path).split(sep).map(encodeURIComponent).join('/');
}

function toPath(source: string): string {
  return source.startsWith('file:') ? fileURLToPath(source) : source;
}
