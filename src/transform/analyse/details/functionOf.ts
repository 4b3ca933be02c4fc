import {isFunction, unwrapNamed, type FunctionNode, type Node} from '../../ast.ts';
import {constantValue, initialValue} from '../scopes/bindingValues.ts';
import type {ModuleCode} from '../values/moduleCode.ts';

/** Gives the function that an expression is, or that its variable was declared as. */
export function functionOf(expression: Node, code: ModuleCode): FunctionNode | null {
  const inner = unwrapNamed(expression);
  if (isFunction(inner)) return inner;
  if (inner.type !== 'Identifier') return null;
  const binding = code.referenceAt(inner)?.binding;
  const value = binding ? constantValue(binding) : valueOfModuleName(inner['name'], code);
  return value && isFunction(value) ? value : null;
}

function valueOfModuleName(name: string, code: ModuleCode): Node | null {
  const known = code.moduleName(name);
  if (!known || code.isReassigned(name)) return null;
  const {declaration} = known;
  return declaration.type === 'VariableDeclarator' ? initialValue(declaration) : declaration;
}
