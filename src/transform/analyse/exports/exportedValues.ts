import {boundIdentifiers, isFunction, staticKey, unwrapExpression, type Node} from '../../ast.ts';
import type {Declaration} from './declarations.ts';
import type {ModuleExport} from './exports.ts';

/** The value of an export, as far as declarations show it, and the names by way of which it comes. */
export interface ExportedValue {
  value: Node | null;
  /** `b` and `a` of `const a = 1; const b = a; export {b}`. It holds where none of them is assigned. */
  names: string[];
}

/** Follows an export through names and patterns to the value of its declaration. */
export function exportedValue(
  item: ModuleExport,
  declarations: ReadonlyMap<string, Declaration>,
): ExportedValue {
  if (item.kind === 'namespace' || item.kind === 'reexport') return {value: null, names: []};
  const names = new Set<string>();
  const valueOf = (name: string) => {
    const declaration = declarations.get(name);
    if (!declaration || names.has(name)) return null;
    names.add(name);
    return initialValue(declaration);
  };
  const variable =
    item.kind === 'local' ? item.localName : item.kind === 'commonjs' ? item.variable : null;
  let value = variable === null && 'value' in item ? item.value : valueOf(variable!);
  while (value?.type === 'Identifier' && declarations.has(value['name'])) {
    value = valueOf(value['name']);
  }
  return {value, names: [...names]};
}

function initialValue({value, statement, name}: Declaration): Node | null {
  if (value) return value;
  const {declarations}: {declarations?: Node[]} = statement['declaration'] ?? statement;
  for (const {id, init} of declarations ?? []) {
    if (init && boundIdentifiers(id).some((identifier) => identifier['name'] === name)) {
      return partOf(unwrapExpression(init), id, name);
    }
  }
  return null;
}

/** What a pattern takes out of a literal for one of its names: `1` of `{x: 1}` for `x` of `{x}`. */
function partOf(value: Node, pattern: Node, name: string): Node | null {
  if (pattern.type === 'Identifier') return pattern['name'] === name ? value : null;
  const parts: [pattern: Node, value: Node | null][] =
    pattern.type === 'ObjectPattern'
      ? partsOfObject(value, pattern)
      : pattern.type === 'ArrayPattern'
        ? partsOfArray(value, pattern)
        : [];
  const part = parts.find(([inner]) =>
    boundIdentifiers(inner).some((identifier) => identifier['name'] === name),
  );
  return part?.[1] ? partOf(unwrapExpression(part[1]), part[0], name) : null;
}

function partsOfObject(value: Node, pattern: Node): [Node, Node | null][] {
  if (value.type !== 'ObjectExpression') return [];
  const properties: Node[] = value['properties'];
  const isPlain = properties.every(
    (property) => property.type === 'ObjectProperty' && staticKey(property) !== null,
  );
  if (!isPlain) return [];
  return (pattern['properties'] as Node[])
    .filter(({type}) => type === 'ObjectProperty')
    .map((taken) => {
      const key = staticKey(taken);
      const found = key === null ? undefined : properties.findLast((it) => staticKey(it) === key);
      return [taken['value'], found?.['value'] ?? null];
    });
}

function partsOfArray(value: Node, pattern: Node): [Node, Node | null][] {
  if (value.type !== 'ArrayExpression') return [];
  const elements: (Node | null)[] = value['elements'];
  if (elements.some((element) => element?.type === 'SpreadElement')) return [];
  return (pattern['elements'] as (Node | null)[]).flatMap((taken, index): [Node, Node | null][] =>
    taken ? [[taken, elements[index] ?? null]] : [],
  );
}

/**
 * Says why a value can never be a server function, which is what else it is; `null` when it is
 * an async function, or when only the run can tell.
 */
export function whyNotAsync(value: Node | null): string | null {
  if (!value) return null;
  if (isFunction(value)) {
    if (value.async) return null;
    return value['generator'] ? 'a generator that is not async' : 'a function that is not async';
  }
  if (Object.hasOwn(KINDS, value.type)) return KINDS[value.type]!;
  switch (value.type) {
    case 'NewExpression':
      // `new Proxy(save, …)` is a function, and so is what `new AsyncFunction(…)` makes.
      return /^Proxy$|Function$/.test(value['callee'].name) ? null : 'an object';
    case 'Identifier':
      return value['name'] === 'undefined' ? 'undefined' : null;
    case 'AssignmentExpression':
      return value['operator'] === '=' ? whyNotAsync(unwrapExpression(value['right'])) : null;
    case 'ConditionalExpression':
      return whyNeither(value['consequent'], value['alternate']);
    case 'LogicalExpression':
      return whyNeither(value['left'], value['right']);
    case 'SequenceExpression':
      return whyNotAsync(unwrapExpression(value['expressions'].at(-1)));
    default:
      return null;
  }
}

/** What expressions and declarations are, whatever they hold. */
const KINDS: Readonly<Record<string, string>> = {
  ClassDeclaration: 'a class',
  ClassExpression: 'a class',
  TSEnumDeclaration: 'an enum',
  TSModuleDeclaration: 'a namespace',
  ObjectExpression: 'an object',
  ArrayExpression: 'an array',
  StringLiteral: 'a string',
  TemplateLiteral: 'a string',
  NumericLiteral: 'a number',
  BooleanLiteral: 'a boolean',
  NullLiteral: 'null',
  BigIntLiteral: 'a bigint',
  RegExpLiteral: 'a regular expression',
  JSXElement: 'a React element',
  JSXFragment: 'a React element',
  UnaryExpression: 'a plain value',
  UpdateExpression: 'a plain value',
  BinaryExpression: 'a plain value',
};

function whyNeither(first: Node, second: Node): string | null {
  const why = whyNotAsync(unwrapExpression(first));
  return why === null ? null : whyNotAsync(unwrapExpression(second)) && why;
}
