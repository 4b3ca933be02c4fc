import {isClass, isFunction, type Node} from '../../ast.ts';
import type {ModuleCode} from './moduleCode.ts';
import {propertyKey, visibleCode} from './namedCalls.ts';

/** What has a member: a class, an object, or the instances of a class or function. */
export interface Owner {
  node: Node;
  /** Whether it is the instances that `new` makes of the node. */
  isInstance: boolean;
}

/** Tells what `this` is at a node, as far as the code around it shows; `null` at the level of the module. */
export function ownerOfThis(node: Node, code: ModuleCode): Owner | null {
  let inner = node;
  for (let around = code.parentOf(node); around; around = code.parentOf(around)) {
    if (around.type === 'ClassBody') return ownerOfMember(inner, code);
    if (isFunction(around) && around.type !== 'ArrowFunctionExpression') {
      return ownerOfMember(memberOf(around, code), code) ?? {node: around, isInstance: true};
    }
    inner = around;
  }
  return null;
}

/** Finds the class or object whose member a node is. */
export function ownerOfMember(member: Node | undefined, code: ModuleCode): Owner | null {
  const around = member && code.parentOf(member);
  if (around?.type === 'ObjectExpression') return {node: around, isInstance: false};
  if (around?.type !== 'ClassBody') return null;
  const isOfClass = member!['static'] === true || member!.type === 'StaticBlock';
  return {node: code.parentOf(around)!, isInstance: !isOfClass};
}

/** Lists a class with the classes that it extends, as far as the module shows them. */
export function withBases(owner: Node, code: ModuleCode): Node[] {
  const chain: Node[] = [];
  for (let next: Node | null = owner; next && !chain.includes(next);) {
    chain.push(next);
    const base: Node | null = next['superClass'] ? visibleCode(next['superClass'], code) : null;
    next = base && isClass(base) ? base : null;
  }
  return chain;
}

/** Gives a method itself; of a function expression, what it is the value of. */
export function memberOf(fn: Node, code: ModuleCode): Node | undefined {
  if (/Method$/.test(fn.type)) return fn;
  // A declaration in a static block is no member of the class.
  return fn.type === 'FunctionDeclaration' ? undefined : code.placeOf(fn);
}

/** Gives the key of a member of a class or object; `null` when only the run knows it. */
export function keyOfMember(member: Node): string | null {
  const {key} = member as Node & {key: Node};
  return key.type === 'PrivateName' ? `#${key['id'].name}` : propertyKey(member);
}
