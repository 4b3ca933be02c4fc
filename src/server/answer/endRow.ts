import {COMPLETE_ROW, TIMEOUT_ROW} from '../../references/protocol.ts';
import type {Bytes} from '../request/bytes.ts';
import type {CallLifetime} from '../scope/lifetime.ts';

/** Gives the last row of an answer: how it ended. */
export type EndRow = (lifetime: CallLifetime) => Bytes;

const encoder = new TextEncoder();
const COMPLETE = encoder.encode(COMPLETE_ROW);
const TIMEOUT = encoder.encode(TIMEOUT_ROW);

export const endRow: EndRow = ({timeoutError}) => (timeoutError ? TIMEOUT : COMPLETE);

/**
 * Whether what React writes is left out: after the deadline it writes an error for each of what it stops,
 * of which production builds say nothing but a digest. The last row tells the client of the deadline.
 */
export function hidesErrors(row: EndRow | undefined, {timeoutError}: CallLifetime): boolean {
  return row !== undefined && timeoutError !== undefined;
}
