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
 * What is refused is cancelled, so that nothing more is received.
 *
 * @throws {BodyTooLargeError} by `Content-Length` before a byte is read, else by the bytes counted
 * @throws {BodyTimeoutError}
 * @throws {MalformedBodyError} when the connection ends first
 */
export async function readBody(
  request: Request,
  {maxBodySize, bodyTimeout}: BodyLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBodySize) {
    stopReceiving(request.body);
    throw new BodyTooLargeError(maxBodySize);
  }
  if (!request.body) return new Uint8Array();

  const reader = request.body.getReader();
  const deadline = startDeadline(bodyTimeout);
  try {
    return await Promise.race([readAll(reader, maxBodySize), deadline.expired]);
  } catch (error) {
    reader.cancel(error).catch(ignore);
    throw error;
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

/** Ends the transfer of a body that is refused. */
export function stopReceiving(body: ReadableStream | null): void {
  // Not awaited: of a body that was copied, both copies must be cancelled before either is.
  if (body && !body.locked) body.cancel().catch(ignore);
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const {done, value} = await readChunk(reader);
    if (done) return concatenate(chunks, size);
    size += value.byteLength;
    if (size > limit) throw new BodyTooLargeError(limit);
    chunks.push(value);
  }
}

async function readChunk(reader: ReadableStreamDefaultReader<Uint8Array>) {
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

function startDeadline(timeout: number): {expired: Promise<never>; stop: () => void} {
  let stop!: () => void;
  const expired = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new BodyTimeoutError(timeout)), timeout);
    stop = () => clearTimeout(timer);
  });
  return {expired, stop};
}

function isUtf8Charset(parameter: string): boolean {
  return !parameter.startsWith('charset=') || /^charset="?utf-?8"?$/.test(parameter);
}

function ignore(): void {}
