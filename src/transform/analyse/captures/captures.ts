import {isKeepNamesCall, isTypeWrapper, type FunctionNode, type Node} from '../../ast.ts';
import type {Diagnostics} from '../../diagnostics.ts';
import {mayHoldCode, whyNotSerializable} from './capturedCode.ts';
import type {InlineFunction} from '../directives.ts';
import {checkEvals} from './directEvals.ts';
import {runsOften, type EvaluatedOnce} from './evaluatedOnce.ts';
import {lostWrite, warnOfLostWrites} from './lostWrites.ts';
import type {ModuleCode} from '../values/moduleCode.ts';
import {isRebuildable, lastingValue} from '../rebuilt/rebuildable.ts';
import {checkRebuilt, type Helper} from '../rebuilt/rebuiltChecks.ts';
import {checkBody} from '../inline/restrictions.ts';
import {initialValue} from '../scopes/bindingValues.ts';
import {
  isWithin,
  lookUp,
  type Binding,
  type NameReference,
  type Scope,
  type ScopeAnalysis,
} from '../scopes/scope.ts';
import type {ValueFlows} from '../values/valueFlow.ts';

/** A variable whose value travels with a reference. */
export interface CapturedValue {
  name: string;
  /** The member paths that are used, or `null` when the whole value is. */
  paths: string[][] | null;
}

/** What an inline server function needs of the functions and blocks around it. */
export interface Captures {
  /** In the order of their names, which is the same in every build that captures the same. */
  values: CapturedValue[];
  /**
   * What is built again beside the function on the other side, in an order in which it can be:
   * local functions and classes, server functions among them.
   */
  rebuilt: Rebuilt[];
  /** Whether it uses variables of which there is one, though they are not of the module level. */
  usesOnly: boolean;
}

/** A local variable and the function, class, enum or pattern that is its value for good. */
export interface Rebuilt {
  binding: Binding;
  value: Node;
}

/** A function or class that is being looked through, and how the server function came to need it. */
interface Visit {
  node: Node;
  /** Names from the server function to this one: `['save', 'format']`. */
  chain: string[];
}

/** What is known of the module around an inline server function. */
export interface CaptureContext {
  analysis: ScopeAnalysis;
  /** The code around the function that runs once, whose variables need not travel. */
  once: EvaluatedOnce;
  /**
   * Functions and classes that are the value of a constant of the module, which is there on the other
   * side too: `const Store = class Inner {}`
   */
  moduleConstants: ReadonlyMap<Node, string>;
  /** The inline server functions of the module. */
  serverFunctions: readonly Node[];
  /** The whole module, where `analysis` knows more than the references inside server functions. */
  whole: WholeModule | null;
  diagnostics: Diagnostics;
}

/** The code of the module, and what is known of it. */
export interface WholeModule {
  code: ModuleCode;
  flows: ValueFlows;
  /** Places, and names of variables, about which something has been said. */
  reported: Set<Node>;
}

/** The captures, and whether only the whole statement shows if they are right. */
export interface FoundCaptures {
  captures: Captures;
  needsWhole: boolean;
}

/**
 * Finds the captures of an inline server function: the bindings of enclosing functions and blocks
 * that it uses, itself or through local functions and classes that it uses.
 *
 * Before: `function Page({note}) { const log = () => db.log(note.id); async function save() { 'use server'; log(); } }`
 * After: values `[{name: 'note', paths: [['id']]}]`, rebuilt `[log]`
 */
