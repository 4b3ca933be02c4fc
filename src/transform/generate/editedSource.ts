/**
 * A piece of output: text that the compiler made, optionally standing for a place in the source,
 * or a part of the source as its author wrote it.
 */
export type Piece = {text: string; at?: number} | {from: number; to: number};

/**
 * A change of the source: what stands between `start` and `end` (equal for an insertion) gives way
 * to `pieces`. Of several changes at one place the one with the smaller `order` comes first.
 */
export interface Edit {
  start: number;
  end: number;
  pieces: Piece[];
  order: EditOrder;
}

/** Says which of several changes at one place comes first: the one with the smaller number. */
export const EditOrder = {
  /** What closes an expression: the innermost expression ends first. */
  expressionEnd: -10,
  /** What closes the whole of an exported expression, behind what closes a part of it. */
  exportEnd: -9,
  /** The semicolon that the source left out. */
  statementEnd: -5,
  statement: 0,
  /** An import beside the export that it serves. */
  besideExport: 1,
  afterStatement: 5,
  expressionStart: 10,
} as const;
export type EditOrder = (typeof EditOrder)[keyof typeof EditOrder];

/** The source with changes noted on it; parts of it, with their changes, can be put anywhere. */
export class EditedSource {
  readonly #edits: Edit[] = [];
  readonly #ended = new Set<number>();
  #sorted = true;

  replace(
    start: number,
    end: number,
    pieces: Piece[],
    order: EditOrder = EditOrder.statement,
  ): void {
    this.#edits.push({start, end, pieces, order});
    this.#sorted = false;
  }

  insert(at: number, pieces: Piece[], order: EditOrder = EditOrder.statement): void {
    this.replace(at, at, pieces, order);
  }

  /** Puts one semicolon at `at`, however often that is asked for: two would end an `if` before its `else`. */
  endStatement(at: number): void {
    if (this.#ended.has(at)) return;
    this.#ended.add(at);
    this.insert(at, [{text: ';'}], EditOrder.statementEnd);
  }

  /** The source from `from` to `to` with every change that lies strictly between the two. */
  inside(from: number, to: number): Piece[] {
    return this.#render(from, to, from + 1, to - 1);
  }

  /** The source from `from` to `to` with every change in it, those at its two ends too. */
  whole(from: number, to: number): Piece[] {
    return this.#render(from, to, from, to);
  }

  /** The source up to `to`, without the changes at that place. */
  before(to: number): Piece[] {
    return this.#render(0, to, 0, to - 1);
  }

  #render(from: number, to: number, firstEdit: number, lastEdit: number): Piece[] {
    this.#sort();
    const pieces: Piece[] = [];
    let position = from;
    for (let i = this.#firstAtOrAfter(firstEdit); i < this.#edits.length; i++) {
      const edit = this.#edits[i]!;
      if (edit.start > lastEdit) break;
      // A change inside a part that another one has replaced is gone with it.
      if (edit.start < position) continue;
      if (edit.start > position) pieces.push({from: position, to: edit.start});
      pieces.push(...edit.pieces);
      position = edit.end;
    }
    if (position < to) pieces.push({from: position, to});
    return pieces;
  }

  #sort(): void {
    if (this.#sorted) return;
    this.#edits.sort((a, b) => a.start - b.start || a.order - b.order);
    this.#sorted = true;
  }

  #firstAtOrAfter(position: number): number {
    let low = 0;
    let high = this.#edits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#edits[middle]!.start < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
