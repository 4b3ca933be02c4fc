import type {NamedFunction} from './passedFunctions.ts';
import {refuseEndlessBinding} from './boundRows.ts';
import {containFailures} from './byteRows.ts';
import {exceeds, refuse, type RequestError} from '../refusals.ts';
import type {DecodingLimits} from '../request/limits.ts';
import {
  BLOB,
  BYTES,
  BYTE_STREAM,
  FORM_DATA,
  parseReference,
  PROMISE,
  refersToRow,
  rowNumber,
  SERVER_FUNCTION,
  STREAMS,
  TEMPORARY,
  VALUE_STREAM,
  type Reference,
} from './replyReferences.ts';
import {measureRepetition} from './repetition.ts';
import type {ReplyRows} from './replyRows.ts';
import {checkStreams, emptyByteStreams} from './streamRows.ts';

/** What an encoded reply refers to. */
export interface ReplyScan {
  /** All server functions that it names. */
  functions: NamedFunction[];
  /** Streams of bytes that have none. */
  emptyStreams: number[];
}

/**
 * Reads an encoded reply without decoding it, before React does.
 *
 * React decodes rows lazily, some of them only when the server function awaits a promise among its
 * arguments. What a body refers to, and whether it is complete, must be known before anything is
 * loaded or called, so every row is looked at here. The grammar is that of `processReply` in
 * react-server-dom-webpack 19.3.1; what its `encodeReply` never writes is refused.
 *
 * @throws {RequestError} `malformed-body`
 * @throws {RequestError} `limit-exceeded`
 */
export function scanReply(rows: ReplyRows, limits: DecodingLimits): ReplyScan {
  const scan: Scan = {
    rows,
    limits,
    functions: new Set(),
    streams: new Set(),
    byteStreams: new Set(),
    bytes: new Map(),
    blobs: new Set(),
    maybeFunctions: new Map(),
    references: new Map(),
    temporaryReferences: 0,
    temporarySize: 0,
  };
  for (const value of rows.allValues()) scanValue(value, 1, scan);
  if (scan.references.size > 0) measureRepetition(rows, scan.references, limits);
  const functions = [...scan.functions].map((row) => {
    checkBound(row, rows, limits);
    return {id: functionId(row, rows), firstBound: firstBound(row, rows)};
  });
  if (scan.functions.size > 0) refuseEndlessBinding(scan.functions, rows);
  checkStreams(scan.streams, rows);
  containFailures(scan.bytes, scan.blobs, rows);
  return {functions, emptyStreams: emptyByteStreams(scan.byteStreams, rows)};
}

/**
 * The id of the server function that row 0 of a form's description names.
 *
 * @throws {RequestError} `malformed-body`
 */
export function describedFunction(rows: ReplyRows): string {
  return functionId(0, rows);
}

/**
 * Checks the bound arguments of the server function that a row describes.
 *
 * @throws {RequestError} `malformed-body`
 * @throws {RequestError} `limit-exceeded`
 */
export function checkBound(row: number, rows: ReplyRows, limits: DecodingLimits): void {
  const {bound} = Object(rows.value(row)) as {bound?: unknown};
  if (bound === null) return;
  if (typeof bound !== 'string' || !bound.startsWith(`$${PROMISE}`)) throw invalidFunction();
  const values = rows.value(rowNumber(bound.slice(2)));
  if (!Array.isArray(values)) throw invalidFunction();
  if (values.length > limits.boundArguments) {
    throw exceeds('boundArguments', limits.boundArguments);
  }
}

/**
 * The text that the server function of a row is bound to first, which may come by a promise, as React
 * sends what was bound late.
 *
 * @returns `undefined` when there is none, or it is no text
 */
function firstBound(row: number, rows: ReplyRows): string | undefined {
  const {bound} = Object(rows.value(row)) as {bound?: unknown};
  const values = typeof bound === 'string' ? rows.value(rowNumber(bound.slice(2))) : undefined;
  const first: unknown = Array.isArray(values) ? values[0] : undefined;
  const reference = typeof first === 'string' ? parseReference(first) : undefined;
  const value = reference?.tag === PROMISE ? rows.value(reference.row) : first;
  return typeof value === 'string' && value[0] !== '$' ? value : undefined;
}

interface Scan {
  rows: ReplyRows;
  limits: DecodingLimits;
  /** Rows that describe server functions. */
  functions: Set<number>;
  /** Streams of values that are no iterables, whose pieces wait for themselves. */
  streams: Set<number>;
  byteStreams: Set<number>;
  /** Files that are read as bytes, and the tags that say as which. */
  bytes: Map<number, string>;
  /** Files that are passed as they are. */
  blobs: Set<number>;
  /** By the text of a reference, whether it may stand for a function where one would be called by itself. */
  maybeFunctions: Map<string, boolean>;
  /** What refers to a row, by its text. */
  references: Map<string, Reference>;
  /** How often there is what the client could not send. */
  temporaryReferences: number;
  /** Characters of the paths by which the client will know it. */
  temporarySize: number;
}

