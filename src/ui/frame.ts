/** A line of a text that may hold code frames as Babel writes them. */
export interface FrameLine {
  /** `marked`: the line that is meant; `pointer`: what points to the column, below it; `text`: no source. */
  kind: 'marked' | 'pointer' | 'source' | 'text';
  pieces: readonly FramePiece[];
}

/** A part of a line. */
export interface FramePiece {
  /** `gutter`: the number of the line; `mark`: what the pointer below points to. */
  kind: 'gutter' | 'mark' | 'code';
  text: string;
}

/** The lines of a text, for pages and for terminals. */
export function frameLines(text: string): FrameLine[] {
  const lines = text.split('\n');
  return lines.map((line, index) => {
    const kind = kindOf(line);
    return {kind, pieces: piecesOf(line, kind === 'marked' ? lines[index + 1] : undefined)};
  });
}

const GUTTER = /^\s*>? *\d+ \| ?/;
const POINTER = /^\s*\|\s+\^+/;

function kindOf(line: string): FrameLine['kind'] {
  if (/^\s*> *\d+ \|/.test(line)) return 'marked';
  if (POINTER.test(line)) return 'pointer';
  return GUTTER.test(line) ? 'source' : 'text';
}

function piecesOf(line: string, below: string | undefined): FramePiece[] {
  const gutter = GUTTER.exec(line)?.[0] ?? '';
  const [start, end] = markOf(line, below) ?? [line.length, line.length];
  const pieces: FramePiece[] = [
    {kind: 'gutter', text: gutter},
    {kind: 'code', text: line.slice(gutter.length, start)},
    {kind: 'mark', text: line.slice(start, end)},
    {kind: 'code', text: line.slice(end)},
  ];
  return pieces.filter(({text}) => text !== '');
}

/** What the pointer points to, to the end of a word where it has one sign only. */
function markOf(line: string, pointer: string | undefined): [number, number] | undefined {
  if (pointer === undefined || !POINTER.test(pointer)) return undefined;
  const start = pointer.indexOf('^');
  const end = pointer.lastIndexOf('^') + 1;
  if (end - start > 1) return [start, end];
  return [start, start + (/^[\w$]+/.exec(line.slice(start))?.[0].length ?? 1)];
}
