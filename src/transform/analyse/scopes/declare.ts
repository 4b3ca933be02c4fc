import {boundIdentifiers, forEachChild, type Node} from '../../ast.ts';
import {isVariableOutside} from './blockFunctions.ts';
import {varScope, type BindingKind, type Scope} from './scope.ts';

/** Notes that a name is declared in a scope. */
export function declare(
  scope: Scope,
  identifier: Node,
  kind: BindingKind,
  declaration: Node,
): void {
  const name: string = identifier['name'];
  const existing = scope.bindings.get(name);
  if (existing?.kind === 'function' && kind === 'function') {
    // Of two functions of one name the second is meant everywhere, from the start.
    existing.declaration = declaration;
    return;
  }
  if (existing && (existing.kind !== 'own name' || kind === 'own name')) {
    // `var x` beside a parameter or another `var x` is the same variable with a second value.
    if (kind !== 'parameter') existing.isReassigned = true;
    return;
  }
  scope.bindings.set(name, {
    name,
    kind,
    scope,
    identifier,
    declaration,
    isReassigned: false,
    isChanged: false,
    isSetByBlock: false,
  });
}

/** Notes every name of a `var`, `let`, `const` or `using`. */
export function declareVariables(declaration: Node, scope: Scope): void {
  const kind: string = declaration['kind'];
  for (const declarator of declaration['declarations'] as Node[]) {
    for (const identifier of boundIdentifiers(declarator['id'])) {
      declare(
        scope,
        identifier,
        kind === 'await using' ? 'using' : (kind as BindingKind),
        declarator,
      );
    }
  }
}

/** Finds the `var` declarations of a statement, which belong to the function around it. */
export function hoistVars(node: Node, found: (declaration: Node) => void): void {
  if (node.type === 'VariableDeclaration') {
    if (node['kind'] === 'var') found(node);
    return;
  }
  if (!/Statement$|^SwitchCase$|^CatchClause$/.test(node.type)) return;
  if (node.type === 'ExpressionStatement') return;
  // Blocks declare their own: each is asked again when the walk comes to it.
  if (node.type === 'BlockStatement') return;
  forEachChild(node, (child) => hoistVars(child, found));
}

/**
 * Declares, in sloppy code, a function of a block for the function around the block too.
 *
 * @param scope the scope around the block, or around several blocks
 * @param lexical names that are declared between the block and `scope`
 */
export function hoistFunction(node: Node, scope: Scope, lexical: ReadonlySet<string>): void {
  const target = varScope(scope);
  if (!isVariableOutside(node, scope, target, lexical)) return;
  if (!target.bindings.has(node['id'].name)) declare(target, node['id'], 'var', node);
  const binding = target.bindings.get(node['id'].name)!;
  binding.isReassigned = true;
  binding.isSetByBlock = true;
}

/** What a `var` can stand in without standing in another function. */
export const HOLDS_STATEMENTS = new Set([
  'BlockStatement',
  'CatchClause',
  'DoWhileStatement',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'IfStatement',
  'LabeledStatement',
  'SwitchCase',
  'SwitchStatement',
  'TryStatement',
  'WhileStatement',
  'WithStatement',
]);
