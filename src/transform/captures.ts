import {isClass, isFunction, type FunctionNode, type Node} from './ast.ts';
import type {Diagnostics} from './diagnostics.ts';
import {checkBody} from './restrictions.ts';
import {
  isWithin,
  knownValue,
  lookUp,
  type Binding,
  type NameReference,
  type ScopeAnalysis,
} from './scope.ts';

/** A variable whose value travels with a reference. */
export interface CapturedValue {
  name: string;
  /** The member paths that are used, or `null` when the whole value is. */
  paths: string[][] | null;
}

/** What an inline server function needs of the functions and blocks around it. */
export interface Captures {
  /** In the order of their first use. */
  values: CapturedValue[];
  /**
   * Local functions and classes that are built again beside the function on the other side, server
   * functions among them, in the order of the source.
   */
  rebuilt: Binding[];
}

/** A function or class that is being looked through, and how the server function came to need it. */
interface Visit {
  node: Node;
  /** Names from the server function to this one: `['save', 'format']`. */
  chain: string[];
}

/**
 * Finds the captures of an inline server function: the bindings of enclosing functions and blocks
 * that it uses, itself or through local functions and classes that it uses.
 *
 * Before: `function Page({note}) { const log = () => db.log(note.id); async function save() { 'use server'; log(); } }`
 * After: values `[{name: 'note', paths: [['id']]}]`, rebuilt `[log]`
 */
export function findCaptures(
  node: FunctionNode,
  name: string,
  analysis: ScopeAnalysis,
  diagnostics: Diagnostics,
): Captures {
  const values = new Map<Binding, CapturedValue>();
  const rebuilt = new Set<Binding>();
  const names = new Map<string, Binding | null>();
  const scopeAround = analysis.scopesAround.get(node)!;
  const queue: Visit[] = [{node, chain: [name]}];

  for (const {node: visited, chain} of queue) {
    if (visited !== node) checkBody(visited, chain, diagnostics);
    for (const reference of referencesIn(visited, analysis)) {
      const {binding} = reference;
      if (binding && isWithin(binding.scope, visited)) continue;
      if (!checkMeaning(reference, names, diagnostics)) continue;
      if (!binding) continue;
      const value = knownValue(binding);
      if (value && (isFunction(value) || isClass(value))) {
        if (rebuilt.has(binding)) continue;
        rebuilt.add(binding);
        if (value !== node) queue.push({node: value, chain: [...chain, binding.name]});
        continue;
      }
      if (lookUp(binding.name, scopeAround) !== binding) {
        reportAmbiguous(reference, chain, diagnostics);
        continue;
      }
      warnOfWrite(reference, diagnostics);
      addPath(values, binding, reference.path);
    }
  }
  return {
    values: [...values.values()],
    rebuilt: [...rebuilt].sort((a, b) => a.declaration.start - b.declaration.start),
  };
}

/** References in the source from `start` to `end` of the node; the list is sorted. */
function* referencesIn(node: Node, {references}: ScopeAnalysis): Iterable<NameReference> {
  let low = 0;
  let high = references.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (references[middle]!.node.start < node.start) low = middle + 1;
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

function warnOfWrite(
  {name, node, isWrite, isMemberWrite}: NameReference,
  diagnostics: Diagnostics,
) {
  if (!isWrite && !isMemberWrite) return;
  diagnostics.warning(
    'lost-write',
    node,
    `"${name}" belongs to the function around this server function. Called from the browser, the server function gets a copy, so this change is lost when the call ends. Return the new value, or store it where the next request can read it.`,
  );
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
