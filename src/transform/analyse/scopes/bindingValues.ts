import {isKeepNamesCall, unwrapExpression, type Node} from '../../ast.ts';
import type {Binding} from './scope.ts';

/** Gives the value that a variable has for as long as it lives, as far as the source shows it. */
export function constantValue({kind, declaration, isReassigned}: Binding): Node | null {
  switch (kind) {
    case 'function':
    case 'class':
    case 'enum':
      return isReassigned ? null : declaration;
    case 'own name':
      return declaration;
    // A `var` has another value, undefined, before its declaration.
    case 'let':
    case 'const':
      return isReassigned ? null : initialValue(declaration);
    default:
      return null;
  }
}

/** Gives what a declarator gives its variable; `null` when that is a part of it, or nothing. */
export function initialValue(declarator: Node): Node | null {
  if (declarator['id']?.type !== 'Identifier' || !declarator['init']) return null;
  const value = unwrapExpression(declarator['init']);
  return isKeepNamesCall(value) ? unwrapExpression(value['arguments'][0]) : value;
}
