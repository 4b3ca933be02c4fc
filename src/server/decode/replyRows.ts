import {refuse} from '../refusals.ts';
import type {ValueCounter} from './valueCounter.ts';

/** What a stream sends, and whether it ends. */
interface Stream {
  pieces: string[];
  closed: boolean;
}

/**
 * The rows of an encoded reply, by the names that React gives them: `3`, a value; `S3`, a piece of
 * stream 3; `_3_name`, an entry of FormData 3. Each is parsed once, however often it is referred to.
 */
export class ReplyRows {
  readonly #texts = new Map<number, string>();
  readonly #values = new Map<number, unknown>();
  readonly #files = new Map<number, Blob>();
  readonly #streams = new Map<number, Stream>();
  readonly #pieces = new Map<number, unknown[]>();
  readonly #formSizes = new Map<number, number>();
  readonly #counter: ValueCounter;

  /**
   * @param counter of all rows of the body
   * @throws {RequestError} `malformed-body` for fields that are not part of a reply
   */
  constructor(fields: Iterable<[string, FormDataEntryValue]>, counter: ValueCounter) {
    this.#counter = counter;
    for (const [name, value] of fields) this.#add(name, value);
  }

  /** Whether there is a value, or a file, of this number. */
  has(row: number): boolean {
    return this.#texts.has(row) || this.#files.has(row);
  }

  /** Whether the stream of this number has been sent to its end. */
  isClosed(stream: number): boolean {
    return this.#streams.get(stream)?.closed ?? false;
  }

  /**
   * What the JSON of a row says; `undefined` when there is no such row, or it is a file.
   *
   * @throws {RequestError} `malformed-body`
   */
  value(row: number): unknown {
    const text = this.#texts.get(row);
    if (text === undefined) return undefined;
    if (!this.#values.has(row)) this.#values.set(row, this.#parse(text));
    return this.#values.get(row);
  }

  file(row: number): Blob | undefined {
    return this.#files.get(row);
  }

  /** Characters and bytes of what a FormData holds. */
  formSize(form: number): number {
    return this.#formSizes.get(form) ?? 0;
  }

  /**
   * What a stream sends.
   *
   * @throws {RequestError} `malformed-body`, `limit-exceeded`
   */
  pieces(stream: number): unknown[] {
    let pieces = this.#pieces.get(stream);
    if (!pieces) {
      pieces = (this.#streams.get(stream)?.pieces ?? []).map((piece) => this.#parse(piece));
      this.#pieces.set(stream, pieces);
    }
    return pieces;
  }

  /**
   * Everything that the rows and the streams say.
   *
   * @throws {RequestError} `malformed-body`
   */
  *allValues(): Iterable<unknown> {
    for (const row of this.#texts.keys()) yield this.value(row);
    for (const stream of this.#streams.keys()) yield* this.pieces(stream);
  }

  #parse(text: string): unknown {
    this.#counter.add(text);
    return parseJson(text);
  }

  #add(name: string, value: FormDataEntryValue): void {
    const entry = /^_(0|[1-9]\d*)_/.exec(name);
    const stream = /^S(0|[1-9]\d*)$/.exec(name);
    if (entry) {
      this.#addSize(Number(entry[1]), name.length + sizeOf(value));
    } else if (stream && typeof value === 'string') {
      this.#addPiece(Number(stream[1]), value);
    } else if (!/^(0|[1-9]\d*)$/.test(name)) {
      throw refuse('malformed-body', 'it has a field that is not part of a reply.');
    } else {
      this.#addRow(Number(name), value);
    }
  }

  #addSize(form: number, size: number): void {
    this.#formSizes.set(form, this.formSize(form) + size);
  }

  #addRow(row: number, value: FormDataEntryValue): void {
    if (this.has(row)) throw refuse('malformed-body', 'it has a field twice.');
    if (typeof value === 'string') this.#texts.set(row, value);
    else this.#files.set(row, value);
  }

  #addPiece(number: number, piece: string): void {
    const stream = this.#streams.get(number) ?? {pieces: [], closed: false};
    if (stream.closed) throw refuse('malformed-body', 'a stream goes on after its end.');
    this.#streams.set(number, stream);
    stream.closed = piece.startsWith('C');
    if (!stream.closed) stream.pieces.push(piece);
    else if (piece.length > 1) stream.pieces.push(piece.slice(1));
  }
}

function sizeOf(value: FormDataEntryValue): number {
  return typeof value === 'string' ? value.length : value.size;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refuse('malformed-body', 'a row of it is not JSON.', {cause});
  }
}
