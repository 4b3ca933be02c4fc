import {isClass, isFunction, unwrapNamed, type Node} from '../../ast.ts';
import {isConstantEnum, isFixed, isInLoop, keepsPosition} from './declarationTime.ts';
import {isServerFunction} from '../directives.ts';
import type {ModuleCode} from '../values/moduleCode.ts';
import {plainCodeIn} from '../values/plainCode.ts';
import {initialValue, constantValue} from '../scopes/bindingValues.ts';
import type {Binding} from '../scopes/scope.ts';

/**
 * Finds what a local variable holds for good as far as the source shows it, seen from a server function.
 *
 * @param code the whole module, or `null` as long as only server functions have been looked through
 */
export function lastingValue(
  binding: Binding,
  serverFunction: Node,
  code: ModuleCode | null,
): Node | null {
  return constantValue(binding) ?? valueOfVar(binding, serverFunction, code);
}

/** A `var` that is set once, before the block around the server function can hand it out. */
function valueOfVar(
  {kind, declaration, isReassigned}: Binding,
  {start, end}: Node,
  code: ModuleCode | null,
): Node | null {
  if (kind !== 'var' || isReassigned) return null;
  const value = initialValue(declaration);
  if (!value || !(isFunction(value) || isClass(value)) || isServerFunction(value)) return null;
  if (code === null) return value;
  const block = code.ancestorsOf(declaration).at(-2)!;
  const isAround = block.start <= start && end <= block.end;
  return isAround && !isInLoop(declaration, code) ? value : null;
}

/**
 * Whether a value is made of code, which can be written again elsewhere. Whether something is kept on it is
 * another question.
 */
export function isRebuildable(
  value: Node,
  binding: Pick<Binding, 'isChanged'>,
  code: ModuleCode | null,
): boolean {
  switch (value.type) {
    case 'RegExpLiteral':
      return !keepsPosition(value);
    case 'TSEnumDeclaration':
      return !binding.isChanged && (code === null || isConstantEnum(value, code));
    case 'ObjectExpression':
      return code !== null && isTableOfCode(value, code);
    case 'Identifier':
      return code !== null && isNameOfCode(value, code);
    default:
      return isFunction(value) || isClass(value);
  }
}

/** `const show = format` of another function or class that is on the other side too. */
function isNameOfCode(identifier: Node, code: ModuleCode): boolean {
  let name = identifier;
  for (let i = 0; i < LONGEST_CHAIN; i++) {
    const binding = code.referenceAt(name)?.binding;
    if (!binding) return isModuleCode(name, code);
    const value = constantValue(binding);
    if (value?.type !== 'Identifier') {
      return value !== null && (isFunction(value) || isClass(value));
    }
    name = value;
  }
  return false;
}

/** Names that stand for names; `const a = a` is a program, though it throws. */
const LONGEST_CHAIN = 10;

function isModuleCode(identifier: Node, code: ModuleCode): boolean {
  const declared = code.moduleName(identifier['name']);
  if (!declared || declared.kind === 'import' || !isFixed(identifier, code)) return false;
  const value = initialValue(declared.declaration) ?? declared.declaration;
  return isFunction(value) || isClass(value);
}

/** `{format: (x) => …, parse}`: an object of functions and of values that never change. */
function isTableOfCode(object: Node, code: ModuleCode): boolean {
  return isFixedObject(object, code) && plainCodeIn(object, [], code) !== null;
}

function isFixedObject({properties}: Node, code: ModuleCode): boolean {
  return (properties as Node[]).every((property) => {
    if (property['computed'] || property['key']?.name === '__proto__') return false;
    if (property.type === 'ObjectMethod') {
      return property['kind'] === 'method' && !isServerFunction(property);
    }
    if (property.type !== 'ObjectProperty') return false;
    const value = unwrapNamed(property['value']);
    if (value.type === 'ObjectExpression') return isFixedObject(value, code);
    return isFixed(value, code) && !isServerFunction(value);
  });
}
