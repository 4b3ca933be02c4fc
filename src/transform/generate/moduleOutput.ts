import {formatId, prefixedPath} from '../../references/ids.ts';
import {RUNTIME_ENTRY} from '../../references/entryPoints.ts';
import type {ServerModuleAnalysis} from '../analyse/analysis.ts';
import type {Node} from '../ast.ts';
import type {ParsedModule} from '../parse.ts';
import type {TransformOptions} from '../types.ts';
import type {UnusedNames} from '../unusedNames.ts';
import {EditedSource, type Piece} from './editedSource.ts';
import {RuntimeImports} from './runtimeImports.ts';

/** What becomes of a module of the server graph, while it is put together. */
export interface ModuleOutput {
  source: string;
  parsed: ParsedModule;
  options: TransformOptions;
  /** The module's path in ids: `src/actions.js`. */
  path: string;
  edits: EditedSource;
  runtime: RuntimeImports;
  /** Statements that run before the first one of the source. */
  prelude: Piece[];
  /** What follows the last statement of the source. */
  epilogue: Piece[];
  /** What CommonJS does at its end, wherever that is: an early `return` ends it too. */
  completion: Piece[];
  /** Names for new variables of the module level. */
  names: UnusedNames;
}

/** Begins the output of a module. */
export function createOutput({
  source,
  parsed,
  options,
  path,
  names,
}: ServerModuleAnalysis): ModuleOutput {
  return {
    source,
    parsed,
    options,
    path,
    names,
    edits: new EditedSource(),
    runtime: new RuntimeImports(RUNTIME_ENTRY, names),
    prelude: [],
    epilogue: [],
    completion: [],
  };
}

/**
 * Writes the second and third argument of `registerServerReference`: React joins them with `#`.
 *
 * @example `"src/actions.js", "save"`, or with hashed ids `"5d1f…", null`
 */
export function idArguments({options, path}: ModuleOutput, exportName: string): string {
  return options.ids === 'hashed'
    ? `${JSON.stringify(formatId({path, exportName}, options))}, null`
    : `${JSON.stringify(prefixedPath(path, options))}, ${JSON.stringify(exportName)}`;
}

/**
 * Finds where the first statement stands, behind the directives. Comments before it stay the first thing in
 * the file, where TypeScript looks for `@jsxImportSource` and `@ts-nocheck`.
 */
export function bodyStart({source, parsed: {program}}: ModuleOutput): number {
  return program.directives.at(-1)?.end ?? program.body[0]?.start ?? source.length;
}

/** Finds where the statements of a block begin, behind its directives. */
export function startOfStatements(block: Node): number {
  const directives: Node[] = block['directives'] ?? [];
  return (
    directives.at(-1)?.end ??
    (block.type === 'StaticBlock' ? block['body'][0].start : block.start + 1)
  );
}

/** Finds the position of `char` at or after `from`, comments passed over. */
export function findToken(source: string, from: number, char: string): number {
  let i = from;
  while (source[i] !== char) {
    if (source.startsWith('/*', i)) i = source.indexOf('*/', i) + 2;
    else if (source.startsWith('//', i)) i = source.indexOf('\n', i) + 1;
    else i++;
  }
  return i;
}

/**
 * Names the function of `export default async function () {}`: without a name it could not be registered
 * before other code sees it.
 */
export function nameDefaultFunction({source, edits, names}: ModuleOutput, value: Node): string {
  const local = names.take('$$default');
  const at = value['typeParameters']?.start ?? findToken(source, value.start, '(');
  edits.insert(at, [{text: ` ${local}`}]);
  return local;
}
