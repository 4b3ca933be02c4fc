import {isClass, isFunction, unwrapExpression, unwrapNamed, type Node} from '../ast.ts';
import {keepsPosition} from './declarationTime.ts';
import type {ModuleCode} from './moduleCode.ts';
import {isCall} from './namedCalls.ts';
import {plainCodeIn, plainCodeOf} from './plainCode.ts';
import {initialValue, knownValue, lookUp, type Binding, type Scope} from './scope.ts';

/*
 * Captured variables whose value is code, or holds some, in a form that cannot be written again.
 */

/** Whether the declaration of a variable shows code, or names that may stand for code. */
export function mayHoldCode({declaration, kind, scope}: Binding): boolean {
  if (declaration.type === 'FunctionDeclaration') return true;
  if (declaration.type !== 'VariableDeclarator') return false;
  const {id, init} = declaration as Node & {id: Node; init: Node | null};
  if (!init) return kind === 'let';
  const value = unwrapExpression(init);
  if (value.type === 'Identifier' && id.type === 'Identifier') return true;
  if (/^(?:Identifier|MemberExpression)$/.test(value.type)) return isPartOfLiteral(value, scope);
  if (!isCall(value)) return HOLDS_CODE.has(value.type);
  const {callee} = value;
  const receiver: Node[] = /MemberExpression$/.test(callee.type) ? [callee.object] : [];
  return [...receiver, ...value['arguments']].some((part) => isCode(part, scope));
}

const HOLDS_CODE = new Set([
  'ArrayExpression',
  'ArrowFunctionExpression',
  'ClassExpression',
  'ConditionalExpression',
  'FunctionExpression',
  'LogicalExpression',
  'ObjectExpression',
  'RegExpLiteral',
]);

/** Whether an expression reads a local variable whose value is written out: `helpers.format`. */
function isPartOfLiteral(expression: Node, scope: Scope): boolean {
  let root = unwrapExpression(expression);
  while (root.type === 'MemberExpression') root = unwrapExpression(root['object']);
  const binding = root.type === 'Identifier' ? lookUp(root['name'], scope) : null;
  const value = binding && knownValue(binding);
  return Boolean(value) && HOLDS_CODE.has(value!.type);
}

/** Whether an expression is a function or class, or the name of a local one. */
function isCode(expression: Node, scope: Scope): boolean {
  const inner = unwrapNamed(expression);
  if (inner.type !== 'Identifier') return isFunction(inner) || isClass(inner);
  const binding = lookUp(inner['name'], scope);
  const value = binding && knownValue(binding);
  return Boolean(value) && (isFunction(value!) || isClass(value!));
}

/**
 * Says why a captured value can never be sent, as far as the source shows it.
 *
 * @param value what the variable holds for good, if the source shows that
 * @param path the members that are used
 */
export function whyNotSerializable(
  value: Node | null,
  binding: Binding,
  path: readonly string[],
  code: ModuleCode,
): string | null {
  if (value?.type === 'RegExpLiteral' && path.length === 0 && keepsPosition(value)) {
    return 'a pattern that keeps its position';
  }
  const {declaration, name, isReassigned, isChanged} = binding;
  if (isReassigned) return path.length === 0 ? whyAssignedCode(binding, code) : null;
  if (declaration.type !== 'VariableDeclarator' || isChanged) return null;
  const found = plainCodeOf(declaration, name, path, code);
  if (!found) return null;
  const kind = isClass(found) ? 'a class' : 'a function';
  if (declaration['id'].type !== 'Identifier') return `${kind} taken out of another value`;
  if (path.length > 0) return `an object whose member "${path.join('.')}" is ${kind}`;
  return DESCRIPTIONS[initialOf(declaration).type]?.(kind) ?? kind;
}

const DESCRIPTIONS: Readonly<Record<string, (kind: string) => string>> = {
  ArrayExpression: (kind) => `a list with ${kind} in it`,
  CallExpression: (kind) => `${kind} that a call returns`,
  ConditionalExpression: (kind) => `${kind} that a condition chooses`,
  LogicalExpression: (kind) => `${kind} that a condition chooses`,
  MemberExpression: (kind) => `${kind} taken out of another value`,
  ObjectExpression: (kind) => `an object with ${kind} in it`,
};

function initialOf(declarator: Node): Node {
  return initialValue(declarator) ?? declarator['init'];
}

/** A variable that holds one function after another. */
function whyAssignedCode(binding: Binding, code: ModuleCode): string | null {
  const {declaration, scope} = binding;
  const first =
    declaration.type === 'FunctionDeclaration' ? declaration : initialValue(declaration);
  if (!first || !plainCodeIn(first, [], code)) return null;
  const writes = code
    .referencesAround(scope.node, (other) => other === binding)
    .filter(({isWrite}) => isWrite);
  const areCode = writes.every(({node}) => {
    const user = code.parentOf(node);
    const isPlain = user?.type === 'AssignmentExpression' && user['operator'] === '=';
    return isPlain && plainCodeIn(user['right'], [], code) !== null;
  });
  return writes.length > 0 && areCode ? 'a variable of several functions' : null;
}
