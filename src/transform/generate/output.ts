import type {Piece} from './editedSource.ts';
import {mappingsOf} from './mappings.ts';
import {packages} from '#packages';
import type {SourceMap} from '../types.ts';

export interface OutputOptions {
  source: string;
  filename: string;
  sourceMap: boolean;
  inputSourceMap?: SourceMap | undefined;
}

/** Joins the pieces; in the map every word that comes from the source points at its origin. */
export function print(
  pieces: readonly Piece[],
  {source, filename, sourceMap, inputSourceMap}: OutputOptions,
): {code: string; map: SourceMap | null} {
  let code = '';
  for (const piece of pieces) {
    code += 'text' in piece ? piece.text : source.slice(piece.from, piece.to);
  }
  if (!sourceMap) return {code, map: null};
  const map: SourceMap = {
    version: 3,
    sources: [filename],
    sourcesContent: [source],
    names: [],
    mappings: mappingsOf(pieces, source),
  };
  return {code, map: inputSourceMap ? chain(map, inputSourceMap, filename) : map};
}

function chain(map: SourceMap, input: SourceMap, filename: string): SourceMap {
  // At the first level only: the source of the input may well have the same name.
  const remapping = packages.remapping();
  const chained = remapping(map, (file, {depth}) =>
    file === filename && depth === 1 ? input : null,
  );
  return {
    version: 3,
    sources: chained.sources,
    sourcesContent: chained.sourcesContent,
    names: chained.names,
    mappings: chained.mappings as string,
  };
}
