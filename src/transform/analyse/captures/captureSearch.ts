import {isKeepNamesCall, isTypeWrapper, type FunctionNode, type Node} from '../../ast.ts';
import type {InlineFunction} from '../directives.ts';
import {checkBody} from '../inline/restrictions.ts';
import {isRebuildable, lastingValue} from '../rebuilt/rebuildable.ts';
import type {Helper} from '../rebuilt/rebuiltChecks.ts';
import {initialValue} from '../scopes/bindingValues.ts';
import {
  isWithin,
  lookUp,
  type Binding,
  type NameReference,
  type ScopeAnalysis,
} from '../scopes/scope.ts';
import {
  checkBlockFunction,
  checkMeaning,
  checkSerializable,
  checkWrite,
  reportAmbiguous,
} from './captureChecks.ts';
import type {CaptureContext, CapturedValue} from './captures.ts';
import {runsOften} from './evaluatedOnce.ts';

/** A function or class that is being looked through, and how the server function came to need it. */
interface Visit {
  node: Node;
  /** Names from the server function to this one: `['save', 'format']`. */
  chain: string[];
}

/** What a server function needs, while it is searched. */
export interface Found {
  values: Map<Binding, CapturedValue>;
  rebuilt: Map<Binding, Node>;
  /** The local values among `rebuilt`, without those that the module holds itself. */
  helpers: Helper[];
  /** What each name means beside the rebuilt function. */
  names: Map<string, Binding | null>;
  /** The server function, and what is rebuilt for it. */
  visits: Visit[];
  /** Whether it uses variables of code that runs once. */
  usesOnly: boolean;
  /** Whether it uses members of itself. */
  usesOwnMember: boolean;
}

/** Looks through a server function, and through the local functions and classes that it turns out to need. */
export function searchCaptures(
  serverFunction: InlineFunction,
  name: string,
  context: CaptureContext,
): Found {
  const {node} = serverFunction;
  const {analysis, diagnostics} = context;
  const found: Found = {
    values: new Map(),
    rebuilt: new Map(),
    helpers: [],
    names: new Map(),
    visits: [{node, chain: [name]}],
    usesOnly: false,
    usesOwnMember: false,
  };
  for (const {node: visited, chain} of found.visits) {
    if (visited !== node) checkBody(visited, chain, diagnostics);
    for (const reference of referencesIn(visited, visited === node, analysis)) {
      const {binding} = reference;
      found.usesOwnMember ||= isOwnMember(reference, node);
      if (binding && isWithin(binding.scope, visited)) continue;
      if (!checkMeaning(reference, found.names, diagnostics)) continue;
      if (binding) takeAlong({...reference, binding}, chain, serverFunction, found, context);
    }
  }
  return found;
}

/** Finds a way for a variable to be there on the other side: as it is, rebuilt, or sent. */
function takeAlong(
  reference: NameReference & {binding: Binding},
  chain: string[],
  {node, ancestors}: InlineFunction,
  found: Found,
  {analysis, once, moduleConstants, whole, diagnostics}: CaptureContext,
): void {
  const {binding} = reference;
  if (once.holds(binding.scope)) {
    found.usesOnly = true;
    return;
  }
  if (!checkBlockFunction(reference, chain, diagnostics)) return;
  const code = whole?.code ?? null;
  const value = isOwnVariable(binding, node, ancestors, analysis)
    ? node
    : lastingValue(binding, node, code);
  if (value && (moduleConstants.has(value) || isRebuildable(value, binding, code))) {
    const isThere = value === node || moduleConstants.has(value);
    return rebuild(binding, value, chain, isThere, found);
  }
  if (lookUp(binding.name, analysis.scopesAround.get(node)!) !== binding) {
    return reportAmbiguous(reference, chain, diagnostics);
  }
  if (whole) checkSerializable(value, reference, chain, whole, diagnostics);
  checkWrite(reference, diagnostics);
  addPath(found.values, binding, reference.path);
}

/**
 * Notes a variable whose value is rebuilt, once.
 *
 * @param isThere whether the value exists on the other side anyway
 */
function rebuild(
  binding: Binding,
  value: Node,
  chain: string[],
  isThere: boolean,
  {rebuilt, helpers, visits}: Found,
): void {
  if (rebuilt.has(binding)) return;
  rebuilt.set(binding, value);
  if (isThere) return;
  helpers.push({name: binding.name, value, chain});
  visits.push({node: value, chain: [...chain, binding.name]});
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
 * References in the source from `start` to `end` of the node; the list is sorted.
 *
 * @param isBuilt whether it is the server function, whose computed key is no part of what is built
 */
export function* referencesIn(
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
