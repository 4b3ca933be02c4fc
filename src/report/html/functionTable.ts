import {escapeHtml} from '../../ui/html.ts';
import {flagsOf} from '../flags.ts';
import {validationOf, type Report, type ReportedFunction, type Validation} from '../report.ts';
import {capturesText, EXPOSURE_LABELS, guardsOf, isNeedless, VALIDATION_LABELS} from '../words.ts';
import {anchorOf, pathHtml, text} from './text.ts';

const COLUMNS = ['Function', 'Exposed', 'Guard', 'Arguments', 'Captures', 'Users'] as const;

/** The list, which the script of the page sorts and filters. */
export function tableHtml({functions}: Report): string {
  return `<table>
<thead><tr>${COLUMNS.map((name, i) => `<th scope="col" aria-sort="none" data-column="${i}">${name}</th>`).join('')}</tr></thead>
<tbody>
${functions.map((fn) => rowHtml(fn)).join('\n')}
</tbody>
</table>`;
}

function rowHtml(fn: ReportedFunction): string {
  const {name, file, line, kind, usedBy, captures} = fn;
  const keys = [
    name.toLowerCase(),
    EXPOSURE_LABELS[fn.exposure],
    guardsOf(fn).length,
    VALIDATION_ORDER.indexOf(validationOf(fn)),
    captures.length,
    usedBy.length,
  ];
  return `<tr data-file="${escapeHtml(file)}" data-keys="${escapeHtml(JSON.stringify(keys))}" data-text="${escapeHtml(searchText(fn))}" data-flags="${flagsOf(fn).join(' ')}">
<th scope="row"><a href="#${text(anchorOf(fn))}">${text(name)}</a>${kind === 'inline' ? ' <span class="chip">inline</span>' : ''}<span class="place">${pathHtml(file)}:${line}</span></th>
<td data-label="Exposed"><span class="chip ${isNeedless(fn) ? 'danger' : chipOf(fn)}">${EXPOSURE_LABELS[fn.exposure]}</span></td>
<td data-label="Guard">${guardCell(fn)}</td>
<td data-label="Arguments">${validationCell(fn)}</td>
<td data-label="Captures">${captures.length === 0 ? '<span class="soft">–</span>' : `<span class="sealed">${text(capturesText(fn))}</span>`}</td>
<td data-label="Users" class="number">${usedBy.length}</td>
</tr>`;
}

function searchText({id, name, file, guards, usedBy, within}: ReportedFunction): string {
  const users = usedBy.map((user) => user.file);
  return [name, file, id, within, ...guards.map((guard) => guard.name), ...users]
    .join('\n')
    .toLowerCase();
}

/** The colour of the side that has it. */
function chipOf({exposure}: ReportedFunction): string {
  return exposure === 'client' ? 'client' : 'server';
}

function guardCell(fn: ReportedFunction): string {
  const [first, ...others] = guardsOf(fn);
  if (!first) return '<span class="soft">none seen</span>';
  const more = others.length > 0 ? ` <span class="soft">+${others.length}</span>` : '';
  return `<span class="good"><code>${text(first.name)}</code></span>${more}`;
}

const VALIDATION_ORDER: readonly Validation[] = [
  'unchecked',
  'partly checked',
  'unknown',
  'no arguments',
  'checked',
];

const VALIDATION_CLASSES: Readonly<Record<Validation, string>> = {
  checked: 'good',
  'partly checked': 'soft',
  unchecked: 'soft',
  'no arguments': 'soft',
  unknown: 'soft',
};

function validationCell(fn: ReportedFunction): string {
  const validation = validationOf(fn);
  return `<span class="${VALIDATION_CLASSES[validation]}">${VALIDATION_LABELS[validation]}</span>`;
}
