import {forEachChild, isFunction, staticKey, unwrapExpression, type Node} from '../ast.ts';
import type {Binding} from './scope.ts';

/** What an expression gives of a captured value. */
export interface Share {
  /** The captured variable. */
  captured: Binding;
  /**
   * How many members away the captured value is: 0 for the value itself and what is inside it, 1 for a
   * new list of its items.
   */
  depth: number;
  /** The name by which the expression begins. */
  root: Node;
  /** Of a new object, members that do not come from the captured value: `{...note, tags: []}`. */
  replaced?: ReadonlySet<string>;
}

type BindingOf = (identifier: Node) => Binding | null | undefined;

/**
 * Finds the local variables that hold captured values or parts of them, and tells which expressions do.
 * A variable that may hold something else as well is none of them.
 *
 * Before: `const {stats} = page; for (const row of rows.slice()) {…}` with `page` and `rows` captured
 * After: `stats` and `row` give a captured value at depth 0, `rows.slice()` one at depth 1
 *
 * @param node the function in which to look
 * @param captured the variables whose values travel
 * @param bindingOf what an identifier in the function means
 * @returns what an expression gives of a captured value; `null`: nothing
 */
export function findShares(
  node: Node,
  captured: ReadonlySet<Binding>,
  bindingOf: BindingOf,
): (expression: Node) => Share | null {
  const held = new Map<Binding, Share>();
  const replaced = replacedMembers(node, bindingOf);
  const shareOf = (expression: Node) => share(expression, {captured, held, replaced, bindingOf});
  const sources = sourcesIn(node, bindingOf);
  untilSettled(sources, (source) => addShare(source, held, shareOf));
  untilSettled(sources, (source) => isOther(source, shareOf) && held.delete(source.binding));
  return shareOf;
}

/** Takes each source in turn, again and again until none changes anything. */
function untilSettled(sources: readonly Source[], take: (source: Source) => boolean): void {
  while (sources.filter(take).length > 0);
}

/** A value that a local variable gets: what `levels` members inside the expression is. */
interface Source {
  binding: Binding;
  expression: Node;
  levels: number;
  /** `...rest` is a new list or object of what it holds. */
  isRest: boolean;
}

/** `list = [list]` in a loop would go on for ever. */
const DEEPEST = 4;

/** Of several values the one that is farthest from the captured one counts: it may be new. */
function addShare(
  {binding, expression, levels, isRest}: Source,
  held: Map<Binding, Share>,
  shareOf: (expression: Node) => Share | null,
): boolean {
  const found = shareOf(expression);
  if (!found || (levels > 0 && found.replaced)) return false;
  const inside = Math.max(0, found.depth - levels);
  const depth = Math.min(DEEPEST, isRest ? Math.max(1, inside) : inside);
  const known = held.get(binding);
  if (known && known.depth >= depth) return false;
  held.set(binding, {...found, depth});
  return true;
}

function isOther({expression}: Source, shareOf: (expression: Node) => Share | null): boolean {
  const {type, name} = unwrapExpression(expression) as Node & {name?: string};
  return type !== 'NullLiteral' && name !== 'undefined' && !shareOf(expression);
}

function sourcesIn(node: Node, bindingOf: BindingOf): Source[] {
  const sources: Source[] = [];
  const add = (pattern: Node, expression: Node, levels: number, isRest = false): void => {
    const addInside = (inner: Node | null) => {
      if (inner?.type === 'RestElement') add(inner['argument'], expression, levels, true);
      else if (inner) add(inner, expression, levels + 1);
    };
    switch (pattern.type) {
      case 'Identifier': {
        const binding = bindingOf(pattern);
        if (binding) sources.push({binding, expression, levels, isRest});
        return;
      }
      case 'AssignmentPattern':
        return add(pattern['left'], expression, levels, isRest);
      case 'ArrayPattern':
        return pattern['elements'].forEach(addInside);
      case 'ObjectPattern':
        for (const property of pattern['properties']) addInside(property.value ?? property);
    }
  };
  const visit = (child: Node): void => {
    if (child.type === 'VariableDeclarator' && child['init']) add(child['id'], child['init'], 0);
    if (child.type === 'AssignmentExpression') add(child['left'], child['right'], 0);
    if (child.type === 'ForOfStatement') {
      add(child['left'].declarations?.[0].id ?? child['left'], child['right'], 1);
    }
    const callback = callbackOf(child);
    if (callback) add(callback.item, callback.list, 1);
    forEachChild(child, visit);
  };
  visit(node);
  return sources;
}

/** `note.tags = []` anywhere in the function: the members that get values of their own, by variable. */
function replacedMembers(node: Node, bindingOf: BindingOf): Map<Binding, Set<string>> {
  const members = new Map<Binding, Set<string>>();
  const visit = (child: Node): void => {
    const target: Node | undefined = child.type === 'AssignmentExpression' ? child['left'] : child;
    const key = target && child !== target ? memberKey(target) : null;
    const binding = key === null ? null : bindingOf(target!['object']);
    if (binding) members.set(binding, (members.get(binding) ?? new Set()).add(key!));
    forEachChild(child, visit);
  };
  visit(node);
  return members;
}

/** The key of `note.tags` and `note['tags']`. */
function memberKey(node: Node): string | null {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return null;
  const {property, computed} = node as Node & {property: Node};
  const key: unknown = computed ? property['value'] : property['name'];
  return typeof key === 'string' ? key : null;
}

const TAKE_ITEMS =
  /^(?:every|filter|find(?:Last)?(?:Index)?|flatMap|forEach|map|reduce(?:Right)?|some)$/;

