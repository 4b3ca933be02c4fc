import {
  forEachChild,
  isFunction,
  staticKey,
  unwrapExpression,
  type FunctionNode,
  type Node,
} from '../../ast.ts';
import {constantValue} from '../scopes/bindingValues.ts';
import type {Binding} from '../scopes/scope.ts';

/** What an expression gives of a captured value. */
export interface Share {
  /** The captured variable. */
  captured: Binding;
  /**
   * How many members away the captured value is: 0 for the value itself and what is inside it, 1 for a
   * new list of its items.
   */
  depth: number;
  /** The name by which the expression begins, or the call of a local function. */
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
 * @param nodes the server function and what is rebuilt for it
 * @param captured the variables whose values travel
 * @param bindingOf what an identifier in them means
 * @returns what an expression gives of a captured value; `null`: nothing
 */
export function findShares(
  nodes: readonly Node[],
  captured: ReadonlySet<Binding>,
  bindingOf: BindingOf,
): (expression: Node) => Share | null {
  const held = new Map<Binding, Share>();
  const replaced = replacedMembers(nodes, bindingOf);
  const known: Known = {captured, held, replaced, bindingOf, inside: new Set()};
  const shareOf = (expression: Node) => share(expression, known);
  const sources = nodes.flatMap((node) => sourcesIn(node, bindingOf));
  untilSettled(sources, (source) => addShare(source, held, shareOf));
  untilSettled(sources, (source) => isOther(source, shareOf) && held.delete(source.binding));
  return shareOf;
}

/** Takes each source in turn, until a round changes nothing. */
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
  /** `(list = page.list) => …`: besides what else it gets. */
  isDefault: boolean;
}

/** Limits the levels, which `list = [list]` would increase for ever. */
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

function isOther(
  {expression, isDefault}: Source,
  shareOf: (expression: Node) => Share | null,
): boolean {
  if (isDefault) return false;
  const {type, name} = unwrapExpression(expression) as Node & {name?: string};
  return type !== 'NullLiteral' && name !== 'undefined' && !shareOf(expression);
}

function sourcesIn(node: Node, bindingOf: BindingOf): Source[] {
  const sources: Source[] = [];
  const add = (pattern: Node, expression: Node, levels = 0, isDefault = false) => {
    for (const found of fillings(pattern, levels)) {
      const binding = bindingOf(found.identifier);
      if (binding) sources.push({...found, binding, expression, isDefault});
    }
  };
  const visit = (child: Node): void => {
    switch (child.type) {
      case 'VariableDeclarator':
        if (child['init']) add(child['id'], child['init']);
        break;
      case 'AssignmentExpression':
        add(child['left'], child['right']);
        break;
      case 'AssignmentPattern':
        add(child['left'], child['right'], 0, true);
        break;
      case 'ForOfStatement':
        add(child['left'].declarations?.[0].id ?? child['left'], child['right'], 1);
        break;
      case 'CallExpression':
      case 'OptionalCallExpression':
        for (const {pattern, value, levels} of givenTo(child, bindingOf)) {
          add(pattern, value, levels);
        }
        break;
      case 'TaggedTemplateExpression':
        for (const {pattern, value} of givenToTag(child, bindingOf)) add(pattern, value);
    }
    forEachChild(child, visit);
  };
  visit(node);
  return sources;
}

/** The names that a pattern fills, and how many members inside the value each is. */
function fillings(
  pattern: Node | null,
  levels: number,
  isRest = false,
): {identifier: Node; levels: number; isRest: boolean}[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [{identifier: pattern, levels, isRest}];
    case 'AssignmentPattern':
      return fillings(pattern['left'], levels, isRest);
    case 'ArrayPattern':
    case 'ObjectPattern': {
      const parts: (Node | null)[] = pattern['elements'] ?? pattern['properties'];
      return parts.flatMap((part) =>
        part?.type === 'RestElement'
          ? fillings(part['argument'], levels, true)
          : fillings(part?.['value'] ?? part, levels + 1),
      );
    }
    default:
      return [];
  }
}

/** A parameter of a local function, and the value that `levels` members inside is what it gets. */
interface Given {
  pattern: Node;
  value: Node;
  levels: number;
}

