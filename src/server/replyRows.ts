import {MalformedBodyError} from './errors.ts';

/**
 * The rows of an encoded reply, by the names that React gives them: `3`, a value; `S3`, a piece of
 * stream 3; `_3_name`, an entry of FormData 3. Each is parsed once, however often it is referred to.
 */
export class ReplyRows {
  readonly #texts = new Map<number, string>();
  readonly #values = new Map<number, unknown>();
  readonly #files = new Set<number>();
  readonly #streamTexts: string[] = [];
  readonly #closedStreams = new Set<number>();

  /** @throws {MalformedBodyError} for fields that are not part of a reply */
  constructor(fields: Iterable<[string, FormDataEntryValue]>) {
    for (const [name, value] of fields) this.#add(name, value);
  }

  /** Whether there is a value, or a file, of this number. */
  has(row: number): boolean {
    return this.#texts.has(row) || this.#files.has(row);
  }

  /** Whether the stream of this number has been sent to its end. */
  isClosed(stream: number): boolean {
    return this.#closedStreams.has(stream);
  }

  /**
   * What the JSON of a row says; `undefined` when there is no such row, or it is a file.
   *
   * @throws {MalformedBodyError}
   */
  value(row: number): unknown {
    const text = this.#texts.get(row);
    if (text === undefined) return undefined;
    if (!this.#values.has(row)) this.#values.set(row, parseJson(text));
    return this.#values.get(row);
  }

  /**
   * Everything that the rows and the streams say.
   *
   * @throws {MalformedBodyError}
   */
  *allValues(): Iterable<unknown> {
    for (const row of this.#texts.keys()) yield this.value(row);
    for (const text of this.#streamTexts) yield parseJson(text);
  }

  #add(name: string, value: FormDataEntryValue): void {
    if (/^_(0|[1-9]\d*)_/.test(name)) return;
    const stream = /^S(0|[1-9]\d*)$/.exec(name);
    if (stream && typeof value === 'string') {
      this.#addPiece(Number(stream[1]), value);
    } else if (!/^(0|[1-9]\d*)$/.test(name)) {
      throw new MalformedBodyError('it has a field that is not part of a reply.');
    } else {
      this.#addRow(Number(name), value);
    }
  }

  #addRow(row: number, value: FormDataEntryValue): void {
    if (this.has(row)) throw new MalformedBodyError('it has a field twice.');
    if (typeof value === 'string') this.#texts.set(row, value);
    else this.#files.add(row);
  }

  #addPiece(stream: number, piece: string): void {
    if (this.#closedStreams.has(stream)) {
      throw new MalformedBodyError('a stream goes on after its end.');
    }
    if (!piece.startsWith('C')) {
      this.#streamTexts.push(piece);
      return;
    }
    this.#closedStreams.add(stream);
    if (piece.length > 1) this.#streamTexts.push(piece.slice(1));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MalformedBodyError('a row of it is not JSON.', {cause});
  }
}
