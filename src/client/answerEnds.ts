import {COMPLETE_ROW, TIMEOUT_ROW} from '../references/protocol.ts';

const COLON = 0x3a;
const LONGEST_ID = 8;
const LONGEST_END = Math.max(COMPLETE_ROW.length, TIMEOUT_ROW.length);

/** Looks at the two ends of an answer while its bytes pass: whether it begins as Flight does, and how it ends. */
export class AnswerEnds {
  #idLength = 0;
  #hasId = false;
  #tail = '';

  /** @returns whether what has passed may be a Flight stream: an id in hexadecimal digits and a colon */
  pass(bytes: Uint8Array): boolean {
    this.#keepTail(bytes);
    return this.#hasId || this.#passId(bytes);
  }

  /** How the answer ended, going by its last row; `undefined` when that row is missing. */
  get end(): 'complete' | 'timeout' | undefined {
    if (this.#tail.endsWith(COMPLETE_ROW)) return 'complete';
    return this.#tail.endsWith(TIMEOUT_ROW) ? 'timeout' : undefined;
  }

  #passId(bytes: Uint8Array): boolean {
    for (const byte of bytes) {
      if (byte === COLON) return (this.#hasId = true);
      if (!isHexDigit(byte) || ++this.#idLength > LONGEST_ID) return false;
    }
    return true;
  }

  #keepTail(bytes: Uint8Array): void {
    const added = String.fromCharCode(...bytes.subarray(-LONGEST_END));
    this.#tail = (this.#tail + added).slice(-LONGEST_END);
  }
}

/** React writes ids in lower case. */
function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66);
}
