import {readFileSync} from 'node:fs';
import {SourceMap} from 'node:module';
import {dirname, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {runTransform} from '../node/runTransform.ts';
import {readSettings} from '../node/settings.ts';
import {takeSourceMap} from '../node/sourceMapComment.ts';
import {mayHaveDirective} from '../transform/directiveText.ts';
import type {SourceMap as MapData} from '../transform/types.ts';
import {fileMemo} from './fileMemo.ts';
import type {StackFrame} from './parseStack.ts';

/** A place in a source. */
export interface MappedPlace {
  location: string;
  line: number;
  column: number;
  /** Of the source, as its map has it. */
  text: string | undefined;
}

/** Maps of bundles are large, and an app has few files that errors come from. */
const MOST_MAPS = 20;

const mapOf = fileMemo(MOST_MAPS, (file) => {
  const data = readMap(file);
  return data && {data, map: new SourceMap(data as ConstructorParameters<typeof SourceMap>[0])};
});

/**
 * Where in a source a place in a file comes from that Node runs.
 *
 * @returns `undefined` where nothing says so: the file is a source itself, or has no map
 */
export function mapPlace({location, line, column}: StackFrame): MappedPlace | undefined {
  const found = mapOf(location);
  const entry = found?.map.findEntry(line - 1, column - 1);
  if (!entry || !('originalSource' in entry) || entry.generatedLine !== line - 1) return undefined;
  const {originalSource, originalLine, originalColumn} = entry;
  const {sources, sourcesContent} = found!.data;
  const text = sourcesContent?.[sources.indexOf(originalSource)] ?? undefined;
  return {
    location: toPath(originalSource, location),
    line: originalLine + 1,
    column: originalColumn + 1,
    text,
  };
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
