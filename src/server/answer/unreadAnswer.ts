import {ignore} from '../platform/ignore.ts';
import {concatenate, type Bytes} from '../request/bytes.ts';
import {clientGone} from '../request/incoming.ts';
import type {CallLifetime} from '../scope/lifetime.ts';
import {hidesErrors, type EndRow} from './endRow.ts';
import type {Pace} from './pace.ts';

/** Bytes; more than this is sent piece by piece, so that it is not copied. */
const MAX_WHOLE = 64 * 1024;
/** Bytes that one read gives of a long piece, or characters of a long text. */
const MAX_READ = 64 * 1024;
/** Bytes of short pieces that one read gives together. */
const MAX_GATHERED = 16 * 1024;
/** Bytes that React allocates for short rows, however few it then has. */
const BLOCK = 4096;

const encoder = new TextEncoder();

type Controller = ReadableStreamDefaultController<Bytes>;

interface Piece {
  /** A text is encoded when it is read, so that a long one is not kept twice. */
  data: string | Bytes;
  /** How much of it has been read. */
  position: number;
  /** What the rest counts for the pace. */
  weight: number;
}

/**
 * What React has written of an answer and its client has not read yet. The call ends with it: when all
 * of it has been written, or when it is not read any more.
 */
export class UnreadAnswer {
  readonly #lifetime: CallLifetime;
  readonly #pace: Pace;
  readonly #endRow: EndRow | undefined;
  readonly #pieces: Piece[] = [];
  /** Index of the first piece that has not been read. */
  #first = 0;
  #size = 0;
  /** The bytes of the last piece while there is room for more in them. */
  #block: Bytes | undefined;
  #end: {error?: unknown} | undefined;
  /** Resolves once it holds what is there at once. */
  ready: Promise<void> | undefined;
  #isCancelled = false;
  #onReady: () => void = ignore;
  /** Called when the client reads no further. */
  onCancel: (reason: unknown) => void = ignore;

  constructor(lifetime: CallLifetime, pace: Pace, endRow: EndRow | undefined) {
    this.#lifetime = lifetime;
    this.#pace = pace;
    this.#endRow = endRow;
  }

  /** Bytes, and characters of texts, that have been written so far. */
  get size(): number {
    return this.#size;
  }

