import {concatenate} from './bytes.ts';
import {CLOSE, refuse, type RequestError} from '../refusals.ts';
import {receiveBody} from './receiveBody.ts';

export interface BodyLimits {
  /** Bytes. */
  maxBodySize: number;
  /** Milliseconds for the whole body. */
  bodyTimeout: number;
}

/** How many times the size that is allowed is received of a body that is larger. */
const RECEIVED = 16;

export type BodyKind = 'text' | 'multipart';

/**
 * What the `Content-Type` of a call says that its body is.
 *
 * @throws {RequestError} `unsupported-media-type` for everything that `encodeReply` and React's forms never send
 */
export function bodyKind(headers: Headers): BodyKind {
  const [type, ...parameters] = (headers.get('content-type') ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  if (type === 'multipart/form-data' && parameters.some((part) => part.startsWith('boundary='))) {
    return 'multipart';
  }
  if (type === 'text/plain' && parameters.every(isUtf8Charset)) return 'text';
  throw refuse('unsupported-media-type');
}

/**
 * The whole body, but not more of it, and not for longer, than the limits allow.
 *
 * A body that is too large is received all the same, to a bound, and thrown away: browsers read the
 * answer only once they have sent everything.
 *
 * @param onTooLarge called before the rest is received
 * @throws {RequestError} `body-too-large` by `Content-Length`, or by the bytes counted
 * @throws {RequestError} `body-timeout`
 * @throws {RequestError} `malformed-body` when the connection ends first
 */
export async function readBody(
  request: Request,
  {maxBodySize, bodyTimeout}: BodyLimits,
  onTooLarge: () => void = ignore,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  const kept = new KeptBytes(maxBodySize, onTooLarge);
  if (announced > maxBodySize) kept.drop();
  if (announced > maxBodySize * RECEIVED) throw tooLarge(maxBodySize, 'left');

  const end = await receiveBody(request, (piece) => kept.add(piece), bodyTimeout);
  if (kept.isTooLarge) {
    const isReceived = end === 'complete' || end === 'broken';
    throw tooLarge(maxBodySize, isReceived ? 'received' : 'left');
  }
  if (end === 'expired')
    throw refuse('body-timeout', `it was not complete after ${bodyTimeout} ms ("bodyTimeout").`);
  if (end === 'broken') throw refuse('malformed-body', 'it ended early.');
  return kept.bytes();
}

/** @param rest whether the rest of the body was received, so that the connection can be used again */
function tooLarge(limit: number, rest: 'received' | 'left'): RequestError {
  const detail = `it is larger than ${limit} bytes ("maxBodySize").`;
  return refuse('body-too-large', detail, rest === 'left' ? {headers: CLOSE} : {});
}

/** What is received of a body: nothing any more once it is larger than the limit. */
class KeptBytes {
  readonly #limit: number;
  readonly #onTooLarge: () => void;
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;
  isTooLarge = false;

  constructor(limit: number, onTooLarge: () => void) {
    this.#limit = limit;
    this.#onTooLarge = onTooLarge;
  }

  /** @returns whether more is to be received */
  add(piece: Uint8Array<ArrayBuffer>): boolean {
    this.#size += piece.byteLength;
    if (this.#size > this.#limit && !this.isTooLarge) this.drop();
    if (!this.isTooLarge) this.#pieces.push(piece);
    return this.#size <= this.#limit * RECEIVED;
  }

  drop(): void {
    this.isTooLarge = true;
    this.#pieces = [];
    this.#onTooLarge();
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return concatenate(this.#pieces, this.#size);
  }
}

/**
 * The text of a `text/plain` body.
 *
 * @throws {RequestError} `malformed-body` when it is not UTF-8
 */
export function parseText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch (cause) {
    throw refuse('malformed-body', 'it is not UTF-8.', {cause});
  }
}

/**
 * The fields of a multipart body. Parsed by the platform: React's own busboy decoder can be made to
 * crash the process by a part in base64.
 *
 * @throws {RequestError} `malformed-body` when it is not what its `Content-Type` says
 */
export async function parseMultipart(
  bytes: Uint8Array<ArrayBuffer>,
  headers: Headers,
): Promise<FormData> {
  try {
    const contentType = headers.get('content-type')!;
    return await new Response(bytes, {headers: {'content-type': contentType}}).formData();
  } catch (cause) {
    throw refuse('malformed-body', 'it is not valid multipart/form-data.', {cause});
  }
}

function isUtf8Charset(parameter: string): boolean {
  return !parameter.startsWith('charset=') || /^charset="?utf-?8"?$/.test(parameter);
}

function ignore(): void {}
