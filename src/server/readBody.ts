import {
  BodyTimeoutError,
  BodyTooLargeError,
  MalformedBodyError,
  UnsupportedMediaTypeError,
} from './errors.ts';

export interface BodyLimits {
  /** Bytes. */
  maxBodySize: number;
  /** Milliseconds for the whole body. */
  bodyTimeout: number;
}

/** How many times the size that is allowed is received of a body that is larger. */
const RECEIVED = 16;

const EXPIRED = Symbol('expired');

interface Deadline {
  passed: boolean;
  expired: Promise<typeof EXPIRED>;
  stop(): void;
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

export type BodyKind = 'text' | 'multipart';

/**
 * What the `Content-Type` of a call says that its body is.
 *
 * @throws {UnsupportedMediaTypeError} for everything that `encodeReply` and React's forms never send
 */
export function bodyKind(headers: Headers): BodyKind {
  const [type, ...parameters] = (headers.get('content-type') ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  if (type === 'multipart/form-data' && parameters.some((part) => part.startsWith('boundary='))) {
    return 'multipart';
  }
  if (type === 'text/plain' && parameters.every(isUtf8Charset)) return 'text';
  throw new UnsupportedMediaTypeError();
}

/**
 * The whole body, but not more of it, and not for longer, than the limits allow.
 *
 * A body that is too large is received all the same, to a bound, and thrown away: browsers read the
 * answer only once they have sent everything. It is never cancelled. On what `Readable.toWeb()` makes of
 * a request of Node, the next data after that is an uncaught exception, which ends the process.
 *
 * @param onTooLarge called before the rest is received
 * @throws {BodyTooLargeError} by `Content-Length`, or by the bytes counted
 * @throws {BodyTimeoutError}
 * @throws {MalformedBodyError} when the connection ends first
 */
export async function readBody(
  request: Request,
  {maxBodySize, bodyTimeout}: BodyLimits,
  onTooLarge: () => void = ignore,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  const received = maxBodySize * RECEIVED;
  if (announced > received) {
    onTooLarge();
    throw new BodyTooLargeError(maxBodySize, 'left');
  }
  if (!request.body) return new Uint8Array();

  const reader = request.body.getReader();
  const deadline = startDeadline(bodyTimeout);
  try {
    if (announced <= maxBodySize) {
      const bytes = await Promise.race([readAll(reader, maxBodySize, deadline), deadline.expired]);
      if (bytes === EXPIRED) throw new BodyTimeoutError(bodyTimeout);
      if (bytes) return bytes;
    }
    onTooLarge();
    const ended = await Promise.race([endsWithin(reader, received, deadline), deadline.expired]);
    throw new BodyTooLargeError(maxBodySize, ended === true ? 'received' : 'left');
  } finally {
    deadline.stop();
  }
}

/**
 * The text of a `text/plain` body.
 *
 * @throws {MalformedBodyError} when it is not UTF-8
 */
export function parseText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch (cause) {
    throw new MalformedBodyError('it is not UTF-8.', {cause});
  }
}

/**
 * The fields of a multipart body. Parsed by the platform: React's own busboy decoder can be made to
 * crash the process by a part in base64.
 *
 * @throws {MalformedBodyError} when it is not what its `Content-Type` says
 */
export async function parseMultipart(
  bytes: Uint8Array<ArrayBuffer>,
  headers: Headers,
): Promise<FormData> {
  try {
    const contentType = headers.get('content-type')!;
    return await new Response(bytes, {headers: {'content-type': contentType}}).formData();
  } catch (cause) {
    throw new MalformedBodyError('it is not valid multipart/form-data.', {cause});
  }
}

/** Nothing when it is larger than the limit. */
async function readAll(
  reader: Reader,
  limit: number,
  deadline: Deadline,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (!deadline.passed) {
    const {done, value} = await readChunk(reader);
    if (done) return concatenate(chunks, size);
    size += value.byteLength;
    if (size > limit) return undefined;
    chunks.push(value);
  }
  return undefined;
}

/** Throws the rest away, and says whether that was all. */
async function endsWithin(reader: Reader, limit: number, deadline: Deadline): Promise<boolean> {
  let size = 0;
  while (!deadline.passed && size <= limit) {
    const {done, value} = await reader.read().catch(noMore);
    if (done) return true;
    size += value.byteLength;
  }
  return false;
}

/** The connection has ended. */
const noMore = () => ({done: true, value: undefined}) as const;

async function readChunk(reader: Reader) {
  try {
    return await reader.read();
  } catch (cause) {
    throw new MalformedBodyError('it ended early.', {cause});
  }
}

function concatenate(chunks: Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let position = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, position);
    position += chunk.byteLength;
  }
  return bytes;
}

function startDeadline(timeout: number): Deadline {
  let timer: NodeJS.Timeout;
  const deadline = {passed: false, stop: () => clearTimeout(timer)};
  const expired = new Promise<typeof EXPIRED>((resolve) => {
    timer = setTimeout(() => {
      deadline.passed = true;
      resolve(EXPIRED);
    }, timeout);
  });
  return Object.assign(deadline, {expired});
}

function isUtf8Charset(parameter: string): boolean {
  return !parameter.startsWith('charset=') || /^charset="?utf-?8"?$/.test(parameter);
}

function ignore(): void {}
