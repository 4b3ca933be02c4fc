import {forEachChild, isFunction, type Node} from '../../ast.ts';
import {isServerFunction, type InlineFunction} from '../directives.ts';
import {callInPlace} from '../scopes/calledInPlace.ts';
import type {Scope} from '../scopes/scope.ts';

/**
 * The code around an inline server function that runs once, when the module is loaded: blocks, static
 * blocks, namespaces and functions that are called where they stand. There is one of each of its
 * variables, as of those of the module itself.
 */
export interface EvaluatedOnce {
  /** Whether the server function itself is made once. */
  isWhole: boolean;
  /** The innermost place in this code where a statement can stand; `null`: the module level. */
  home: Node | null;
  /** Whether it is in a TypeScript namespace, which knows names that other parts of it export. */
  isInNamespace: boolean;
  /** Whether there is one of each variable of the scope, seen from `home`. */
  holds: (scope: Scope) => boolean;
}

/**
 * Finds the part of the code around a function that runs once.
 *
 * Before: `const api = (() => { const cache = new Map(); return {load: async (k) => { 'use server'; … }}; })();`
 * After: `isWhole`, and `holds` the scope of `cache`
 */
export function evaluatedOnce({node, ancestors}: InlineFunction): EvaluatedOnce {
  const path = [...ancestors, node];
  const end = path.findIndex((_, i) => i > 0 && i < ancestors.length && !runsOnce(path, i));
  const isWhole = end === -1;
  const once = isWhole ? ancestors : ancestors.slice(0, end);
  const homeIndex = once.findLastIndex((_, i) => isPlaceForStatements(path, i));
  const around = new Set(isWhole ? once : once.slice(0, homeIndex + 1));
  return {
    isWhole,
    home: homeIndex === -1 ? null : path[homeIndex]!,
    isInNamespace: ancestors.some(({type}) => type === 'TSModuleBlock'),
    holds: ({node: scopeNode}) => around.has(scopeNode),
  };
}

/** Whether the node at `index` runs once when what is around it does, at most. */
function runsOnce(path: readonly Node[], index: number): boolean {
  const node = path[index]!;
  if (isFunction(node)) {
    return (
      callInPlace(path, index) >= 0 &&
      path[index + 1] === node.body &&
      !isServerFunction(node) &&
      !(node['id'] && mentions(node, node['id'].name))
    );
  }
  // A `switch` has no one place where a statement would come first.
  return !runsOften(node) && node.type !== 'SwitchStatement';
}

/** Whether what stands inside can run several times in one run of what is around. */
export function runsOften(node: Node): boolean {
  return isFunction(node) || (RUNS_OFTEN.has(node.type) && node['static'] !== true);
}

/** Loops, and the fields of instances. */
const RUNS_OFTEN = new Set([
  'ClassAccessorProperty',
  'ClassPrivateProperty',
  'ClassProperty',
  'DoWhileStatement',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'WhileStatement',
]);

/** Whether a function uses a name: its own, by which it could call itself. */
function mentions(node: Node, name: string): boolean {
  let found = false;
  forEachChild(node, (child, key) => {
    if (key === 'id') return;
    found ||= (child.type === 'Identifier' && child['name'] === name) || mentions(child, name);
  });
  return found;
}

function isPlaceForStatements(path: readonly Node[], index: number): boolean {
  const node = path[index]!;
  return (
    /^(?:BlockStatement|StaticBlock|TSModuleBlock|ClassBody)$/.test(node.type) ||
    (node.type === 'ArrowFunctionExpression' && path[index + 1] === node['body'])
  );
}
