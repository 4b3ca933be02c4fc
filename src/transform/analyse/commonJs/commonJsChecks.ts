import {boundIdentifiers, forEachChild, isFunction, type Node} from '../../ast.ts';
import type {Diagnostics} from '../../diagnostics.ts';
import type {InlinePlan} from '../inline/inlinePlans.ts';
import {isModuleExports} from './exportsObject.ts';

/**
 * Reports what would keep the exports of a CommonJS module from being registered, which takes its
 * `require` and its `module`.
 *
 * @param hasServerExports whether it says `"use server"`, so that `exports` matters too
 */
export function checkCommonJs(
  statements: readonly Node[],
  hasServerExports: boolean,
  diagnostics: Diagnostics,
): void {
  for (const identifier of statements.flatMap(variables)) {
    const name: string = identifier['name'];
    if (name === 'require' || name === 'module') refuseOwnName(identifier, diagnostics);
    if (name !== 'exports' || !hasServerExports) continue;
    if (!isAlsoModuleExports(identifier, statements)) refuseOwnName(identifier, diagnostics);
  }
}

/** Reports `export =` beside inline server functions: TypeScript takes no other export with it. */
export function checkExportAssignment(statements: readonly Node[], diagnostics: Diagnostics): void {
  for (const statement of statements) {
    if (statement.type !== 'TSExportAssignment') continue;
    diagnostics.error(
      'export-assignment',
      statement,
      'The compiler exports the inline server functions of this module, but a module with "export =" can export nothing else. Write "export" in front of what is exported, or "export default".',
    );
  }
}

/** Reports a `return` that may end the module before a constant holds its server function. */
export function checkEarlyReturns(
  statements: readonly Node[],
  plans: readonly InlinePlan[],
  diagnostics: Diagnostics,
): void {
  const constants = plans.filter(
    ({place, node}) => place.kind === 'module' && node.type !== 'FunctionDeclaration',
  );
  for (const statement of topLevelReturns(statements)) {
    if (!constants.some(({node}) => node.start > statement.start)) continue;
    diagnostics.error(
      'top-level-return',
      statement,
      'This "return" may end the module before the server functions below it exist. Declare them above it, or as "async function", or put what follows it into the other branch of an "if".',
    );
  }
}

function refuseOwnName(identifier: Node, diagnostics: Diagnostics): void {
  const name: string = identifier['name'];
  diagnostics.error(
    'commonjs-name',
    identifier,
    `This CommonJS module declares its own "${name}", which hides the one that its server functions are exported with. Give it another name.`,
  );
}

/** Finds the `return` statements that end a module. */
export function topLevelReturns(statements: readonly Node[]): Node[] {
  return statements.flatMap(returnsIn);
}

function returnsIn(node: Node): Node[] {
  if (node.type === 'ReturnStatement') return [node];
  const found: Node[] = [];
  if (!isFunction(node)) forEachChild(node, (child) => found.push(...returnsIn(child)));
  return found;
}

/** What the module declares for the whole of its scope: `var` in blocks too. */
function variables(statement: Node): Node[] {
  const found: Node[] = [];
  const visit = (node: Node, isTop: boolean): void => {
    if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') {
      if (isTop && node['id']) found.push(node['id']);
    } else if (node.type === 'VariableDeclaration' && (isTop || node['kind'] === 'var')) {
      for (const {id} of node['declarations'] as Node[]) found.push(...boundIdentifiers(id));
    }
    if (!isFunction(node)) forEachChild(node, (child) => visit(child, false));
  };
  visit(statement, true);
  return found;
}

/** `var exports = module.exports = {};` */
function isAlsoModuleExports(identifier: Node, statements: readonly Node[]): boolean {
  const declarator = statements
    .flatMap(({declarations}) => (declarations ?? []) as Node[])
    .find(({id}) => id === identifier);
  let value: Node | null = declarator?.['init'] ?? null;
  while (value?.type === 'AssignmentExpression') {
    if (isModuleExports(value['left'])) return true;
    value = value['right'];
  }
  return value !== null && isModuleExports(value);
}
