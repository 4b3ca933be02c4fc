import {isClass, isFunction, unwrapNamed, type Node} from '../../ast.ts';
import {keepsPosition} from '../rebuilt/declarationTime.ts';
import type {ModuleCode} from '../values/moduleCode.ts';
import {isCall} from '../values/namedCalls.ts';
import {plainCodeIn, plainCodeOf} from '../values/plainCode.ts';
import {initialValue, constantValue} from '../scopes/bindingValues.ts';
import {lookUp, type Binding, type Scope} from '../scopes/scope.ts';
import {isAlwaysAssigned} from './alwaysAssigned.ts';

/*
 * Captured variables whose value is code, or holds some, in a form that cannot be written again.
 */

/** Whether the declaration of a variable shows code, or names that may stand for code. */
export function mayHoldCode(
  {declaration, kind, scope}: Binding,
  serverFunctions: readonly Node[],
): boolean {
  if (declaration.type === 'FunctionDeclaration') return true;
  if (declaration.type !== 'VariableDeclarator') return false;
  const init: Node | null = declaration['init'];
  return init
    ? showsCode(init, {scope, serverFunctions, depth: 0})
    : kind === 'let' || kind === 'var';
}

interface Search {
  scope: Scope;
  serverFunctions: readonly Node[];
  depth: number;
}

const DEEPEST = 8;

/** Whether an expression gives code, or an object or list with code in it, as far as it shows that. */
function showsCode(expression: Node, search: Search): boolean {
  const value = unwrapNamed(expression);
  const inPart = (part: Node) => showsCode(part, {...search, depth: search.depth + 1});
  if (isFunction(value) || isClass(value)) return true;
  if (search.depth > DEEPEST) return false;
  switch (value.type) {
    case 'RegExpLiteral':
      return true;
    case 'Identifier':
      return namesCode(value['name'], search);
    case 'ConditionalExpression':
      return inPart(value['consequent']) || inPart(value['alternate']);
    case 'LogicalExpression':
      return inPart(value['left']) || inPart(value['right']);
    case 'ObjectExpression':
      return (value['properties'] as Node[]).some(
        (property) =>
          isFunction(property) || inPart((property['value'] ?? property['argument']) as Node),
      );
    case 'ArrayExpression':
      return (value['elements'] as (Node | null)[]).some((element) => element && inPart(element));
    case 'MemberExpression':
    case 'SpreadElement':
      return inPart(value['object'] ?? value['argument']);
    default:
      return isCall(value) && callGivesCode(value, search);
  }
}

function namesCode(name: string, search: Search): boolean {
  const binding = lookUp(name, search.scope);
  const value = binding && constantValue(binding);
  return Boolean(value) && showsCode(value!, {...search, depth: search.depth + 1});
}

/** Calls that give their argument or receiver again, with what is bound. */
const GIVING_AGAIN = /^(?:useCallback|cache|bind)$/;

/**
 * Whether a call may give code that it is given. A function written for the call alone, as in
 * `rows.filter((row) => …)`, is used up by it, unless a server function stands in there.
 */
function callGivesCode(call: Node, search: Search): boolean {
  const {callee} = call as Node & {callee: Node};
  const name: string | undefined = callee['property']?.name ?? callee['name'];
  const receiver: Node[] = /MemberExpression$/.test(callee.type) ? [callee['object']] : [];
  return [...receiver, ...(call['arguments'] as Node[])].some((part) => {
    const isWritten = isFunction(unwrapNamed(part)) && !GIVING_AGAIN.test(name ?? '');
    return isWritten
      ? search.serverFunctions.some(({start, end}) => part.start <= start && end <= part.end)
      : showsCode(part, {...search, depth: search.depth + 1});
  });
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

/** A variable that holds one function after another, or nothing before. */
function whyAssignedCode(binding: Binding, code: ModuleCode): string | null {
  const {declaration, scope} = binding;
  const first =
    declaration.type === 'FunctionDeclaration' ? declaration : initialValue(declaration);
  if (first ? !plainCodeIn(first, [], code) : !isAlwaysAssigned(declaration, code)) return null;
  const writes = code
    .referencesAround(scope.node, (other) => other === binding)
    .filter(({isWrite}) => isWrite);
  const areCode = writes.every(({node}) => {
    const user = code.parentOf(node);
    const isPlain = user?.type === 'AssignmentExpression' && user['operator'] === '=';
    return isPlain && plainCodeIn(user['right'], [], code) !== null;
  });
  if (writes.length === 0 || !areCode) return null;
  return first || writes.length > 1
    ? 'a variable of several functions'
    : 'a variable that gets its function by an assignment';
}
