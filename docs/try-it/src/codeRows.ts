import {classHighlighter, highlightTree} from '@lezer/highlight';
import {parser} from '@lezer/javascript';
import {escapeHtml} from '../../../src/ui/html.ts';
import type {Piece} from './changes.ts';

const javascript = parser.configure({dialect: 'ts jsx'});

/** HTML of code in colours, a row for each line, with what was added and removed marked. */
export function codeRows(pieces: readonly Piece[]): string {
  const code = pieces.map(({kind, text}) => (kind === 'removed' ? '' : text)).join('');
  const colours = coloursOf(code);
  const rows = new Rows();
  let at = 0;
  for (const {kind, text} of pieces) {
    if (kind === 'removed') {
      rows.add(text, kind, null);
      continue;
    }
    for (const [part, colour] of colours.parts(at, at + text.length)) rows.add(part, kind, colour);
    at += text.length;
  }
  return rows.html();
}

interface Run {
  kind: Piece['kind'];
  html: string;
}

class Rows {
  readonly #rows: Run[][] = [[]];

  /** Text of one colour; it may have several lines. */
  add(text: string, kind: Piece['kind'], colour: string | null): void {
    for (const [i, line] of text.split('\n').entries()) {
      if (i > 0) this.#rows.push([]);
      if (line === '') continue;
      const html = colour === null ? escapeHtml(line) : spanOf(line, colour);
      const runs = this.#rows.at(-1)!;
      const last = runs.at(-1);
      if (last?.kind === kind) last.html += html;
      else runs.push({kind, html});
    }
  }

  html(): string {
    return this.#rows
      .map((runs) => `<span class="row">${runs.map(marked).join('')}\n</span>`)
      .join('');
  }
}

function spanOf(text: string, colour: string): string {
  return `<span class="${colour}">${escapeHtml(text)}</span>`;
}

const ELEMENTS = {added: 'ins', copied: 'mark', removed: 'del'};

function marked({kind, html}: Run): string {
  if (kind === 'kept' || html.trim() === '') return html;
  const [, indent = '', text] = /^(\s*)(.*)$/s.exec(html)!;
  return `${indent}<${ELEMENTS[kind]}>${text}</${ELEMENTS[kind]}>`;
}

/** The colours of code, as `classHighlighter` of the editor names them. */
function coloursOf(code: string) {
  const spans: {from: number; to: number; colour: string}[] = [];
  highlightTree(javascript.parse(code), classHighlighter, (from, to, colour) => {
    spans.push({from, to, colour});
  });
  let next = 0;
  return {
    /** Cuts a range where its colour changes. Ranges must be asked for in order. */
    *parts(from: number, to: number): Generator<[text: string, colour: string | null]> {
      let at = from;
      while (at < to) {
        while (next < spans.length && spans[next]!.to <= at) next++;
        const span = spans[next];
        const isInside = span !== undefined && span.from <= at;
        const end = Math.min(to, isInside ? span.to : (span?.from ?? to));
        yield [code.slice(at, end), isInside ? span.colour : null];
        at = end;
      }
    },
  };
}
