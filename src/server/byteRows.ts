import {MalformedBodyError} from './errors.ts';
import {BYTES, parseReference} from './replyReferences.ts';
import type {ReplyRows} from './replyRows.ts';

/**
 * Makes the files that React reads as bytes harmless. React hands the bytes on inside of
 * `file.arrayBuffer().then(...)`, and looks no further: when the stream that they go to was cancelled
 * in the meantime, this throws where nobody catches it, and the process ends.
 *
 * @param bytes rows of files that are read as typed arrays, and in streams of bytes
 * @param blobs rows of files that are passed as they are, which must stay as they are
 * @throws {MalformedBodyError} for a file that is both, which `encodeReply` never writes
 */
export function containFailures(
  bytes: Iterable<number>,
  blobs: ReadonlySet<number>,
  rows: ReplyRows,
): void {
  for (const row of bytes) {
    if (blobs.has(row)) throw new MalformedBodyError('it refers to a file in two ways.');
    const file = rows.file(row);
    if (file) Object.defineProperty(file, 'arrayBuffer', {value: () => containedBytes(file)});
  }
}

/** What React uses of a promise. */
function containedBytes(file: Blob): Pick<Promise<ArrayBuffer>, 'then'> {
  const bytes = Blob.prototype.arrayBuffer.call(file);
  const then = (...listeners: Parameters<typeof bytes.then>) =>
    bytes.then(...listeners).catch(ignore);
  return {then} as Pick<Promise<ArrayBuffer>, 'then'>;
}

/**
 * The streams of bytes that have none. `encodeReply` writes an empty piece for them, at which React
 * throws where nobody catches it, and the process ends.
 *
 * @throws {MalformedBodyError} for a stream of bytes that is anything but one file
 */
export function emptyByteStreams(streams: Iterable<number>, rows: ReplyRows): number[] {
  return [...streams].filter((stream) => {
    const pieces = rows.pieces(stream);
    const [file] = pieces.map((piece) => bytesOf(piece, rows));
    if (pieces.length > 1 || (pieces.length === 1 && !file)) {
      throw new MalformedBodyError('a stream of bytes holds something else.');
    }
    return file?.size === 0;
  });
}

function bytesOf(piece: unknown, rows: ReplyRows): Blob | undefined {
  const reference = typeof piece === 'string' ? parseReference(piece) : undefined;
  return reference && BYTES.includes(reference.tag) ? rows.file(reference.row) : undefined;
}

function ignore(): void {}
