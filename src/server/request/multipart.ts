import {exceeds, refuse} from '../refusals.ts';
import type {Bytes} from './bytes.ts';
import type {DecodingLimits} from './limits.ts';
import {trimEnds} from './trimEnds.ts';

/*
 * What a browser writes for a FormData: https://html.spec.whatwg.org/#multipart-form-data, read as
 * https://andreubotella.github.io/multipart-form-data/ says, but for three things that change data or cost time:
 *
 * - a byte order mark at the start of a text or a name stays, as it was there in the browser;
 * - bytes that are not UTF-8 are refused, not replaced;
 * - limits are checked before anything is made of a part.
 *
 * Line ends of texts are always CR LF here, and a quotation mark of a name may have been `%22` in the
 * browser: which one it was is lost on the way.
 */

/** Bytes of the header lines of one part. */
const LONGEST_HEAD = 16_384;

const CR = 0x0d;
const LF = 0x0a;
const DASH = 0x2d;

/** Neither changes a text nor guesses what it was. */
const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/** The bytes of files, which a Blob gives late and slowly. */
const fileBytes = new WeakMap<Blob, Bytes>();

/** What the header lines of a part say. */
interface Head {
  name: string;
  /** Of a file. */
  fileName: string | undefined;
  type: string;
  isBase64: boolean;
}

/**
 * The fields of a multipart body.
 *
 * @throws {RequestError} `malformed-body` when it is not what its `Content-Type` says
 * @throws {RequestError} `limit-exceeded`
 */
export function parseMultipart(
  bytes: Bytes,
  contentType: string,
  limits: DecodingLimits,
): FormData {
  const form = new FormData();
  let count = 0;
  for (const [start, end] of partsOf(bytes, delimiterOf(contentType))) {
    if (++count > limits.parts) throw exceeds('parts', limits.parts);
    const bodyStart = endOfHead(bytes, start, end);
    const head = parseHead(decode(bytes.subarray(start, bodyStart - 4)));
    if (head.name.length > limits.fieldNameLength) {
      throw exceeds('fieldNameLength', limits.fieldNameLength);
    }
    const body = bytes.subarray(bodyStart, end);
    form.append(head.name, valueOf(head, head.isBase64 ? fromBase64(body) : body) as string);
  }
  return form;
}

/**
 * The bytes of a file of {@link parseMultipart}.
 *
 * @returns a copy that belongs to the caller
 */
export function bytesOfFile(file: Blob): ArrayBuffer | undefined {
  const bytes = fileBytes.get(file);
  return bytes && new Uint8Array(bytes).buffer;
}

/** Where each part begins, after the line of its boundary, and ends. */
function* partsOf(bytes: Bytes, delimiter: Bytes): Iterable<[start: number, end: number]> {
  let position = 0;
  while (bytes[position] === CR && bytes[position + 1] === LF) position += 2;
  // The first boundary has no line before it.
  if (!startsWith(bytes, delimiter.subarray(2), position)) throw malformed();
  position += delimiter.length - 2;
  while (!isEnd(bytes, position)) {
    if (bytes[position] !== CR || bytes[position + 1] !== LF) throw malformed();
    const end = indexOf(bytes, delimiter, position + 2);
    if (end < 0) throw malformed();
    yield [position + 2, end];
    position = end + delimiter.length;
  }
}

/** After the last boundary there are two dashes, and nothing but line ends. */
function isEnd(bytes: Bytes, position: number): boolean {
  if (bytes[position] !== DASH || bytes[position + 1] !== DASH) return false;
  let rest = position + 2;
  while (bytes[rest] === CR && bytes[rest + 1] === LF) rest += 2;
  if (rest < bytes.length) throw malformed();
  return true;
}

/**
 * Where a delimiter stands. It begins with CR and holds no other one, so that the search never has to
 * go back.
 */
