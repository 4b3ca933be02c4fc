import {
  isClass,
  isFunction,
  isKeepNamesCall,
  isTypeWrapper,
  staticKey,
  type Node,
} from '../../ast.ts';
import type {UnusedNames} from '../../unusedNames.ts';
import type {InlineFunction} from '../directives.ts';
import {fingerprint} from './fingerprint.ts';

/** The names of an inline server function. */
export interface InlineNames {
  /** What the module exports it as: `$$Page$save`. */
  exportName: string;
  /**
   * The `name` that JavaScript gives to an anonymous function by its place
   * (ECMAScript, NamedEvaluation; a JSX attribute is compiled to a property); `null` when the function has one of its own, or none.
   */
  inferredName: string | null;
  /** For messages: `save`, or `anonymous function`. */
  label: string;
}

/**
 * Names inline server functions after where they stand: the names around them joined by `$`.
 * A name stays as it is when other functions are added, moved or removed: what has no name of its
 * own, or shares it with another, is told apart by a hash of its text, never by counting.
 *
 * Before: `function Page() { async function save() {…} return <form action={async () => {…}}/> }`
 * After: `$$Page$save`, `$$Page$action$5f1c02`
 */
export function nameInlineFunctions(
  functions: readonly InlineFunction[],
  unused: UnusedNames,
): InlineNames[] {
  const places = functions.map((fn) => placeOf(fn));
  const readable = places.map(({parts}) => `$$${parts.map(toIdentifier).join('$')}`);
  const counts = countBy(readable);
  return functions.map(({node}, i) => {
    const {isNamed, ownName, inferredName} = places[i]!;
    const isUnique = isNamed && counts.get(readable[i]!) === 1;
    const candidate = isUnique ? readable[i]! : `${readable[i]!}$${fingerprint(node)}`;
    const exportName = unused.take(candidate);
    return {exportName, inferredName, label: ownName ?? inferredName ?? 'anonymous function'};
  });
}

interface Place {
  parts: string[];
  isNamed: boolean;
  ownName: string | null;
  inferredName: string | null;
}

function placeOf({node, ancestors}: InlineFunction): Place {
  const parts: string[] = [];
  for (let i = 0; i < ancestors.length; i++) {
    const ancestor = ancestors[i]!;
    if (!isFunction(ancestor) && !isClass(ancestor) && ancestor.type !== 'ObjectExpression')
      continue;
    const name = ownNameOf(ancestor) ?? nameByPlace(ancestors, i);
    if (name !== null && name !== '') parts.push(name);
  }
  const ownName = ownNameOf(node);
  const placeName = nameByPlace([...ancestors, node], ancestors.length);
  const name = ownName ?? placeName;
  const isAttribute = ancestors.at(-1)?.type === 'JSXExpressionContainer';
  if (name !== null && name !== '') parts.push(name);
  if (parts.length === 0) parts.push('anonymous');
  return {
    parts,
    isNamed: name !== null && name !== '' && !isAttribute,
    ownName,
    inferredName: ownName === null && canInfer(node) ? placeName : null,
  };
}

function canInfer(node: Node): boolean {
  return (
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'FunctionExpression' ||
    node.type === 'FunctionDeclaration'
  );
}

function ownNameOf(node: Node): string | null {
  if (node['id']) return node['id'].name;
  return 'key' in node ? staticKey(node) : null;
}

/** The name that the place of a value suggests: its variable, property, attribute or export. */
function nameByPlace(ancestors: readonly Node[], index: number): string | null {
  let i = index;
  let node = ancestors[i]!;
  let parent = ancestors[i - 1];
  while (parent && (isTypeWrapper(parent) || isKeepNamesCall(parent))) {
    node = parent;
    i--;
    parent = ancestors[i - 1];
  }
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent['id'].type === 'Identifier' ? parent['id'].name : null;
    case 'AssignmentExpression':
    case 'AssignmentPattern': {
      const {left, right} = parent as Node & {left: Node; right: Node};
      const isName = left.type === 'Identifier' && !left['extra']?.parenthesized;
      return right === node && isName ? left['name'] : null;
    }
    case 'ObjectProperty':
      // `__proto__: value` sets the prototype, and names nothing.
      if (!parent['computed'] && staticKey(parent) === '__proto__') return null;
      return parent['value'] === node ? staticKey(parent) : null;
    case 'ClassProperty':
    case 'ClassAccessorProperty':
    case 'ClassPrivateProperty':
      return parent['value'] === node ? staticKey(parent) : null;
    case 'JSXExpressionContainer': {
      const attribute = ancestors[i - 2];
      return attribute?.type === 'JSXAttribute' ? attributeName(attribute['name']) : null;
    }
    case 'ExportDefaultDeclaration':
      return 'default';
    default:
      return null;
  }
}

function attributeName(name: Node): string {
  return name.type === 'JSXNamespacedName'
    ? `${name['namespace'].name}:${name['name'].name}`
    : name['name'];
}

/** `save-it` -> `save_it`: keys may be any text, names may not. */
function toIdentifier(text: string): string {
  return text.replace(/[^\p{ID_Continue}$]/gu, '_');
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
