import {
  transformForAll,
  type Diagnostic,
  type Reference,
  type Target,
  type TransformResult,
} from 'use-server-webpack-plugin/transform';
import type {Module} from './address.ts';
import {changesOf, type Piece} from './changes.ts';
import {codeRows} from './codeRows.ts';

/** What becomes of a module in one graph. */
export interface Compiled {
  /**
   * - `'edited'`: the module, with text of the compiler in it.
   * - `'references'`: nothing of the module but the names of its exports.
   * - `'unchanged'`: the module as it is.
   * - `'absent'`: the module cannot be in this graph.
   */
  kind: 'edited' | 'references' | 'unchanged' | 'absent';
  /** Rows of code, as HTML. */
  html: string;
  /** Size of the code in UTF-8. */
  bytes: number;
  /** What the build says when the module is imported in a graph where it cannot be. */
  refusal: Diagnostic | null;
}

export interface Compilation {
  /** `null` when the module has errors: nothing is compiled then. */
  graphs: Record<Target, Compiled> | null;
  /** `false` where neither directive is in the module. */
  hasDirective: boolean;
  serverReferences: Reference[];
  clientReferences: Reference[];
  diagnostics: Diagnostic[];
  sourceBytes: number;
}

const ROOT = '/project';
const TARGETS = ['server', 'client', 'ssr'] as const;

/** Compiles a module for all graphs, and makes of it what the page shows. */
export function compile({source, file, ids}: Module): Compilation {
  const filename = `${ROOT}/${file || 'module.js'}`;
  const results = transformForAll(source, {filename, root: ROOT, ids, details: true}, TARGETS);
  const diagnostics = problemsOf(results ?? []);
  const isCompiled = !diagnostics.some(({severity}) => severity === 'error');
  const server = results?.[0];
  return {
    graphs: isCompiled ? graphsOf(source, results) : null,
    hasDirective: results !== null,
    serverReferences: server?.serverReferences ?? [],
    clientReferences: server?.clientReferences ?? [],
    diagnostics,
    sourceBytes: bytesOf(source),
  };
}

/** That a Server Component cannot be imported in the browser is no problem of it. */
function problemsOf(results: readonly TransformResult[]): Diagnostic[] {
  const all = results.flatMap(({diagnostics}, i) =>
    i === 0 ? diagnostics : diagnostics.filter((problem) => !isRefusal(problem)),
  );
  const texts = all.map(({code, frame}) => code + frame);
  return all.filter((_, i) => texts.indexOf(texts[i]!) === i);
}

function isRefusal({code}: Diagnostic): boolean {
  return code === 'server-function-in-client-module';
}

function graphsOf(
  source: string,
  results: readonly TransformResult[] | null,
): Record<Target, Compiled> {
  const [server, client, ssr] = TARGETS.map((_, i) => compiledOf(source, results?.[i]));
  return {server: server!, client: client!, ssr: ssr!};
}

function compiledOf(source: string, result: TransformResult | undefined): Compiled {
  const refusal = result?.diagnostics.find(isRefusal) ?? null;
  if (refusal) return {kind: 'absent', html: '', bytes: 0, refusal};
  const code = result?.code ?? source;
  return {...shown(source, code, result?.map?.mappings), bytes: bytesOf(code), refusal};
}

function shown(
  source: string,
  code: string,
  mappings: string | undefined,
): Pick<Compiled, 'kind' | 'html'> {
  if (code === source) return {kind: 'unchanged', html: rows([{kind: 'kept', text: source}])};
  // Stubs have no map: there is nothing of the source in them.
  if (mappings === undefined) return {kind: 'references', html: rows([{kind: 'kept', text: code}])};
  return {kind: 'edited', html: rows(changesOf(source, code, mappings))};
}

/** Without the line end of the last line, which would be a row of its own. */
function rows(pieces: readonly Piece[]): string {
  const last = pieces.at(-1)!;
  return codeRows([...pieces.slice(0, -1), {...last, text: last.text.trimEnd()}]);
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
