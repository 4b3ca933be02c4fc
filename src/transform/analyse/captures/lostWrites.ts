import {forEachChild, isTypeWrapper, type Node} from '../../ast.ts';
import type {Diagnostics} from '../../diagnostics.ts';
import {calledMethod, findShares, type Share} from './captureAliases.ts';
import {isChangedByCall} from '../scopes/nameUse.ts';
import type {Binding, NameReference} from '../scopes/scope.ts';

/**
 * Warns of what a server function and the helpers that are rebuilt for it change in captured values:
 * by assignments to members, by methods, and through local variables that hold parts of them.
 *
 * @param nodes the function and its helpers
 * @param captured the variables whose values travel
 * @param references gives those in the function and its helpers
 */
export function warnOfLostWrites(
  nodes: readonly Node[],
  captured: ReadonlySet<Binding>,
  references: () => Iterable<NameReference>,
  diagnostics: Diagnostics,
): void {
  const changes = nodes.flatMap((node) => changesIn(node));
  // Most server functions change nothing.
  if (changes.length === 0) return;
  const bindings = new Map([...references()].map(({node, binding}) => [node, binding]));
  const shareOf = findShares(nodes, captured, (identifier) => bindings.get(identifier));
  const warned = new Set<Node>();
  for (const changed of changes) {
    const share = shareOf(changed);
    if (share?.depth !== 0 || warned.has(share.root)) continue;
    warned.add(share.root);
    warn(share, diagnostics);
  }
}

/** The expressions in a function whose values are changed inside, in the order of the source. */
function changesIn(node: Node, found: Node[] = []): Node[] {
  found.push(...changedBy(node));
  forEachChild(node, (child) => changesIn(child, found));
  return found;
}

function warn({root, captured}: Share, diagnostics: Diagnostics): void {
  const name: string = root['name'] ?? `${root['callee'].name ?? '(…)'}()`;
  const what = name === captured.name ? `"${name}"` : `"${name}", a part of "${captured.name}",`;
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
