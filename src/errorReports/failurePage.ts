import {FRAME_STYLES, frameHtml} from '../ui/frameHtml.ts';
import {escapeHtml, htmlPage} from '../ui/html.ts';
import {
  describeFailure,
  type ArgumentReport,
  type ErrorReport,
  type Failure,
  type IssueReport,
} from './failure.ts';
import {plainText} from './plainText.ts';
import {refusalAdvice} from './refusalAdvice.ts';
import type {Refused} from './refusalReports.ts';

/** A page for the developer, in the place of one for people: a form without JavaScript has failed. */
export function failurePage(failure: Failure): string {
  const {errors, args} = describeFailure(failure);
  const [first, ...causes] = errors;
  return page({
    title: first.message === '' ? first.name : `${first.name}: ${first.message}`,
    label: 'A form without JavaScript failed',
    id: failure.id,
    body: [
      errorBody(first),
      ...causes.map(causeHtml),
      argumentsHtml(args),
      `<p class="soft">In production people see the digest ${escapeHtml(failure.digest)} and no more. To show them a page of yours, give the handler the option <code>renderError</code>.</p>`,
    ],
  });
}

/** The same for a form that was refused. */
export function refusalPage({status, code, message}: Refused, id: string | undefined): string {
  const advice = refusalAdvice(code)?.split('\n') ?? [];
  return page({
    title: `${status} ${code}`,
    label: 'A form without JavaScript was refused',
    id,
    body: [plainText(message), ...advice].map((line) => `<p>${escapeHtml(line)}</p>`),
  });
}

interface Content {
  title: string;
  label: string;
  id: string | undefined;
  /** HTML */
  body: readonly string[];
}

function page({title, label, id, body}: Content): string {
  const of =
    id === undefined ? '' : ` <code class="chip server">${escapeHtml(plainText(id))}</code>`;
  return htmlPage({
    title,
    styles: FRAME_STYLES + PAGE_STYLES,
    body: `<main>
<p class="soft label">${escapeHtml(label)}${of}</p>
<h1>${escapeHtml(title)}</h1>
${body.filter((part) => part !== '').join('\n')}
<p class="actions"><button class="primary" type="button" hidden>Back to the form</button> <span class="soft">What was typed is kept there: the Back button of the browser does the same.</span></p>
</main>`,
    script: `
const button = document.querySelector('button');
button.hidden = false;
button.onclick = () => history.back();`,
  });
}

function errorBody({issues, members, advice, ...stack}: ErrorReport): string {
  return [
    issuesHtml(issues),
    members.length === 0 ? '' : `<p><code>${escapeHtml(members.join(', '))}</code></p>`,
    advice === undefined ? '' : `<p class="advice">${escapeHtml(advice)}</p>`,
    stackHtml(stack),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function causeHtml(cause: ErrorReport): string {
  const title = cause.message === '' ? cause.name : `${cause.name}: ${cause.message}`;
  return `<section>
<h2><span class="soft">Caused by</span> ${escapeHtml(title)}</h2>
${errorBody(cause)}
</section>`;
}

function issuesHtml(issues: readonly IssueReport[]): string {
  if (issues.length === 0) return '';
  const rows = issues.map(
    ({place, message, value}) =>
      `<div><dt><code>${escapeHtml(place)}</code></dt><dd>${escapeHtml(message)}${valueHtml(value)}</dd></div>`,
  );
  return `<dl class="card">\n${rows.join('\n')}\n</dl>`;
}

function valueHtml(value: string | undefined): string {
  if (value === undefined) return '';
  return ` <span class="soft">(it is <code>${escapeHtml(value)}</code>)</span>`;
}

function stackHtml({
  place,
  frame,
  above,
  below,
}: Pick<ErrorReport, 'place' | 'frame' | 'above' | 'below'>): string {
  const lines = [
    ...above,
    ...(frame === undefined && place !== undefined ? [place] : []),
    ...below,
  ];
  const source =
    frame === undefined
      ? ''
      : `<figure class="card"><figcaption><code>${escapeHtml(place!)}</code></figcaption><pre class="frame" tabindex="0" aria-label="Source">${frameHtml(frame)}</pre></figure>`;
  const stack =
    lines.length === 0
      ? ''
      : `<ol class="stack" aria-label="Stack">${lines.map((line) => `<li><code>${escapeHtml(line)}</code></li>`).join('')}</ol>`;
  return [source, stack].filter((part) => part !== '').join('\n');
}

function argumentsHtml(args: readonly ArgumentReport[]): string {
  if (args.length === 0) return '';
  const rows = args.map(
    ({name, value}) =>
      `<div><dt><code>${escapeHtml(name)}</code></dt><dd><pre>${escapeHtml(value)}</pre></dd></div>`,
  );
  return `<section>
<h2>Called with</h2>
<dl class="card">
${rows.join('\n')}
</dl>
</section>`;
}

const PAGE_STYLES = `
main { display: grid; gap: 1.25rem; max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem; }
main > *, section > * { min-width: 0; }
section { display: grid; gap: 0.75rem; }
h1, h2 { overflow-wrap: anywhere; white-space: pre-wrap; }
h1 { color: var(--danger); font-size: 1.375rem; }
.label { margin-bottom: -0.75rem; }
.label code { overflow-wrap: anywhere; white-space: normal; }
.advice { border-left: 3px solid var(--accent); padding: 0.25rem 0 0.25rem 0.875rem; }
figcaption { padding: 0.5rem 1rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.stack { margin: 0; padding: 0 0 0 1rem; list-style: none; color: var(--soft); }
.stack code { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: fit-content(45%) 1fr; }
dl > div { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: baseline; gap: 0.25rem 1.5rem; padding: 0.5rem 1rem; }
dl > div + div { border-top: 1px solid var(--line); }
dt code, dd { overflow-wrap: anywhere; }
dd { margin: 0; min-width: 0; }
dd pre { white-space: pre-wrap; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem; }
@media (max-width: 40rem) {
  main { padding: 1.5rem 1rem; }
  dl > div { grid-template-columns: 1fr; }
}
`;
