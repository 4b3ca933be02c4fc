import type * as t from '@babel/types';
import {CHILD_KEYS} from './childKeys.ts';

/** A Babel AST node, read structurally: the walkers here know no more of most nodes than this. */
export type Node = {type: string; start: number; end: number; loc: t.SourceLocation} & Record<
  string,
  any
>;

export type FunctionNode = (
  | t.FunctionDeclaration
  | t.FunctionExpression
  | t.ArrowFunctionExpression
  | t.ObjectMethod
  | t.ClassMethod
  | t.ClassPrivateMethod
) &
  Node;

const FUNCTION_TYPES = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]);

export function isFunction(node: Node): node is FunctionNode {
  return FUNCTION_TYPES.has(node.type);
}

export function isClass(node: Node): boolean {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

/** Keys that hold no children, or children that are types and vanish before the program runs. */
const SKIPPED_KEYS = new Set([
  'type',
  'start',
  'end',
  'loc',
  'range',
  'extra',
  'errors',
  'directives',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'returnType',
  'superTypeParameters',
  'superTypeArguments',
  'implements',
  'predicate',
  'variance',
  // The part of the tree that a `LongExpression` stands for.
  'original',
]);

/** TypeScript nodes that run, or that hold an expression that runs. */
const RUNTIME_TYPESCRIPT = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
  'TSParameterProperty',
  'TSExportAssignment',
  'TSImportEqualsDeclaration',
  'TSExternalModuleReference',
]);

/** Whether the node is a type, or a declaration of one, and so never runs. */
export function isTypeOnly(node: Node): boolean {
  const {type} = node;
  if (ALWAYS_RUNS.has(type)) return false;
  if (type.startsWith('TS')) {
    return (
      !RUNTIME_TYPESCRIPT.has(type) ||
      node['declare'] === true ||
      node['importKind'] === 'type' ||
      (type === 'TSModuleDeclaration' && !hasValues(node))
    );
  }
  if (node['declare'] === true) return true;
  if (node['importKind'] === 'type' || node['exportKind'] === 'type') return true;
  return (
    type.startsWith('Declare') ||
    type === 'TypeAlias' ||
    type === 'OpaqueType' ||
    type === 'InterfaceDeclaration' ||
    type.endsWith('TypeAnnotation')
  );
}

/** Whether a namespace holds more than types: one that does not is no value when the program runs. */
function hasValues({body}: Node): boolean {
  // `namespace A.B {}` may be one namespace in another.
  if (body?.type !== 'TSModuleBlock') return Boolean(body) && !isTypeOnly(body);
  return (body['body'] as Node[]).some((statement) => {
    const declared: Node = statement['declaration'] ?? statement;
    return !isTypeOnly(statement) && !isTypeOnly(declared);
  });
}

/** Common nodes that `declare` or `type` can make a mere type. */
const MAY_BE_TYPE_ONLY = new Set([
  'ClassDeclaration',
  'ExportAllDeclaration',
  'ExportNamedDeclaration',
  'ExportSpecifier',
  'FunctionDeclaration',
  'ImportDeclaration',
  'VariableDeclaration',
]);

/** The table as a map, which is asked for each node and finds a key in half the time. */
const KEYS_BY_TYPE = new Map(Object.entries(CHILD_KEYS));
const ALWAYS_RUNS = new Set([...KEYS_BY_TYPE.keys()].filter((type) => !MAY_BE_TYPE_ONLY.has(type)));

/** Calls `visit` for each child that can run, in the order of the source's syntax tree. */
export function forEachChild(node: Node, visit: (child: Node, key: string) => void): void {
  const keys = KEYS_BY_TYPE.get(node.type);
  if (keys) {
    for (const key of keys) visitValue(node[key], key, visit);
    return;
  }
  for (const key of Object.keys(node)) {
    if (!SKIPPED_KEYS.has(key)) visitValue(node[key], key, visit);
  }
}

function visitValue(value: unknown, key: string, visit: (child: Node, key: string) => void): void {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (item !== null && typeof item === 'object' && !isTypeOnly(item)) visit(item, key);
    }
  } else if (typeof (value as Node).type === 'string' && !isTypeOnly(value as Node)) {
    visit(value as Node, key);
  }
}

/** Expressions that only tell a type checker something: `x!`, `x as T`, `<T>x`, `x satisfies T`. */
export function isTypeWrapper(node: Node): boolean {
  return (
    node.type === 'TSNonNullExpression' ||
    node.type === 'TSAsExpression' ||
    node.type === 'TSSatisfiesExpression' ||
    node.type === 'TSTypeAssertion' ||
    node.type === 'TSInstantiationExpression' ||
    node.type === 'TypeCastExpression'
  );
}

/** Gives the expression inside parentheses and type annotations. */
export function unwrapExpression(node: Node): Node {
  let inner = node;
  while (isTypeWrapper(inner) || inner.type === 'ParenthesizedExpression') {
    inner = inner['expression'];
  }
  return inner;
}

/** Whether it is a call by which esbuild's `keepNames` wraps functions: `__name(async () => {}, "save")`. */
export function isKeepNamesCall(node: Node): boolean {
  return (
    node.type === 'CallExpression' &&
    node['callee'].type === 'Identifier' &&
    node['callee'].name === '__name'
  );
}

/** Gives the function or class inside of what only names it, in parentheses and type annotations. */
export function unwrapNamed(node: Node): Node {
  const inner = unwrapExpression(node);
  return isKeepNamesCall(inner) ? unwrapNamed(inner['arguments'][0]) : inner;
}

/** Gives the name of an identifier or the value of a string: `x`, `'x-y'`. */
export function nameOrValue(node: Node): string {
  return node.type === 'Identifier' || node.type === 'JSXIdentifier' ? node['name'] : node['value'];
}

/** Gives the key of a property or method as text, or `null` when only the run knows it. */
export function staticKey(member: Node): string | null {
  const key: Node = member['key'];
  if (key.type === 'StringLiteral' || key.type === 'NumericLiteral') return String(key['value']);
  if (key.type === 'BigIntLiteral') return String(BigInt(key['value']));
  if (key.type === 'PrivateName') return `#${key['id'].name}`;
  if (!member['computed'] && key.type === 'Identifier') return key['name'];
  return null;
}

/** Lists the names that a pattern binds: `{a, b: [c, ...d]}` binds `a`, `c` and `d`. */
export function boundIdentifiers(pattern: Node | null, found: Node[] = []): Node[] {
  if (pattern === null) return found;
  switch (pattern.type) {
    case 'Identifier':
      found.push(pattern);
      break;
    case 'ObjectPattern':
      for (const property of pattern['properties']) {
        boundIdentifiers(
          property.type === 'RestElement' ? property.argument : property.value,
          found,
        );
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern['elements']) boundIdentifiers(element, found);
      break;
    case 'AssignmentPattern':
      boundIdentifiers(pattern['left'], found);
      break;
    case 'RestElement':
      boundIdentifiers(pattern['argument'], found);
      break;
    case 'TSParameterProperty':
      boundIdentifiers(pattern['parameter'], found);
      break;
    default:
      if (isTypeWrapper(pattern)) boundIdentifiers(pattern['expression'], found);
  }
  return found;
}
