import type {Diagnostic} from 'use-server-webpack-plugin/transform';
import {escapeHtml} from '../../../../src/ui/html.ts';
import {placeButton} from './references.ts';

/** What the compiler says of the module, as a build shows it. */
export function problems(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return '<p class="lead">The compiler has nothing to say.</p>';
  return `<ul class="cards">${diagnostics.map(card).join('')}</ul>`;
}

/** @returns `2 problems`; empty when there are none */
export function countOf(diagnostics: readonly Diagnostic[]): string {
  const {length} = diagnostics;
  return length === 0 ? '' : `${length} ${length === 1 ? 'problem' : 'problems'}`;
}

function card(diagnostic: Diagnostic): string {
  const {severity, code, loc} = diagnostic;
  const kind = severity === 'error' ? 'danger' : 'server';
  return `<li class="card problem">
  <div class="head"><h3><span class="chip ${kind}">${severity}</span> <code>${escapeHtml(code)}</code></h3> ${placeButton(loc)}</div>
  ${messageAndFrame(diagnostic)}
</li>`;
}

export function messageAndFrame({message, frame}: Diagnostic): string {
  return `<p>${escapeHtml(message)}</p>
  <pre class="frame" tabindex="0" role="group" aria-label="The place in the source">${frameRows(frame)}</pre>`;
}

/** The line that the compiler points at, and what points, stand out. */
function frameRows(frame: string): string {
  return frame
    .split('\n')
    .map((line) => {
      const html = escapeHtml(line);
      if (line.startsWith('>')) return `<b>${html}</b>`;
      return /^\s*\| *\^+$/.test(line) ? `<i>${html}</i>` : html;
    })
    .join('\n');
}
