import {forEachChild, type Node} from '../../ast.ts';

/** What Node gives to an `import` of a CommonJS module by name, besides `default`. */
export interface CommonJsNames {
  names: string[];
  /** Specifiers of modules whose names it has too, as `require` gets them. */
  reexports: string[];
}

/**
 * Finds the names that Node finds in the text of a CommonJS module. Its patterns are frozen, so they
 * are the same in all of its releases (https://github.com/nodejs/cjs-module-lexer#grammar). A bundler
 * may find more when the program runs, of which nothing could be known at build time.
 */
export function commonJsNames(source: string, program: Node): CommonJsNames {
  const names = new Set<string>();
  const unsafe = new Set<string>();
  let whole: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'AssignmentExpression') {
      const {left, right} = node as Node & {left: Node; right: Node};
      const name = memberOfExports(left);
      if (name !== null) names.add(name);
      if (isModuleExports(left)) whole = wholeExports(source, right, names) ?? whole;
    } else if (node.type === 'CallExpression') {
      const defined = definedProperty(node);
      if (defined) (defined.isSafe ? names : unsafe).add(defined.name);
    }
    forEachChild(node, visit);
  };
  visit(program);
  return {
    names: [...names].filter((name) => !unsafe.has(name) && !NOT_NAMES.has(name)),
    reexports: [...whole, ...starReexports(source, program['body'] as Node[])],
  };
}

const NOT_NAMES = new Set(['default', '__esModule', 'module.exports']);

/**
 * Notes the names of `module.exports = {a, b: c, ...require('./d')}`, up to the first value that is more
 * than a name.
 *
 * @returns what it exports besides from other modules, or `null` when the assigned value tells nothing
 */
function wholeExports(source: string, value: Node, names: Set<string>): string[] | null {
  const required = requiredSpecifier(value);
  if (required !== null) return [required];
  if (value.type !== 'ObjectExpression') return null;
  const reexports: string[] = [];
  for (const property of value['properties'] as Node[]) {
    const text = source.slice(property.start, property.end);
    if (property.type === 'SpreadElement') {
      const spread = requiredSpecifier(property['argument']);
      if (spread !== null) reexports.push(spread);
      else if (property['argument'].type !== 'Identifier') break;
      continue;
    }
    const match = LITERAL_PROPERTY.exec(text);
    if (property.type !== 'ObjectProperty' || !match) break;
    names.add(nameOfKey(property['key']));
    if (match[0].length < text.length) break;
  }
  return reexports;
}

/** A name alone; or a key, and behind a colon the name that its value starts with. */
const LITERAL_PROPERTY =
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$|^(?:[\p{ID_Start}$_][\p{ID_Continue}$]*|"[^"]*"|'[^']*')\s*:\s*[\p{ID_Start}$_][\p{ID_Continue}$]*/u;

function nameOfKey(key: Node): string {
  return key.type === 'Identifier' ? key['name'] : String(key['value']);
}

/** `Object.defineProperty(exports, 'save', {enumerable: true, get() { return save; }})` */
function definedProperty(call: Node): {name: string; isSafe: boolean} | null {
  const {callee} = call as Node & {callee: Node};
  const [target, key, descriptor] = call['arguments'] as Node[];
  if (callee.type !== 'MemberExpression' || callee['object'].name !== 'Object') return null;
  if (callee['property'].name !== 'defineProperty') return null;
  if (!target || !isExports(target) || key?.type !== 'StringLiteral') return null;
  return {name: key['value'], isSafe: descriptor !== undefined && isSafeDescriptor(descriptor)};
}

function isSafeDescriptor(descriptor: Node): boolean {
  if (descriptor.type !== 'ObjectExpression' || descriptor['extra']?.parenthesized) return false;
  const properties = descriptor['properties'] as Node[];
  const [first, second] = properties;
  const isEnumerable =
    first?.['key']?.name === 'enumerable' && first['value']?.type === 'BooleanLiteral';
  const member = isEnumerable ? second : first;
  if (member?.['key']?.name === 'value') return true;
  if (member?.['key']?.name !== 'get' || member !== properties.at(-1)) return false;
  return readsOneName(member.type === 'ObjectMethod' ? member : member['value']);
}

