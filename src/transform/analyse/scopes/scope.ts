import type {Node} from '../../ast.ts';

export type BindingKind =
  | 'parameter'
  | 'var'
  | 'let'
  | 'const'
  | 'using'
  | 'function'
  | 'class'
  | 'catch'
  | 'enum'
  | 'namespace'
  | 'import'
  | 'own name';

export interface Binding {
  name: string;
  kind: BindingKind;
  scope: Scope;
  /** The identifier that introduces the name. */
  identifier: Node;
  /** The function, class, declarator or statement that gives it its value. */
  declaration: Node;
  /** Assigned again after its declaration. */
  isReassigned: boolean;
  /** A member of it is assigned: `format.cache = new Map()`. */
  isChanged: boolean;
  /** Sloppy code: a function that is declared in a block inside gives this variable its value. */
  isSetByBlock: boolean;
}

/** A use of a name. */
export interface NameReference {
  name: string;
  node: Node;
  scope: Scope;
  /** `note.author?.name` reads `['author', 'name']` of `note`; `[]` when the whole value is used. */
  path: string[];
  /** The name itself is assigned: `note = x`, `note++`, `for (note of x)`. */
  isWrite: boolean;
  /** Something inside the value is assigned or deleted: `note.id = x`. */
  isMemberWrite: boolean;
  /** `null` for what stands at module level, and for globals. */
  binding: Binding | null;
}

export interface Scope {
  parent: Scope | null;
  node: Node;
  /** `var` and sloppy functions are hoisted to the nearest scope of this kind. */
  holdsVars: boolean;
  bindings: Map<string, Binding>;
}

/** A direct call of `eval`, whose code uses the names of the scope in which it stands. */
export interface DirectEval {
  node: Node;
  scope: Scope;
  /** Whether it can declare variables in the function around it. */
  isSloppy: boolean;
}

export interface ScopeAnalysis {
  /** In the order of the source. */
  references: NameReference[];
  evals: DirectEval[];
  /** The scope in which each function stands. */
  scopesAround: Map<Node, Scope>;
}

/** Makes a scope without names. */
export function newScope(parent: Scope, node: Node, holdsVars = false): Scope {
  return {parent, node, holdsVars, bindings: new Map()};
}

/** Finds the scope that a `var` in `scope` belongs to. */
export function varScope(scope: Scope): Scope {
  let current = scope;
  while (!current.holdsVars && current.parent) current = current.parent;
  return current;
}

/** Finds what `name` means in `scope`; `null` for a name of the module level, and for a global. */
export function lookUp(name: string, from: Scope): Binding | null {
  for (let scope: Scope | null = from; scope?.parent; scope = scope.parent) {
    const binding = scope.bindings.get(name);
    if (binding) return binding;
  }
  return null;
}

/** Whether `inner` is `outer` or stands inside it. */
export function isWithin(inner: Scope, outer: Node): boolean {
  return inner.node.start >= outer.start && inner.node.end <= outer.end;
}
