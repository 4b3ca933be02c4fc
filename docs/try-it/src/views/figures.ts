import type {Reference} from 'use-server-webpack-plugin/transform';
import {escapeHtml} from '../../../../src/ui/html.ts';
import type {Compilation, Compiled} from '../compile.ts';
import {sealedNames} from './references.ts';
import {sizeOf} from './size.ts';

/** The sizes of a module in each place, and what travels, in one line. */
export function figures(compilation: Compilation): string {
  const {graphs, sourceBytes, serverReferences} = compilation;
  return [
    figure('', 'You wrote', sizeOf(sourceBytes), ''),
    figure('server', 'Server gets', ...(graphs ? ofServer(graphs.server) : NOT_COMPILED)),
    figure('client', 'Browser gets', ...(graphs ? ofBrowser(graphs.client) : NOT_COMPILED)),
    figure('sealed', 'Travels encrypted', graphs ? ofCaptures(serverReferences) : '–', ''),
  ].join('');
}

const NOT_COMPILED: ValueAndNote = ['–', 'not compiled'];

function figure(kind: string, title: string, value: string, note: string): string {
  return `<div class="figure ${kind}"><dt>${title}</dt><dd><b>${escapeHtml(value)}</b> <span>${escapeHtml(note)}</span></dd></div>`;
}

type ValueAndNote = [value: string, note: string];

function ofServer({kind, bytes}: Compiled): ValueAndNote {
  if (kind === 'references') return [sizeOf(0), `of your code, ${sizeOf(bytes)} of references`];
  return [
    sizeOf(bytes),
    kind === 'edited' ? 'your code and its registration' : 'your code as it is',
  ];
}

function ofBrowser({kind, bytes}: Compiled): ValueAndNote {
  switch (kind) {
    case 'absent':
      return [sizeOf(0), 'of your code: it stays on the server'];
    case 'references':
      return [sizeOf(0), `of your code, ${sizeOf(bytes)} of references`];
    default:
      return [sizeOf(bytes), 'your code as it is'];
  }
}

function ofCaptures(references: readonly Reference[]): string {
  return [...new Set(references.flatMap(sealedNames))].join(', ') || 'nothing';
}
