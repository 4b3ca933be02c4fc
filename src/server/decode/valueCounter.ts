import {exceeds} from '../refusals.ts';
import type {DecodingLimits} from '../request/limits.ts';
import {refersToRow} from './replyReferences.ts';

const QUOTE = code('"');
const BACKSLASH = code('\\');
const COLON = code(':');
const DOLLAR = code('$');
const OPEN_ARRAY = code('[');
const CLOSE_ARRAY = code(']');
const OPEN_OBJECT = code('{');
const CLOSE_OBJECT = code('}');
const LAST_SPACE = code(' ');

/** Hashes of keys differ between processes, so that callers cannot choose keys of the same hash. */
const SEED = Math.trunc(Math.random() * 2 ** 31);
const MULTIPLIER = Math.trunc(Math.random() * 2 ** 31) | 1;

type Counted = 'objects' | 'keys' | 'references';

/**
 * Counts what the rows of one body hold, in their text. `JSON.parse` alone takes a tenth of a second for
 * a megabyte of brackets, or of objects whose keys all differ; this takes a twentieth of that, and ends
 * where a limit is exceeded.
 */
export class ValueCounter {
  readonly #limits: DecodingLimits;
  #objects = 0;
  #references = 0;
  readonly #keys = new Set<number>();

  constructor(limits: DecodingLimits) {
    this.#limits = limits;
  }

  /**
   * Counts the values of a row, with those of the rows before.
   *
   * @param json which need not be valid
   * @throws {RequestError} `limit-exceeded`
   */
  add(json: string): void {
    let depth = 0;
    for (let at = 0; at < json.length; at++) {
      const character = json.charCodeAt(at);
      if (character === QUOTE) {
        at = this.#addText(json, at + 1);
      } else if (character === OPEN_ARRAY || character === OPEN_OBJECT) {
        if (++depth > this.#limits.depth) throw exceeds('depth', this.#limits.depth);
        this.#check('objects', ++this.#objects);
      } else if (character === CLOSE_ARRAY || character === CLOSE_OBJECT) {
        depth--;
      }
    }
  }

  /** @returns where the text ends */
  #addText(json: string, start: number): number {
    let hash = SEED;
    let end = start;
    for (; end < json.length; end++) {
      const character = json.charCodeAt(end);
      if (character === QUOTE) break;
      if (character === BACKSLASH) end++;
      hash = Math.imul(hash ^ character, MULTIPLIER);
      hash ^= hash >>> 15;
    }
    if (isKey(json, end + 1)) this.#addKey(hash);
    else if (isReference(json, start)) this.#check('references', ++this.#references);
    return end;
  }

  #addKey(hash: number): void {
    this.#keys.add(hash);
    this.#check('keys', this.#keys.size);
  }

  #check(limit: Counted, count: number): void {
    if (count > this.#limits[limit]) throw exceeds(limit, this.#limits[limit]);
  }
}

function code(character: string): number {
  return character.charCodeAt(0);
}

/** Whether what follows a text makes it the name of a member. */
function isKey(json: string, after: number): boolean {
  let at = after;
  while (json.charCodeAt(at) <= LAST_SPACE) at++;
  return json.charCodeAt(at) === COLON;
}

/** Other clients than React's may escape the dollar, and the tag. */
function isReference(json: string, start: number): boolean {
  if (json.charCodeAt(start) !== DOLLAR) return json.startsWith('\\u0024', start);
  return refersToRow(json, start);
}
