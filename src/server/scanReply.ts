import {LimitExceededError, MalformedBodyError} from './errors.ts';
import type {DecodingLimits} from './limits.ts';
import type {ReplyRows} from './replyRows.ts';

/**
 * Reads an encoded reply without decoding it, before React does.
 *
 * React decodes rows lazily, some of them only when the server function awaits a promise among its
 * arguments. What a body refers to, and whether it is complete, must be known before anything is
 * loaded or called, so every row is looked at here. The grammar is that of `processReply` in
 * react-server-dom-webpack 19.3.1; what its `encodeReply` never writes is refused.
 *
 * @returns the ids of all server functions that the reply refers to
 * @throws {MalformedBodyError}
 * @throws {LimitExceededError}
 */
export function scanReply(rows: ReplyRows, limits: DecodingLimits): Set<string> {
  const functions = new Set<number>();
  for (const value of rows.allValues()) scanValue(value, 0, {rows, limits, functions});
  const ids = new Set<string>();
  for (const row of functions) {
    ids.add(functionId(row, rows));
    checkBound(row, rows, limits);
  }
  return ids;
}

/**
 * The id of the server function that row 0 of a form's description names.
 *
 * @throws {MalformedBodyError}
 */
export function describedFunction(rows: ReplyRows): string {
  return functionId(0, rows);
}

/**
 * Checks the bound arguments of the server function that a row describes.
 *
 * @throws {MalformedBodyError}
 * @throws {LimitExceededError}
 */
export function checkBound(row: number, rows: ReplyRows, limits: DecodingLimits): void {
  const {bound} = Object(rows.value(row)) as {bound?: unknown};
  if (bound === null || bound === undefined) return;
  if (typeof bound !== 'string' || !bound.startsWith('$@')) throw invalidFunction();
  const values = rows.value(rowNumber(bound.slice(2)));
  if (!Array.isArray(values)) throw invalidFunction();
  if (values.length > limits.boundArguments) {
    throw new LimitExceededError('boundArguments', limits.boundArguments);
  }
}

interface Scan {
  rows: ReplyRows;
  limits: DecodingLimits;
  /** Rows that describe server functions. */
  functions: Set<number>;
}

function scanValue(value: unknown, depth: number, scan: Scan): void {
  if (typeof value === 'string') {
    if (value[0] === '$') scanReference(value, scan);
  } else if (typeof value === 'object' && value !== null) {
    const {limits} = scan;
    if (depth >= limits.depth) throw new LimitExceededError('depth', limits.depth);
    for (const child of Array.isArray(value) ? value : Object.values(value)) {
      scanValue(child, depth + 1, scan);
    }
  }
}

/** `$$text`, `$T`, `$Infinity`, `$-0`, `$NaN`, `$undefined`, `$D<date>`, `$n<digits>`. */
const WITHOUT_ROW = '$TI-NuDn';
/** Streams and iterables; their pieces are rows of their own. */
const STREAMS = 'RrXx';
/** A FormData, which has no row and, when it is empty, no entries either. */
const FORM_DATA = 'K';
/** Promise, server function, Map, Set, iterator, bytes of every type, Blob. */
const WITH_ROW = '@hQWiAOoUSsLlGgMmVB';

/** `$3` and `$3:path` as well: what row 3 says, or something in it. Numbers are hexadecimal. */
function scanReference(value: string, {rows, functions}: Scan): void {
  const tag = value[1] ?? '';
  if (tag !== '' && WITHOUT_ROW.includes(tag)) return;
  if (tag !== '' && STREAMS.includes(tag)) {
    if (!rows.isClosed(rowNumber(value.slice(2)))) {
      throw new MalformedBodyError('a stream never ends.');
    }
    return;
  }
  const isTagged = tag !== '' && (WITH_ROW + FORM_DATA).includes(tag);
  const row = rowNumber(isTagged ? value.slice(2) : value.slice(1).split(':', 1)[0]!);
  if (tag !== FORM_DATA && !rows.has(row)) {
    throw new MalformedBodyError('it refers to a row that it does not have.');
  }
  if (tag === 'h') functions.add(row);
}

function rowNumber(digits: string): number {
  if (!/^[0-9a-f]{1,8}$/.test(digits)) throw new MalformedBodyError('it has an invalid reference.');
  return Number.parseInt(digits, 16);
}

/** The id in `{"id": "src/actions.js#save", "bound": null | "$@4"}`. */
function functionId(row: number, rows: ReplyRows): string {
  const {id} = Object(rows.value(row)) as {id?: unknown};
  if (typeof id !== 'string' || (id[0] === '$' && id[1] !== '$')) throw invalidFunction();
  return id[0] === '$' ? id.slice(1) : id;
}

function invalidFunction(): MalformedBodyError {
  return new MalformedBodyError('it describes a server function wrongly.');
}
