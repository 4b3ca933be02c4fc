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
  readonly #timer: ReturnType<typeof setTimeout>;
  #isOurs = false;
  #isExpired = false;
  #onExpired = ignore;
  #end: BodyEnd | undefined;

  /** @throws TypeError when the body has been read */
  constructor(request: Request, limits: BodyLimits) {
    this.#original = request;
    this.#limits = limits;
    this.#reader = request.clone().body?.getReader();
    // One of two copies: this reaches the source only when both are cancelled.
    this.#kept = new KeptBytes(limits.maxBodySize, () => {
      if (this.#isOurs) this.#dropOriginal();
    });
    this.#timer = setTimeout(() => {
      this.#isExpired = true;
      this.#onExpired();
    }, limits.bodyTimeout);
  }

  /**
   * Whether a field of React's is in the first `maxBodySize` bytes. When not, the body is left to the
   * app, whatever its size.
   */
  async hasActionField(boundary: string): Promise<boolean> {
    this.#isOurs = await this.#find(new ActionFieldSearch(boundary));
    if (!this.#isOurs) this.#leave();
    return this.#isOurs;
  }

  async #find(search: ActionFieldSearch): Promise<boolean> {
    while (!this.#kept.isTooLarge && !this.#kept.isScattered) {
      const piece = await this.#read();
      if (typeof piece === 'string') break;
      this.#kept.add(piece);
      if (search.add(piece)) return true;
    }
    return search.end();
  }

  /** Whether something has read the body before, so that nothing of it can be seen. */
  get isGone(): boolean {
    return this.#end === 'complete' && this.#kept.size === 0 && this.#announced > 0;
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
    const next = this.#reader ? await this.#readOf(this.#reader) : 'complete';
    if (typeof next === 'string') this.#end = next;
    return next;
  }

  /** Not `Promise.race`: a promise that lasts would keep something of each piece. */
  #readOf(reader: ReadableStreamDefaultReader<Bytes>): Promise<Bytes | BodyEnd> {
    return new Promise((resolve) => {
      if (this.#isExpired) return resolve('expired');
      this.#onExpired = () => resolve('expired');
      reader.read().then(
        ({done, value}) => resolve(done ? 'complete' : value),
        () => resolve('broken'),
      );
    });
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
  /** What may be the beginning of a head. */
  #text = '';
  /** What has come since. */
  #next = '';

  constructor(boundary: string) {
    this.#mark = `--${boundary}\r\n`;
  }

  /** @returns whether a field has been found: by the next pieces at the latest, or by {@link end} */
  add(piece: Bytes): boolean {
    this.#next += this.#decoder.decode(piece);
    // The text is read again each time, so small pieces are gathered.
    return this.#next.length * 4 >= this.#text.length && this.end();
  }

  /** @returns whether a field is in what has come so far */
  end(): boolean {
    this.#text += this.#next;
    this.#next = '';
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
      // Not `filename="$ACTION_ID_…"`.
      if (/[;\s]name="\$ACTION_(?:REF|ID)_/.test(head)) return true;
      position = end;
    }
  }
}

function ignore(): void {}