export function findCaptures(
  {node, ancestors}: InlineFunction,
  name: string,
  context: CaptureContext,
): FoundCaptures {
  const {analysis, once, moduleConstants, serverFunctions, whole, diagnostics} = context;
  const code = whole?.code ?? null;
  const values = new Map<Binding, CapturedValue>();
  const rebuilt = new Map<Binding, Node>();
  const helpers: Helper[] = [];
  const names = new Map<string, Binding | null>();
  const scopeAround = analysis.scopesAround.get(node)!;
  const queue: Visit[] = [{node, chain: [name]}];
  let usesOnly = false;
  let needsWhole = false;

  for (const {node: visited, chain} of queue) {
    if (visited !== node) checkBody(visited, chain, diagnostics);
    for (const reference of referencesIn(visited, visited === node, analysis)) {
      const {binding} = reference;
      if (isOwnMember(reference, node)) needsWhole = true;
      if (binding && isWithin(binding.scope, visited)) continue;
      if (!checkMeaning(reference, names, diagnostics)) continue;
      if (!binding) continue;
      if (once.holds(binding.scope)) {
        usesOnly = true;
        continue;
      }
      if (!checkBlockFunction(reference, chain, diagnostics)) continue;
      const value = isOwnVariable(binding, node, ancestors, analysis)
        ? node
        : lastingValue(binding, node, code);
      if (value && (moduleConstants.has(value) || isRebuildable(value, binding, code))) {
        if (rebuilt.has(binding)) continue;
        rebuilt.set(binding, value);
        if (value === node || moduleConstants.has(value)) continue;
        helpers.push({name: binding.name, value, chain});
        queue.push({node: value, chain: [...chain, binding.name]});
        continue;
      }
      if (lookUp(binding.name, scopeAround) !== binding) {
        reportAmbiguous(reference, chain, diagnostics);
        continue;
      }
      if (whole) checkSerializable(value, reference, chain, whole, diagnostics);
      checkWrite(reference, diagnostics);
      addPath(values, binding, reference.path);
    }
  }
  if (values.size > 0) {
    const nodes = queue.map((visit) => visit.node);
    const references = () =>
      nodes.flatMap((visited) => [...referencesIn(visited, false, analysis)]);
    warnOfLostWrites(nodes, new Set(values.keys()), references, diagnostics);
  }
  checkEvals(node, {rebuilt, names, once}, name, analysis, diagnostics);
  // Of a function that runs once there is one, with all that is kept on it.
  if (whole && !(usesOnly && once.isWhole)) {
    const reachable = reachableServerFunctions(values, ancestors, serverFunctions);
    const around = {serverFunction: node, name, helpers, reachable, inParts: inParts(values)};
    checkRebuilt(around, {...whole, diagnostics});
  }
  const sorted = [...values.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    captures: {values: sorted, rebuilt: inOrder(rebuilt), usesOnly},
    needsWhole:
      needsWhole ||
      rebuilt.size > 0 ||
      [...values.keys()].some((binding) => mayHoldCode(binding, serverFunctions)),
  };
}

/** Variables of which only the members that are used travel. */
function inParts(values: ReadonlyMap<Binding, CapturedValue>): Set<Binding> {
  return new Set([...values].filter(([, {paths}]) => paths).map(([binding]) => binding));
}

/** Server functions that a variable which travels as a whole may hold, because it stands among them. */
function reachableServerFunctions(
  values: ReadonlyMap<Binding, CapturedValue>,
  [, statement]: readonly Node[],
  serverFunctions: readonly Node[],
): Node[] {
  const mayHoldOne = [...values].some(
    ([binding, {paths}]) => paths === null && mayHoldCode(binding, serverFunctions),
  );
  if (!mayHoldOne || !statement) return [];
  return serverFunctions.filter(({start, end}) => statement.start <= start && end <= statement.end);
}

/** Whether the server function looks for members on itself: `self.cache`, `arguments.callee.cache`. */
function isOwnMember({name, binding, path, isMemberWrite}: NameReference, node: Node): boolean {
  if (name === 'arguments') return path[0] === 'callee';
  const isItself = binding?.kind === 'own name' && binding.declaration === node;
  return isItself && (path.length > 0 || isMemberWrite);
}

/**
 * Whether the variable has never had another value than the server function itself, which can then
 * find itself by it: `let save; save = async () => { 'use server'; save(); }`. Where a loop or a function
 * stands between the two, several such functions share the variable.
 */
function isOwnVariable(
  binding: Binding,
  node: FunctionNode,
  ancestors: readonly Node[],
  {references}: ScopeAnalysis,
): boolean {
  if (binding.kind !== 'let' && binding.kind !== 'var') return false;
  if (ancestors.slice(ancestors.indexOf(binding.scope.node) + 1).some(runsOften)) return false;
  if (binding.declaration['init']) {
    return !binding.isReassigned && initialValue(binding.declaration) === node;
  }
  const assignment = ancestors.findLast(
    (ancestor) => !isTypeWrapper(ancestor) && !isKeepNamesCall(ancestor),
  )!;
  if (binding.kind !== 'let' || assignment.type !== 'AssignmentExpression') return false;
  const isTarget = assignment['operator'] === '=' && assignment['left'].name === binding.name;
  return (
    isTarget &&
    references.every(
      ({isWrite, binding: written, node: target}) =>
        !isWrite || written !== binding || target === assignment['left'],
    )
  );
}

/**
 * What a class is made of stands in its own scope, before it, or in one around that. So outer scopes
 * come first, and within a scope the order of the source.
 */
