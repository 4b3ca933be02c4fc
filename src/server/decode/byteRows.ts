import {ignore} from '../platform/ignore.ts';
import {refuse} from '../refusals.ts';
import {bytesOfFile} from '../request/multipart.ts';
import {elementSize} from './replyReferences.ts';
import type {ReplyRows} from './replyRows.ts';

/**
 * Checks the files that React reads as bytes, and makes them harmless. React hands the bytes on inside
 * of `file.arrayBuffer().then(...)`, and looks no further: when the stream that they go to was
 * cancelled in the meantime, this throws where nothing catches it, and the process ends.
 *
 * @param bytes rows of files that are read as typed arrays, with the tag of the array
 * @param blobs rows of files that are passed as they are, which must stay as they are
 * @throws {RequestError} `malformed-body` for what `encodeReply` never writes: a file that is both, a row that is
 *   none, bytes that are no whole number of elements
 */
export function containFailures(
  bytes: ReadonlyMap<number, string>,
  blobs: ReadonlySet<number>,
  rows: ReplyRows,
): void {
  for (const [row, tag] of bytes) {
    const file = rows.file(row);
    if (blobs.has(row)) throw refuse('malformed-body', 'it refers to a file in two ways.');
    if (!file || file.size % elementSize(tag) !== 0) {
      throw refuse('malformed-body', 'it refers to bytes that are none of their type.');
    }
    Object.defineProperty(file, 'arrayBuffer', {value: () => containedBytes(file)});
  }
}

/** What React uses of a promise. */
function containedBytes(file: Blob): Pick<Promise<ArrayBuffer>, 'then'> {
  const bytes = Promise.resolve(bytesOfFile(file) ?? Blob.prototype.arrayBuffer.call(file));
  const then = (...listeners: Parameters<typeof bytes.then>) =>
    bytes.then(...listeners).catch(ignore);
  return {then} as Pick<Promise<ArrayBuffer>, 'then'>;
}
