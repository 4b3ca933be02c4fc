import type {Node} from '../../ast.ts';
import {packages} from '#packages';
import {parseModule, type ParsedModule, type ParseOptions} from '../../parse.ts';
import {flattenLongExpressions, isStackOverflow} from '../../deepTrees.ts';
import {isTypeOnly, nameOrValue} from '../../ast.ts';
import {commonJsNames} from '../commonJs/commonJsNames.ts';
import {collectExports, type ModuleExport} from './exports.ts';

/** Where the value of an export is: in a variable of its module, or in another module. */
export type ExportEntry =
  | {kind: 'local'; localName: string}
  /** `importedName` is `null` for the whole namespace. */
  | {kind: 'indirect'; specifier: string; importedName: string | null};

/**
 * What a module says of its exports, as a Source Text Module Record of ECMAScript does
 * (https://tc39.es/ecma262/#sec-source-text-module-records).
 */
export interface ModuleRecord {
  /** False for CommonJS, which copies what it re-exports. */
  isModule: boolean;
  /** Whether names may turn out to be types. */
  isTypeScript: boolean;
  /** Whether it says `"use client"`. */
  isClientModule: boolean;
  /** Exports with a value: types are left out. */
  exports: ReadonlyMap<string, ExportEntry>;
  /** Specifiers of `export * from`, as written, and of what CommonJS has in its place. */
  stars: readonly string[];
}

/**
 * Finds the specifiers of a module's `export *`, whose names have to be found by something that can read
 * other modules. Costs a text search where there is none.
 *
 * @param source text of the module
 * @param filename its ending decides the syntax: TypeScript, JSX
 * @param options `format`, where the host says it, and `parserPlugins`
 * @returns the specifiers, as written
 */
export function starExportSpecifiers(
  source: string,
  filename: string,
  options: ParseOptions = {},
): readonly string[] {
  return /export\s*\*/.test(source) ? moduleRecord(source, filename, options).stars : [];
}

/**
 * Reads what a module exports. A file with syntax errors gives what can be read of it.
 *
 * @param source text of the module
 * @param filename its ending decides the syntax: TypeScript, JSX
 * @param options `format`: what the host runs it as, where it says so; and `parserPlugins`
 */
export function moduleRecord(
  source: string,
  filename: string,
  options: ParseOptions = {},
): ModuleRecord {
  const parsed = parseTolerantly(source, filename, options);
  try {
    return recordOf(source, parsed);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    flattenLongExpressions(parsed.program as unknown as Node);
    return recordOf(source, parsed);
  }
}

function recordOf(source: string, parsed: ParsedModule): ModuleRecord {
  const {isModule, isTypeScript} = parsed;
  const program = parsed.program as unknown as Node;
  const directives = (program['directives'] ?? []) as Node[];
  const isClientModule = directives.some(({value}) => value.value === 'use client');
  const common = {isModule, isTypeScript, isClientModule};
  if (!isModule) {
    const {names, reexports} = commonJsNames(source, program);
    const exports = names.map((name): [string, ExportEntry] => [name, local(name)]);
    return {...common, exports: new Map([...exports, DEFAULT]), stars: reexports};
  }
  const {named, stars} = collectExports(parsed);
  return {
    ...common,
    exports: new Map(named.map((item) => [item.exportName, entryOf(item)])),
    stars: [...new Set(stars.map(({specifier}) => specifier))],
  };
}

function local(localName: string): ExportEntry {
  return {kind: 'local', localName};
}

/** An `import` of CommonJS has it always: the whole of `module.exports`. */
const DEFAULT: [string, ExportEntry] = ['default', local('default')];

function entryOf(item: ModuleExport): ExportEntry {
  switch (item.kind) {
    case 'reexport':
      return {kind: 'indirect', specifier: item.specifier, importedName: item.importedName};
    case 'namespace':
      return {kind: 'indirect', specifier: item.specifier, importedName: null};
    case 'local':
      return item.declaration?.kind === 'import' && item.exportName !== 'default'
        ? importedEntry(item.declaration.statement, item.localName)
        : local(item.localName);
    case 'default':
    case 'commonjs':
      return local(item.exportName);
  }
}

/** `import {save} from './notes'; export {save};` is the same export as `export {save} from './notes';` */
function importedEntry(statement: Node, localName: string): ExportEntry {
  const specifier = (statement['specifiers'] as Node[]).find(
    (node) => !isTypeOnly(node) && node['local'].name === localName,
  )!;
  return {
    kind: 'indirect',
    specifier: statement['source'].value,
    importedName: importedName(specifier),
  };
}

function importedName(specifier: Node): string | null {
  if (specifier.type === 'ImportNamespaceSpecifier') return null;
  return specifier.type === 'ImportDefaultSpecifier'
    ? 'default'
    : nameOrValue(specifier['imported']);
}

function parseTolerantly(source: string, filename: string, options: ParseOptions): ParsedModule {
  const result = parseModule(source, filename, options);
  if ('module' in result) return result.module;
  const program = packages
    .looseParser()
    .parse(source, {ecmaVersion: 'latest', sourceType: 'module'});
  // ESTree and Babel's tree agree on all that exports are made of.
  return {program: program as never, isModule: true, isTypeScript: false};
}
