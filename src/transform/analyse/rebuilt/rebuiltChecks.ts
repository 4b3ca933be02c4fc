import {forEachChild, isClass, isFunction, staticKey, unwrapNamed, type Node} from '../../ast.ts';
import type {Diagnostics} from '../../diagnostics.ts';
import {changingPart, isInStaticInitialiser} from './declarationTime.ts';
import {isServerFunction} from '../directives.ts';
import {unserializable, via} from '../captures/refusalText.ts';
import {mayLookFor} from '../values/knownCalls.ts';
import type {ModuleCode} from '../values/moduleCode.ts';
import type {Binding} from '../scopes/scope.ts';
import type {HandOver, MemberUse, ValueFlow} from '../values/trace.ts';
import type {ValueFlows} from '../values/valueFlow.ts';

/** A server function with the code that is written again for it. */
export interface RebuiltCode {
  serverFunction: Node;
  /** The name by which messages speak of it. */
  name: string;
  helpers: readonly Helper[];
  /** Other server functions that it may reach, by variables that travel as a whole. */
  reachable: readonly Node[];
  /** Variables of which only the members that are used travel. */
  inParts: ReadonlySet<Binding>;
}

/** A local value that is rebuilt. */
export interface Helper {
  name: string;
  value: Node;
  /** Names from the server function to what uses it. */
  chain: readonly string[];
}

/** What the checks read and write. */
export interface CheckContext {
  code: ModuleCode;
  flows: ValueFlows;
  /** Places about which something has been said. */
  reported: Set<Node>;
  diagnostics: Diagnostics;
}

/**
 * Refuses what is kept on a value that is rebuilt for a server function, and on the server function
 * itself where its code reads it: there, nothing has been put on either.
 */
export function checkRebuilt(rebuilt: RebuiltCode, context: CheckContext): void {
  const {serverFunction, helpers, reachable} = rebuilt;
  for (const helper of helpers) {
    if (isServerFunction(helper.value)) continue;
    if (!checkDeclaration(helper, rebuilt, context)) continue;
    if (!checkHelper(helper, rebuilt, context)) continue;
    checkIdentity(helper, rebuilt, context);
  }
  const functions = helpers.map(({value}) => value).filter(isServerFunction);
  for (const value of new Set([serverFunction, ...functions, ...reachable])) {
    checkMembers(value, rebuilt, context);
  }
}

/** Whether a node stands in code that is written again for the server function. */
function isInside(node: Node, {serverFunction, helpers}: RebuiltCode): boolean {
  return [serverFunction, ...helpers.map(({value}) => value)].some(
    ({start, end}) => start <= node.start && node.end <= end,
  );
}

/** Refuses a class that may be another one when it is declared again. */
function checkDeclaration(helper: Helper, rebuilt: RebuiltCode, context: CheckContext): boolean {
  if (!isClass(helper.value)) return true;
  const part = changingPart(helper.value, context.code);
  // A part that waits has been refused for that.
  if (!part || waits(part)) return true;
  report(
    part,
    context,
    unserializable(
      helper,
      rebuilt.name,
      'a class that evaluates this part once, when it is declared',
    ),
  );
  return false;
}

function waits(node: Node): boolean {
  if (node.type === 'AwaitExpression' || node.type === 'YieldExpression') return true;
  let found = false;
  forEachChild(node, (child) => (found ||= !isFunction(child) && waits(child)));
  return found;
}

/** Refuses a function, class, pattern or object on which something is kept. */
function checkHelper(helper: Helper, rebuilt: RebuiltCode, context: CheckContext): boolean {
  for (const part of partsOf(helper.value)) {
    const flow = context.flows.of(part);
    const change = flow.changes.find((use) => isKept(use, flow, rebuilt, context));
    if (change) {
      const what = `${kindOf(helper.value)} whose members are changed here`;
      report(change.node, context, unserializable(helper, rebuilt.name, what));
      return false;
    }
    const [handOver, read] = hiddenMember(part, flow, rebuilt);
    if (handOver) {
      report(
        handOver.node,
        context,
        unserializable(helper, rebuilt.name, `${kindOf(helper.value)} ${gettingMember(read!)}`),
      );
      return false;
    }
  }
  return true;
}

/** The value, and the functions in a table of them. */
function partsOf(value: Node): Node[] {
  if (value.type !== 'ObjectExpression') return [value];
  const found: Node[] = [value];
  forEachChild(value, (property) => {
    const inner =
      property.type === 'ObjectMethod' ? property : unwrapNamed(property['value'] as Node);
    if (isFunction(inner) || inner.type === 'ObjectExpression') found.push(...partsOf(inner));
  });
  return found;
}

/** Names that React's tools show, and checks that React no longer makes: not kept for the code itself. */
const FOR_TOOLS = new Set<string | null>(['displayName', 'propTypes']);

function isKept(
  {node, key}: MemberUse,
  flow: ValueFlow,
  rebuilt: RebuiltCode,
  {code}: CheckContext,
): boolean {
  if (isInStaticInitialiser(node, code)) return false;
  if (!FOR_TOOLS.has(key)) return true;
  return flow.reads.some((read) => isInside(read.cause, rebuilt) && isSameKey(read.key, key));
}

function isSameKey(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}

/** A member that is read on the other side, and the place where code that is not shown may have put it. */
function hiddenMember(
  value: Node,
  {reads, handedOver}: ValueFlow,
  rebuilt: RebuiltCode,
): [HandOver, MemberUse] | [] {
  const handOver = handedOver.find(({to}) => to !== null);
  const declared = declaredKeys(value);
  if (!handOver || declared === null) return [];
  const read = reads.find(
    ({cause, key}) =>
      isInside(cause, rebuilt) && !(key !== null && (isBuiltIn(key) || declared.has(key))),
  );
  return read ? [handOver, read] : [];
}

