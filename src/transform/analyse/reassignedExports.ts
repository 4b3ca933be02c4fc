import {boundIdentifiers, forEachChild, isFunction, type Node} from '../ast.ts';
import type {ModuleExport, ModuleExports} from './exports.ts';

/** A local variable that is exported. */
export type LocalExport = ModuleExport & {kind: 'local'};

/**
 * Finds exports whose variable gets another value while the module runs, one for each variable:
 * `export let save = …; save = withAuth(save);` exports what it holds when the module has run.
 */
export function reassignedExports({named}: ModuleExports, program: Node): LocalExport[] {
  const assigned = namesAssigned(program);
  return named.filter(
    (item): item is LocalExport => item.kind === 'local' && assigned.delete(item.localName),
  );
}

/** Names that code outside of functions assigns. */
function namesAssigned(node: Node, found = new Set<string>()): Set<string> {
  if (node.type === 'AssignmentExpression') {
    for (const {name} of boundIdentifiers(node['left'])) found.add(name);
  }
  forEachChild(node, (child) => {
    if (!isFunction(child)) namesAssigned(child, found);
  });
  return found;
}
