import type {Row} from './exchange.ts';
import {readable, signsIn} from './value.ts';

const NEW_LINE = 10;
/** Of a row whose length is said, because anything may be in it: `1:Tff,`. */
const COUNTED = /^([0-9a-f]*):([A-Zb-z])([0-9a-f]+),/;
/** `1:{…}`: a value; `1:I[…]`, `1:x`: what its letter says. */
const ROW = /^(?<id>[0-9a-f]*):(?<tag>[A-Z]|[a-z](?=[0-9a-f]+,|\n))?(?<content>.*)/s;
/** Of the row that this package adds: see `X-Action-End`. */
const END_ID = '7fffffff';

const NOTES: Record<string, string> = {
  I: 'a client component',
  E: 'an error',
  T: 'a text',
  R: 'a stream begins',
  r: 'a stream of bytes begins',
  X: 'an async iterable begins',
  x: 'an async iterator begins',
  C: 'no more values',
  H: 'a hint for the browser, what to load',
  N: "for React's developer tools",
  D: "for React's developer tools",
  W: "for React's developer tools",
};

/** Cuts an answer into the rows of React's Flight format, as its bytes arrive. */
export class RowReader {
  #rest = new Uint8Array();
  readonly #signs = new Map<string, string>();
  readonly #seen = new Set<string>();

  /** @returns the rows that are complete now */
  read(bytes: Uint8Array, at: number): Row[] {
    this.#rest = concatenate(this.#rest, bytes);
    const rows: Row[] = [];
    for (let end = this.#nextEnd(); end !== undefined; end = this.#nextEnd()) {
      const text = decode(this.#rest.subarray(0, end));
      this.#rest = this.#rest.slice(end);
      if (text.trim() !== '') rows.push(this.#describe(text, at));
    }
    return rows;
  }

  #nextEnd(): number | undefined {
    const head = COUNTED.exec(decode(this.#rest.subarray(0, 32)));
    const end = head
      ? head[0].length + Number.parseInt(head[3]!, 16)
      : this.#rest.indexOf(NEW_LINE) + 1;
    return end > 0 && end <= this.#rest.length ? end : undefined;
  }

  #describe(text: string, at: number): Row {
    const {id = '', tag = '', content = text} = ROW.exec(text)?.groups ?? {};
    const note = this.#noteOf(id, tag);
    for (const sign of signsIn(text)) this.#signs.set(sign.replace(/^\$\D?/, ''), sign);
    this.#seen.add(id);
    const value = readable(tag === 'T' ? content.replace(/^[^,]*,/, '') : content.trim());
    return {at, id, note, value};
  }

  #noteOf(id: string, tag: string): string {
    if (id === END_ID) return 'the end: nothing is missing';
    if (NOTES[tag]) return NOTES[tag];
    if (this.#seen.has(id)) return 'the next value';
    if (id === '0') return 'what the call gives';
    const sign = this.#signs.get(id);
    return sign ? `what ${sign} stands for` : 'a part';
  }
}

function concatenate(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