/** The members that the source gives a value itself; `null` where it does not show them all. */
function declaredKeys(value: Node): ReadonlySet<string> | null {
  if (value['superClass']) return null;
  const members: Node[] = isClass(value)
    ? value['body'].body.filter((member: Node) => member['static'])
    : (value['properties'] ?? []);
  const keys = members.map((member) => (member['key'] ? staticKey(member) : null));
  return new Set(keys.filter((key) => key !== null));
}

/** Members that every function or pattern has, those of server references included. */
function isBuiltIn(key: string): boolean {
  return (
    key in Function.prototype || key in RegExp.prototype || /^(?:prototype|\$\$\w+|#.*)$/.test(key)
  );
}

/** Warns where a value is looked for that code outside has got: on the other side it is another one. */
function checkIdentity(
  {name, value, chain}: Helper,
  rebuilt: RebuiltCode,
  context: CheckContext,
): void {
  if (value.type === 'RegExpLiteral' || value.type === 'TSEnumDeclaration') return;
  const flow = context.flows.of(value);
  const outside = flow.handedOver.filter(({cause}) => !isInside(cause, rebuilt));
  const place =
    outside.length > 0 ? identityUse(flow, outside, rebuilt) : instanceUse(flow, rebuilt, context);
  if (!place || context.reported.has(place)) return;
  context.reported.add(place);
  context.diagnostics.warning(
    'identity-lost',
    place,
    `"${name}"${via({name, chain})} is rebuilt for the server function "${rebuilt.name}". Called from the browser, the server function gets another one than other code has been given, and does not find it there. Move "${name}" to the top level of the module.`,
  );
}

function identityUse(
  flow: ValueFlow,
  outside: readonly HandOver[],
  rebuilt: RebuiltCode,
): Node | undefined {
  const compared = flow.compared.find((node) => isInside(node, rebuilt));
  if (compared) return compared;
  const inside = flow.handedOver.filter(({cause}) => isInside(cause, rebuilt));
  return inside.find(({to}) => to !== null && outside.some((given) => mayLookFor(to, given.to)))
    ?.cause;
}

/** `kept instanceof Job`, where an instance of `Job` was made and kept outside. */
function instanceUse(
  flow: ValueFlow,
  rebuilt: RebuiltCode,
  {flows}: CheckContext,
): Node | undefined {
  const isKeptOutside = flow.instances.some(
    (instance) => !isInside(instance, rebuilt) && flows.of(instance).handedOver.length > 0,
  );
  return isKeptOutside ? flow.compared.find((node) => isInside(node, rebuilt)) : undefined;
}

/** Refuses members of a server function that its code reads where they have not been put on it. */
function checkMembers(value: Node, rebuilt: RebuiltCode, context: CheckContext): void {
  const flow = context.flows.of(value);
  const reads = flow.reads.filter(
    ({cause, node, key}) =>
      isInside(cause, rebuilt) &&
      !(key !== null && isBuiltIn(key)) &&
      !isOfPart(node, rebuilt, context),
  );
  for (const read of reads) {
    const change = flow.changes.find(({key}) => isSameKey(key, read.key));
    const place =
      change ?? flow.handedOver.find(({to, cause}) => to !== null && !isInside(cause, rebuilt));
    if (!place) continue;
    const what = change ? 'The member' : 'What this call may put on it, as the member';
    const member = read.key === null ? '' : ` "${read.key}"`;
    return refuseMember(place.node, `${what}${member}`, rebuilt, context);
  }
  for (const {node, key} of flow.changes) {
    if (isInside(node, rebuilt)) warnOfLostMember(node, key, rebuilt, context);
  }
}

/** Whether the member itself travels, because nothing else of the variable is used. */
function isOfPart(member: Node, {inParts}: RebuiltCode, {code}: CheckContext): boolean {
  let root: Node = member;
  while (root['object']) root = root['object'];
  const binding = code.referenceAt(root)?.binding;
  return Boolean(binding) && inParts.has(binding!);
}

function refuseMember(place: Node, what: string, {name}: RebuiltCode, context: CheckContext): void {
  if (context.reported.has(place)) return;
  context.reported.add(place);
  context.diagnostics.error(
    'server-function-member',
    place,
    `${what} is read by the server function "${name}". Called from the browser, a server function has no such members, so it would read undefined. Keep the value in a variable and read that.`,
  );
}

function warnOfLostMember(
  place: Node,
  key: string | null,
  {name}: RebuiltCode,
  context: CheckContext,
): void {
  if (context.reported.has(place)) return;
  context.reported.add(place);
  const member = key === null ? 'a member' : `the member "${key}"`;
  context.diagnostics.warning(
    'lost-write',
    place,
    `The server function "${name}" changes ${member} of a server function. Called from the browser, it gets a copy, so the change is lost when the call ends. Store the value where the next request can read it.`,
  );
}

function gettingMember({key}: MemberUse): string {
  return key === null
    ? 'that may be given members here'
    : `that may be given the member "${key}" here, which is read on the other side`;
}

function kindOf(value: Node): string {
  if (isClass(value)) return 'a class';
  if (isFunction(value)) return 'a function';
  return value.type === 'RegExpLiteral' ? 'a pattern' : 'an object';
}

function report(place: Node, {reported, diagnostics}: CheckContext, message: string): void {
  if (reported.has(place)) return;
  reported.add(place);
  diagnostics.error('unserializable-capture', place, message);
}