/** `function () { return notes.save; }` */
function readsOneName(getter: Node): boolean {
  if (getter.type !== 'ObjectMethod' && getter.type !== 'FunctionExpression') return false;
  const [statement] = getter['body'].body as Node[];
  if (statement?.type !== 'ReturnStatement') return false;
  const value: Node | null = statement['argument'];
  return (
    value?.type === 'Identifier' ||
    (value?.type === 'MemberExpression' && value['object'].type === 'Identifier')
  );
}

/** What TypeScript and Babel make of `export * from './notes'`, on the top level only. */
function starReexports(source: string, body: readonly Node[]): string[] {
  const required = new Map(body.flatMap(requiredVariables));
  return body.flatMap((statement) => {
    const call: Node | undefined = statement['expression'];
    if (statement.type !== 'ExpressionStatement' || call?.type !== 'CallExpression') return [];
    const name = calleeName(call['callee']);
    const [argument] = call['arguments'] as Node[];
    if (name === '__export' || name === '__exportStar') {
      const specifier = argument ? requiredSpecifier(argument) : null;
      return specifier === null ? [] : [specifier];
    }
    const copied = name === 'forEach' ? copiedObject(source, call) : null;
    return copied !== null && required.has(copied) ? [required.get(copied)!] : [];
  });
}

/** `Object.keys(_notes).forEach(function (key) { if (key === "default" …) return; … exports[key] … })` */
function copiedObject(source: string, call: Node): string | null {
  const keys: Node = call['callee'].object;
  const [callback] = call['arguments'] as Node[];
  if (keys?.type !== 'CallExpression' || calleeName(keys['callee']) !== 'keys') return null;
  if (callback?.type !== 'FunctionExpression') return null;
  const text = source.slice(callback.start, callback.end);
  const isCopy = /^function\s*\(\s*(\w+)\s*\)\s*\{\s*if\s*\(\s*\1\b[^]*\bexports\b/.test(text);
  const [object] = keys['arguments'] as Node[];
  return isCopy && object?.type === 'Identifier' ? object['name'] : null;
}

/** `var _notes = require('./notes')`, as Babel writes it with helpers around it too. */
function requiredVariables(statement: Node): [string, string][] {
  if (statement.type !== 'VariableDeclaration') return [];
  return (statement['declarations'] as Node[]).flatMap(({id, init}): [string, string][] => {
    const isWrapped =
      init?.type === 'CallExpression' && calleeName(init.callee) === '_interopRequireWildcard';
    const value: Node | null = isWrapped ? init.arguments[0] : init;
    const specifier = value ? requiredSpecifier(value) : null;
    return specifier === null || id.type !== 'Identifier' ? [] : [[id.name, specifier]];
  });
}

function requiredSpecifier(node: Node): string | null {
  if (node.type !== 'CallExpression' || node['callee'].name !== 'require') return null;
  const [argument] = node['arguments'] as Node[];
  return argument?.type === 'StringLiteral' ? argument['value'] : null;
}

function calleeName(callee: Node): string | null {
  const name: Node = callee.type === 'MemberExpression' ? callee['property'] : callee;
  return name?.type === 'Identifier' ? name['name'] : null;
}

/** `save` of `exports.save` and of `module.exports['save']`. */
function memberOfExports(node: Node): string | null {
  if (node.type !== 'MemberExpression' || !isExports(node['object'])) return null;
  const {computed, property} = node as Node & {property: Node};
  if (!computed) return property['name'] ?? null;
  return property.type === 'StringLiteral' ? property['value'] : null;
}

function isExports(node: Node): boolean {
  return (node.type === 'Identifier' && node['name'] === 'exports') || isModuleExports(node);
}

function isModuleExports(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    !node['computed'] &&
    node['object'].name === 'module' &&
    node['property'].name === 'exports'
  );
}