function inOrder(rebuilt: ReadonlyMap<Binding, Node>): Rebuilt[] {
  return [...rebuilt]
    .map(([binding, value]) => ({binding, value, depth: depthOf(binding.scope)}))
    .sort((a, b) => a.depth - b.depth || a.binding.declaration.start - b.binding.declaration.start);
}

function depthOf(scope: Scope): number {
  let depth = 0;
  for (let outer = scope.parent; outer; outer = outer.parent) depth++;
  return depth;
}

/** Refuses what can never be sent, as far as the source shows it. */
function checkSerializable(
  value: Node | null,
  {name, node, path, binding}: NameReference,
  chain: readonly string[],
  {code, reported}: WholeModule,
  diagnostics: Diagnostics,
): void {
  const what = whyNotSerializable(value, binding!, path, code);
  if (what === null || reported.has(binding!.identifier)) return;
  reported.add(binding!.identifier);
  const via = chain.length > 1 ? ` (used by way of ${chain.join(' → ')})` : '';
  diagnostics.error(
    'unserializable-capture',
    node,
    `"${name}"${via} is ${what}, so it can neither be sent with the server function "${chain[0]}" nor be built again for it. Move it to the top level of the module.`,
  );
}

/**
 * References in the source from `start` to `end` of the node; the list is sorted.
 *
 * @param isBuilt whether it is the server function, whose computed key is no part of what is built
 */
function* referencesIn(
  node: Node,
  isBuilt: boolean,
  {references}: ScopeAnalysis,
): Iterable<NameReference> {
  const start: number = isBuilt && node['computed'] ? node['key'].end : node.start;
  let low = 0;
  let high = references.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (references[middle]!.node.start < start) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < references.length; i++) {
    const reference = references[i]!;
    if (reference.node.start >= node.end) return;
    yield reference;
  }
}

/**
 * Everything that is rebuilt stands side by side in one scope. There, a name can mean one thing only.
 */
function checkMeaning(
  reference: NameReference,
  names: Map<string, Binding | null>,
  diagnostics: Diagnostics,
): boolean {
  const {name, binding, node} = reference;
  const known = names.get(name);
  if (known === undefined) {
    names.set(name, binding);
    return true;
  }
  if (known === binding) return true;
  diagnostics.error(
    'ambiguous-capture',
    node,
    `"${name}" means two different variables in this server function and in the local functions that it uses. Rename one of the two.`,
  );
  return false;
}

function reportAmbiguous(
  {name, node}: NameReference,
  chain: readonly string[],
  diagnostics: Diagnostics,
): void {
  diagnostics.error(
    'ambiguous-capture',
    node,
    `"${name}", used by way of ${chain.join(' → ')}, is hidden by another variable of that name where "${chain[0]}" stands. Rename one of the two.`,
  );
}

/** `if (x) { function format() {} } … format()`, which is one variable more than the block's in sloppy code. */
function checkBlockFunction(
  {name, node, binding}: NameReference,
  chain: readonly string[],
  diagnostics: Diagnostics,
): boolean {
  if (!binding!.isSetByBlock) return true;
  diagnostics.error(
    'unserializable-capture',
    node,
    `"${name}" is a function of a block, used outside of the block, which only sloppy code can do, and which function it is depends on what has run. So it can neither be sent with the server function "${chain[0]}" nor be built again for it. Move it to the top level of the module, or assign it to a constant before the block.`,
  );
  return false;
}

function checkWrite({name, node, isWrite, binding}: NameReference, diagnostics: Diagnostics) {
  if (isWrite && (binding!.kind === 'const' || binding!.kind === 'using')) {
    diagnostics.error(
      'constant-assignment',
      node,
      `"${name}" is a constant of the function around this server function, so this assignment always throws. Assign to a variable of the server function instead.`,
    );
  } else if (isWrite) {
    diagnostics.warning('lost-write', node, lostWrite(`"${name}"`));
  }
}

function addPath(values: Map<Binding, CapturedValue>, binding: Binding, path: string[]): void {
  const value = values.get(binding);
  if (!value) {
    values.set(binding, {name: binding.name, paths: path.length === 0 ? null : [path]});
  } else if (path.length === 0) {
    value.paths = null;
  } else if (value.paths && !value.paths.some((known) => isPrefix(known, path))) {
    value.paths = [...value.paths.filter((known) => !isPrefix(path, known)), path];
  }
}

function isPrefix(prefix: readonly string[], path: readonly string[]): boolean {
  return prefix.length <= path.length && prefix.every((key, i) => key === path[i]);
}
