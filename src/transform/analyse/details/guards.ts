import {isPlainCall} from '../../../validation/syntax.ts';
import {
  isFunction,
  unwrapExpression,
  unwrapNamed,
  type FunctionNode,
  type Node,
} from '../../ast.ts';
import type {Guard} from '../../types.ts';
import type {ModuleCode} from '../values/moduleCode.ts';
import {functionOf} from './functionOf.ts';

/** Functions that are called to find out who calls and what they may do, by their names. */
const GUARD =
  /^(?:(?:require|assert|ensure|check|verify|enforce|protect|restrict|must)\w*(?:Access|Admin|Auth|Csrf|Login|LoggedIn|Member|Owner|Permission|RateLimit|Role|Session|SignedIn|User)\w*|auth|authenticate\w*|authori[sz]e\w*|current(?:Session|User)\w*|get(?:CurrentUser|ServerSession|Session)|rateLimit\w*)$/;

/** The calls that a function is an argument of before it is exported, and the function itself. */
export interface Wrapped {
  /** The outermost first. */
  wrappers: Guard[];
  /** What the innermost call gets; `null` where the text does not show it. */
  inner: Node | null;
}

/**
 * Follows `withUser(logged(async (id) => …))` from the value of an export to the function that was written.
 * Calls of React's own, as `cache()`, are passed and not listed.
 */
export function wrappersOf(value: Node, code: ModuleCode): Wrapped {
  const wrappers: Guard[] = [];
  let node: Node | null = unwrapNamed(value);
  while (node && isPlainCall(node)) {
    const guard = guardOf(node, 'wrapper', code);
    if (guard && guard.from !== 'react') wrappers.push(guard);
    node = wrappedIn(node, code);
  }
  return {wrappers, inner: node};
}

/** The argument that is a function, or another such call. */
function wrappedIn(call: Node, code: ModuleCode): Node | null {
  for (const argument of (call['arguments'] as Node[]).toReversed()) {
    const node = unwrapNamed(argument);
    if (isFunction(node)) return node;
    if (isPlainCall(node) && wrappedIn(node, code)) return node;
    const fn = functionOf(node, code);
    if (fn) return fn;
  }
  return null;
}

/** The calls in the statements of a function itself that, by their names, find out who calls. */
export function callsOfGuards(fn: FunctionNode, code: ModuleCode): Guard[] {
  const body = fn.body as Node;
  const statements: Node[] = body.type === 'BlockStatement' ? body['body'] : [];
  return statements.flatMap((statement) =>
    expressionsOf(statement).flatMap((expression) => {
      const guard = isPlainCall(expression) ? guardOf(expression, 'call', code) : null;
      const lastName = guard?.name.split('.').at(-1) ?? '';
      return guard && GUARD.test(lastName) ? [guard] : [];
    }),
  );
}

/** What a statement evaluates before all else. */
function expressionsOf(statement: Node): Node[] {
  switch (statement.type) {
    case 'ExpressionStatement':
      return [operand(statement['expression'])];
    case 'VariableDeclaration':
      return (statement['declarations'] as Node[]).flatMap(({init}) => (init ? operand(init) : []));
    case 'IfStatement':
      return [operand(statement['test'])];
    default:
      return [];
  }
}

/** The call in `await f()`, `!(await f())` and `(await f()).id`. */
function operand(expression: Node): Node {
  const inner = unwrapExpression(expression);
  switch (inner.type) {
    case 'AwaitExpression':
    case 'UnaryExpression':
      return operand(inner['argument']);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return operand(inner['object']);
    default:
      return inner;
  }
}

function guardOf(call: Node, kind: Guard['kind'], code: ModuleCode): Guard | null {
  const callee: Node = call['callee'];
  const name = nameOf(callee);
  if (name === null) return null;
  const root = rootOf(callee);
  const binding = root && code.referenceAt(root)?.binding;
  return {kind, name, from: (!binding && root && code.moduleName(root['name'])?.from) || null};
}

/** A callee as text: `auth.schema().action`, `withRole("admin")`. */
function nameOf(callee: Node): string | null {
  const inner = unwrapExpression(callee);
  switch (inner.type) {
    case 'Identifier':
      return inner['name'];
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const object = nameOf(inner['object']);
      const property: Node = inner['property'];
      return object === null || inner['computed'] ? null : `${object}.${property['name']}`;
    }
    case 'CallExpression':
    case 'OptionalCallExpression': {
      const name = nameOf(inner['callee']);
      return name === null ? null : `${name}(${SECRET.test(name) ? '' : argumentText(inner)})`;
    }
    default:
      return null;
  }
}

/** A report is read by others: what such a call gets may be for nobody. */
const SECRET = /key|passw|secret|token|credential/i;

/** Of a single short text, which is mostly the name of a role; nothing of other arguments. */
function argumentText(call: Node): string {
  const [only, other] = call['arguments'] as Node[];
  const isShort = only?.type === 'StringLiteral' && !other && only['value'].length <= 40;
  return isShort ? JSON.stringify(only['value']) : '';
}

function rootOf(callee: Node): Node | null {
  let node = unwrapExpression(callee);
  for (;;) {
    if (node.type === 'Identifier') return node;
    const next: Node | undefined = node['object'] ?? node['callee'];
    if (!next) return null;
    node = unwrapExpression(next);
  }
}
