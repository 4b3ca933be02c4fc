import {decode} from '@jridgewell/sourcemap-codec';

/**
 * A part of what the compiler wrote, in its order.
 * - `'kept'`: what the author wrote, where it was.
 * - `'copied'`: what the author wrote, once more: a function that a request can call.
 * - `'added'`: the compiler's own text.
 * - `'removed'`: what the author wrote and is gone.
 */
export interface Piece {
  kind: 'kept' | 'copied' | 'added' | 'removed';
  text: string;
}

/**
 * Tells what became of a module, exactly: the source map has a segment for each word that was copied.
 *
 * @param source what the author wrote
 * @param code what the compiler made of it
 * @param mappings those of the map from `code` to `source`
 */
export function changesOf(source: string, code: string, mappings: string): Piece[] {
  const spans = spansOf(source, code, mappings);
  const kept = inOrder(spans);
  const pieces: Piece[] = [];
  let seen = 0;
  for (const [i, {text, origin}] of spans.entries()) {
    if (origin === null) pieces.push({kind: 'added', text});
    else if (!kept.has(i)) pieces.push({kind: 'copied', text});
    else {
      pieces.splice(behindKept(pieces), 0, ...removed(source.slice(seen, origin)));
      pieces.push({kind: 'kept', text});
      // Behind the last word of a span the spaces may be other ones.
      seen = origin + (source.startsWith(text, origin) ? text : text.trimEnd()).length;
    }
  }
  return joined(onOwnLines([...pieces, ...removed(source.slice(seen))]));
}

interface Span {
  text: string;
  /** Offset in the source that it is copied from; `null` for text of the compiler. */
  origin: number | null;
}

function spansOf(source: string, code: string, mappings: string): Span[] {
  const codeLines = lineStarts(code);
  const sourceLines = lineStarts(source);
  const starts = decode(mappings).flatMap((segments, line) =>
    segments.map(([column, , sourceLine, sourceColumn]) => ({
      at: codeLines[line]! + column,
      from: sourceLine === undefined ? null : sourceLines[sourceLine]! + sourceColumn!,
    })),
  );
  // Empty lines have no segment.
  if (starts[0]?.at !== 0) starts.unshift({at: 0, from: 0});
  return starts.map(({at, from}, i) => {
    const text = code.slice(at, starts[i + 1]?.at);
    // Text of the compiler may point at what it stands for.
    const isCopy = from !== null && source.startsWith(text.trimEnd(), from);
    return {text, origin: isCopy ? from : null};
  });
}

/**
 * Which of the spans are the text that stayed: as much of it as can be read in the order of the source.
 * Others are a second copy.
 */
function inOrder(spans: readonly Span[]): ReadonlySet<number> {
  const copied = [...spans.entries()].filter(([, {origin}]) => origin !== null);
  const ranks = new Map(
    [...new Set(copied.map(([, {origin}]) => origin!))]
      .sort((a, b) => a - b)
      .map((origin, rank) => [origin, rank + 1]),
  );
  const best = new BestBefore(ranks.size);
  for (const [index, {origin, text}] of copied) {
    const rank = ranks.get(origin!)!;
    const before = best.below(rank);
    best.set(rank, {length: (before?.length ?? 0) + text.length, index, before});
  }
  const chosen = new Set<number>();
  for (let chain = best.below(ranks.size + 1); chain; chain = chain.before) chosen.add(chain.index);
  return chosen;
}

interface Chain {
  length: number;
  index: number;
  before: Chain | null;
}

/** The longest chain that ends before a rank, in logarithmic time (a Fenwick tree of maxima). */
class BestBefore {
  readonly #tree: (Chain | null)[];

  constructor(size: number) {
    this.#tree = Array.from({length: size + 1}, () => null);
  }

  below(rank: number): Chain | null {
    let best: Chain | null = null;
    for (let i = rank - 1; i > 0; i -= i & -i) best = longer(best, this.#tree[i]!);
    return best;
  }

  set(rank: number, chain: Chain): void {
    for (let i = rank; i < this.#tree.length; i += i & -i) {
      this.#tree[i] = longer(this.#tree[i]!, chain);
    }
  }
}

/** Of two that are as long, the one that was found first. */
function longer(a: Chain | null, b: Chain | null): Chain | null {
  return (b?.length ?? 0) > (a?.length ?? 0) ? b : a;
}

/** What is gone stands before what took its place. */
function behindKept(pieces: readonly Piece[]): number {
  return pieces.findLastIndex(({kind}) => kind !== 'added') + 1;
}

function removed(text: string): Piece[] {
  return text.trim() === '' ? [] : [{kind: 'removed', text: text.trim()}];
}

/** Where nothing took its place, it stands on the line that it leaves behind, not on the next one. */
function onOwnLines(pieces: readonly Piece[]): Piece[] {
  const lineEnds = pieces.map(({text}, i) =>
    pieces[i + 1]?.kind === 'removed' && pieces[i + 2]?.kind === 'kept'
      ? (/\n[^\S\n]*$/.exec(text)?.[0] ?? '')
      : '',
  );
  return pieces.flatMap(({kind, text}, i) => [
    {kind, text: text.slice(0, text.length - lineEnds[i]!.length)},
    ...(lineEnds[i - 1] ? [{kind: pieces[i - 1]!.kind, text: lineEnds[i - 1]!}] : []),
  ]);
}

function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const {kind, text} of pieces) {
    const last = result.at(-1);
    if (last?.kind === kind && kind !== 'removed') last.text += text;
    else result.push({kind, text});
  }
  return result;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}
