/**
 * Writes the `mappings` of a source map (https://tc39.es/ecma426/) with one source.
 *
 * Text that is copied from the source gets a segment at each start of a word and at each other
 * character but a space, so that every token has one. That is most of the work of compiling a module,
 * so bytes are written straight into a buffer: in copied text a segment differs from the one before it
 * by the same few columns on both sides, mostly two letters that stand in a table.
 */
export class MappingWriter {
  readonly #source: string;
  readonly #lineStarts: number[];
  #buffer: Uint8Array;
  #length = 0;
  /** Column of the output. */
  #column = 0;
  #isLineEmpty = true;
  // What the previous segment said: mappings are differences.
  #lastColumn = 0;
  #lastLine = 0;
  #lastSourceColumn = 0;

  constructor(source: string) {
    this.#source = source;
    this.#lineStarts = lineStarts(source);
    this.#buffer = scratch;
  }

  /** Notes text of the compiler, which stands for the place `at` in the source, or for none. */
  generated(text: string, at?: number): void {
    this.#reserve(32);
    if (at === undefined) this.#startSegment();
    else this.#segment(at);
    let lineEnd = text.indexOf('\n');
    if (lineEnd === -1) {
      this.#column += text.length;
      return;
    }
    let lastEnd = lineEnd;
    for (; lineEnd !== -1; lineEnd = text.indexOf('\n', lineEnd + 1)) {
      this.#newLine();
      lastEnd = lineEnd;
    }
    this.#column = text.length - lastEnd - 1;
  }

  /** Notes a part of the source. */
  copied(from: number, to: number): void {
    let start = from;
    while (start < to) {
      const newLine = this.#source.indexOf('\n', start);
      const end = newLine === -1 || newLine >= to ? to : newLine;
      if (end > start) this.#copiedLine(start, end);
      if (end === to) return;
      this.#newLine();
      start = end + 1;
    }
  }

  toString(): string {
    scratch = this.#buffer;
    return decoder.decode(scratch.subarray(0, this.#length));
  }

  #copiedLine(from: number, to: number): void {
    this.#reserve((to - from) * 5 + 64);
    this.#segment(from);
    const source = this.#source;
    const buffer = this.#buffer;
    let length = this.#length;
    let last = from;
    let wasWord = isWordCharacter(source.charCodeAt(from));
    for (let i = from + 1; i < to; i++) {
      const char = source.charCodeAt(i);
      const isWord = isWordCharacter(char);
      if (isWord ? !wasWord : char !== SPACE) {
        const step = i - last;
        last = i;
        buffer[length++] = COMMA;
        if (step < 16) {
          const digit = DIGITS[step << 1]!;
          buffer[length++] = digit;
          buffer[length++] = ZERO;
          buffer[length++] = ZERO;
          buffer[length++] = digit;
        } else {
          length = writeVlq(buffer, length, step);
          buffer[length++] = ZERO;
          buffer[length++] = ZERO;
          length = writeVlq(buffer, length, step);
        }
      }
      wasWord = isWord;
    }
    this.#length = length;
    this.#lastColumn += last - from;
    this.#lastSourceColumn += last - from;
    this.#column += to - from;
  }

  #segment(position: number): void {
    const line = lineOf(this.#lineStarts, position);
    const sourceColumn = position - this.#lineStarts[line]!;
    this.#startSegment();
    this.#number(0);
    this.#number(line - this.#lastLine);
    this.#number(sourceColumn - this.#lastSourceColumn);
    this.#lastLine = line;
    this.#lastSourceColumn = sourceColumn;
  }

  #startSegment(): void {
    if (!this.#isLineEmpty) this.#buffer[this.#length++] = COMMA;
    this.#isLineEmpty = false;
    this.#number(this.#column - this.#lastColumn);
    this.#lastColumn = this.#column;
  }

  #number(value: number): void {
    this.#length = writeVlq(this.#buffer, this.#length, value);
  }

  #newLine(): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = SEMICOLON;
    this.#column = this.#lastColumn = 0;
    this.#isLineEmpty = true;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = new Uint8Array((this.#length + bytes) * 2);
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}

/** One buffer for all modules, since none is written while another is: to get one costs as much as to fill it. */
let scratch: Uint8Array = new Uint8Array(64 * 1024);
const decoder = new TextDecoder();

const SPACE = 32;
const COMMA = 44;
const SEMICOLON = 59;
const DIGITS = new TextEncoder().encode(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
);
const ZERO = DIGITS[0]!;

/** Characters of names and numbers, by their code. */
const WORD_CHARACTERS = Uint8Array.from({length: 128}, (_, code) =>
  /[\w$]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function isWordCharacter(code: number): boolean {
  return code > 127 || WORD_CHARACTERS[code] === 1;
}

/** Writes a number as Base64 VLQ, and gives the length of the buffer's content after it. */
function writeVlq(buffer: Uint8Array, start: number, value: number): number {
  let length = start;
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  do {
    const digit = rest & 31;
    rest >>>= 5;
    buffer[length++] = DIGITS[rest > 0 ? digit | 32 : digit]!;
  } while (rest > 0);
  return length;
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let i = source.indexOf('\n'); i !== -1; i = source.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

function lineOf(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
