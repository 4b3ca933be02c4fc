import {
  boundIdentifiers,
  forEachChild,
  isFunction,
  isTypeWrapper,
  unwrapNamed,
  type FunctionNode,
  type Node,
} from '../../ast.ts';
import type {Diagnostics} from '../../diagnostics.ts';
import {calledMethod, findShares, type Share} from './captureAliases.ts';
import {isChangedByCall} from '../scopes/nameUse.ts';
import type {Binding, NameReference} from '../scopes/scope.ts';
import type {ModuleCode} from '../values/moduleCode.ts';
import {isCall} from '../values/namedCalls.ts';

/**
 * Warns of what a server function and the helpers that are rebuilt for it change in captured values:
 * by assignments to members, by methods, through local variables that hold parts of them, and by
 * functions of the module that are given them.
 *
 * @param nodes the function and its helpers
 * @param captured the variables whose values travel
 * @param references gives those in the function and its helpers
 * @param code the module around them
 */
export function warnOfLostWrites(
  nodes: readonly Node[],
  captured: ReadonlySet<Binding>,
  references: () => Iterable<NameReference>,
  code: ModuleCode,
  diagnostics: Diagnostics,
): void {
  const changes = nodes.flatMap((node) => changesIn(node));
  // Most server functions change nothing.
  const calls = nodes.flatMap((node) => moduleCallsIn(node, code));
  if (changes.length === 0 && calls.length === 0) return;
  const bindings = new Map([...references()].map(({node, binding}) => [node, binding]));
  const shareOf = findShares(nodes, captured, (identifier) => bindings.get(identifier));
  const warned = new Set<Node>();
  const warnOnce = (share: Share, by: string): void => {
    if (!warned.has(share.root)) warn(share, by, diagnostics);
    warned.add(share.root);
  };
  for (const changed of changes) {
    const share = shareOf(changed);
    if (share?.depth === 0) warnOnce(share, '');
  }
  for (const {callee, given, fn} of calls) {
    if (bindings.get(callee) !== null) continue;
    for (const [index, value] of given.entries()) {
      const share = shareOf(value);
      if (share?.depth !== 0 || !changesParameter(fn, index, code, [])) continue;
      warnOnce(share, callee['name']);
    }
  }
}

/** The expressions in a function whose values are changed inside, in the order of the source. */
function changesIn(node: Node, found: Node[] = []): Node[] {
  found.push(...changedBy(node));
  forEachChild(node, (child) => changesIn(child, found));
  return found;
}

function warn({root, captured}: Share, by: string, diagnostics: Diagnostics): void {
  const name: string = root['name'] ?? `${root['callee'].name ?? '(…)'}()`;
  const part = name === captured.name ? `"${name}"` : `"${name}", a part of "${captured.name}",`;
  const what = by === '' ? part : `${part.replace(/,$/, '')}, which "${by}" changes,`;
  diagnostics.warning('lost-write', root, lostWrite(what));
}

/** Words the warning. */
export function lostWrite(what: string): string {
  return `${what} belongs to the function around this server function. Called from the browser, the server function gets a copy, so this change is lost when the call ends. Return the new value, or store it where the next request can read it.`;
}

/** Methods of built-in objects that change the object. */
const CHANGING_METHODS =
  /^(?:add|append|clear|copyWithin|delete|fill|pop|push|reverse|set|shift|sort|splice|unshift|set(?:UTC)?(?:Date|FullYear|Hours|Milliseconds|Minutes|Month|Seconds|Time|Year))$/;

/** The expressions whose values a node changes inside. */
function changedBy(node: Node): Node[] {
  switch (node.type) {
    case 'AssignmentExpression':
    case 'ForInStatement':
    case 'ForOfStatement':
      return objectsOfTargets(node['left']);
    case 'UpdateExpression':
      return objectsOfTargets(node['argument']);
    case 'UnaryExpression':
      return node['operator'] === 'delete' ? objectsOfTargets(node['argument']) : [];
    case 'CallExpression':
    case 'OptionalCallExpression':
      return changedByCall(node);
    default:
      return [];
  }
}

