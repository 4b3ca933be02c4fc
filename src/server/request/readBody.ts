import {ignore} from '../platform/ignore.ts';
import {concatenate, type Bytes} from './bytes.ts';
import {CLOSE, refuse, type RequestError} from '../refusals.ts';
import type {Incoming} from './incoming.ts';
import {receiveBody, type BodyEnd} from './receiveBody.ts';

export interface BodyLimits {
  /** Bytes. */
  maxBodySize: number;
  /** Milliseconds for the whole body. */
  bodyTimeout: number;
}

/** How many times the size that is allowed is received of a body that is larger. */
const RECEIVED = 16;

/** What `fetch` sends with a text. */
const TEXT = 'text/plain;charset=UTF-8';

export type BodyKind = 'text' | 'multipart';

/**
 * What the `Content-Type` of a call says that its body is.
 *
 * @throws {RequestError} `unsupported-media-type` for everything that `encodeReply` and React's forms never send
 */
export function bodyKind(incoming: Incoming): BodyKind {
  const sent = incoming.header('content-type') ?? '';
  if (sent === TEXT) return 'text';
  const [type, ...parameters] = sent.split(';').map((part) => part.trim().toLowerCase());
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
 * @throws {RequestError} `body-too-large` by `Content-Length`, or by the bytes counted
 * @throws {RequestError} `body-timeout`
 * @throws {RequestError} `malformed-body` when the connection ends first
 * @throws TypeError when something else has read it
 */
export function readBody(incoming: Incoming, limits: BodyLimits): Promise<Bytes> {
  const {maxBodySize, bodyTimeout} = limits;
  const isParsed = incoming.parsedBody !== undefined;
  if (incoming.isBodyUsed && !isParsed) {
    throw incoming.leaveReason() === undefined ? alreadyRead() : endedEarly();
  }
  const announced = isParsed ? 0 : Number(incoming.header('content-length') ?? 0);
  const kept = new KeptBytes(maxBodySize, ignore);
  dropAnnounced(kept, announced, maxBodySize);
  return new Promise((resolve, reject) => {
    const onEnd = (end: BodyEnd) => {
      try {
        resolve(receivedBody(kept, end, limits, announced));
      } catch (error) {
        reject(error);
      }
    };
    receiveBody(incoming, bodyTimeout, (piece) => kept.add(piece), onEnd);
  });
}

function receivedBody(kept: KeptBytes, end: BodyEnd, limits: BodyLimits, announced: number): Bytes {
  const bytes = wholeBody(kept, end, limits);
  // No client can do this: a server waits until what was announced has come.
  if (bytes.length === 0 && announced > 0) throw alreadyRead();
  return bytes;
}

/**
 * Keeps nothing of a body that will be too large.
 *
 * @param announced the `Content-Length`
 * @throws {RequestError} `body-too-large` for one that is too large to be received
 */
export function dropAnnounced(kept: KeptBytes, announced: number, maxBodySize: number): void {
  if (announced > maxBodySize) kept.drop();
  if (announced > maxBodySize * RECEIVED) throw tooLarge(maxBodySize, 'left');
}

/**
 * What has been received, once nothing more comes.
 *
 * @throws {RequestError} `body-too-large`, `body-timeout`, `malformed-body`
 */
export function wholeBody(
  kept: KeptBytes,
  end: BodyEnd,
  {maxBodySize, bodyTimeout}: BodyLimits,
): Bytes {
  if (kept.isTooLarge) {
    const isReceived = end === 'complete' || end === 'broken';
    throw tooLarge(maxBodySize, isReceived ? 'received' : 'left');
  }
  if (kept.isScattered) {
    throw refuse('malformed-body', 'it comes in too many pieces.', {headers: CLOSE});
  }
  if (end === 'expired') {
    throw refuse('body-timeout', `it was not complete after ${bodyTimeout} ms ("bodyTimeout").`);
  }
  if (end === 'broken') throw endedEarly();
  return kept.bytes();
}

function endedEarly(): RequestError {
  return refuse('malformed-body', 'it ended early.');
}

/** A fault of the server's set-up, not of the request. */
function alreadyRead(): TypeError {
  return new TypeError(
    'The body of a call was read before the handler saw the request, by a body parser such as express.json(), or by code that called request.text() or request.formData(). Let the handler answer first, or keep the parser away from its endpoint.',
  );
}

/** @param rest whether the rest of the body was received, so that the connection can be used again */
function tooLarge(limit: number, rest: 'received' | 'left'): RequestError {
  const detail = `it is larger than ${limit} bytes ("maxBodySize").`;
  return refuse('body-too-large', detail, rest === 'left' ? {headers: CLOSE} : {});
}

/** A body may come in so many pieces of any size; each takes about a kilobyte of memory. */
const FREE_PIECES = 5000;
/** Bytes that the pieces of one that comes in more must have on average: those of a network have more. */
const AVERAGE_PIECE = 128;

/** What is received of a body: nothing any more once it is larger than the limit. */
export class KeptBytes {
  readonly #limit: number;
  readonly #onTooLarge: () => void;
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #count = 0;
  #size = 0;
  isTooLarge = false;

  /** Whether it comes in pieces that take more memory than what is in them. */
  get isScattered(): boolean {
    return this.#count > FREE_PIECES && this.#size < this.#count * AVERAGE_PIECE;
  }

  /** Bytes that have come. */
  get size(): number {
    return this.#size;
  }

  constructor(limit: number, onTooLarge: () => void) {
    this.#limit = limit;
    this.#onTooLarge = onTooLarge;
  }

  /** @returns whether more is to be received */
  add(piece: Uint8Array<ArrayBuffer>): boolean {
    this.#size += piece.byteLength;
    this.#count++;
    if (this.#size > this.#limit && !this.isTooLarge) this.drop();
    if (!this.isTooLarge) this.#pieces.push(piece);
    return this.#size <= this.#limit * RECEIVED && !this.isScattered;
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

const utf8 = new TextDecoder('utf-8', {fatal: true});

/**
 * The text of a `text/plain` body.
 *
 * @throws {RequestError} `malformed-body` when it is not UTF-8
 */
export function parseText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw refuse('malformed-body', 'it is not UTF-8.', {cause});
  }
}

function isUtf8Charset(parameter: string): boolean {
  return !parameter.startsWith('charset=') || /^charset="?utf-?8"?$/.test(parameter);
}
