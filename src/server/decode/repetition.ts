import {exceeds, refuse} from '../refusals.ts';
import type {DecodingLimits} from '../request/limits.ts';
import {
  BLOB,
  BYTES,
  FORM_DATA,
  parseReference,
  PROMISE,
  STREAMS,
  type Reference,
} from './replyReferences.ts';
import type {ReplyRows} from './replyRows.ts';

/** Of a value with everything that it refers to, written out wherever it is referred to. */
interface Measure {
  /** Characters and bytes. */
  size: number;
  /** Objects and arrays inside one another. */
  height: number;
}

const NOTHING: Measure = {size: 0, height: 0};
const ATOM: Measure = {size: 1, height: 0};

/**
 * Measures the arguments with everything that they refer to. A body of a few kilobytes can refer to
 * the same row so often, or row by row twice as often, that code which walks, copies or writes out what
 * React makes of it never ends; and rows inside one another can be deeper than each of them.
 *
 * @param rows of a reply whose references have been checked
 * @param references all of them, by their text
 * @throws {RequestError} `limit-exceeded`
 * @throws {RequestError} `malformed-body` for a promise of a promise
 */
export function measureRepetition(
  rows: ReplyRows,
  references: ReadonlyMap<string, Reference>,
  limits: DecodingLimits,
): void {
  new Measuring(rows, references, limits).measure(rows.value(0), 0);
}

class Measuring {
  readonly #rows: ReplyRows;
  readonly #references: ReadonlyMap<string, Reference>;
  readonly #limits: DecodingLimits;
  /** Of what can be met again: objects and arrays that something refers to, and references by their text. */
  readonly #measured = new Map<object | string, Measure>();
  readonly #targets = new Map<string, unknown>();
  readonly #ends = new Map<string, unknown>();
  readonly #shared = new Set<unknown>();
  #repeated = 0;

  constructor(rows: ReplyRows, references: ReadonlyMap<string, Reference>, limits: DecodingLimits) {
    this.#rows = rows;
    this.#references = references;
    this.#limits = limits;
    for (const [text, reference] of references) {
      const {tag, row} = reference;
      this.#shared.add(tag === '' ? this.#target(text, reference, 0) : rows.value(row));
    }
  }

  measure(value: unknown, depth: number): Measure {
    if (typeof value === 'string') return this.#measureText(value, depth);
    if (typeof value !== 'object' || value === null) return ATOM;
    if (!this.#shared.has(value)) return this.#measureParts(value, depth);
    return this.#once(value, depth, () => this.#measureParts(value, depth));
  }

  #measureParts(value: object, depth: number): Measure {
    this.#checkDepth(depth + 1);
    let size = 1;
    let height = 0;
    const add = (part: unknown) => {
      const measure = this.measure(part, depth + 1);
      size += measure.size;
      height = Math.max(height, measure.height);
    };
    if (Array.isArray(value)) {
      for (const item of value) add(item);
    } else {
      const members = value as Record<string, unknown>;
      for (const key of Object.keys(members)) {
        size += key.length;
        add(members[key]);
      }
    }
    return {size, height: height + 1};
  }

  #measureText(text: string, depth: number): Measure {
    const reference = text[0] === '$' ? this.#references.get(text) : undefined;
    if (!reference) return {size: text.length, height: 0};
    return this.#once(text, depth, () => this.#measureReference(text, reference, depth));
  }

  #measureReference(text: string, reference: Reference, depth: number): Measure {
    const {tag, row} = reference;
    if (tag === '') return this.#measureTarget(this.#target(text, reference, 0), depth);
    if (tag === BLOB || BYTES.includes(tag)) {
      return this.#once(`file ${row}`, depth, () => ({
        size: this.#rows.file(row)?.size ?? 0,
        height: 0,
      }));
    }
    if (tag === FORM_DATA) return {size: this.#rows.formSize(row), height: 0};
    if (STREAMS.includes(tag)) return this.measure(this.#rows.pieces(row), depth);
    if (tag === PROMISE) this.#refusePromise(row);
    return this.measure(this.#rows.value(row), depth);
  }

  /** `encodeReply` refers to objects only: a text is a repetition, by whatever way it is reached. */
  #measureTarget(target: unknown, depth: number): Measure {
    if (typeof target !== 'string') return this.measure(target, depth);
    this.#checkDepth(depth);
    const measure = this.#measureText(target, depth + 1);
    this.#addRepeated(measure.size);
    return measure;
  }

  /** What has been measured before is repeated where it is met again. */
  #once(what: object | string, depth: number, measure: () => Measure): Measure {
    const known = this.#measured.get(what);
    if (known) {
      this.#checkDepth(depth + known.height);
      this.#addRepeated(known.size);
      return known;
    }
    // What holds itself: who walks through it must be prepared for that.
    this.#measured.set(what, NOTHING);
    const measured = measure();
    this.#measured.set(what, measured);
    return measured;
  }

  /** What the text `$3:0:user` refers to; nothing when it leads nowhere. */
  #target(text: string, {row, path}: Reference, hops: number): unknown {
    if (this.#targets.has(text)) return this.#targets.get(text);
    this.#targets.set(text, undefined);
    let value = this.#rows.value(row);
    for (const name of path) {
      value = this.#follow(value, hops + 1);
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
        return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    this.#targets.set(text, value);
    return value;
  }

  /** On the way to a target there may be other references. */
  #follow(value: unknown, hops: number): unknown {
    if (typeof value !== 'string') return value;
    const reference = this.#references.get(value);
    if (reference?.tag !== '') return value;
    if (!this.#ends.has(value)) {
      this.#checkDepth(hops);
      const target = this.#target(value, reference, hops);
      this.#ends.set(value, this.#follow(target, hops + 1));
    }
    return this.#ends.get(value);
  }

  /**
   * A promise never gives a promise, but in a reply it can give itself: React's encoder, which sends
   * what a server function returns of its arguments, then never ends, and nothing else runs any more.
   */
  #refusePromise(row: number): void {
    const given = this.#follow(this.#rows.value(row), 0);
    const isPromise = typeof given === 'string' && parseReference(given)?.tag === PROMISE;
    if (isPromise) throw refuse('malformed-body', 'a promise gives a promise.');
  }

  #addRepeated(size: number): void {
    this.#repeated += size;
    const {repeatedSize} = this.#limits;
    if (this.#repeated > repeatedSize) throw exceeds('repeatedSize', repeatedSize);
  }

  #checkDepth(depth: number): void {
    if (depth > this.#limits.depth) throw exceeds('depth', this.#limits.depth);
  }
}
