import {mayHaveDirective as mayHaveDirectiveText} from '../transform/directiveText.ts';

/** File names that may hold JavaScript or TypeScript, and so a directive. */
export const SOURCE_FILE = /\.[cm]?[jt]sx?$/i;

const TEXTS = ['use server', 'use client'] as const;
const QUOTES = new Set(['"', "'", '`']);
const NEWLINES = new Set(['\n', '\r', '\u2028', '\u2029']);
/** What may stand before a statement on its line: comments end with a slash. */
const STATEMENT_STARTS = new Set(['{', '}', ';', ':', ')', '>', '/']);

/**
 * Whether a file's bytes may hold a directive. Most hold no such text and cost no more than the
 * search. Those that only speak of directives, as React's own bundles do in their messages, are told
 * apart by what stands around the words, so that they need not be parsed.
 */
export function mayHaveDirective(content: Buffer | string): boolean {
  const mentioned = TEXTS.filter((text) => content.includes(text));
  // What a misspelt directive should have been is told by the compiler.
  if (mentioned.length === 0) return mayHaveMisspeltDirective(content);
  const source = content.toString();
  return mentioned.some((text) => hasStatementOf(source, text));
}

/** Bytes as characters are enough to see it, and cheap to make. */
function mayHaveMisspeltDirective(content: Buffer | string): boolean {
  return mayHaveDirectiveText(typeof content === 'string' ? content : content.toString('latin1'));
}

/** The text of a file, without a byte order mark. */
export function decodeText(content: Buffer | string): string {
  const text = content.toString();
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function hasStatementOf(source: string, text: string): boolean {
  for (let at = source.indexOf(text); at !== -1; at = source.indexOf(text, at + 1)) {
    const quote = source[at - 1];
    if (!quote || !QUOTES.has(quote) || source[at + text.length] !== quote) continue;
    if (mayStartStatement(source, at - 2)) return true;
  }
  return false;
}

/** Whether a statement can begin behind `position`. Parentheses around it count as part of it. */
function mayStartStatement(source: string, position: number): boolean {
  for (let i = position; i >= 0; i--) {
    const char = source[i]!;
    if (NEWLINES.has(char) || STATEMENT_STARTS.has(char)) return true;
    if (char !== '(' && char.trim() !== '') return false;
  }
  return true;
}
