import type {Rule, Scope, SourceCode} from 'eslint';
import {unwrap} from '../validation/syntax.ts';

/** A node of any parser's ESTree, read structurally. */
export type Node = {type: string; parent: Node | null; range: [number, number]; loc: any} & Record<
  string,
  any
>;

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

export function isFunction({type}: Node): boolean {
  return FUNCTIONS.has(type);
}

/** The variable that an identifier stands for. */
export function variableOf(identifier: Node, sourceCode: SourceCode): Scope.Variable | null {
  let scope: Scope.Scope | null = sourceCode.getScope(identifier as never);
  for (; scope; scope = scope.upper) {
    const variable = scope.set.get(identifier['name']);
    if (variable) return variable;
  }
  return null;
}

/** The function that an expression is, or that its variable was declared as. */
export function functionOf(expression: Node, sourceCode: SourceCode): Node | null {
  const inner = unwrap(expression);
  if (isFunction(inner)) return inner;
  if (inner.type !== 'Identifier') return null;
  const [definition, other] = variableOf(inner, sourceCode)?.defs ?? [];
  if (!definition || other) return null;
  const node = definition.node as unknown as Node;
  if (definition.type === 'FunctionName') return node;
  const init = definition.type === 'Variable' && node['id'].type === 'Identifier' && node['init'];
  return init && isFunction(unwrap(init)) ? unwrap(init) : null;
}

/** Calls `visit` for each node inside of `root`, until it returns `false` for one, whose inside is left out. */
export function walk(
  root: Node,
  {visitorKeys}: SourceCode,
  visit: (node: Node) => boolean | void,
): void {
  if (visit(root) === false) return;
  for (const key of visitorKeys[root.type] ?? []) {
    for (const child of [root[key]].flat()) if (child) walk(child, {visitorKeys} as never, visit);
  }
}

/** Whether some node inside of `root` is what is asked for. */
export function contains(
  root: Node,
  sourceCode: SourceCode,
  isWanted: (node: Node) => boolean,
): boolean {
  let isFound = false;
  walk(root, sourceCode, (node) => {
    isFound ||= isWanted(node);
    return !isFound;
  });
  return isFound;
}

/** What ESLint calls for nodes, with nodes that are read structurally. */
export function listener(visitors: Record<string, (node: Node) => void>): Rule.RuleListener {
  return visitors as unknown as Rule.RuleListener;
}
