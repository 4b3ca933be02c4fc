import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import ts from 'typescript-with-api';

export const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** @type {{exports: Record<string, {types?: string}>, typesVersions: Record<string, Record<string, string[]>>}} */
export const packageJson = JSON.parse(readFileSync(`${repository}package.json`, 'utf8'));

/** `'./server'` -> its declaration file, for every entry point that has one. */
export const declarationFiles = new Map(
  Object.entries(packageJson.exports).flatMap(([entry, {types}]) =>
    types ? [[entry, repository + types.slice(2)]] : [],
  ),
);

/** The declaration files of the built package, as a project with every strict option reads them. */
export function loadDeclarations() {
  return ts.createProgram([...declarationFiles.values()], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
  });
}

/** @typedef {{name: string, symbol: ts.Symbol, isType: boolean}} Export */

/**
 * What an entry point exports, in alphabetical order.
 *
 * @param {ts.Program} program
 * @param {string} entry
 * @returns {Export[]}
 */
export function exportsOf(program, entry) {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(declarationFiles.get(entry)));
  // A file without exports, whose import has an effect.
  if (!module) return [];
  return checker
    .getExportsOfModule(module)
    .map((found) => {
      const isAlias = (found.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(found) : found;
      const isType = isExportedAsType(found) || !(symbol.flags & ts.SymbolFlags.Value);
      return {name: found.name, symbol, isType};
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** @param {ts.Symbol} symbol */
function isExportedAsType({declarations = []}) {
  return declarations.some(
    (node) => ts.isExportSpecifier(node) && (node.isTypeOnly || node.parent.parent.isTypeOnly),
  );
}

/** Whether this package declares it. @param {ts.Symbol} symbol */
export function isOwn({declarations = []}) {
  return declarations.some((node) =>
    node.getSourceFile().fileName.startsWith(`${repository}dist/`),
  );
}

/** The modules that `use-server-webpack-plugin/types` declares. @param {ts.Program} program */
export function ambientModules(program) {
  const modules = program.getTypeChecker().getAmbientModules();
  return new Map(
    modules
      .filter(({declarations = []}) =>
        declarations.some(
          (node) => node.getSourceFile().fileName === declarationFiles.get('./types'),
        ),
      )
      .map((module) => [module.name.slice(1, -1), module]),
  );
}
