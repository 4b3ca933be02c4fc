import type {Node} from '../../ast.ts';
import type {Diagnostics} from '../../diagnostics.ts';
import type {EvaluatedOnce} from './evaluatedOnce.ts';
import {
  lookUp,
  type Binding,
  type DirectEval,
  type Scope,
  type ScopeAnalysis,
} from '../scopes/scope.ts';

/** What a server function needs, as far as `eval` could change it. */
interface Needs {
  /** What is rebuilt for it. */
  rebuilt: ReadonlyMap<Binding, Node>;
  /** Every name that it and its helpers use, with what it means; `null`: a name outside. */
  names: ReadonlyMap<string, Binding | null>;
  /** Its copy stands among these variables, and those that `eval` declares beside them. */
  once: EvaluatedOnce;
}

/**
 * Refuses a direct call of `eval` around a server function when it could change what the function means:
 * assign to a helper that is rebuilt, or, in sloppy code, declare a variable that hides another.
 *
 * @param node the server function
 * @param label the server function's name for messages
 */
export function checkEvals(
  node: Node,
  needs: Needs,
  label: string,
  {evals, scopesAround}: ScopeAnalysis,
  diagnostics: Diagnostics,
): void {
  for (const call of evals) {
    // One inside of what is rebuilt is refused there.
    if ([node, ...needs.rebuilt.values()].some((inner) => isInside(call.node, inner))) continue;
    const changed = changedHelper(call, needs) ?? hiddenName(call, scopesAround.get(node)!, needs);
    if (changed === undefined) continue;
    diagnostics.error(
      'eval',
      call.node,
      `This direct call of "eval" can change what "${changed}" means in the server function "${label}". Call (0, eval)(...), or better a function.`,
    );
  }
}

function isInside({start, end}: Node, outer: Node): boolean {
  return start >= outer.start && end <= outer.end;
}

function changedHelper({scope}: DirectEval, {rebuilt}: Needs): string | undefined {
  return [...rebuilt.keys()].find((binding) => lookUp(binding.name, scope) === binding)?.name;
}

/**
 * A name that the code of a sloppy `eval` can declare between the server function and its meaning. What is
 * captured by value is read where the function stands, and so is what `eval` has declared.
 */
function hiddenName(
  {isSloppy, scope}: DirectEval,
  around: Scope,
  {names, rebuilt, once}: Needs,
): string | undefined {
  const inner = functionScopes(around);
  const declares = inner.indexOf(functionScopes(scope)[0]!);
  if (!isSloppy || declares === -1 || once.holds(inner[declares]!)) return undefined;
  const hides = new Set(functionScopes(inner[declares]!.parent!));
  return [...names].find(
    ([, binding]) =>
      !binding || (rebuilt.has(binding) && hides.has(functionScopes(binding.scope)[0]!)),
  )?.[0];
}

/** The scopes around that hold `var`, the innermost first; not the module's. */
function functionScopes(from: Scope): Scope[] {
  const scopes: Scope[] = [];
  for (let scope: Scope | null = from; scope?.parent; scope = scope.parent) {
    if (scope.holdsVars) scopes.push(scope);
  }
  return scopes;
}
