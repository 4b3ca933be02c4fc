import {readFileSync, statSync} from 'node:fs';
import {SourceMap} from 'node:module';
import {dirname, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {runTransform} from '../node/runTransform.ts';
import {readSettings} from '../node/settings.ts';
import {takeSourceMap} from '../node/sourceMapComment.ts';
import {mayHaveDirective} from '../transform/directiveText.ts';
import type {SourceMap as MapData} from '../transform/types.ts';
import type {StackFrame} from './parseStack.ts';

/** A place in a source. */
export interface MappedPlace {
  location: string;
  line: number;
  column: number;
  /** Of the source, as its map has it. */
  text: string | undefined;
}

interface KnownMap {
  stamp: string;
  map: SourceMap | undefined;
  data: MapData | undefined;
}

/** Maps of bundles are large, and an app has few files that errors come from. */
const MOST_MAPS = 20;
const known = new Map<string, KnownMap>();

/**
 * Where in a source a place in a file comes from that Node runs.
 *
 * @returns `undefined` where nothing says so: the file is a source itself, or has no map
 */
export function mapPlace({location, line, column}: StackFrame): MappedPlace | undefined {
  const {map, data} = mapOf(location);
  const entry = map?.findEntry(line - 1, column - 1);
  if (!data || !entry || !('originalSource' in entry) || entry.generatedLine !== line - 1) {
    return undefined;
  }
  const {originalSource, originalLine, originalColumn} = entry;
  const text = data.sourcesContent?.[data.sources.indexOf(originalSource)] ?? undefined;
  return {
    location: toPath(originalSource, location),
    line: originalLine + 1,
    column: originalColumn + 1,
    text,
  };
}

function mapOf(file: string): KnownMap {
  const found = statSync(file, {throwIfNoEntry: false});
  const stats = found?.isFile() ? found : undefined;
  const stamp = stats ? `${stats.mtimeMs} ${stats.size}` : '';
  const before = known.get(file);
  if (before?.stamp === stamp) return before;
  const data = stats ? readMap(file) : undefined;
  const map = data && new SourceMap(data as ConstructorParameters<typeof SourceMap>[0]);
  const read: KnownMap = {stamp, map, data};
  known.delete(file);
  if (known.size >= MOST_MAPS) known.delete(known.keys().next().value!);
  known.set(file, read);
  return read;
}

/** The map that the file has, or that of what the Node hooks have made of it. */
function readMap(file: string): MapData | undefined {
  const source = readFileSync(file, 'utf8');
  const {text, map} = takeSourceMap(source, file);
  if (!mayHaveDirective(text)) return map;
  const options = {filename: file, inputSourceMap: map};
  return runTransform(text, options, readSettings())?.map ?? map;
}

function toPath(source: string, file: string): string {
  if (source.startsWith('file:')) return fileURLToPath(source);
  return /^[a-z-]+:/.test(source) ? source : resolve(dirname(file), source);
}
