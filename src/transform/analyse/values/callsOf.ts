import type {Node} from '../../ast.ts';
import type {Binding} from '../scopes/scope.ts';
import type {ModuleCode} from './moduleCode.ts';
import {isCall} from './namedCalls.ts';

/** Lists the calls of a function by its name, and where it stands. */
export function callsOf(fn: Node, code: ModuleCode): Node[] {
  return [fn, ...namesOf(fn, code)].flatMap((callee) => {
    const user = code.parentOf(callee);
    return user && isCall(user) && user['callee'] === callee ? [user] : [];
  });
}

/** Lists the uses of a function, class or object by its name. */
export function namesOf(value: Node, code: ModuleCode): Node[] {
  const declarator = code.placeOf(value);
  const isOfName = ({declaration}: Binding) =>
    declaration === value ||
    (declaration === declarator && declaration.type === 'VariableDeclarator');
  const ofModule = code.nameOf(value);
  return [
    ...code.referencesAround(value, isOfName),
    ...(ofModule === null ? [] : code.referencesToModuleName(ofModule)),
  ].map(({node}) => node);
}
