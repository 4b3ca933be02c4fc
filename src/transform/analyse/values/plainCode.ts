import {isClass, isFunction, unwrapNamed, type Node} from '../../ast.ts';
import {isServerFunction} from '../directives.ts';
import type {ModuleCode} from './moduleCode.ts';
import {declaratorOf} from './namedCalls.ts';
import {initialValue, constantValue} from '../scopes/bindingValues.ts';

const DEEPEST = 8;

/**
 * Finds a function or class that is no server function in the value of an expression, where the source
 * shows that it is there whichever way the program goes.
 *
 * @param path the members of the value that are used: `['format']`; `[]` for the whole
 */
export function plainCodeIn(
  expression: Node,
  path: readonly string[],
  code: ModuleCode,
  depth = 0,
): Node | null {
  const value = unwrapNamed(expression);
  const inPart = (part: Node, rest = path) => plainCodeIn(part, rest, code, depth + 1);
  if (depth > DEEPEST) return null;
  if (isFunction(value) || isClass(value)) {
    return path.length === 0 && !isServerFunction(value) ? value : null;
  }
  switch (value.type) {
    case 'Identifier':
      return inName(value, path, code, depth);
    case 'ConditionalExpression': {
      const consequent = inPart(value['consequent']);
      return consequent && inPart(value['alternate']) && consequent;
    }
    case 'LogicalExpression': {
      const right = inPart(value['right']);
      return right && inPart(value['left']) && right;
    }
    case 'SequenceExpression':
      return inPart(value['expressions'].at(-1));
    case 'MemberExpression':
      return value['computed'] ? null : inPart(value['object'], [value['property'].name, ...path]);
    case 'ObjectExpression':
      return inObject(value, path, inPart);
    case 'ArrayExpression':
      return inArray(value, path, inPart);
    case 'CallExpression':
      return inCall(value, path, code, inPart);
    default:
      return null;
  }
}

type Look = (part: Node, path?: readonly string[]) => Node | null;

function inName(
  identifier: Node,
  path: readonly string[],
  code: ModuleCode,
  depth: number,
): Node | null {
  const binding = code.referenceAt(identifier)?.binding;
  if (binding?.isChanged) return null;
  const value = binding && constantValue(binding);
  if (value) return plainCodeIn(value, path, code, depth + 1);
  const declarator = declaratorOf(identifier, code);
  if (declarator) return plainCodeOf(declarator, identifier['name'], path, code, depth + 1);
  return binding ? null : inModuleName(identifier['name'], path, code);
}

/** A function of the module that is not async is no server function, whatever governs the module. */
function inModuleName(name: string, path: readonly string[], code: ModuleCode): Node | null {
  const value = code.moduleName(name)?.declaration;
  const isPlain = value?.type === 'FunctionDeclaration' && !value['async'];
  return isPlain && path.length === 0 && !code.isReassigned(name) ? value : null;
}

/** Looks into what a declarator gives one of its variables: `const {format} = {format: (x) => …}`. */
export function plainCodeOf(
  declarator: Node,
  name: string,
  path: readonly string[],
  code: ModuleCode,
  depth = 0,
): Node | null {
  const {id, init} = declarator as Node & {id: Node; init: Node | null};
  if (!init) return null;
  if (id.type === 'Identifier') {
    return plainCodeIn(initialValue(declarator) ?? init, path, code, depth);
  }
  const way = wayTo(id, name);
  return way && plainCodeIn(init, [...way, ...path], code, depth);
}

/** The members that a pattern reads for one of its variables, `null` where a default value may stand in. */
function wayTo(pattern: Node, name: string): string[] | null {
  if (pattern.type === 'Identifier') return pattern['name'] === name ? [] : null;
  const parts: [string, Node][] =
    pattern.type === 'ObjectPattern'
      ? (pattern['properties'] as Node[])
          .filter(({type, computed, key}) => type === 'ObjectProperty' && !computed && key.name)
          .map(({key, value}) => [key.name, value])
      : pattern.type === 'ArrayPattern'
        ? (pattern['elements'] as (Node | null)[]).flatMap((element, i): [string, Node][] =>
            element ? [[String(i), element]] : [],
          )
        : [];
  for (const [key, part] of parts) {
    const rest = wayTo(part, name);
    if (rest) return [key, ...rest];
  }
  return null;
}

function inObject({properties}: Node, path: readonly string[], look: Look): Node | null {
  if ((properties as Node[]).some(({type}) => type === 'SpreadElement') && path.length > 0) {
    return null;
  }
  for (const property of properties as Node[]) {
    if (property.type === 'SpreadElement' || property['computed']) continue;
    const {key, kind} = property as Node & {key: Node};
    if (path.length > 0 && (key['name'] ?? key['value']) !== path[0]) continue;
    const isMethod = property.type === 'ObjectMethod';
    if (isMethod && kind !== 'method') continue;
    const found = look(isMethod ? property : property['value'], path.slice(1));
    if (found) return found;
  }
  return null;
}

function inArray({elements}: Node, path: readonly string[], look: Look): Node | null {
  const items = elements as (Node | null)[];
  if (path.length > 0) {
    const item = items[Number(path[0])];
    const isShown = item && items.every((element) => element?.type !== 'SpreadElement');
    return isShown ? look(item, path.slice(1)) : null;
  }
  for (const item of items) {
    const found = item && item.type !== 'SpreadElement' && look(item, []);
    if (found) return found;
  }
  return null;
}

/** React's `useCallback(fn)` gives its argument, `cache(fn)` and `fn.bind(x)` another function. */
function inCall(call: Node, path: readonly string[], code: ModuleCode, look: Look): Node | null {
  const {callee} = call;
  const [first] = call['arguments'] as Node[];
  const isMember = callee.type === 'MemberExpression';
  const name: string | undefined = isMember ? callee.property.name : callee.name;
  const root: Node = isMember ? callee.object : callee;
  if (first && (name === 'useCallback' || name === 'cache')) {
    const isLocal = Boolean(code.referenceAt(root)?.binding);
    return !isLocal && code.moduleName(root['name'])?.from === 'react' ? look(first) : null;
  }
  return isMember && name === 'bind' && path.length === 0 ? look(root, []) : null;
}
