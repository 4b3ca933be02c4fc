import {ignore} from '../platform/ignore.ts';
import {parsedBytes, type Bytes} from './bytes.ts';
import type {Incoming} from './incoming.ts';
import {hasArrived, type NodeStream} from './nodeStream.ts';

/** A body of which a part is read before it is clear who shall have it. */
export interface BodySource {
  /** Gives the next piece, or how the body ended: once, and at once where it is there. */
  read(onNext: (next: Bytes | 'complete' | 'broken') => void): void;
  /** Reads on to the very end, from where on nothing may be given back. */
  readToEnd(): void;
  /** Leaves the whole body to the app, as if nothing had been read. */
  giveBack(): void;
  /** The body will not be given back, and what has been read need not be kept for that. */
  claim(): void;
  /** Reads no further. */
  stop(): void;
  /** Nothing of it is wanted. */
  drop(): void;
}

/**
 * The body of a request, to be read without taking it from the app. On Node the stream behind the request
 * is read, and what was read is put back: parsers such as multer read that stream, and not the request.
 */
export function openBody(incoming: Incoming): BodySource {
  const {bodyStream: stream, parsedBody} = incoming;
  if (parsedBody !== undefined) return new ParsedSource(parsedBody);
  if (stream && hasArrived(stream) !== undefined) return new NodeSource(stream, Infinity);
  const size = Number(incoming.header('content-length') ?? 0);
  // The last byte stays where it is until it is clear who shall have the body.
  if (stream && size > 1) return new NodeSource(stream, size - 1);
  return new CopySource(incoming.request);
}

/** Whether something has read the body, or holds it. Looks at a web stream only where there is one already. */
export function isBodyTaken(incoming: Incoming): boolean {
  if (incoming.bodyStream || incoming.parsedBody !== undefined) return false;
  return incoming.isBodyUsed || (incoming.request.body?.locked ?? false);
}

class NodeSource implements BodySource {
  readonly #stream: NodeStream;
  #pieces: Uint8Array[] = [];
  /** Bytes that may still be read. */
  #left: number;
  /** All of it has come, and is in the stream again. */
  #isWhole = false;
  #isBroken = false;
  #isClaimed = false;
  #onChange = ignore;

  /** @param size bytes that may be read until {@link readToEnd} is called */
  constructor(stream: NodeStream, size: number) {
    this.#stream = stream;
    this.#left = size;
    stream.on('readable', this.#onReadable);
    stream.on('end', this.#onReadable);
    stream.on('error', this.#onBroken);
    stream.on('close', this.#onBroken);
  }

  read(onNext: (next: Bytes | 'complete' | 'broken') => void): void {
    const next = this.#next();
    if (next !== undefined) return onNext(next);
    this.#onChange = () => {
      this.#onChange = ignore;
      this.read(onNext);
    };
  }

  #next(): Bytes | 'complete' | 'broken' | undefined {
    if (this.#isWhole || this.#left === 0) return 'complete';
    const piece = this.#readable();
    if (piece) return piece;
    if (this.#isWhole) return 'complete';
    return this.#isBroken ? 'broken' : undefined;
  }

  readToEnd(): void {
    this.#left = Infinity;
  }

  giveBack(): void {
    this.#putBack();
    this.#stopListening();
  }

  claim(): void {
    this.#isClaimed = true;
    this.#pieces = [];
  }

  stop(): void {
    this.#stopListening();
    if (!this.#isWhole) this.#stream.pause();
  }

  /** What is not read would keep the connection from being used again. */
  drop(): void {
    this.#stopListening();
    this.#stream.resume();
  }

  /** In one turn with the reading, so that the stream does not end in between. */
  #readable(): Bytes | undefined {
    const {readableLength} = this.#stream;
    const size = readableLength > this.#left ? this.#left : undefined;
    const isOver = readableLength === 0 && hasArrived(this.#stream);
    const piece = isOver ? null : (this.#stream.read(size) as Bytes | null);
    if (piece) this.#left -= piece.byteLength;
    if (piece && !this.#isClaimed) this.#pieces.push(piece);
    if (hasArrived(this.#stream) && this.#stream.readableLength === 0) {
      this.#putBack();
      this.#isWhole = true;
      this.#stopListening();
    }
    return piece ?? undefined;
  }

  #putBack(): void {
    const [first, ...rest] = this.#pieces;
    this.#pieces = [];
    if (!first || this.#stream.readableEnded || this.#stream.destroyed) return;
    this.#stream.unshift(rest.length === 0 ? first : concatenate([first, ...rest]));
  }

  readonly #onReadable = () => this.#onChange();

  readonly #onBroken = () => {
    this.#isBroken = true;
    this.#onChange();
  };

  #stopListening(): void {
    this.#stream.off('readable', this.#onReadable);
    this.#stream.off('end', this.#onReadable);
    this.#stream.off('error', this.#onBroken);
    this.#stream.off('close', this.#onBroken);
  }
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((size, {byteLength}) => size + byteLength, 0));
  let position = 0;
  for (const piece of pieces) {
    whole.set(piece, position);
    position += piece.byteLength;
  }
  return whole;
}

/** What a body parser in front has left, where the app finds it as well. */
class ParsedSource implements BodySource {
  readonly #body: string | Uint8Array;
  #isRead = false;

  constructor(body: string | Uint8Array) {
    this.#body = body;
  }

  read(onNext: (next: Bytes | 'complete') => void): void {
    if (this.#isRead) return onNext('complete');
    this.#isRead = true;
    onNext(parsedBytes(this.#body));
  }

  readToEnd(): void {}
  giveBack(): void {}
  claim(): void {}
  stop(): void {}
  drop(): void {}
}

/** Where there are only web APIs a copy is read. */
class CopySource implements BodySource {
  readonly #original: Request;
  readonly #reader: ReadableStreamDefaultReader<Bytes> | undefined;

  /** @throws TypeError when the body has been read */
  constructor(request: Request) {
    this.#original = request;
    this.#reader = request.clone().body?.getReader();
  }

  read(onNext: (next: Bytes | 'complete' | 'broken') => void): void {
    if (!this.#reader) return onNext('complete');
    void this.#reader
      .read()
      .then(
        ({done, value}) => (done ? 'complete' : value),
        () => 'broken' as const,
      )
      .then(onNext);
  }

  readToEnd(): void {}

  giveBack(): void {
    this.#reader?.cancel().catch(ignore);
  }

  /** The other one of two copies: the source is reached only when both are cancelled. */
  claim(): void {
    this.#original.body?.cancel().catch(ignore);
  }

  stop(): void {}

  drop(): void {
    this.claim();
  }
}
