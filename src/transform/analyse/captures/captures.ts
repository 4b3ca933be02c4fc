import type {Node} from '../../ast.ts';
import type {Diagnostics} from '../../diagnostics.ts';
import type {InlineFunction} from '../directives.ts';
import {checkRebuilt} from '../rebuilt/rebuiltChecks.ts';
import type {Binding, Scope, ScopeAnalysis} from '../scopes/scope.ts';
import type {ModuleCode} from '../values/moduleCode.ts';
import type {ValueFlows} from '../values/valueFlow.ts';
import {mayHoldCode} from './capturedCode.ts';
import {referencesIn, searchCaptures, type Found} from './captureSearch.ts';
import {checkEvals} from './directEvals.ts';
import type {EvaluatedOnce} from './evaluatedOnce.ts';
import {warnOfLostWrites} from './lostWrites.ts';

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
   * What is rebuilt beside the function on the other side, in an order in which it can be:
   * local functions and classes, server functions among them.
   */
  rebuilt: Rebuilt[];
  /** Whether it uses variables of code that runs once, below the module level. */
  usesOnly: boolean;
}

/** A local variable and the function, class, enum or pattern that is its value for good. */
export interface Rebuilt {
  binding: Binding;
  value: Node;
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
  module: ModuleCode;
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
  serverFunction: InlineFunction,
  name: string,
  context: CaptureContext,
): FoundCaptures {
  const found = searchCaptures(serverFunction, name, context);
  checkFound(found, serverFunction, name, context);
  const {values, rebuilt, usesOnly} = found;
  const sorted = [...values.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    captures: {values: sorted, rebuilt: inOrder(rebuilt), usesOnly},
    needsWhole:
      found.usesOwnMember ||
      rebuilt.size > 0 ||
      [...values.keys()].some((binding) => mayHoldCode(binding, context.serverFunctions)),
  };
}

/** Reports what is lost or wrong on the other side, now that everything that goes there is known. */
function checkFound(
  {values, rebuilt, helpers, names, visits, usesOnly}: Found,
  {node, ancestors}: InlineFunction,
  name: string,
  {analysis, once, serverFunctions, module, whole, diagnostics}: CaptureContext,
): void {
  if (values.size > 0) {
    const nodes = visits.map((visit) => visit.node);
    const references = () =>
      nodes.flatMap((visited) => [...referencesIn(visited, false, analysis)]);
    warnOfLostWrites(nodes, new Set(values.keys()), references, module, diagnostics);
  }
  checkEvals(node, {rebuilt, names, once}, name, analysis, diagnostics);
  // A function that runs once is not rebuilt, so what is kept on it stays.
  if (!whole || (usesOnly && once.isWhole)) return;
  const reachable = reachableServerFunctions(values, ancestors, serverFunctions);
  const around = {serverFunction: node, name, helpers, reachable, inParts: inParts(values)};
  checkRebuilt(around, {...whole, diagnostics});
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
