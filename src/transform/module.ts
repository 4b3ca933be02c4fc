import {formatId} from '../references/ids.ts';
import type {Node} from './ast.ts';
import {locationOf, type Diagnostics} from './diagnostics.ts';
import type {UnusedNames} from './names.ts';
import {EditedSource, type Piece} from './output.ts';
import type {ParsedModule} from './parse.ts';
import type {Reference, TransformOptions} from './types.ts';

/** One module on its way through the compiler: what is known of it, and what becomes of it. */
export interface ModuleInProgress {
  source: string;
  parsed: ParsedModule;
  options: TransformOptions;
  /** The module's path in ids: `src/actions.js`. */
  path: string;
  diagnostics: Diagnostics;
  edits: EditedSource;
  runtime: RuntimeImports;
  /** Statements that run before the first one of the source. */
  prelude: Piece[];
  /** What follows the last statement of the source. */
  epilogue: Piece[];
  serverReferences: Reference[];
  /** Names for new variables of the module level. */
  names: UnusedNames;
}

/** Names imported from the runtime, under names that nothing in the module has. */
export class RuntimeImports {
  readonly #specifier: string;
  readonly #unused: UnusedNames;
  readonly #names = new Map<string, string>();

  constructor(specifier: string, unused: UnusedNames) {
    this.#specifier = specifier;
    this.#unused = unused;
  }

  /** The local name of a function of the runtime, which gets imported by being asked for. */
  use(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const local = this.#unused.take(`$$${name}`);
    this.#names.set(name, local);
    return local;
  }

  /** The import statement, on one line so that the lines of the source stay where they are. */
  statement(isModule: boolean): string {
    if (this.#names.size === 0) return '';
    const specifier = JSON.stringify(this.#specifier);
    const names = [...this.#names];
    return isModule
      ? `import {${names.map(([name, local]) => `${name} as ${local}`).join(', ')}} from ${specifier};`
      : `const {${names.map(([name, local]) => `${name}: ${local}`).join(', ')}} = require(${specifier});`;
  }
}

/** Notes a server function for the manifest, and gives its `$$id`. */
export function addServerReference(
  {options, path, serverReferences}: ModuleInProgress,
  exportName: string,
  node: Node,
  isInline = false,
): string {
  const id = formatId({path, exportName}, options);
  serverReferences.push({
    id,
    exportName,
    ...(isInline && {isInline}),
    loc: locationOf(node),
  });
  return id;
}

/**
 * The second and third argument of `registerServerReference`: React joins them with `#`.
 *
 * @example `"src/actions.js", "save"`, or with hashed ids `"5d1f…", null`
 */
export function idArguments({options, path}: ModuleInProgress, exportName: string): string {
  return options.ids === 'hashed'
    ? `${JSON.stringify(formatId({path, exportName}, options))}, null`
    : `${JSON.stringify(path)}, ${JSON.stringify(exportName)}`;
}

/**
 * Where the first statement stands, behind the directives. Comments before it stay the first thing in
 * the file, where TypeScript looks for `@jsxImportSource` and `@ts-nocheck`.
 */
export function bodyStart({source, parsed: {program}}: ModuleInProgress): number {
  return program.directives.at(-1)?.end ?? program.body[0]?.start ?? source.length;
}

/** The position of `char` at or after `from`, comments passed over. */
export function findToken(source: string, from: number, char: string): number {
  let i = from;
  while (source[i] !== char) {
    if (source.startsWith('/*', i)) i = source.indexOf('*/', i) + 2;
    else if (source.startsWith('//', i)) i = source.indexOf('\n', i) + 1;
    else i++;
  }
  return i;
}