function indexOf(bytes: Bytes, delimiter: Bytes, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] !== CR) continue;
    let matched = 1;
    while (matched < delimiter.length && bytes[at + matched] === delimiter[matched]) matched++;
    if (matched === delimiter.length) return at;
    at += matched - 1;
  }
  return -1;
}

function startsWith(bytes: Bytes, text: Bytes, position: number): boolean {
  return text.every((byte, index) => bytes[position + index] === byte);
}

/** Where the body of a part begins, after the empty line. */
function endOfHead(bytes: Bytes, start: number, end: number): number {
  const last = Math.min(end, start + LONGEST_HEAD);
  for (let at = start; at + 3 < last; at++) {
    if (bytes[at] !== CR) continue;
    if (bytes[at + 1] === LF && bytes[at + 2] === CR && bytes[at + 3] === LF) return at + 4;
  }
  throw malformed();
}

function parseHead(text: string): Head {
  const lines = new Map(text.split('\r\n').map(parseLine));
  const disposition = lines.get('content-disposition') ?? '';
  const [, name, fileName] =
    /^form-data; name="([^"\r\n]*)"(?:; filename="([^"\r\n]*)")?$/.exec(disposition) ?? [];
  if (name === undefined) throw malformed();
  return {
    name: unescape(name),
    fileName: fileName === undefined ? undefined : unescape(fileName),
    type: lines.get('content-type') ?? 'text/plain',
    isBase64: isBase64(lines.get('content-transfer-encoding')),
  };
}

/** Name and value of a header line, without the spaces and tabs around them. */
function parseLine(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  const name = trimEnds(line.slice(0, Math.max(colon, 0)), ' \t');
  const value = trimEnds(line.slice(colon + 1), ' \t');
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[\r\n]/.test(value)) throw malformed();
  return [name.toLowerCase(), value];
}

/** Browsers send every part as it is; some other clients do not. */
function isBase64(encoding = 'binary'): boolean {
  if (/^(?:7bit|8bit|binary)$/i.test(encoding)) return false;
  if (/^base64$/i.test(encoding)) return true;
  throw refuse('malformed-body', 'a part of it has an unknown Content-Transfer-Encoding.');
}

function fromBase64(body: Bytes): Bytes {
  try {
    const text = atob(decode(body));
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
    return bytes;
  } catch (cause) {
    throw refuse('malformed-body', 'a part of it is not base64.', {cause});
  }
}

/** https://html.spec.whatwg.org/#escape-a-multipart-form-data-name writes these three, and in capitals. */
function unescape(name: string): string {
  return name.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%22', '"');
}

function valueOf({fileName, type}: Head, body: Bytes): string | File {
  // Files inside a part of their own (RFC 7578, 4.3), which would pass for a text.
  if (fileName === undefined && /^multipart\//i.test(type)) throw malformed();
  if (fileName === undefined) return decode(body);
  const file = new File([body], fileName, {type});
  // A copy: an app that keeps a small file would keep the whole body with it.
  fileBytes.set(file, body.slice());
  return file;
}

function decode(bytes: Bytes): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw refuse(
      'malformed-body',
      'a field of it is not UTF-8: pages with forms need charset=utf-8.',
      {cause},
    );
  }
}

/** The boundary that a `Content-Type` names; `undefined` where there is none, or it is none. */
export function boundaryOf(contentType: string): string | undefined {
  const [, quoted, plain] =
    /;[ \t]*boundary=(?:"([^"\\]*)"|([^\s;"]*))[ \t]*(?:;|$)/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain ?? '';
  // https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
  return /^[\w'()+,./:=? -]{1,70}$/.test(boundary) ? boundary : undefined;
}

/** What ends a part: `--` and the boundary, on a new line. */
function delimiterOf(contentType: string): Bytes {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) throw malformed();
  return new TextEncoder().encode(`\r\n--${boundary}`);
}

function malformed() {
  return refuse('malformed-body', 'it is not valid multipart/form-data.');
}
