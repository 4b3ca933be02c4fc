import {sep} from 'node:path';
import {mayHaveDirective} from '../transform/directiveText.ts';
import type {Diagnostic} from '../transform/types.ts';

/** A string in the place of a statement: the bundles in packages often speak of directives. */
const STATEMENT = /(?:^|[;{}\n]|\*\/)\s*(["'])use (?:server|client)\1\s*(?:[;}\n]|$)/;

/** The cheap question asked of every module: can there be a directive in it, or a misspelt one? */
export function mayHoldDirective(text: string, filename: string): boolean {
  return mayHaveDirective(text) && (!isInPackages(filename) || STATEMENT.test(text));
}

export function isInPackages(filename: string): boolean {
  return filename.includes(`${sep}node_modules${sep}`);
}

/**
 * Bundlers of libraries leave the `"use client"` of inner modules in the middle of a file, where it
 * has no effect. The author of an application cannot mend that, so in a package it is no error.
 *
 * @returns the text with blanks in their place, or `null` when there are none
 */
export function withoutMisplacedDirectives(
  text: string,
  diagnostics: readonly Diagnostic[],
): string | null {
  const misplaced = diagnostics.filter(({code}) => code === 'misplaced-directive');
  if (misplaced.length === 0) return null;
  const lines = text.split('\n');
  for (const {loc} of misplaced) {
    const line = lines[loc.start.line - 1];
    if (line === undefined || loc.end.line !== loc.start.line) continue;
    const {column: from} = loc.start;
    const {column: to} = loc.end;
    lines[loc.start.line - 1] = line.slice(0, from) + ';'.padEnd(to - from) + line.slice(to);
  }
  return lines.join('\n');
}