/** `rows.forEach((row) => {…})`: the list, and the parameter that gets its items. */
function callbackOf(call: Node): {list: Node; item: Node} | null {
  const method = calledMethod(call);
  const callback: Node | undefined = call['arguments']?.[0];
  if (!method || !TAKE_ITEMS.test(method.name) || !callback || !isFunction(callback)) return null;
  const item = callback.params[method.name.startsWith('reduce') ? 1 : 0] as Node | undefined;
  return item ? {list: method.object, item} : null;
}

/** `rows.push(…)`, `rows?.push(…)`: the object, and the name of the method. */
export function calledMethod(call: Node): {object: Node; name: string} | null {
  if (call.type !== 'CallExpression' && call.type !== 'OptionalCallExpression') return null;
  const callee = unwrapExpression(call['callee']);
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return null;
  const name = memberKey(callee);
  return name === null ? null : {object: unwrapExpression(callee['object']), name};
}

interface Known {
  captured: ReadonlySet<Binding>;
  held: ReadonlyMap<Binding, Share>;
  replaced: ReadonlyMap<Binding, ReadonlySet<string>>;
  bindingOf: BindingOf;
}

function share(expression: Node, known: Known): Share | null {
  const inner = unwrapExpression(expression);
  switch (inner.type) {
    case 'Identifier':
      return shareOfName(inner, known);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return member(share(inner['object'], known), memberKey(inner));
    case 'ConditionalExpression':
      return nearest([inner['consequent'], inner['alternate']], known);
    case 'LogicalExpression':
      return nearest([inner['left'], inner['right']], known);
    case 'SequenceExpression':
      return share(inner['expressions'].at(-1), known);
    case 'AssignmentExpression':
      return share(inner['right'], known);
    case 'AwaitExpression':
      return share(inner['argument'], known);
    case 'ArrayExpression':
      return shareOfParts(inner['elements'], known);
    case 'ObjectExpression':
      return shareOfParts(inner['properties'], known);
    case 'NewExpression':
      return /^(?:Map|Set)$/.test(inner['callee'].name) && inner['arguments'][0]
        ? inNewList(share(inner['arguments'][0], known))
        : null;
    default:
      return shareOfCall(inner, known);
  }
}

function member(object: Share | null, key: string | null): Share | null {
  return key !== null && object?.replaced?.has(key) ? null : deeper(object);
}

function shareOfName(identifier: Node, {captured, held, replaced, bindingOf}: Known): Share | null {
  const binding = bindingOf(identifier);
  if (!binding) return null;
  if (captured.has(binding)) return {captured: binding, depth: 0, root: identifier};
  const found = held.get(binding);
  if (!found) return null;
  const isNew = found.depth > 0;
  const members = [...(found.replaced ?? []), ...((isNew && replaced.get(binding)) || [])];
  return {...found, root: identifier, ...(members.length > 0 && {replaced: new Set(members)})};
}

/** `[...rows]` and `{...page}` are one level above what they are made of, `[row]` is as well. */
function shareOfParts(parts: readonly (Node | null)[], known: Known): Share | null {
  const shares = parts.map((part) => {
    if (part?.type === 'SpreadElement') return inNewList(share(part['argument'], known));
    const value: Node | undefined = part?.type === 'ObjectProperty' ? part['value'] : part;
    const found = value ? share(value, known) : null;
    return found && {...found, depth: found.depth + 1};
  });
  const found = minimum(shares);
  if (!found) return null;
  const isOther = (i: number) => (shares[i]?.depth ?? Infinity) > found.depth;
  const keys = parts.flatMap((part, i) => (isOther(i) ? (keyOf(part) ?? []) : []));
  return keys.length > 0 ? {...found, replaced: new Set(keys)} : found;
}

function keyOf(part: Node | null): string | null {
  return part?.type === 'ObjectProperty' ? staticKey(part) : null;
}

const GIVE_ITEM = /^(?:at|find|findLast|get|pop|shift)$/;
const GIVE_ITSELF = /^(?:add|copyWithin|fill|reverse|set|sort)$/;
const GIVE_NEW_LIST =
  /^(?:concat|filter|flat|slice|splice|toReversed|toSorted|toSpliced|values|with)$/;

function shareOfCall(call: Node, known: Known): Share | null {
  const method = calledMethod(call);
  if (!method) return null;
  const {object, name} = method;
  const first: Node | undefined = call['arguments'][0];
  if (first && object.type === 'Identifier' && !known.bindingOf(object)) {
    const full = `${object['name']}.${name}`;
    if (full === 'Object.assign' || full === 'Object.freeze') return share(first, known);
    if (full === 'Object.values' || full === 'Array.from') return inNewList(share(first, known));
    return full === 'Object.entries' ? inPairs(inNewList(share(first, known))) : null;
  }
  if (GIVE_ITEM.test(name)) return deeper(share(object, known));
  if (GIVE_ITSELF.test(name)) return share(object, known);
  if (GIVE_NEW_LIST.test(name)) return inNewList(share(object, known));
  return name === 'entries' ? inPairs(inNewList(share(object, known))) : null;
}

function deeper(found: Share | null): Share | null {
  return found && withoutReplaced({...found, depth: Math.max(0, found.depth - 1)});
}

function withoutReplaced({captured, depth, root}: Share): Share {
  return {captured, depth, root};
}

function inNewList(found: Share | null): Share | null {
  return found && {...found, depth: Math.max(1, found.depth)};
}

/** `[key, value]` for each item. */
function inPairs(found: Share | null): Share | null {
  return found && {...found, depth: found.depth + 1};
}

function nearest(expressions: readonly Node[], known: Known): Share | null {
  return minimum(expressions.map((expression) => share(expression, known)));
}

function minimum(shares: readonly (Share | null)[]): Share | null {
  return shares.reduce(
    (least, one) => (one && (!least || one.depth < least.depth) ? one : least),
    null,
  );
}
