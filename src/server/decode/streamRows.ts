import {findWaits, Waits} from './boundRows.ts';
import {refuse, type RequestError} from '../refusals.ts';
import {
  BIG_INT,
  BYTES,
  FORM_DATA,
  parseReference,
  PROMISE,
  TEMPORARY,
  UINT8_ARRAY,
} from './replyReferences.ts';
import type {ReplyRows} from './replyRows.ts';
import {someText} from './someText.ts';

/*
 * React opens a stream for what the body sends of it, and hands it out at once. What it has to wait for
 * comes later: bytes, and server functions with bound arguments. Two things then go wrong. When the
 * stream has been cancelled, this throws where nothing catches it, and the process ends; see byteRows.ts.
 * And when a piece that came later cannot be decoded, no error is reported, and the reader waits for ever.
 */

/**
 * Refuses streams of values with pieces that can fail later.
 *
 * @throws {RequestError} `malformed-body`
 */
export function checkStreams(streams: Iterable<number>, rows: ReplyRows): void {
  const late = new LateRows(rows);
  for (const stream of streams) {
    const pieces = rows.pieces(stream);
    const {parts, bound} = findWaits(pieces, rows);
    if (bound.length > 0 || parts.some((row) => late.has(row))) throw lateValue();
    if (findBytes(pieces) && findUncertain(pieces)) throw lateValue();
  }
}

/**
 * The streams of bytes that have none. `encodeReply` writes an empty piece for them, which no stream of
 * bytes takes.
 *
 * @throws {RequestError} `malformed-body` for a stream of bytes that is anything but one file
 */
export function emptyByteStreams(streams: Iterable<number>, rows: ReplyRows): number[] {
  return [...streams].filter((stream) => {
    const pieces = rows.pieces(stream);
    const [file] = pieces.map((piece) => bytesOf(piece, rows));
    if (pieces.length > 1 || (pieces.length === 1 && !file)) {
      throw refuse('malformed-body', 'a stream of bytes holds something else.');
    }
    return file?.size === 0;
  });
}

function lateValue(): RequestError {
  return refuse(
    'malformed-body',
    'a stream holds bound server functions, or bytes together with something that stands elsewhere as well. Pass functions as arguments, and copies of what is shared.',
  );
}

/** Rows that are complete only when bytes are read, or bound arguments are. */
class LateRows {
  readonly #rows: ReplyRows;
  readonly #waits: Waits;
  readonly #checked = new Set<number>();

  constructor(rows: ReplyRows) {
    this.#rows = rows;
    this.#waits = new Waits(rows);
  }

  /** Rows that were found not to be late are not looked at again; one that is ends everything. */
  has(start: number): boolean {
    const pending = [start];
    while (pending.length > 0) {
      const row = pending.pop()!;
      if (this.#checked.has(row)) continue;
      this.#checked.add(row);
      if (this.#waits.ofFunctions(row).length > 0 || findBytes(this.#rows.value(row))) return true;
      pending.push(...this.#waits.of(row));
    }
    return false;
  }
}

function findBytes(root: unknown): boolean {
  return someText(root, (text) => BYTES.includes(parseReference(text)?.tag || ' '));
}

/** What React may be unable to decode: references, but for those that cannot fail, and bad numbers. */
function findUncertain(root: unknown): boolean {
  return someText(root, (text) => {
    if (text[1] === TEMPORARY) return true;
    if (text[1] === BIG_INT) return !/^-?\d{1,299}$/.test(text.slice(2));
    const tag = parseReference(text)?.tag;
    return tag !== undefined && (tag === '' || !(BYTES + PROMISE + FORM_DATA).includes(tag));
  });
}

function bytesOf(piece: unknown, rows: ReplyRows): Blob | undefined {
  const reference = typeof piece === 'string' ? parseReference(piece) : undefined;
  return reference?.tag === UINT8_ARRAY ? rows.file(reference.row) : undefined;
}
