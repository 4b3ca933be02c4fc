import type {ReportDiff} from './diffReports.ts';
import {plain} from './renderText.ts';
import type {ReportedFunction} from './report.ts';
import {guardsOf, guardText, isUnchecked, validationText, whyExposed} from './words.ts';

/** Writes what a change does to what can be called, for a terminal and for the log of a workflow. */
export function renderDiff({added, removed, changed}: ReportDiff): string {
  if (added.length + removed.length + changed.length === 0) {
    return 'What can be called is the same as before.\n';
  }
  const lines = [
    ...section('Newly callable:', added.flatMap(addedLines)),
    ...section(
      'Changed:',
      changed.flatMap(({after, changes}) => [
        placeText('~', after),
        ...changes.map(({isWeaker, text}) => `    ${isWeaker ? '!' : ' '} ${text}`),
      ]),
    ),
    ...section(
      'No longer callable:',
      removed.map((fn) => placeText('-', fn)),
    ),
  ];
  return `${lines.map((line) => plain(line)).join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines, ''];
}

function addedLines(fn: ReportedFunction): string[] {
  const guards = guardsOf(fn);
  return [
    placeText('+', fn),
    `      ${whyExposed(fn)}`,
    `    ${guards.length === 0 ? '!' : ' '} guard: ${guards.map((guard) => guardText(guard)).join('; ') || 'none seen'}`,
    `    ${isUnchecked(fn) ? '!' : ' '} arguments: ${validationText(fn)}`,
  ];
}

function placeText(sign: string, {id, name, file, line}: ReportedFunction): string {
  return `  ${sign} ${name}  ${file}:${line}  ${id}`;
}