/** `rows.push(…)` changes `rows`; `Object.assign(page, …)` and `push.call(rows, …)` their argument. */
function changedByCall(call: Node): Node[] {
  const first: Node | undefined = call['arguments'][0];
  if (first && isChangedByCall(first, call)) return [first];
  const method = calledMethod(call);
  if (!method) return [];
  if (first && /^(?:apply|call)$/.test(method.name)) {
    const {property} = method.object as {property?: Node};
    return CHANGING_METHODS.test(property?.['name']) ? [first] : [];
  }
  return CHANGING_METHODS.test(method.name) ? [method.object] : [];
}

/** Of `page.title` and `[page.title, list[0]]` on the left: `page`, `list`. */
function objectsOfTargets(target: Node): Node[] {
  if (isTypeWrapper(target)) return objectsOfTargets(target['expression']);
  switch (target.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return [target['object']];
    case 'AssignmentPattern':
      return objectsOfTargets(target['left']);
    case 'RestElement':
      return objectsOfTargets(target['argument']);
    case 'ArrayPattern':
      return target['elements'].flatMap((element: Node | null) =>
        element ? objectsOfTargets(element) : [],
      );
    case 'ObjectPattern':
      return target['properties'].flatMap((property: Node) =>
        objectsOfTargets(property['value'] ?? property),
      );
    default:
      return [];
  }
}

/** A call by a name that the module gives to a function, unless it has another meaning where the call stands. */
interface ModuleCall {
  callee: Node;
  given: readonly Node[];
  fn: FunctionNode;
}

function moduleCallsIn(node: Node, code: ModuleCode, found: ModuleCall[] = []): ModuleCall[] {
  const call = moduleCall(node, code);
  if (call) found.push(call);
  forEachChild(node, (child) => moduleCallsIn(child, code, found));
  return found;
}

function moduleCall(node: Node, code: ModuleCode): ModuleCall | null {
  if (!isCall(node) || node['callee'].type !== 'Identifier') return null;
  const {callee, arguments: given} = node as Node & {callee: Node; arguments: Node[]};
  const fn = given.length > 0 ? moduleFunction(callee, code) : null;
  return fn && {callee, given, fn};
}

/** The function that a name of the module level stands for. */
function moduleFunction({name}: Node, code: ModuleCode): FunctionNode | null {
  const declaration = code.moduleName(name)?.declaration;
  const isPlain = declaration?.type === 'VariableDeclarator' && declaration['init'];
  const value = isPlain ? unwrapNamed(declaration['init']) : declaration;
  return value && isFunction(value) ? value : null;
}

/**
 * Whether a function of the module changes what it is given, itself or by another one.
 *
 * @param callers the functions that have called it, which it may call in turn
 */
function changesParameter(
  fn: FunctionNode,
  index: number,
  code: ModuleCode,
  callers: readonly Node[],
): boolean {
  const parameter = fn.params[index] as Node | undefined;
  if (!parameter || parameter.type === 'RestElement' || callers.includes(fn)) return false;
  const {bindings, given} = parameterUses(fn, parameter, code);
  const shareOf = findShares([fn], given, (identifier) => bindings.get(identifier));
  const isGiven = (value: Node): boolean => shareOf(value)?.depth === 0;
  if (changesIn(fn).some(isGiven)) return true;
  return moduleCallsIn(fn, code).some(
    ({callee, given: passed, fn: inner}) =>
      !bindings.get(callee) &&
      passed.some(
        (value, i) => isGiven(value) && changesParameter(inner, i, code, [...callers, fn]),
      ),
  );
}

/** What the names in a function mean, and the variables of a parameter that keep what it is given. */
function parameterUses(
  fn: FunctionNode,
  parameter: Node,
  code: ModuleCode,
): {bindings: Map<Node, Binding>; given: Set<Binding>} {
  const bindings = new Map<Node, Binding>();
  for (const {node, binding} of code.referencesAround(fn, () => true)) {
    bindings.set(node, binding!).set(binding!.identifier, binding!);
  }
  // `...rest` is a new object.
  const names = boundIdentifiers(parameter)
    .filter((identifier) => code.parentOf(identifier)?.type !== 'RestElement')
    .map((identifier) => bindings.get(identifier));
  const given = names.filter((binding) => binding && !binding.isReassigned) as Binding[];
  return {bindings, given: new Set(given)};
}
