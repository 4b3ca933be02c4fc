import type {SourceMapSegment} from '@jridgewell/sourcemap-codec';
import {packages} from '#packages';
import type {Piece} from './editedSource.ts';

/**
 * Writes the `mappings` of a source map (https://tc39.es/ecma426/) with one source.
 *
 * Text that is copied from the source gets a segment at each start of a word and at each other
 * character but a space, so that every token has one. Text of the compiler stands for the place that its
 * piece names, or for none.
 *
 * @param pieces what the output consists of, in order
 */
export function mappingsOf(pieces: readonly Piece[], source: string): string {
  const starts = lineStarts(source);
  const lines: SourceMapSegment[][] = [[]];
  let column = 0;

  const newLine = () => {
    lines.push([]);
    column = 0;
  };
  const generated = (text: string, at?: number) => {
    lines.at(-1)!.push(at === undefined ? [column] : segmentAt(column, at, starts));
    const [first, ...others] = text.split('\n');
    column += first!.length;
    for (const line of others) {
      newLine();
      column = line.length;
    }
  };
  const copied = (from: number, to: number) => {
    for (let start = from; start < to;) {
      const newLineAt = source.indexOf('\n', start);
      const end = newLineAt === -1 || newLineAt >= to ? to : newLineAt;
      if (end > start)
        addTokens(lines.at(-1)!, source, start, end, segmentAt(column, start, starts));
      column += end - start;
      if (end === to) return;
      newLine();
      start = end + 1;
    }
  };

  for (const piece of pieces) {
    if ('text' in piece) generated(piece.text, piece.at);
    else copied(piece.from, piece.to);
  }
  return packages.sourceMapCodec().encode(lines);
}

type MappedSegment = [column: number, source: 0, line: number, sourceColumn: number];

function segmentAt(column: number, position: number, starts: readonly number[]): MappedSegment {
  const line = lineOf(starts, position);
  return [column, 0, line, position - starts[line]!];
}

/** Adds a segment for each token of a part of one line. */
function addTokens(
  segments: SourceMapSegment[],
  source: string,
  from: number,
  to: number,
  first: MappedSegment,
): void {
  const [column, , line, sourceColumn] = first;
  segments.push(first);
  let wasWord = isWordCharacter(source.charCodeAt(from));
  for (let i = from + 1; i < to; i++) {
    const char = source.charCodeAt(i);
    const isWord = isWordCharacter(char);
    if (isWord ? !wasWord : char !== SPACE) {
      segments.push([column + i - from, 0, line, sourceColumn + i - from]);
    }
    wasWord = isWord;
  }
}

const SPACE = 32;

/** Characters of names and numbers, by their code. */
const WORD_CHARACTERS = Uint8Array.from({length: 128}, (_, code) =>
  /[\w$]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function isWordCharacter(code: number): boolean {
  return code > 127 || WORD_CHARACTERS[code] === 1;
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let i = source.indexOf('\n'); i !== -1; i = source.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

/** Finds the line that holds `position`. */
function lineOf(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
