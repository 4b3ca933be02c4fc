import {refuse} from '../refusals.ts';

/*
 * How the text of a reply refers to other parts of it. The grammar is that of `parseModelString` in
 * react-server-dom-webpack 19.3.1, and a test compares the tags with those of the installed one; what
 * its `encodeReply` never writes is refused.
 */

/** What the client could not send. */
export const TEMPORARY = 'T';
export const BIG_INT = 'n';
/** `$$text`, `$T`, `$Infinity`, `$-0`, `$NaN`, `$undefined`, `$D<date>`, `$n<digits>`. */
const WITHOUT_ROW = `$${TEMPORARY}I-NuD${BIG_INT}`;
/** Streams and iterables; their pieces are rows of their own. */
export const STREAMS = 'RrXx';
export const VALUE_STREAM = 'R';
export const BYTE_STREAM = 'r';
/** A FormData, which has no row and, when it is empty, no entries either. */
export const FORM_DATA = 'K';
export const SERVER_FUNCTION = 'h';
export const BLOB = 'B';
/** `ArrayBuffer`, typed arrays and `DataView`, with the bytes of an element. The row is a file. */
const ELEMENT_SIZES = {
  A: 1,
  O: 1,
  o: 1,
  U: 1,
  S: 2,
  s: 2,
  L: 4,
  l: 4,
  G: 4,
  g: 8,
  M: 8,
  m: 8,
  V: 1,
};
/** What streams of bytes consist of. */
export const UINT8_ARRAY = 'o';
export const BYTES = Object.keys(ELEMENT_SIZES).join('');
/** Map, Set, iterator: what their row says is part of them. */
const COLLECTIONS = 'QWi';

export const PROMISE = '@';

const WITH_ROW = STREAMS + FORM_DATA + SERVER_FUNCTION + PROMISE + BLOB + BYTES + COLLECTIONS;

/** Every tag of the grammar. A text without one, `$3`, refers to the value of a row. */
export const TAGS = WITHOUT_ROW + WITH_ROW;

/** What a string that begins with `$` refers to. */
export interface Reference {
  /** Says what becomes of the row; empty when it is the value itself. */
  tag: string;
  row: number;
  /** Where in the row: `['0', 'user']` of `$3:0:user`. */
  path: string[];
}

/**
 * What a string refers to; nothing for a value that it holds itself.
 *
 * @throws {RequestError} `malformed-body` for what `encodeReply` never writes
 */
export function parseReference(text: string): Reference | undefined {
  if (text[0] !== '$' || !refersToRow(text)) return undefined;
  const tag = text[1] ?? '';
  if (tag !== '' && WITH_ROW.includes(tag)) return {tag, row: rowNumber(text.slice(2)), path: []};
  const [row, ...path] = text.slice(1).split(':');
  return {tag: '', row: rowNumber(row!), path};
}

/**
 * Whether a text that begins with `$` refers to a row.
 *
 * @param start of the text, in what is not parsed yet
 */
export function refersToRow(text: string, start = 0): boolean {
  const tag = text[start + 1];
  return tag === undefined || !WITHOUT_ROW.includes(tag);
}

/** Whether a reference waits for what its row says: a promise comes at once, its value later. */
export function isPartOf({tag}: Reference): boolean {
  return tag === '' || COLLECTIONS.includes(tag);
}

/** @param tag one of {@link BYTES} */
export function elementSize(tag: string): number {
  return ELEMENT_SIZES[tag as keyof typeof ELEMENT_SIZES];
}

/**
 * Numbers of rows are hexadecimal in references.
 *
 * @throws {RequestError} `malformed-body`
 */
export function rowNumber(digits: string): number {
  if (!/^(0|[1-9a-f][0-9a-f]{0,7})$/.test(digits))
    throw refuse('malformed-body', 'it has an invalid reference.');
  return Number.parseInt(digits, 16);
}
