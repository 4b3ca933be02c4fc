import {isTypeOnly, nameOrValue, type Node} from '../../ast.ts';
import {isStackOverflow} from '../../deepTrees.ts';
import {parseModule, type ParseOptions} from '../../parse.ts';
import type {FunctionUse, ImportUse} from '../../types.ts';
import {StatementAnalyses} from '../scopes/statementAnalyses.ts';
import {ModuleCode} from '../values/moduleCode.ts';
import {memberKey} from '../values/namedCalls.ts';
import {usesOfNode, usesOfVariable} from './uses.ts';

/**
 * Reads what a module imports by ES syntax, and what it does with each name. Of `import * as notes` the
 * members that are used are listed, and `'*'` where it is used as a whole.
 *
 * @param source text of the module
 * @param filename its ending decides the syntax: TypeScript, JSX
 * @param options `format`, where the host says it, and `parserPlugins`
 * @returns nothing of a file that cannot be parsed
 */
export function importUses(
  source: string,
  filename: string,
  options: ParseOptions = {},
): ImportUse[] {
  const parsed = parseModule(source, filename, options);
  if (!('module' in parsed)) return [];
  const statements = parsed.module.program.body as unknown as Node[];
  const code = new ModuleCode(statements, new StatementAnalyses([], false, source));
  try {
    return statements.flatMap((statement) => usesOfStatement(statement, code));
  } catch (error) {
    if (isStackOverflow(error)) return [];
    throw error;
  }
}

function usesOfStatement(statement: Node, code: ModuleCode): ImportUse[] {
  if (isTypeOnly(statement) || !statement['source']) return [];
  const specifier: string = statement['source'].value;
  switch (statement.type) {
    case 'ImportDeclaration':
      return (statement['specifiers'] as Node[])
        .filter((item) => !isTypeOnly(item))
        .flatMap((item) => usesOfSpecifier(specifier, item, code));
    case 'ExportNamedDeclaration':
      return (statement['specifiers'] as Node[])
        .filter((item) => !isTypeOnly(item))
        .map((item) => ({
          specifier,
          name: item['local'] ? nameOrValue(item['local']) : '*',
          exportedAs: nameOrValue(item['exported']),
          uses: [],
        }));
    case 'ExportAllDeclaration':
      return [{specifier, name: '*', exportedAs: '*', uses: []}];
    default:
      return [];
  }
}

function usesOfSpecifier(specifier: string, item: Node, code: ModuleCode): ImportUse[] {
  const local: Node = item['local'];
  if (item.type === 'ImportNamespaceSpecifier') return usesOfNamespace(specifier, local, code);
  const name = item.type === 'ImportDefaultSpecifier' ? 'default' : nameOrValue(item['imported']);
  const exportedAs = exportedNames(local, code);
  const use = {specifier, name, uses: usesOfVariable(local, code)};
  return exportedAs.length === 0
    ? [{...use, exportedAs: null}]
    : exportedAs.map((exported) => ({...use, exportedAs: exported}));
}

/** Of `import {save} from './notes'; export {save as store};` the export. */
function exportedNames(local: Node, code: ModuleCode): string[] {
  return code.referencesToModuleName(local['name']).flatMap(({node}) => {
    const parent = code.parentOf(node);
    return parent?.type === 'ExportSpecifier' ? [nameOrValue(parent['exported'])] : [];
  });
}

function usesOfNamespace(specifier: string, local: Node, code: ModuleCode): ImportUse[] {
  const byName = new Map<string, FunctionUse[]>();
  for (const {node} of code.referencesToModuleName(local['name'])) {
    const parent = code.parentOf(node);
    const isMember = /^(?:Optional)?MemberExpression$/.test(parent?.type ?? '');
    const key = parent && isMember && parent['object'] === node ? memberKey(parent) : null;
    const uses = usesOfNode(key === null ? node : parent!, code);
    byName.set(key ?? '*', [...(byName.get(key ?? '*') ?? []), ...uses]);
  }
  return [...byName].map(([name, uses]) => ({specifier, name, exportedAs: null, uses}));
}
