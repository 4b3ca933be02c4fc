import type {Node} from '../../ast.ts';
import {findAssignments} from '../scopes/assignments.ts';
import {isExportsObject, isModuleExports, withoutFreezing} from './exportsObject.ts';
import type {Declaration} from '../exports/declarations.ts';

const EXPORTS: ReadonlySet<string> = new Set(['exports']);

/**
 * Finds the names of the object that a CommonJS module exports: `exports`, and variables that hold it and
 * nothing else, `const api = (module.exports = {});` or `const api = {save}; module.exports = api;`
 *
 * @param expressions what the statements of the top level evaluate
 */
export function exportsAliases(
  program: Node,
  expressions: readonly Node[],
  declarations: ReadonlyMap<string, Declaration>,
): Set<string> {
  const exported = new Set(
    expressions.flatMap((expression) => namesAssigned(expression)).map(({name}) => name as string),
  );
  const candidates = [...declarations.values()].filter(({name, kind, value, isInitialized}) => {
    if (!/^(?:const|let|var)$/.test(kind) || !isInitialized || !value) return false;
    return holdsExports(value) || (exported.has(name) && isObject(value));
  });
  const names = new Set(candidates.map(({name}) => name));
  for (const {name} of findAssignments(program, names)) names.delete(name);
  return new Set([...EXPORTS, ...names]);
}

/** `api` of `module.exports = api` */
function namesAssigned(expression: Node): Node[] {
  let isWhole = false;
  let value = expression;
  while (value.type === 'AssignmentExpression') {
    isWhole ||= isModuleExports(value['left']);
    value = value['right'];
  }
  value = withoutFreezing(value);
  return isWhole && value.type === 'Identifier' ? [value] : [];
}

/** `module.exports = {}`, `exports` */
function holdsExports(value: Node): boolean {
  if (isExportsObject(value, EXPORTS)) return true;
  if (value.type !== 'AssignmentExpression') return false;
  return isExportsObject(value['left'], EXPORTS) || holdsExports(value['right']);
}

function isObject(value: Node): boolean {
  return withoutFreezing(value).type === 'ObjectExpression';
}
