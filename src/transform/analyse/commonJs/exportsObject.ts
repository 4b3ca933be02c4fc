import {unwrapExpression, type Node} from '../../ast.ts';

/** Whether it is `exports`, `module.exports`, or another name of the same object. */
export function isExportsObject(node: Node, aliases: ReadonlySet<string>): boolean {
  return (node.type === 'Identifier' && aliases.has(node['name'])) || isModuleExports(node);
}

/** Whether it is `module.exports`. */
export function isModuleExports(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    node['object'].type === 'Identifier' &&
    node['object'].name === 'module' &&
    memberName(node) === 'exports'
  );
}

/** Gives the name of a member as text, or `null` when only the run knows it. */
export function memberName({computed, property}: Node): string | null {
  if (property === undefined) return null;
  if (computed) return textOf(property);
  return property.type === 'Identifier' ? property.name : null;
}

/** Gives the text of an expression that is a name: `'save'`; `null` when only the run knows it. */
export function textOf(key: Node): string | null {
  if (key.type === 'TemplateLiteral' && key['expressions'].length === 0) {
    return key['quasis'][0].value.cooked;
  }
  return key.type === 'StringLiteral' ? key['value'] : null;
}

/** Whether it is `Symbol.toStringTag`, which is no name to import by. */
export function isSymbol(key: Node): boolean {
  return key.type === 'MemberExpression' && key['object'].name === 'Symbol';
}

/** Whether a callee is a method of `Object`. */
export function ofObject({type, object, property}: Node, name: RegExp): boolean {
  return type === 'MemberExpression' && object.name === 'Object' && name.test(property.name);
}

/** Unwraps `{save}` of `Object.freeze({save})`. */
export function withoutFreezing(value: Node): Node {
  const content = frozenContent(value);
  return content ? unwrapExpression(content) : value;
}

/** Gives what a call closes to new members: `Object.freeze(exports)`, and `deepFreeze(exports)` of some library. */
export function frozenContent({type, callee, arguments: given}: Node): Node | null {
  if (type !== 'CallExpression') return null;
  const isFreezing =
    ofObject(callee, /^(?:freeze|seal|preventExtensions)$/) ||
    /^(?:deep)?freeze$/i.test(callee.name ?? callee.property?.name);
  return (isFreezing && given[0]) || null;
}
