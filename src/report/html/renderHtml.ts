import {readFileSync} from 'node:fs';
import {htmlPage} from '../../ui/html.ts';
import {STYLES} from '../../ui/styles.ts';
import type {EditorLink} from '../editorLinks.ts';
import type {Flag} from '../flags.ts';
import type {Report} from '../report.ts';
import {summaryOf} from '../summary.ts';
import {countText, limitsOf} from '../words.ts';
import {borderHtml} from './border.ts';
import {contentSecurity} from './contentSecurity.ts';
import {detailsHtml} from './functionDetails.ts';
import {tableHtml} from './functionTable.ts';
import {REPORT_STYLES} from './reportStyles.ts';
import {pathHtml, text} from './text.ts';

export interface HtmlOptions {
  /** Links places to an editor; `null` in a report that others read. */
  editorLink: EditorLink | null;
}

/** Makes one page of a report, which needs no network and reads without its script, too. */
export function renderHtml(report: Report, {editorLink}: HtmlOptions): string {
  const script = pageScript();
  return htmlPage({
    title: `${countText(report.functions.length, 'server function')} can be called`,
    head: contentSecurity(`${STYLES}${REPORT_STYLES}`, script),
    styles: REPORT_STYLES,
    body: `<main>
${headerHtml(report)}
${borderHtml(report)}
<section class="functions" id="functions" aria-labelledby="functions-title">
<div class="section-head"><h2 id="functions-title">Every function that can be called</h2>
<search class="tools" hidden><label>Filter <input type="search" id="filter" autocomplete="off" spellcheck="false" placeholder="name, file, guard"></label> <span class="soft hint"><kbd>/</kbd> filter <kbd>Up</kbd> <kbd>Down</kbd> <kbd>Enter</kbd> choose</span></search>
<p id="count" class="soft" role="status"></p></div>
<div class="columns">
<div class="list card">${report.functions.length === 0 ? '<p class="soft empty">No function can be called.</p>' : tableHtml(report)}</div>
<div class="panel">${report.functions.map((fn) => detailsHtml(fn, editorLink)).join('\n')}</div>
</div>
</section>
${uncallableHtml(report)}
<footer class="soft"><h2>What a build cannot tell</h2><ul>${limitsOf(report)
      .map((limit) => `<li>${text(limit)}</li>`)
      .join('')}</ul></footer>
</main>`,
    script,
  });
}

function headerHtml(report: Report): string {
  const {callable, inline, needless, unguarded, unchecked, capturing} = summaryOf(report);
  const server =
    report.server === 'bundled'
      ? 'webpack builds the server'
      : 'Node runs the server from its sources';
  return `<header>
<div><p class="soft over">Exposure report, ${text(report.mode)} build, ${server}</p>
<h1>${countText(callable, 'function')} can be called by anybody</h1></div>
<div class="tiles">
${tileHtml('needless', needless, 'not needed', needless > 0 ? 'danger' : 'good')}
${tileHtml('unguarded', unguarded, 'without a guard that is seen', unguarded > 0 ? 'calm' : 'good')}
${tileHtml('unchecked', unchecked, 'with arguments nothing checks', unchecked > 0 ? 'calm' : 'good')}
${tileHtml('inline', inline, 'inline', 'calm')}
${tileHtml('capturing', capturing, 'with encrypted captures', 'sealed')}
</div>
</header>`;
}

/** A button that leaves only those functions in the list. */
function tileHtml(flag: Flag, count: number, label: string, look: string): string {
  return `<button type="button" class="tile ${look}" data-flag="${flag}" aria-pressed="false"${count === 0 ? ' disabled' : ''}><strong>${count}</strong> <span>${label}</span></button>`;
}

function uncallableHtml({uncallable}: Report): string {
  if (uncallable.length === 0) return '';
  return `<section class="card left-out"><details><summary><h2>${countText(uncallable.length, 'export')} left out, because nothing uses ${uncallable.length === 1 ? 'it' : 'them'}</h2></summary>
<p class="soft">They stand in "use server" modules, but the build did not make them callable.</p>
<ul>${uncallable.map(({name, file, line}) => `<li><code>${text(name)}</code> <span class="soft">${pathHtml(file)}:${line}</span></li>`).join('')}</ul></details></section>`;
}

/** Compiled beside this file, and written into each page. */
function pageScript(): string {
  const code = readFileSync(new URL('./pageScript.js', import.meta.url), 'utf8');
  return code.replace(/^\/\/# sourceMappingURL=.*$/m, '').trim();
}
