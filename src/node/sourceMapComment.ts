import {readFileSync} from 'node:fs';
import {isAbsolute} from 'node:path';
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
  try {
    const inline = INLINE.exec(url);
    if (inline) return parseMap(decode(inline[2]!, inline[1] !== undefined));
    const location = new URL(url, pathToFileURL(filename));
    if (location.protocol !== 'file:') return undefined;
    return parseMap(readFileSync(location, 'utf8'));
  } catch {
    return undefined;
  }
}

function decode(payload: string, isBase64: boolean): string {
  return isBase64 ? Buffer.from(payload, 'base64').toString() : decodeURIComponent(payload);
}

/** Index maps (with `sections`) are rare and not read by Node either. */
function parseMap(json: string): SourceMap | undefined {
  const map = JSON.parse(json) as SourceMap;
  return typeof map.mappings === 'string' && Array.isArray(map.sources) ? map : undefined;
}

/**
 * The comment that carries `map` inside of the module. Sources are written as URLs, because Node
 * resolves them against the module's URL; the text of the module itself is on disk and left out.
 */
export function inlineSourceMapComment(map: SourceMap, filename: string): string {
  const sources = map.sources.map((source) => source && toPath(source));
  const plain: SourceMap = {
    ...map,
    sources: sources.map((source) =>
      source !== null && isAbsolute(source) ? pathToFileURL(source).href : source,
    ),
    sourcesContent: sources.map((source, index) =>
      source === filename ? null : (map.sourcesContent?.[index] ?? null),
    ),
  };
  const payload = Buffer.from(JSON.stringify(plain)).toString('base64');
  return `//# sourceMappingURL=data:application/json;charset=utf-8;base64,${payload}`;
}

function toPath(source: string): string {
  return source.startsWith('file:') ? fileURLToPath(source) : source;
}
