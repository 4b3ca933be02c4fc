import {escapeHtml, scriptData} from '../../ui/html.ts';
import type {Report} from '../report.ts';
import {countText} from '../words.ts';
import {sideOf, type BorderModule, type Folder, type Side, type Total} from './sides.ts';
import {sizeText, text} from './text.ts';

/** With more modules than these on a side, its folders are closed at first. */
const MOST_ROWS = 120;

/** The picture of the two graphs. Its lines are drawn by the script of the page, from what is on the screen. */
export function borderHtml(report: Report): string {
  const client = sideOf(report, 'client');
  const server = sideOf(report, 'server');
  const count = (wanted: string) => report.crossings.filter(({kind}) => kind === wanted).length;
  return `<section class="border" aria-labelledby="border-title">
<div class="section-head"><h2 id="border-title">The border</h2>
<p class="soft legend"><span><span class="key"></span>${countText(count('calls'), 'import')} by which the browser calls the server</span> <span><span class="key renders"></span>${countText(count('renders'), 'import')} of client components by the server</span></p></div>
<div class="card picture"><div class="graphs">
<svg class="lines" aria-hidden="true" focusable="false"><defs>${arrowHtml('calls')}${arrowHtml('renders')}</defs><g></g></svg>
${sideHtml(client, 'Browser', 'what people download', report)}
${sideHtml(server, 'Server', server.count === 0 ? 'not built here' : serverNote(report), report)}
</div></div>
<script type="application/json" id="crossings">${scriptData(report.crossings)}</script>
</section>`;
}

function arrowHtml(kind: string): string {
  return `<marker id="arrow-${kind}" class="${kind}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5 8 4 0 7.5z"/></marker>`;
}

function serverNote({server}: Report): string {
  return server === 'bundled' ? 'what webpack has bundled' : 'sources that Node runs';
}

function sideHtml(side: Side, title: string, note: string, report: Report): string {
  const rows = side.folders.reduce((total, {modules}) => total + modules.length, 0);
  const largest = Math.max(1, ...side.folders.flatMap(({modules}) => modules.map(sizeOf)));
  return `<div class="graph ${side.graph}">
<h3><span>${title} <small>${note}</small></span> <small>${countText(side.count, 'module')}, ${sizeText(side.size)}</small></h3>
${side.folders.map((folder) => folderHtml(folder, rows <= MOST_ROWS || folder.modules.length < 4, largest)).join('\n')}
${rows === 0 ? '<p class="soft empty">Nothing of this side is on the border.</p>' : ''}
${totalsHtml('Not on the border', side.behind, 'module')}
${totalsHtml('Packages', side.packages, 'module')}
${side.graph === 'server' && report.server === 'sources' ? '<p class="soft empty">Packages of the server are not known to this build.</p>' : ''}
</div>`;
}

function sizeOf({module}: BorderModule): number {
  return module.size;
}

function folderHtml({path, modules, size}: Folder, isOpen: boolean, largest: number): string {
  return `<details${isOpen ? ' open' : ''}><summary><span class="folder-name">${text(path === '' ? '.' : path)}/</span> <span class="soft">${countText(modules.length, 'module')}, ${sizeText(size)}</span></summary>
<ul>${modules.map((module) => moduleHtml(module, path, largest)).join('')}</ul></details>`;
}

function moduleHtml({module, functions}: BorderModule, folder: string, largest: number): string {
  const {path, graph, directive, size} = module;
  const name = folder === '' ? path : path.slice(folder.length + 1);
  const chip =
    functions > 0
      ? `<span class="chip server">${countText(functions, 'function')}</span>`
      : directive === 'use client'
        ? '<span class="chip client">use client</span>'
        : '';
  const width = Math.max(1, Math.round((size / largest) * 100));
  return `<li data-module="${graph} ${escapeHtml(path)}"><span class="name" title="${text(path)}">${text(name)}</span>${chip}<span class="soft size">${sizeText(size)}</span><svg class="bar" aria-hidden="true"><rect width="${width}%" height="100%" rx="1"/></svg></li>`;
}

function totalsHtml(title: string, totals: readonly Total[], unit: string): string {
  if (totals.length === 0) return '';
  const count = totals.reduce((sum, total) => sum + total.count, 0);
  const size = totals.reduce((sum, total) => sum + total.size, 0);
  return `<details class="totals"><summary><span class="folder-name">${title}</span> <span class="soft">${countText(count, unit)}, ${sizeText(size)}</span></summary>
<ul>${totals.map((total) => totalHtml(total, unit)).join('')}</ul></details>`;
}

function totalHtml({name, count, size}: Total, unit: string): string {
  return `<li><span class="name">${text(name === '' ? '.' : name)}</span><span class="soft size">${countText(count, unit)}, ${sizeText(size)}</span></li>`;
}
