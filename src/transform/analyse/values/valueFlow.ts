import {isTypeWrapper, type Node} from '../../ast.ts';
import {bind} from './boundNames.ts';
import {useArgument, useCallee, useResult, useTemplate} from './callUses.ts';
import {holdInMember} from './heldMembers.ts';
import {useMember} from './memberUses.ts';
import type {ModuleCode} from './moduleCode.ts';
import {isCall, literalKey, namedCall, propertyKey} from './namedCalls.ts';
import {selfExpressions, superExpressions} from './selfExpressions.ts';
import {ELEMENT, inList, matches, Trace, type Holder, type ValueFlow} from './trace.ts';

/** Where values of a module go, each found out when it is first asked for. */
export class ValueFlows {
  readonly #code: ModuleCode;
  readonly #flows = new Map<Node, ValueFlow>();

  constructor(code: ModuleCode) {
    this.#code = code;
  }

  of(value: Node): ValueFlow {
    let flow = this.#flows.get(value);
    if (!flow) this.#flows.set(value, (flow = traceValue(value, this.#code)));
    return flow;
  }
}

/**
 * Follows a value through the module from where it is written: through variables, parameters of functions
 * that the module shows, lists, objects and patterns.
 */
function traceValue(value: Node, code: ModuleCode): ValueFlow {
  const trace = new Trace(code);
  const start: Holder = {node: value, path: [], isPart: false, entry: null};
  trace.add(start);
  trace.followNames(start, value, (binding) => binding.declaration === value);
  for (const {node, path} of selfExpressions(value)) trace.add({...start, node, path});
  for (const holder of trace.holders) useHolder(holder, trace);
  return trace.flow;
}

/** Looks at what is done with a holder where it stands. */
function useHolder(holder: Holder, trace: Trace): void {
  const {node} = holder;
  const user = trace.code.parentOf(node);
  if (!user) return;
  if (isPassedOn(node, user)) trace.add({...holder, node: user});
  switch (user.type) {
    case 'VariableDeclarator':
      return node === user['init'] ? bind(user['id'], holder, trace) : undefined;
    case 'AssignmentPattern':
    case 'AssignmentExpression':
      return node === user['right'] ? bind(user['left'], holder, trace) : undefined;
    case 'MemberExpression':
    case 'OptionalMemberExpression':
    case 'JSXMemberExpression':
      return node === user['object'] ? useMember(user, holder, trace) : undefined;
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      return node === user['callee']
        ? useCallee(user, holder, trace)
        : useArgument(user, holder, trace);
    case 'ForOfStatement':
      return node === user['right'] ? useLoop(user, holder, trace) : undefined;
    case 'BinaryExpression':
      return compare(user, holder, trace);
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
      return useResult(user, holder, trace);
    case 'YieldExpression':
      return useResult(user, user['delegate'] ? holder : inList(holder), trace);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return node === user['superClass'] ? useBase(user, holder, trace) : undefined;
    default:
      return useInLiteral(user, holder, trace);
  }
}

function useInLiteral(user: Node, holder: Holder, trace: Trace): void {
  const {node, path} = holder;
  switch (user.type) {
    case 'ArrayExpression':
      return useElement(user, holder, trace);
    case 'ObjectProperty': {
      const object = trace.code.parentOf(user)!;
      if (node !== user['value'] || object.type !== 'ObjectExpression') return;
      return trace.add({...holder, node: object, path: [propertyKey(user), ...path]});
    }
    case 'SpreadElement':
    case 'JSXSpreadAttribute':
      return useSpread(user, holder, trace);
    case 'TemplateLiteral':
      return useTemplate(user, holder, trace);
    case 'ClassProperty':
    case 'ClassPrivateProperty':
    case 'ClassAccessorProperty':
      return node === user['value'] ? holdInMember(user, path, holder, trace) : undefined;
  }
}

/** Follows an element into its list, or into the call: the list of `Reflect.apply(put, null, [f])` holds arguments. */
function useElement(list: Node, holder: Holder, trace: Trace): void {
  const call = trace.code.parentOf(list);
  const passed = call && isCall(call) ? namedCall(call, trace.code).arguments : [];
  if (call && passed.includes(holder.node)) return useArgument(call, holder, trace);
  trace.add({...inList(holder), node: list});
}

function useBase(subclass: Node, holder: Holder, trace: Trace): void {
  if (holder.isPart || holder.path.length > 0) return;
  for (const {node, path} of superExpressions(subclass)) trace.add({...holder, node, path});
}

function useSpread(user: Node, holder: Holder, trace: Trace): void {
  if (holder.path.length === 0) return trace.read(holder, null);
  const around = trace.code.parentOf(user)!;
  if (around.type === 'ObjectExpression' || around.type === 'ArrayExpression') {
    trace.add({...holder, node: around});
  } else if (isCall(around)) {
    trace.handOver(holder, namedCall(around, trace.code).name ?? 'a function');
  }
}

function useLoop({left}: Node, holder: Holder, trace: Trace): void {
  if (!matches(holder.path[0], ELEMENT)) return;
  const target: Node = left.type === 'VariableDeclaration' ? left.declarations[0].id : left;
  bind(target, {...holder, path: holder.path.slice(1)}, trace);
}

function compare({operator, left, right}: Node, holder: Holder, trace: Trace): void {
  const {node, path, isPart, entry} = holder;
  if (isPart || path.length > 0) return;
  if (operator === 'in' && node === right) trace.read(holder, literalKey(left));
  const isComparison = /^[!=]==?$/.test(operator) && !isPrimitive(node === left ? right : left);
  if (isComparison || (operator === 'instanceof' && node === right)) {
    trace.flow.compared.push(entry ?? node);
  }
}

/** Whether `user` is an expression that can give the very value of `node`, which stands in it. */
function isPassedOn(node: Node, user: Node): boolean {
  switch (user.type) {
    case 'ParenthesizedExpression':
    case 'LogicalExpression':
    case 'AwaitExpression':
      return true;
    case 'AssignmentExpression':
      return node === user['right'];
    case 'ConditionalExpression':
      return node !== user['test'];
    case 'SequenceExpression':
      return node === user['expressions'].at(-1);
    default:
      return isTypeWrapper(user);
  }
}

function isPrimitive(node: Node): boolean {
  return (
    /^(?:Null|String|Numeric|Boolean|BigInt)Literal$/.test(node.type) ||
    node.type === 'UnaryExpression' ||
    node['name'] === 'undefined'
  );
}
