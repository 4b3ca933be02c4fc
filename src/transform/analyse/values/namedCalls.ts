import {isFunction, nameOrValue, unwrapExpression, unwrapNamed, type Node} from '../../ast.ts';
import type {ModuleCode} from './moduleCode.ts';
import {constantValue} from '../scopes/bindingValues.ts';

/** A call by the name of what is called, in whichever way it is written. */
export interface NamedCall {
  /** `Object.assign`, `bus.off`; `null` when the source does not show it. */
  name: string | null;
  arguments: readonly Node[];
}

/**
 * Finds out what a call calls: `Object.assign(f)`, `Object['assign']?.(f)`, `globalThis.Object.assign(f)`,
 * `const {assign} = Object; assign(f)`, `Object.assign.call(Object, f)`, `Reflect.apply(Object.assign, Object, [f])`.
 */
export function namedCall(call: Node, code: ModuleCode): NamedCall {
  const parameters: Node[] = call['arguments'];
  const callee = unwrapExpression(call['callee']);
  if (isCall(callee)) {
    const bound = namedCall(callee, code);
    if (!bound.name?.endsWith('.bind')) return {name: null, arguments: parameters};
    const name = bound.name.slice(0, -'.bind'.length);
    return {name, arguments: [...bound.arguments.slice(1), ...parameters]};
  }
  const name = dottedName(callee, code);
  if (name === 'Reflect.apply' && parameters.length > 2) {
    return {name: dottedName(parameters[0]!, code), arguments: elementsOf(parameters[2])};
  }
  const [, base, way] = /^(.+)\.(call|apply)$/.exec(name ?? '') ?? [];
  if (way === 'call') return {name: base!, arguments: parameters.slice(1)};
  if (way === 'apply') return {name: base!, arguments: elementsOf(parameters[1])};
  return {name, arguments: parameters};
}

/** Whether it calls something, by `new` too. */
export function isCall(node: Node): boolean {
  return (
    node.type === 'CallExpression' ||
    node.type === 'OptionalCallExpression' ||
    node.type === 'NewExpression'
  );
}

function elementsOf(list: Node | undefined): Node[] {
  return list?.type === 'ArrayExpression' ? (list['elements'] as Node[]).filter(Boolean) : [];
}

/** `Object.assign` of a global, by whichever constants it is reached; names of variables stay as they are. */
function dottedName(node: Node, code: ModuleCode, depth = 0): string | null {
  const inner = unwrapExpression(node);
  if (depth > 5) return null;
  switch (inner.type) {
    case 'Identifier':
      return constantName(inner, code, depth) ?? inner['name'];
    case 'SequenceExpression':
      return dottedName(inner['expressions'].at(-1), code, depth);
    case 'ThisExpression':
      return 'this';
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const key = memberKey(inner);
      const object = dottedName(inner['object'], code, depth);
      if (key === null) return null;
      return object !== null && /^(?:globalThis|global|window|self)$/.test(object)
        ? key
        : `${object ?? ''}.${key}`;
    }
    default:
      return null;
  }
}

/** What a constant stands for, where that is a global or a member of one: `const {assign: put} = Object`. */
function constantName(identifier: Node, code: ModuleCode, depth: number): string | null {
  const declarator = declaratorOf(identifier, code);
  const initial: Node | null = declarator?.['init'] ?? null;
  if (!declarator || !initial || isFunction(unwrapNamed(initial))) return null;
  if (declarator['id'].type === 'Identifier') return dottedName(initial, code, depth + 1);
  if (declarator['id'].type !== 'ObjectPattern') return null;
  const property = (declarator['id']['properties'] as Node[]).find(
    ({value}) => (value?.left ?? value)?.name === identifier['name'],
  );
  const object = property && dottedName(initial, code, depth + 1);
  return object ? `${object}.${nameOrValue(property['key'])}`.replace(/^globalThis\./, '') : null;
}

/** Finds the declarator of a variable that is never assigned again. */
export function declaratorOf(identifier: Node, code: ModuleCode): Node | null {
  const reference = code.referenceAt(identifier);
  if (!reference) return null;
  const {binding, name} = reference;
  if (binding) {
    const isOne = binding.declaration.type === 'VariableDeclarator' && !binding.isReassigned;
    return isOne ? binding.declaration : null;
  }
  const declared = code.moduleName(name);
  const isOne = declared?.declaration.type === 'VariableDeclarator';
  return isOne && (declared.kind === 'const' || !code.isReassigned(name))
    ? declared.declaration
    : null;
}

/** Finds the function or class that an expression always gives, as far as the source shows it. */
export function visibleCode(node: Node, code: ModuleCode): Node | null {
  const inner = unwrapNamed(node);
  if (inner.type !== 'Identifier') return inner;
  const reference = code.referenceAt(inner);
  if (reference?.binding) {
    const value = constantValue(reference.binding);
    if (value) return value;
  }
  const declarator = declaratorOf(inner, code);
  if (declarator) {
    const isPlain = declarator['id'].type === 'Identifier' && declarator['init'];
    return isPlain ? unwrapNamed(declarator['init']) : null;
  }
  const declared = reference?.binding ? undefined : code.moduleName(inner['name']);
  const isCode = declared?.kind === 'function' || declared?.kind === 'class';
  return isCode && !code.isReassigned(inner['name']) ? declared.declaration : null;
}

/** Gives the key of a member expression; `null` when only the run knows it. */
export function memberKey(member: Node): string | null {
  const {property} = member as Node & {property: Node};
  if (property.type === 'PrivateName') return `#${property['id'].name}`;
  if (!member['computed']) return nameOrValue(property);
  return literalKey(property);
}

/** Gives the text of an expression that is a plain string or number. */
export function literalKey(node: Node | undefined): string | null {
  if (node?.type === 'StringLiteral' || node?.type === 'NumericLiteral') {
    return String(node['value']);
  }
  const isPlain = node?.type === 'TemplateLiteral' && node['expressions'].length === 0;
  return isPlain ? node['quasis'][0].value.cooked : null;
}

/** Gives the name of a property as the source shows it; `null` when it is computed. */
export function propertyKey({key, computed}: Node): string | null {
  return !computed && key.type === 'Identifier' ? key['name'] : literalKey(key);
}
