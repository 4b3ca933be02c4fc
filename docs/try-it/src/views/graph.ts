import type {Target} from 'use-server-webpack-plugin/transform';
import type {Compilation, Compiled} from '../compile.ts';
import {countOf, messageAndFrame} from './problems.ts';
import {sizeOf} from './size.ts';

const NAMES = {server: 'the server', client: 'the browser', ssr: 'HTML on the server'};

/** What becomes of the module in one graph, and a sentence that says it. */
export function graph(target: Target, compilation: Compilation): string {
  const {graphs, diagnostics} = compilation;
  if (!graphs) {
    const errors = diagnostics.filter(({severity}) => severity === 'error');
    return `<p class="lead"><strong>Not compiled: ${countOf(errors)}.</strong> A build stops here and shows this.</p>
<div class="card problem">${messageAndFrame(errors[0]!)}</div>
<p><button type="button" class="to-problems">Show all that the compiler says</button></p>`;
  }
  const compiled = graphs[target];
  const lead = `<p class="lead">${sentence(target, compiled, compilation)}</p>`;
  if (compiled.kind === 'absent') {
    return `${lead}<div class="card problem">${messageAndFrame(compiled.refusal!)}</div>`;
  }
  return `${lead}${compiled.kind === 'edited' ? LEGEND : ''}<pre class="code" aria-label="Code for ${NAMES[target]}"><code>${compiled.html}</code></pre>`;
}

const LEGEND = `<p class="legend" aria-label="Marks">
  <ins>added</ins> by the compiler <span aria-hidden="true">·</span>
  <mark>copied</mark> for requests <span aria-hidden="true">·</span>
  <del>taken away</del>
</p>`;

function sentence(
  target: Target,
  {kind, bytes}: Compiled,
  {hasDirective, sourceBytes}: Compilation,
): string {
  const size = sizeOf(bytes);
  if (!hasDirective) {
    return 'There is no <code>"use server"</code> or <code>"use client"</code>: the compiler leaves the module as it is, in every graph.';
  }
  switch (`${target} ${kind}`) {
    case 'server edited':
      return 'Your code stays where it stood. What the compiler adds makes its server functions callable, under ids that the manifest lists.';
    case 'server references':
      return `A client component does not run here. Server Components get <strong>${size} of references</strong> and send them on.`;
    case 'client references':
      return `<strong>0 of your ${sourceBytes} bytes.</strong> The browser gets ${size}: for each function a reference, which sends a call to the server. What is not imported is shaken away.`;
    case 'client absent':
      return '<strong>Nothing of this module.</strong> It runs on the server; browsers get what it renders, with references in the place of its functions. Where code of the browser imports it, the build stops:';
    case 'client unchanged':
      return 'A client component: your code as it is, with the loaders that you have.';
    case 'ssr references':
      return `Here client components become HTML. They get the same <strong>${size} of references</strong>, so that both renderings are equal.`;
    case 'ssr absent':
      return '<strong>Nothing of this module.</strong> Here client components become HTML, and they can only import what browsers can:';
    default:
      return 'Here client components become HTML: your code as it is.';
  }
}
