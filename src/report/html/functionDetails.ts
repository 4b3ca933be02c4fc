import type {EditorLink} from '../editorLinks.ts';
import type {ReportedFunction, ReportedGuard, FunctionUser} from '../report.ts';
import {captureTexts, isNeedless, usesText, whyExposed} from '../words.ts';
import {anchorOf, pathHtml, text} from './text.ts';

interface Place {
  file: string;
  /** Of a file as a whole there is none. */
  line?: number;
  column?: number;
}

/** Everything about one function. */
export function detailsHtml(fn: ReportedFunction, editorLink: EditorLink | null): string {
  const {id, name, kind, within, definedIn} = fn;
  const place = (at: Place) => placeHtml(at, editorLink);
  return `<article class="details" id="${text(anchorOf(fn))}" tabindex="-1">
<a class="back" href="#functions">Back to the list</a>
<h3><code>${text(name)}</code> <span class="chip">${kind === 'inline' ? 'inline' : 'exported'}</span></h3>
<p class="where">${place(fn)}${within === null ? '' : ` <span class="soft">in ${text(within)}</span>`}</p>
<p class="why${isNeedless(fn) ? ' needless' : ''}">${text(whyExposed(fn))}</p>
<dl>
${partHtml('Its id', `<code class="id">${text(id)}</code>`)}
${fn.usedBy.length === 0 ? '' : partHtml('Used by', listHtml(fn.usedBy.map((user) => userHtml(user, place))))}
${partHtml('Before it runs', guardsHtml(fn, place))}
${partHtml('Its arguments', argumentsHtml(fn))}
${fn.captures.length === 0 ? '' : partHtml('Travels encrypted', capturesHtml(fn))}
${definedIn === null ? '' : partHtml('Written in', `<code>${text(definedIn)}</code>`)}
</dl>
</article>`;
}

function placeHtml(place: Place, editorLink: EditorLink | null): string {
  const {file, line = 1, column = 1} = place;
  const at = [place.line, place.column].filter((part) => part !== undefined);
  const shown = `<code>${[pathHtml(file), ...at].join(':')}</code>`;
  if (!editorLink) return shown;
  const address = editorLink({file, line, column});
  return `<a href="${text(address)}" title="Open in the editor">${shown}</a>`;
}

function partHtml(title: string, content: string): string {
  return `<div><dt>${title}</dt><dd>${content}</dd></div>`;
}

function listHtml(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

function userHtml(user: FunctionUser, place: (at: Place) => string): string {
  const {file, graph, uses, chunks} = user;
  const at = place({file, line: uses[0]?.line});
  const inChunks =
    chunks.length > 0
      ? `, in chunk ${chunks.map((chunk) => `<code>${text(chunk)}</code>`).join(', ')}`
      : '';
  return `<span class="chip ${graph}">${graph === 'client' ? 'browser' : 'server'}</span> ${at}<br><span class="soft">${usesText(user)}${inChunks}</span>`;
}

function guardsHtml({guards}: ReportedFunction, place: (at: Place) => string): string {
  if (guards.length === 0) {
    return 'No guard is seen in its module. <span class="soft">What the handler does before every call, a build does not know.</span>';
  }
  return listHtml(guards.map((guard) => guardHtml(guard, place)));
}

function guardHtml({kind, name, file}: ReportedGuard, place: (at: Place) => string): string {
  const isFile = file !== null && /\.[cm]?[jt]sx?$/.test(file);
  const from =
    file === null
      ? 'of the same file'
      : `from ${isFile ? place({file}) : `<code>${text(file)}</code>`}`;
  return `<code class="good">${text(name)}${kind === 'call' ? '()' : ''}</code> <span class="soft">${kind === 'call' ? 'called by it' : 'around it'}, ${from}</span>`;
}

function argumentsHtml({parameters, validatedBy}: ReportedFunction): string {
  if (validatedBy !== null) {
    return `<span class="good">Validated by <code>${text(validatedBy)}</code>.</span>`;
  }
  if (parameters === null) return '<span class="soft">Not known: it is not written here.</span>';
  if (parameters.length === 0) return '<span class="soft">It uses none.</span>';
  return listHtml(
    parameters.map(
      ({name, isChecked}) =>
        `<code>${text(name)}</code> ${isChecked ? '<span class="good">is checked</span>' : '<span class="soft">no check is seen</span>'}`,
    ),
  );
}

function capturesHtml({captures}: ReportedFunction): string {
  const names = captures.flatMap((capture) =>
    captureTexts(capture).map((path) => ({path, isWhole: capture.paths === null})),
  );
  return listHtml(
    names.map(
      ({path, isWhole}) =>
        `<code class="sealed">${text(path)}</code>${isWhole ? ' <span class="soft">as a whole</span>' : ''}`,
    ),
  );
}