/**
 * Its depth is bounded by the counter of the rows.
 *
 * @param path characters of the path that leads to the value, about
 */
function scanValue(value: unknown, path: number, scan: Scan): void {
  if (typeof value === 'string') {
    if (value[0] === '$') scanText(value, path, scan);
  } else if (Array.isArray(value)) {
    for (const child of value) scanValue(child, path + 2, scan);
  } else if (typeof value === 'object' && value !== null) {
    const members = value as Record<string, unknown>;
    for (const key of Object.keys(members)) {
      if (CALLED_BY_THEMSELVES.has(key)) refuseFunction(members[key], scan);
      scanValue(members[key], path + 1 + key.length, scan);
    }
  }
}

/** Methods that the language calls: `JSON.stringify(value)`, `${value}` and `await value` do. */
const CALLED_BY_THEMSELVES = new Set(['toJSON', 'toString', 'valueOf', 'then']);

/** A server function there would be called by code that only logs an argument, or returns it. */
function refuseFunction(value: unknown, {rows, maybeFunctions}: Scan): void {
  if (typeof value !== 'string' || value[0] !== '$') return;
  let found = maybeFunctions.get(value);
  if (found === undefined) maybeFunctions.set(value, (found = mayBeFunction(value, rows, 0)));
  if (!found) return;
  throw refuse('malformed-body', 'it has a function where one would be called by itself.');
}

/** Objects in one another that lead from a reference to what it stands for; more are not followed. */
const MAX_HOPS = 10;

function mayBeFunction(value: unknown, rows: ReplyRows, hops: number): boolean {
  const reference = typeof value === 'string' ? parseReference(value) : undefined;
  if (reference?.tag !== '') return reference?.tag === SERVER_FUNCTION;
  if (hops > MAX_HOPS) return true;
  let target = rows.value(reference.row);
  for (const name of reference.path) {
    // Another reference on the way.
    if (typeof target === 'string' && target[0] === '$') return true;
    if (typeof target !== 'object' || target === null || !Object.hasOwn(target, name)) return false;
    target = (target as Record<string, unknown>)[name];
  }
  return mayBeFunction(target, rows, hops + 1);
}

function scanText(text: string, path: number, scan: Scan): void {
  if (text[1] === TEMPORARY) addTemporary(path, scan);
  if (!refersToRow(text)) return;
  let reference = scan.references.get(text);
  if (!reference) {
    refuseLongPath(text, scan.limits);
    reference = parseReference(text)!;
    scan.references.set(text, reference);
  }
  scanReference(reference, scan);
}

/** A path leads through objects that stand inside one another. */
function refuseLongPath(text: string, {depth}: DecodingLimits): void {
  let steps = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    if (++steps > depth) throw exceeds('depth', depth);
  }
}

function scanReference({tag, row}: Reference, scan: Scan): void {
  const {rows} = scan;
  if (tag !== '' && STREAMS.includes(tag)) {
    if (!rows.isClosed(row)) throw refuse('malformed-body', 'a stream never ends.');
    if (tag === BYTE_STREAM) scan.byteStreams.add(row);
    if (tag === VALUE_STREAM) scan.streams.add(row);
    return;
  }
  if (tag !== FORM_DATA && !rows.has(row)) {
    throw refuse('malformed-body', 'it refers to a row that it does not have.');
  }
  if (tag === SERVER_FUNCTION) scan.functions.add(row);
  if (tag === BLOB) scan.blobs.add(row);
  if (tag !== '' && BYTES.includes(tag)) addBytes(row, tag, scan);
}

/** React reads a file once. */
function addBytes(row: number, tag: string, {bytes}: Scan): void {
  if (bytes.has(row)) throw refuse('malformed-body', 'it refers to the same bytes twice.');
  bytes.set(row, tag);
}

/** Each goes back to the client as its whole path. */
function addTemporary(path: number, scan: Scan): void {
  const {repeatedSize, temporaryReferences} = scan.limits;
  if ((scan.temporarySize += path) > repeatedSize) throw exceeds('repeatedSize', repeatedSize);
  if (++scan.temporaryReferences > temporaryReferences) {
    throw exceeds('temporaryReferences', temporaryReferences);
  }
}

/** The id in `{"id": "src/actions.js#save", "bound": null | "$@4"}`. */
function functionId(row: number, rows: ReplyRows): string {
  const {id} = Object(rows.value(row)) as {id?: unknown};
  if (typeof id !== 'string' || (id[0] === '$' && id[1] !== '$')) throw invalidFunction();
  return id[0] === '$' ? id.slice(1) : id;
}

function invalidFunction(): RequestError {
  return refuse('malformed-body', 'it describes a server function wrongly.');
}
