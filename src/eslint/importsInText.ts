/** What a file imports from one specifier. */
export interface TextImport {
  specifier: string;
  /** Names of exports; `null` where it may be any of them. */
  names: readonly string[] | null;
}

const STATIC = /\bfrom\s*(["'])([^"'\n]+)\1/g;
const DYNAMIC = /\b(?:import|require)\s*\(\s*(?:\/\*[^]*?\*\/\s*)*(["'`])([^"'`\n]+)\1/g;
const COMMENTS = /\/\*[^]*?\*\/|\/\/.*/g;

/**
 * Finds what a file imports, by a search of its text: in any language that holds JavaScript, and also where
 * the text is a comment. It finds what the file has, and maybe more.
 */
export function importsInText(text: string): TextImport[] {
  const found: TextImport[] = [];
  let end = 0;
  for (const match of text.matchAll(STATIC)) {
    found.push({specifier: match[2]!, names: namesIn(text.slice(end, match.index))});
    end = match.index + match[0].length;
  }
  for (const match of text.matchAll(DYNAMIC)) found.push({specifier: match[2]!, names: null});
  return found;
}

const IDENTIFIER = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*`;
/** `notes, {save, remove as drop}`, with the default and the list in groups. */
const CLAUSE = new RegExp(String.raw`^(?:type\s+)?(${IDENTIFIER})?\s*,?\s*(?:\{([^{}]*)\})?$`, 'u');
const ITEM = new RegExp(
  String.raw`^(?:type\s+)?(${IDENTIFIER}|"[^"]*"|'[^']*')(?:\s+as\s+\S+)?$`,
  'u',
);

/** @param before the text before `from`, which ends with the clause */
function namesIn(before: string): string[] | null {
  const keyword = [...before.matchAll(/\b(?:import|export)\b/g)].at(-1);
  if (!keyword) return null;
  const clause = before
    .slice(keyword.index + keyword[0].length)
    .replaceAll(COMMENTS, ' ')
    .trim();
  const match = CLAUSE.exec(clause);
  if (!match) return null;
  const [, defaultName, list = ''] = match;
  const items = list.split(',').map((item) => item.trim());
  const names = items.filter(Boolean).map((item) => ITEM.exec(item)?.[1]);
  if (names.includes(undefined)) return null;
  return [...(defaultName ? ['default'] : []), ...names.map((name) => withoutQuotes(name!))];
}

function withoutQuotes(name: string): string {
  return name.replace(/^["']|["']$/g, '');
}
