import {forEachChild, isClass, isFunction, unwrapNamed, type Node} from '../../ast.ts';
import {memberKey} from './namedCalls.ts';

/** An expression by which a function, class or object finds itself inside its own code. */
export interface SelfExpression {
  node: Node;
  /** Where in the value of the expression it is: `this.constructor` is the class of an instance. */
  path: readonly string[];
}

/** What `this`, `super` and `new.target` are, by how far they are from the value itself. */
type Meaning = 'itself' | 'instance' | 'other';

/**
 * Finds the expressions that give a value to its own code without naming it: `this` of static members
 * and of the methods of an object, `this.constructor`, `new.target`, `arguments.callee`.
 */
export function selfExpressions(value: Node): SelfExpression[] {
  if (isClass(value)) return inClass(value);
  if (value.type === 'ObjectExpression') return inObject(value);
  if (!isFunction(value) || value.type === 'ArrowFunctionExpression') return [];
  return [...inCode(value, 'instance', ['params', 'body']), ...calleesIn(value)];
}

/** Finds what subclasses reach of their base in methods of instances: `super.constructor`. */
export function superExpressions(subclass: Node): SelfExpression[] {
  return inClass(subclass).filter(({node}) => node.type === 'Super');
}

function inClass({body}: Node): SelfExpression[] {
  return (body['body'] as Node[]).flatMap((member) => {
    const isOfClass = member['static'] || member.type === 'StaticBlock';
    return inCode(member, isOfClass ? 'itself' : 'instance', ['params', 'body', 'value']);
  });
}

function inObject({properties}: Node): SelfExpression[] {
  return (properties as Node[]).flatMap((property) => {
    const method =
      property.type === 'ObjectMethod'
        ? property
        : property['value'] && unwrapNamed(property['value']);
    const hasThis = method && isFunction(method) && method.type !== 'ArrowFunctionExpression';
    return hasThis ? inCode(method, 'itself', ['params', 'body']) : [];
  });
}

/** Looks through the code of a member where `this` means the same as at its beginning. */
function inCode(
  member: Node,
  meaning: Exclude<Meaning, 'other'>,
  keys: readonly string[],
): SelfExpression[] {
  const path = meaning === 'instance' ? ['constructor'] : [];
  const found: SelfExpression[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'ThisExpression' || node.type === 'Super') found.push({node, path});
    if (isNewTarget(node)) found.push({node, path: []});
    if (hasOwnThis(node)) return;
    forEachChild(node, visit);
  };
  forEachChild(member, (child, key) => {
    if (keys.includes(key)) visit(child);
  });
  return found;
}

function hasOwnThis(node: Node): boolean {
  return isClass(node) || (isFunction(node) && node.type !== 'ArrowFunctionExpression');
}

function isNewTarget(node: Node): boolean {
  return node.type === 'MetaProperty' && node['meta'].name === 'new';
}

/** `arguments.callee` of sloppy code is the function. */
function calleesIn(fn: Node): SelfExpression[] {
  const found: SelfExpression[] = [];
  const visit = (node: Node): void => {
    const isCallee =
      node.type === 'MemberExpression' &&
      node['object'].name === 'arguments' &&
      memberKey(node) === 'callee';
    if (isCallee) found.push({node, path: []});
    if (!hasOwnThis(node)) forEachChild(node, visit);
  };
  forEachChild(fn, visit);
  return found;
}
