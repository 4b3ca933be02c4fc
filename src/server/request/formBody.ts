import {ignore} from '../platform/ignore.ts';
import type {Bytes} from './bytes.ts';
import {openBody, type BodySource} from './bodySource.ts';
import type {Incoming} from './incoming.ts';
import {dropAnnounced, KeptBytes, wholeBody, type BodyLimits} from './readBody.ts';
import type {BodyEnd} from './receiveBody.ts';

/** Characters of the head of a part; React's fields have shorter ones. */
const LONGEST_HEAD = 16_384;

/**
 * The multipart body of a request that may be the app's own, and must then reach the app unread. So it is
 * read only as far as it takes to see one of React's fields, and given back where there is none.
 */
export class FormBody {
  readonly #announced: number;
  readonly #limits: BodyLimits;
  readonly #source: BodySource;
  readonly #kept: KeptBytes;
  readonly #timer: ReturnType<typeof setTimeout>;
  #isExpired = false;
  #onExpired = ignore;
  #end: BodyEnd | undefined;

  /** @throws TypeError when the body has been read */
  constructor(incoming: Incoming, limits: BodyLimits) {
    this.#announced = Number(incoming.header('content-length') ?? 0);
    this.#limits = limits;
    this.#source = openBody(incoming);
    this.#kept = new KeptBytes(limits.maxBodySize, ignore);
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
    const search = new ActionFieldSearch(boundary);
    let isOurs = false;
    await this.#receive((piece) => {
      this.#kept.add(piece);
      isOurs = search.add(piece);
      return !isOurs && !this.#kept.isTooLarge && !this.#kept.isScattered;
    });
    if (isOurs || search.end()) return true;
    clearTimeout(this.#timer);
    this.#source.giveBack();
    return false;
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
    try {
      dropAnnounced(this.#kept, this.#announced, this.#limits.maxBodySize);
      this.#source.readToEnd();
      const end = await this.#receive((piece) => {
        const goesOn = this.#kept.add(piece);
        // What is thrown away need not be there for anything else.
        if (this.#kept.isTooLarge) this.#source.claim();
        return goesOn;
      });
      return wholeBody(this.#kept, end, this.#limits);
    } finally {
      clearTimeout(this.#timer);
      this.#source.stop();
    }
  }

  /** Reads no further: the request is refused. */
  refuse(): void {
    clearTimeout(this.#timer);
    this.#source.drop();
  }

  /**
   * Reads piece by piece, until `onPiece` wants no more.
   *
   * @returns how it ended; it never rejects
   */
  #receive(onPiece: (piece: Bytes) => boolean): Promise<BodyEnd> {
    return new Promise((resolve) => {
      const end = (how: BodyEnd) => {
        this.#onExpired = ignore;
        if (how !== 'left') this.#end = how;
        resolve(how);
      };
      const read = () => {
        if (this.#isExpired) return end('expired');
        this.#source.read((next) => {
          // The time is over, and the end has been told.
          if (this.#isExpired) return;
          if (typeof next === 'string') end(next);
          else if (onPiece(next)) read();
          else end('left');
        });
      };
      this.#onExpired = () => end('expired');
      if (this.#kept.isTooLarge) this.#source.claim();
      read();
    });
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
