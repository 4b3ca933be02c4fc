import {boundIdentifiers, isFunction, type Node} from '../../ast.ts';
import type {Binding, Scope} from './scope.ts';

/*
 * Sloppy code knows a function of a block outside of the block as well, by a variable of the function around
 * it, which gets the function when the block runs (ECMAScript, "Block-Level Function Declarations Web Legacy
 * Compatibility Semantics").
 */

export const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * Whether a function of a block is also the value of a variable outside.
 *
 * @param node the function
 * @param scope the scope around the block, or around several blocks
 * @param target the scope of the function around, in which the variable would be
 * @param lexical names that are declared between the block and `scope`
 */
export function isVariableOutside(
  node: Node,
  scope: Scope,
  target: Scope,
  lexical: ReadonlySet<string>,
): boolean {
  const {name} = node['id'];
  if (node['async'] || node['generator'] || lexical.has(name)) return false;
  for (let outer = scope; outer !== target; outer = outer.parent!) {
    if (isInTheWay(outer.bindings.get(name))) return false;
  }
  const around = target.parent;
  if (around && isFunction(around.node) && around.bindings.get(name)?.kind === 'parameter') {
    return false;
  }
  const existing = target.bindings.get(name);
  return !existing || existing.kind === 'function' || existing.kind === 'var';
}

/** Whether a `var` of the same name could not be declared inside. */
function isInTheWay(binding: Binding | undefined): boolean {
  if (!binding || binding.kind === 'var' || binding.kind === 'own name') return false;
  return binding.kind !== 'catch' || binding.declaration['param'].type !== 'Identifier';
}

/** Adds to `outer` what the statements of a block declare for this block only. */
export function lexicalNames(block: Node, outer: ReadonlySet<string>): ReadonlySet<string> {
  const statements: Node[] = [block['body'] ?? block['consequent'] ?? []].flat();
  return new Set([...outer, ...statements.flatMap(namesDeclaredBy)]);
}

function namesDeclaredBy(statement: Node): string[] {
  switch (statement.type) {
    case 'VariableDeclaration':
      if (statement['kind'] === 'var') return [];
      return (statement['declarations'] as Node[])
        .flatMap(({id}) => boundIdentifiers(id))
        .map(({name}) => name);
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return [statement['id'].name];
    default:
      return [];
  }
}