/** In `` tag`a${list}` `` the local function `tag` gets `list`, after the texts. */
function givenToTag({tag, quasi}: Node, bindingOf: BindingOf): Given[] {
  const parameters = (localFunction(tag, bindingOf)?.params ?? []) as Node[];
  const values: Node[] = quasi.expressions;
  return parameters
    .slice(1, values.length + 1)
    .map((pattern, i) => ({pattern, value: values[i]!, levels: 0}));
}

/** What a call gives to the parameters of a local function, called here or by a method of a list. */
function givenTo(call: Node, bindingOf: BindingOf): Given[] {
  const args: Node[] = call['arguments'];
  const fn = localFunction(call['callee'], bindingOf);
  if (fn) {
    return (fn.params as Node[])
      .slice(0, args.length)
      .map((pattern, i) => ({pattern, value: args[i]!, levels: 0}));
  }
  const method = calledMethod(call);
  const callback = args[0] && localFunction(args[0], bindingOf);
  if (!method || !TAKE_ITEMS.test(method.name) || !callback) return [];
  const [first, second] = callback.params as Node[];
  const isReduce = method.name.startsWith('reduce');
  const pattern = isReduce ? second : first;
  const given: Given[] = pattern ? [{pattern, value: method.object, levels: 1}] : [];
  if (isReduce && first && args[1]) given.push({pattern: first, value: args[1], levels: 0});
  return given;
}

const TAKE_ITEMS =
  /^(?:every|filter|find(?:Last)?(?:Index)?|flatMap|forEach|map|reduce(?:Right)?|some)$/;

/** The function that an expression is, or that is the value of its name for good. */
function localFunction(expression: Node, bindingOf: BindingOf): FunctionNode | null {
  const inner = unwrapExpression(expression);
  const binding = inner.type === 'Identifier' ? bindingOf(inner) : null;
  const value = binding ? constantValue(binding) : inner;
  return value && isFunction(value) ? value : null;
}

/** `note.tags = []` anywhere in the function: the members that get values of their own, by variable. */
function replacedMembers(nodes: readonly Node[], bindingOf: BindingOf): Map<Binding, Set<string>> {
  const members = new Map<Binding, Set<string>>();
  const visit = (child: Node): void => {
    const target: Node | undefined = child.type === 'AssignmentExpression' ? child['left'] : child;
    const key = target && child !== target ? memberKey(target) : null;
    const binding = key === null ? null : bindingOf(target!['object']);
    if (binding) members.set(binding, (members.get(binding) ?? new Set()).add(key!));
    forEachChild(child, visit);
  };
  for (const node of nodes) visit(node);
  return members;
}

/** The key of `note.tags` and `note['tags']`. */
function memberKey(node: Node): string | null {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return null;
  const {property, computed} = node as Node & {property: Node};
  const key: unknown = computed ? property['value'] : property['name'];
  return typeof key === 'string' ? key : null;
}

/** Reads the object and the name of a called method: `rows.push(…)`, `rows?.push(…)`. */
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
  /** Functions whose results are asked for now, which may ask for themselves. */
  inside: Set<Node>;
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

/** What a local function returns; `null` too when it may return something else. */
function shareOfResult(call: Node, fn: FunctionNode, known: Known): Share | null {
  if (known.inside.has(fn)) return null;
  known.inside.add(fn);
  const shares = returnedBy(fn).map((value) => share(value, known));
  known.inside.delete(fn);
  const found = shares.every((one) => one !== null) ? minimum(shares) : null;
  return found && {...found, root: call};
}

function returnedBy(fn: FunctionNode): Node[] {
  if (fn.body.type !== 'BlockStatement') return [fn.body as Node];
  const values: Node[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'ReturnStatement' && node['argument']) values.push(node['argument']);
    if (!isFunction(node)) forEachChild(node, visit);
  };
  visit(fn.body as Node);
  return values;
}

function shareOfCall(call: Node, known: Known): Share | null {
  if (call.type !== 'CallExpression' && call.type !== 'OptionalCallExpression') return null;
  const fn = localFunction(call['callee'], known.bindingOf);
  if (fn) return shareOfResult(call, fn, known);
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
  if (/^reduce(?:Right)?$/.test(name)) {
    const callback = first && localFunction(first, known.bindingOf);
    return callback ? shareOfResult(call, callback, known) : null;
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
