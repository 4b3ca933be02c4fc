import type {Bytes} from './bytes.ts';
import {dropAnnounced, KeptBytes, wholeBody, type BodyLimits} from './readBody.ts';
import type {BodyEnd} from './receiveBody.ts';

/** Characters of the head of a part; React's fields have shorter ones. */
const LONGEST_HEAD = 16_384;

/**
 * The multipart body of a request that may be the app's own, and must then reach the app unread. So a
 * copy of it is read, and only as far as it takes to see one of React's fields.
 */
export class FormBody {
  readonly #original: Request;
  readonly #limits: BodyLimits;
  readonly #reader: ReadableStreamDefaultReader<Bytes> | undefined;
  readonly #kept: KeptBytes;
  readonly #expired: Promise<'expired'>;
  #isOurs = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @throws TypeError when the body has been read */
  constructor(request: Request, limits: BodyLimits) {
    this.#original = request;
    this.#limits = limits;
    this.#reader = request.clone().body?.getReader();
    // One of two copies: this reaches the source only when both are cancelled.
    this.#kept = new KeptBytes(limits.maxBodySize, () => {
      if (this.#isOurs) this.#dropOriginal();
    });
    this.#expired = new Promise((resolve) => {
      this.#timer = setTimeout(() => resolve('expired'), limits.bodyTimeout);
    });
  }

  /**
   * Whether a field of React's is in the first `maxBodySize` bytes. When not, the body is left to the
   * app, whatever its size.
   */
  async hasActionField(contentType: string): Promise<boolean> {
    const search = new ActionFieldSearch(boundaryOf(contentType));
    while (!this.#kept.isTooLarge) {
      const piece = await this.#read();
      if (typeof piece === 'string') break;
      const found = search.add(piece);
      this.#kept.add(piece);
      if (found) return (this.#isOurs = true);
    }
    this.#leave();
    return false;
  }

  /** Whether something has read the body before, so that nothing of it can be seen. */
  get isGone(): boolean {
    return this.#kept.size === 0 && this.#announced > 0;
  }

  /**
   * The whole body.
   *
   * @throws {RequestError} `body-too-large`, `body-timeout`, `malformed-body`
   */
  async rest(): Promise<Bytes> {
    if (this.#kept.isTooLarge) this.#dropOriginal();
    dropAnnounced(this.#kept, this.#announced, this.#limits.maxBodySize);
    const end = await this.#receiveRest();
    clearTimeout(this.#timer);
    return wholeBody(this.#kept, end, this.#limits);
  }

  /** Reads no further: the request is refused. */
  refuse(): void {
    clearTimeout(this.#timer);
    this.#dropOriginal();
  }

  async #receiveRest(): Promise<BodyEnd> {
    for (;;) {
      const piece = await this.#read();
      if (typeof piece === 'string') return piece;
      if (!this.#kept.add(piece)) return 'left';
    }
  }

  /** The next piece, or how the body ended. */
  async #read(): Promise<Bytes | BodyEnd> {
    if (!this.#reader) return 'complete';
    try {
      const next = await Promise.race([this.#reader.read(), this.#expired]);
      if (next === 'expired') return next;
      return next.done ? 'complete' : next.value;
    } catch {
      return 'broken';
    }
  }

  get #announced(): number {
    return Number(this.#original.headers.get('content-length') ?? 0);
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#reader?.cancel().catch(ignore);
  }

  #dropOriginal(): void {
    this.#original.body?.cancel().catch(ignore);
  }
}

/** Looks for `$ACTION_REF_…` and `$ACTION_ID_…` among the names of fields, not in what they hold. */
class ActionFieldSearch {
  readonly #mark: string;
  readonly #decoder = new TextDecoder('latin1');
  #text = '';

  constructor(boundary: string) {
    this.#mark = `--${boundary}`;
  }

  /** @returns whether a field has been found */
  add(piece: Bytes): boolean {
    this.#text += this.#decoder.decode(piece);
    let position = 0;
    for (;;) {
      const start = this.#text.indexOf(this.#mark, position);
      const end = start < 0 ? -1 : this.#text.indexOf('\r\n\r\n', start);
      if (end < 0) {
        // A mark, or a head, may go on in the next piece.
        const open = start < 0 ? this.#text.length - this.#mark.length : start;
        this.#text = this.#text.slice(Math.max(open, this.#text.length - LONGEST_HEAD, 0));
        return false;
      }
      const head = this.#text.slice(start, Math.min(end, start + LONGEST_HEAD));
      if (/name="\$ACTION_(?:REF|ID)_/.test(head)) return true;
      position = end;
    }
  }
}

function boundaryOf(contentType: string): string {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  return quoted ?? plain ?? '';
}

function ignore(): void {}
