import type {Location, Reference} from 'use-server-webpack-plugin/transform';
import {escapeHtml} from '../../../../src/ui/html.ts';
import type {Compilation} from '../compile.ts';

/** What the module can be reached by. */
export function references({serverReferences, clientReferences}: Compilation): string {
  const cards = [
    ...serverReferences.map((reference) => card(reference, serverFacts(reference))),
    ...clientReferences.map((reference) => card(reference, [clientChip])),
  ];
  if (cards.length === 0) {
    return '<p class="lead">Nothing in this module can be called or rendered from the other side.</p>';
  }
  return `<p class="lead">${leadOf(serverReferences.length)}</p><ul class="cards">${cards.join('')}</ul>`;
}

/** Names of the captured variables and members: `note.id`. */
export function sealedNames({details}: Reference): string[] {
  return (details?.captures ?? []).flatMap(({name, paths}) =>
    paths === null ? [name] : paths.map((path) => [name, ...path].join('.')),
  );
}

const clientChip = '<span class="chip client">client reference</span>';

function leadOf(count: number): string {
  return count === 0
    ? 'Server Components render these by their ids; the code is loaded in the browser.'
    : 'Anyone who knows an id can call its function, as any endpoint: it must check who calls. The server answers these ids and no others.';
}

function serverFacts(reference: Reference): string[] {
  const guards = (reference.details?.guards ?? []).map(({name}) => name);
  return [
    `<span class="chip server">${reference.isInline ? 'inline' : 'export'}</span>`,
    ...guards.map((name) => `<span class="chip good">${escapeHtml(name)} runs first</span>`),
    ...sealedNames(reference).map(
      (name) => `<span class="chip sealed">${escapeHtml(name)} encrypted</span>`,
    ),
  ];
}

function card({id, exportName, details, loc}: Reference, facts: readonly string[]): string {
  const name = details?.label ?? exportName;
  const within = details?.within
    ? ` <span class="soft">in ${escapeHtml(details.within)}</span>`
    : '';
  return `<li class="card reference">
  <div class="head"><h3><code>${escapeHtml(name)}</code>${within}</h3> ${placeButton(loc)}</div>
  <p class="facts">${facts.join(' ')}</p>
  <p><code class="id">${escapeHtml(id)}</code></p>
</li>`;
}

/** A button that brings a place of the source into view; {@link placeOf} reads it. */
export function placeButton(loc: Location): string {
  return `<button type="button" class="plain place" data-place="${escapeHtml(JSON.stringify(loc))}">line ${loc.start.line}</button>`;
}

/** The place that a button of {@link placeButton} is for. */
export function placeOf(button: HTMLElement): Location {
  return JSON.parse(button.dataset['place']!);
}
