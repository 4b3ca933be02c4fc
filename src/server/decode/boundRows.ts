import {refuse} from '../refusals.ts';
import {isPartOf, parseReference, rowNumber, SERVER_FUNCTION} from './replyReferences.ts';
import type {ReplyRows} from './replyRows.ts';
import {someText} from './someText.ts';

/*
 * React makes a server function of a reply once its bound arguments are complete, and a row complete
 * once the server functions in it are made.
 */

/**
 * Refuses server functions whose bound arguments wait for the function itself: React would wait for ever.
 * Its `encodeReply` writes this for an object that is an argument and is bound as well.
 *
 * @param functions rows that describe server functions
 * @throws {RequestError} `malformed-body`
 */
export function refuseEndlessBinding(functions: Iterable<number>, rows: ReplyRows): void {
  const waits = new Waits(rows);
  const starts = [...functions].flatMap((row) => boundRow(row, rows) ?? []);
  if (starts.length === 0) return;
  const components = strongComponents(starts, (row) => waits.of(row));
  for (const [row, component] of components) {
    for (const bound of waits.ofFunctions(row)) {
      if (components.get(bound) !== component) continue;
      throw refuse(
        'malformed-body',
        'a server function waits for its own bound arguments. An object that is an argument must not be bound as well: pass a copy of it.',
      );
    }
  }
}

/** What a row waits for. */
export class Waits {
  readonly #rows: ReplyRows;
  readonly #found = new Map<number, {parts: number[]; bound: number[]}>();

  constructor(rows: ReplyRows) {
    this.#rows = rows;
  }

  of(row: number): number[] {
    const {parts, bound} = this.#find(row);
    return [...parts, ...bound];
  }

  /** The bound arguments of the server functions in it. */
  ofFunctions(row: number): number[] {
    return this.#find(row).bound;
  }

  #find(row: number) {
    let found = this.#found.get(row);
    if (!found) this.#found.set(row, (found = findWaits(this.#rows.value(row), this.#rows)));
    return found;
  }
}

/** Rows that a value waits for: parts of it, and the bound arguments of server functions in it. */
export function findWaits(root: unknown, rows: ReplyRows): {parts: number[]; bound: number[]} {
  const parts = new Set<number>();
  const bound = new Set<number>();
  someText(root, (text) => {
    const reference = parseReference(text);
    if (!reference) return false;
    if (isPartOf(reference)) parts.add(reference.row);
    const own = reference.tag === SERVER_FUNCTION ? boundRow(reference.row, rows) : undefined;
    if (own !== undefined) bound.add(own);
    return false;
  });
  return {parts: [...parts], bound: [...bound]};
}

/** The row of the bound arguments of the server function that a row describes. */
function boundRow(row: number, rows: ReplyRows): number | undefined {
  const {bound} = Object(rows.value(row)) as {bound?: unknown};
  return typeof bound === 'string' ? rowNumber(bound.slice(2)) : undefined;
}

/**
 * Tarjan's strongly connected components, without recursion: a request says how deep it would be.
 *
 * @returns the component of each node that can be reached
 */
function strongComponents(
  starts: readonly number[],
  next: (node: number) => readonly number[],
): Map<number, number> {
  const indices = new Map<number, number>();
  const lowest = new Map<number, number>();
  const components = new Map<number, number>();
  const open: number[] = [];
  const path: {node: number; following: Iterator<number>}[] = [];
  const enter = (node: number) => {
    indices.set(node, indices.size);
    lowest.set(node, indices.get(node)!);
    open.push(node);
    path.push({node, following: next(node)[Symbol.iterator]()});
  };
  const lower = (node: number, index: number) =>
    lowest.set(node, Math.min(lowest.get(node)!, index));

  for (const start of starts) {
    if (!indices.has(start)) enter(start);
    while (path.length > 0) {
      const {node, following} = path.at(-1)!;
      const {done, value: other} = following.next();
      if (!done) {
        if (!indices.has(other)) enter(other);
        else if (!components.has(other)) lower(node, indices.get(other)!);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) lower(parent.node, lowest.get(node)!);
      if (lowest.get(node) === indices.get(node)) {
        let member;
        do components.set((member = open.pop()!), node);
        while (member !== node);
      }
    }
  }
  return components;
}
