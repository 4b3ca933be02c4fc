import {groupBy} from './groupBy.ts';
import type {Report, ReportedFunction} from './report.ts';
import {summaryText} from './summary.ts';
import {
  capturesText,
  guardsOf,
  guardText,
  isNeedless,
  limitsOf,
  usesText,
  validationText,
  whyExposed,
} from './words.ts';

/** Writes a report for a terminal, or for whatever compares lines. */
export function renderText(report: Report): string {
  const lines = [...summaryText(report), ''];
  for (const [file, functions] of groupBy(report.functions, ({file}) => file)) {
    lines.push(plain(file), ...functions.flatMap((fn) => functionLines(fn)), '');
  }
  if (report.uncallable.length > 0) {
    lines.push('Left out of the build, because nothing uses them:');
    for (const {name, file, line} of report.uncallable)
      lines.push(plain(`  ${file}:${line}  ${name}`));
    lines.push('');
  }
  lines.push('What a build cannot tell:', ...limitsOf(report).map((text) => `- ${text}`), '');
  return lines.join('\n');
}

function functionLines(fn: ReportedFunction): string[] {
  const {id, name, line, column, kind, usedBy, captures} = fn;
  return [
    `  ${name}  ${kind === 'inline' ? 'inline' : 'export'}, line ${line}:${column}`,
    `    id         ${id}`,
    `    ${isNeedless(fn) ? 'NEEDLESS ' : 'exposed  '}  ${whyExposed(fn)}`,
    ...usedBy.map((user, i) => `    ${i === 0 ? 'used by  ' : '         '}  ${userText(user)}`),
    `    guard      ${
      guardsOf(fn)
        .map((guard) => guardText(guard))
        .join('; ') || 'none seen'
    }`,
    `    arguments  ${validationText(fn)}`,
    ...(captures.length > 0 ? [`    captures   ${capturesText(fn)}`] : []),
  ].map((text) => plain(text));
}

function userText(user: ReportedFunction['usedBy'][number]): string {
  const chunks = user.chunks.length > 0 ? ` (chunk ${user.chunks.join(', ')})` : '';
  return `${user.file}, ${user.graph === 'client' ? 'browser' : 'server'}: ${usesText(user)}${chunks}`;
}

/** Names of files can hold what a terminal takes for commands, and line breaks. */
export function plain(text: string): string {
  return text.replaceAll(
    /\p{C}/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
