/** A node of a syntax tree, ESTree or Babel's, read structurally. */
export type SyntaxNode = {type: string} & Record<string, any>;

/** What unwrapping passes. */
export const WRAPPERS: ReadonlySet<string> = new Set([
  'ChainExpression',
  'ParenthesizedExpression',
  'TypeCastExpression',
  'TSNonNullExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
]);

/** Gives the expression inside type annotations: `x!`, `x as T`, `<T>x`, `x satisfies T`; and inside `a?.b`. */
export function unwrap<Node extends SyntaxNode>(node: Node): Node {
  let inner = node;
  while (WRAPPERS.has(inner.type)) inner = inner['expression'];
  return inner;
}

/** The name of an identifier or a plain property: `save` of `save`, `notes.save` and `notes['save']`. */
export function lastName(expression: SyntaxNode): string | null {
  const inner = unwrap(expression);
  if (inner.type === 'Identifier') return inner['name'];
  return isMember(inner) ? propertyName(inner) : null;
}

/** The name of a member or property, where the text says it. */
export function propertyName(node: SyntaxNode): string | null {
  const key: SyntaxNode = node['property'] ?? node['key'];
  if (!node['computed'] && key.type === 'Identifier') return key['name'];
  return LITERAL_KEYS.has(key.type) ? String(key['value']) : null;
}

/** `a.b` and `a?.b`. */
export function isMember({type}: SyntaxNode): boolean {
  return type === 'MemberExpression' || type === 'OptionalMemberExpression';
}

/** `f()` and `f?.()`, not `new F()`. */
export function isPlainCall({type}: SyntaxNode): boolean {
  return type === 'CallExpression' || type === 'OptionalCallExpression';
}

const LITERAL_KEYS = new Set(['Literal', 'StringLiteral', 'NumericLiteral']);
