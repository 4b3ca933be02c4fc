import {LimitExceededError, MalformedBodyError} from './errors.ts';
import type {DecodingLimits} from './limits.ts';

/**
 * Reads an encoded reply without decoding it, before React does.
 *
 * React decodes rows lazily, some of them only when the server function awaits a promise among its
 * arguments. What a body refers to, and whether it is complete, must be known before anything is
 * loaded or called, so every row is looked at here. The grammar is that of `processReply` in
 * react-server-dom-webpack 19.3.1; what its `encodeReply` never writes is refused.
 *
 * @param fields of the body, or the one text of it as row 0
 * @param prefix of the field names: `''` in a call, `'$ACTION_1:'` in a form
 * @param limits
 * @returns the ids of all server functions that the reply refers to
 * @throws {MalformedBodyError}
 * @throws {LimitExceededError}
 */
export function scanReply(
  fields: Iterable<[string, FormDataEntryValue]>,
  prefix: string,
  limits: DecodingLimits,
): Set<string> {
  const reply = collectRows(fields, prefix);
  const found: Found = {functions: new Set(), streams: new Set()};
  for (const row of reply.rows.values()) scanJson(row, limits, found);
  for (const row of reply.streamRows) scanJson(row, limits, found);

  for (const stream of found.streams) {
    if (!reply.closedStreams.has(stream)) throw new MalformedBodyError('a stream never ends.');
  }
  const ids = new Set<string>();
  for (const row of found.functions) ids.add(functionId(row, reply.rows, limits));
  return ids;
}

/**
 * The server function that row 0 of a form's metadata names.
 *
 * @throws {MalformedBodyError}
 */
export function scanFormMetadata(
  fields: Iterable<[string, FormDataEntryValue]>,
  prefix: string,
  limits: DecodingLimits,
): string {
  return functionId(0, collectRows(fields, prefix).rows, limits);
}

interface Reply {
  /** JSON by row number. */
  rows: Map<number, string>;
  /** JSON of everything that streams and iterables give. */
  streamRows: string[];
  closedStreams: Set<number>;
}

interface Found {
  /** Rows that describe server functions. */
  functions: Set<number>;
  streams: Set<number>;
}

function collectRows(fields: Iterable<[string, FormDataEntryValue]>, prefix: string): Reply {
  const reply: Reply = {rows: new Map(), streamRows: [], closedStreams: new Set()};
  for (const [name, value] of fields) {
    if (name.startsWith(prefix)) addRow(reply, name.slice(prefix.length), value);
  }
  return reply;
}

/** Row names: `3`, a value; `S3`, a piece of stream 3; `_3_name`, an entry of FormData 3. */
function addRow(reply: Reply, name: string, value: FormDataEntryValue): void {
  if (/^_(0|[1-9]\d*)_/.test(name)) return;
  const stream = /^S(0|[1-9]\d*)$/.exec(name);
  if (stream && typeof value === 'string') {
    addStreamRow(reply, Number(stream[1]), value);
  } else if (!/^(0|[1-9]\d*)$/.test(name)) {
    throw new MalformedBodyError('it has a field that is not part of a reply.');
  } else if (typeof value === 'string') {
    const row = Number(name);
    if (reply.rows.has(row)) throw new MalformedBodyError('it has a field twice.');
    reply.rows.set(row, value);
  }
}

function addStreamRow(reply: Reply, stream: number, value: string): void {
  if (reply.closedStreams.has(stream)) {
    throw new MalformedBodyError('a stream goes on after its end.');
  }
  if (!value.startsWith('C')) {
    reply.streamRows.push(value);
    return;
  }
  reply.closedStreams.add(stream);
  if (value.length > 1) reply.streamRows.push(value.slice(1));
}

function scanJson(text: string, limits: DecodingLimits, found: Found): void {
  scanValue(parseJson(text), 0, limits, found);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MalformedBodyError('a row of it is not JSON.', {cause});
  }
}

function scanValue(value: unknown, depth: number, limits: DecodingLimits, found: Found): void {
  if (typeof value === 'string') {
    if (value[0] === '$') scanReference(value, found);
  } else if (typeof value === 'object' && value !== null) {
    if (depth >= limits.depth) throw new LimitExceededError('depth', limits.depth);
    for (const child of Array.isArray(value) ? value : Object.values(value)) {
      scanValue(child, depth + 1, limits, found);
    }
  }
}

/** `$h3`: the server function of row 3. `$R3 $r3 $X3 $x3`: stream or iterable 3. Numbers are hexadecimal. */
function scanReference(value: string, found: Found): void {
  const tag = value[1]!;
  if (tag === 'h') found.functions.add(rowNumber(value));
  else if ('RrXx'.includes(tag)) found.streams.add(rowNumber(value));
}

function rowNumber(reference: string): number {
  const digits = reference.slice(2);
  if (!/^[0-9a-f]{1,8}$/.test(digits)) throw new MalformedBodyError('it has an invalid reference.');
  return Number.parseInt(digits, 16);
}

/** The id in `{"id": "src/actions.js#save", "bound": null | "$@4"}`. */
function functionId(row: number, rows: Map<number, string>, limits: DecodingLimits): string {
  const text = rows.get(row);
  const {id, bound} = Object(text === undefined ? undefined : parseJson(text)) as {
    id?: unknown;
    bound?: unknown;
  };
  if (typeof id !== 'string' || (id[0] === '$' && id[1] !== '$')) throw invalidFunction();
  if (bound !== null && bound !== undefined) checkBound(bound, rows, limits);
  return id[0] === '$' ? id.slice(1) : id;
}

function checkBound(bound: unknown, rows: Map<number, string>, limits: DecodingLimits): void {
  if (typeof bound !== 'string' || !bound.startsWith('$@')) throw invalidFunction();
  const text = rows.get(rowNumber(bound));
  const values = text === undefined ? undefined : parseJson(text);
  if (!Array.isArray(values)) throw invalidFunction();
  if (values.length > limits.boundArguments) {
    throw new LimitExceededError('boundArguments', limits.boundArguments);
  }
}

function invalidFunction(): MalformedBodyError {
  return new MalformedBodyError('it describes a server function wrongly.');
}
