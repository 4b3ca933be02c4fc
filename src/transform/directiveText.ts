export type ModuleDirective = 'use server' | 'use client';

const DIRECTIVES: readonly ModuleDirective[] = ['use server', 'use client'];

/**
 * Strings and templates that look much like a directive. The closing quote is only looked at, because
 * in code without a parse it may as well be an opening one.
 */
const LIKE_DIRECTIVE =
  /["'`](?= ?(?:[uU][uUsSeE]|[sS][uU]?[eE](?:[ _-][sScC]|[sS][eE]|[cC][lL])))(?!use st)([^"'`\n]{8,22})(?=["'`])/g;

/** Other words for the same, as in "Server Actions" and "client components". */
const SYNONYMS: Readonly<Record<ModuleDirective, RegExp>> = {
  'use server': /^use[ _-](?:(?:server[ _-]?)?actions?|server[ _-]?(?:functions?|only))$/,
  'use client': /^use[ _-]client[ _-]?(?:components?|only)$/,
};

/** As many letters may be wrong, missing, too many, or changed with their neighbour. */
const MOST_TYPOS = 2;

/** Finds what `matchAll` would, which compiles the expression again each time. */
function* likeDirectives(source: string): Iterable<RegExpExecArray> {
  LIKE_DIRECTIVE.lastIndex = 0;
  for (let match; (match = LIKE_DIRECTIVE.exec(source));) yield match;
}

/**
 * Asks the cheap question of every module: can there be a directive in it, or a misspelt one? The one
 * regular expression costs as much as to search for the two directives. Code that only speaks of
 * directives, as React's own bundles do in their messages, is told apart by what stands before the
 * words, so that it need not be parsed.
 *
 * @param source text of the module
 */
export function mayHaveDirective(source: string): boolean {
  for (const match of likeDirectives(source)) {
    if (isMeant(match) && mayStartStatement(source, match.index - 1)) return true;
  }
  return false;
}

/** Asks a cheaper question, for which bytes as characters (`latin1`) are enough. */
export function mentionsDirective(source: string): boolean {
  for (const match of likeDirectives(source)) if (isMeant(match)) return true;
  return false;
}

const NEWLINES = new Set(['\n', '\r', '\u2028', '\u2029']);
/** What may stand before a statement on its line: comments end with a slash. */
const STATEMENT_STARTS = new Set(['{', '}', ';', ':', ')', '>', '/']);

/** Whether a statement can begin behind `position`. Parentheses around it count as part of it. */
function mayStartStatement(source: string, position: number): boolean {
  for (let i = position; i >= 0; i--) {
    const char = source[i]!;
    if (NEWLINES.has(char) || STATEMENT_STARTS.has(char)) return true;
    if (char !== '(' && char.trim() !== '') return false;
  }
  return true;
}

/** Finds where the quotes of directives stand, misspelt ones too. */
export function directivePositions(source: string): number[] {
  return [...likeDirectives(source)].filter(isMeant).map(({index}) => index);
}

/** Up to the first statement: no comment can match in two ways, so this takes linear time. */
const BEFORE_STATEMENTS = /^\uFEFF?(?:#!.*)?(?:\s|\/\/.*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*/;
/** With a semicolon, or where the next line cannot go on with the expression. */
const CLIENT_DIRECTIVE =
  /(["'])use client\1[ \t]*(?:;|\r?\n\s*(?=(?:import|export|const|let|var|function|async|class|type|interface)\s))/y;
const EXPORTED_VALUE =
  /^export\s+(?:const|let|var|function|async|class|default(?!\s+(?:abstract\s|interface\s)))\b/m;

/**
 * Whether the text alone says that this is a `"use client"` module and nothing else: the directive is
 * the first statement, no other text is like a directive, and there is an ES export of a value. `false`
 * for whatever needs a closer look.
 *
 * @param source text of the module
 */
export function isPlainClientModule(source: string): boolean {
  CLIENT_DIRECTIVE.lastIndex = BEFORE_STATEMENTS.exec(source)![0].length;
  return (
    CLIENT_DIRECTIVE.test(source) &&
    directivePositions(source).length === 1 &&
    EXPORTED_VALUE.test(source) &&
    !/export\s*\*/.test(source)
  );
}

const DIRECTIVE_STATEMENT = /^(["'])(use [a-z ]+)\1[ \t]*(?:;|(?=\r?\n|\/[/*]|$))/;

/**
 * Whether a module says a directive at its top, as far as the text tells it without a parse: behind nothing
 * but comments and other directives.
 */
export function startsWithDirective(source: string, directive: ModuleDirective): boolean {
  let rest = source;
  for (;;) {
    rest = rest.slice(BEFORE_STATEMENTS.exec(rest)![0].length);
    const match = DIRECTIVE_STATEMENT.exec(rest);
    if (!match) return false;
    if (match[2] === directive) return true;
    rest = rest.slice(match[0].length);
  }
}

function isMeant([, text]: RegExpExecArray): boolean {
  return meantDirective(text!) !== null;
}

/**
 * Finds the directive that a text means or most likely should mean.
 *
 * @example meantDirective('use-sever') // 'use server'
 */
export function meantDirective(text: string): ModuleDirective | null {
  // Most texts are right, and computing a distance takes longer than the rest of the search.
  if (text === 'use server' || text === 'use client') return text;
  const lowerCase = text.toLowerCase();
  return (
    DIRECTIVES.find(
      (directive) =>
        distance(lowerCase, directive) <= MOST_TYPOS || SYNONYMS[directive].test(lowerCase),
    ) ?? null
  );
}

/** Edit distance in which two letters that change places count as one (optimal string alignment). */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_TYPOS) return MOST_TYPOS + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({length: b.length + 1}, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let best = Math.min(
        previous[j]! + 1,
        current[j - 1]! + 1,
        previous[j - 1]! + (isSame ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforePrevious[j - 2]! + 1);
      }
      current.push(best);
    }
    // No later row has a smaller number than this one's smallest.
    if (Math.min(...current) > MOST_TYPOS) return MOST_TYPOS + 1;
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}
