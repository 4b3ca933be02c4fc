import {collectExports} from './exports.ts';
import {packages} from '../packages.ts';
import {parseModule, type ParsedModule} from '../parse.ts';

/** What other modules can import from a module by name. */
export interface ExportedNames {
  /** Names with a value: types are left out. */
  names: string[];
  /** Specifiers of `export * from`, as written. */
  stars: string[];
}

/**
 * The specifiers of a module's `export *`, whose names have to be found by somebody who can read
 * other modules. Costs a text search where there is none.
 */
export function starExportSpecifiers(source: string, filename: string): string[] {
  return /export\s*\*/.test(source) ? exportedNames(source, filename).stars : [];
}

/** The names that a module exports. A file with syntax errors gives what can be read of it. */
export function exportedNames(source: string, filename: string): ExportedNames {
  const {named, stars} = collectExports(parseTolerantly(source, filename));
  return {
    names: named.map(({exportName}) => exportName),
    stars: stars.map(({specifier}) => specifier),
  };
}

function parseTolerantly(source: string, filename: string): ParsedModule {
  const result = parseModule(source, filename);
  if ('module' in result) return result.module;
  const program = packages
    .looseParser()
    .parse(source, {ecmaVersion: 'latest', sourceType: 'module'});
  // ESTree and Babel's tree agree on all that exports are made of.
  return {program: program as never, isModule: true, isTypeScript: false};
}