  /** Adds to it. The caller calls {@link flush} in the end. */
  write(data: string | Bytes): void {
    if (this.#end || data.length === 0 || hidesErrors(this.#endRow, this.#lifetime)) return;
    this.#keep(data);
  }

  #keep(data: string | Bytes): void {
    const weight = this.#pace.written(data.length);
    this.#size += data.length;
    if (typeof data === 'string' || !this.#gather(data, weight)) this.#add(data, weight);
  }

  /** Tells the reader that waits what is there. */
  flush(): void {
    if (this.#isEmpty && !this.#end) return;
    const onReady = this.#onReady;
    this.#onReady = ignore;
    onReady();
  }

  /** Everything has been written. */
  end(): void {
    if (!this.#end && this.#endRow) this.#keep(this.#endRow(this.#lifetime));
    this.#close({});
  }

  fail(error: unknown): void {
    this.#close({error});
  }

  /** All of it, where it is complete and small. */
  whole(): Bytes | undefined {
    const isComplete = this.#end !== undefined && !('error' in this.#end);
    return isComplete && this.#size <= MAX_WHOLE ? this.#takeAll() : undefined;
  }

  stream(): ReadableStream<Bytes> {
    this.begin();
    return new ReadableStream(
      {
        pull: (controller) => this.#pull(controller),
        cancel: (reason: unknown) => this.cancel(reason),
      },
      {highWaterMark: 0},
    );
  }

  /** It is read piece by piece from now on. */
  begin(): void {
    if (!this.#end) this.#lifetime.goOn();
  }

  /**
   * Takes what is there.
   *
   * @param onReady called once there is something, if there is nothing now
   * @returns nothing while there is nothing
   * @throws what the answer has failed with, when all before it has been read
   */
  read(onReady: () => void): Bytes | 'end' | undefined {
    if (!this.#isEmpty) return compact(this.#take());
    if (!this.#end) {
      this.#onReady = onReady;
      return undefined;
    }
    if ('error' in this.#end) throw this.#end.error;
    return 'end';
  }

  /** The client reads no further. */
  cancel(reason: unknown): void {
    this.#isCancelled = true;
    this.#onReady = ignore;
    this.#end ??= {};
    this.#clear();
    // Not finished before, as those that wait for the end of the call listen to it.
    this.#lifetime.abort(reason ?? clientGone());
    this.onCancel(reason);
  }

  #pull(controller: Controller): Promise<void> | undefined {
    if (this.#give(controller)) return undefined;
    return new Promise((resolve) => {
      this.#onReady = () => {
        this.#give(controller);
        resolve();
      };
    });
  }

  /** @returns whether there was anything to give */
  #give(controller: Controller): boolean {
    if (this.#isEmpty && !this.#end) return false;
    if (!this.#isEmpty) controller.enqueue(compact(this.#take()));
    // Some runtimes cancel while they are given a piece that has no reader any more.
    if (this.#isCancelled || !this.#isEmpty || !this.#end) return true;
    if ('error' in this.#end) controller.error(this.#end.error);
    else controller.close();
    return true;
  }

  #close(end: {error?: unknown}): void {
    if (this.#end) return;
    this.#end = end;
    this.#lifetime.finish();
    this.flush();
  }

  get #isEmpty(): boolean {
    return this.#first >= this.#pieces.length;
  }

  #add(data: string | Bytes, weight: number): void {
    this.#pieces.push({data, position: 0, weight});
    this.#block = undefined;
  }

  /**
   * Puts a short piece behind another one, in the same block, where they wait: React allocates a block
   * for each.
   *
   * @returns whether it did
   */
  #gather(data: Bytes, weight: number): boolean {
    if (this.#isEmpty || data.byteLength * 2 > BLOCK) return false;
    const last = this.#pieces.at(-1)!;
    const used = this.#block ? (last.data as Bytes).byteLength : 0;
    if (this.#block && used + data.byteLength <= BLOCK) {
      this.#block.set(data, used);
      last.data = this.#block.subarray(0, used + data.byteLength);
      last.weight += weight;
      return true;
    }
    const block = new Uint8Array(BLOCK);
    block.set(data);
    this.#add(block.subarray(0, data.byteLength), weight);
    this.#block = block;
    return true;
  }

  /** What one read gives: a part of a long piece, or short ones together. */
  #take(): Bytes {
    const parts = [this.#takePart(MAX_READ)];
    let size = parts[0]!.byteLength;
    while (!this.#isEmpty && size + this.#pieces[this.#first]!.data.length <= MAX_GATHERED) {
      const part = this.#takePart(MAX_READ);
      parts.push(part);
      size += part.byteLength;
    }
    if (this.#isEmpty) this.#clear();
    return concatenate(parts, size);
  }

  #takeAll(): Bytes {
    const parts: Bytes[] = [];
    let size = 0;
    while (!this.#isEmpty) {
      const part = this.#takePart(Infinity);
      parts.push(part);
      size += part.byteLength;
    }
    return concatenate(parts, size);
  }

  #clear(): void {
    this.#pieces.length = this.#first = 0;
    this.#block = undefined;
  }

  #takePart(limit: number): Bytes {
    const piece = this.#pieces[this.#first]!;
    const {data, position} = piece;
    const end = partEnd(data, position, limit);
    const isRead = end === data.length;
    if (isRead) {
      // Its memory can be used again, while those behind it wait.
      this.#pieces[this.#first++] = READ;
    } else {
      piece.position = end;
    }
    const weight = isRead ? piece.weight : Math.min(piece.weight, end - position);
    piece.weight -= weight;
    this.#pace.read(weight);
    return typeof data === 'string'
      ? encoder.encode(data.slice(position, end))
      : data.subarray(position, end);
  }
}

/** A few bytes must not keep the block alive that they are in: the server may have to hold many such. */
function compact(bytes: Bytes): Bytes {
  const isWasteful = bytes.byteLength * 2 < bytes.buffer.byteLength && bytes.byteLength < BLOCK;
  return isWasteful ? bytes.slice() : bytes;
}

const READ: Piece = {data: '', position: 0, weight: 0};

/** Never between the two halves of a character. */
function partEnd(data: string | Bytes, start: number, limit: number): number {
  const end = start + limit;
  if (end >= data.length) return data.length;
  if (typeof data !== 'string' || !isLeadSurrogate(data.charCodeAt(end - 1))) return end;
  return end - 1 > start ? end - 1 : end + 1;
}

function isLeadSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
