import {encode, type SourceMapLine} from '@jridgewell/sourcemap-codec';
import type {Piece} from '../../../../src/transform/generate/editedSource.ts';

/** What the compiler must give, in the plainest way: one character after another. */
export function referenceMappings(pieces: readonly Piece[], source: string): string {
  const lines: SourceMapLine[] = [[]];
  let column = 0;
  const write = (char: string) => {
    column++;
    if (char !== '\n') return;
    lines.push([]);
    column = 0;
  };
  for (const piece of pieces) {
    if ('text' in piece) {
      lines
        .at(-1)!
        .push([column, ...(piece.at === undefined ? [] : placeOf(piece.at, source))] as [number]);
      for (const char of piece.text.split('')) write(char);
      continue;
    }
    let previous = '\n';
    for (let i = piece.from; i < piece.to; i++) {
      const char = source[i]!;
      const isFirst = i === piece.from || previous === '\n';
      if (char !== '\n' && (isFirst || startsToken(previous, char))) {
        lines.at(-1)!.push([column, ...placeOf(i, source)] as [number]);
      }
      write(char);
      previous = char;
    }
  }
  return encode(lines);
}

function placeOf(position: number, source: string): number[] {
  const before = source.slice(0, position).split('\n');
  return [0, before.length - 1, before.at(-1)!.length];
}

/** The start of a word, or a character that is no part of one. */
function startsToken(previous: string, char: string): boolean {
  return isWord(char) ? !isWord(previous) : char !== ' ';
}

function isWord(char: string): boolean {
  return /[\w$]/.test(char) || char > '\u007f';
}
