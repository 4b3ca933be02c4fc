import {isFunction, staticKey, unwrapExpression, type Node} from '../../ast.ts';
import {
  frozenContent,
  isExportsObject,
  isModuleExports,
  isSymbol,
  memberName,
  ofObject,
  textOf,
  withoutFreezing,
} from './exportsObject.ts';
import {exportsAliases} from './commonJsAliases.ts';
import {hiddenUses} from './commonJsUses.ts';
import type {Declaration} from '../exports/declarations.ts';
import type {ModuleExport, ModuleExports} from '../exports/exports.ts';

/** What is read off the statements of a CommonJS module. */
interface Reading {
  /** Names of the object that is exported: `exports`, and `api` of `const api = (module.exports = {})`. */
  aliases: ReadonlySet<string>;
  declarations: ReadonlyMap<string, Declaration>;
  found: Map<string, ModuleExport & {kind: 'commonjs'}>;
  hidden: Node[];
  /** Uses of the exports object that need no further look. */
  understood: Set<Node>;
  /** Whether `exports` is still what the module exports: `module.exports = {}` gives it another object. */
  isDetached: boolean;
  sealed: Node | null;
}

/** Reads the exports off the top-level assignments of a CommonJS module. */
export function commonJsExports(
  program: Node,
  declarations: ReadonlyMap<string, Declaration>,
): Omit<ModuleExports, 'declarations'> {
  const body: Node[] = program['body'];
  const expressions = body.flatMap(topLevelExpressions);
  const reading: Reading = {
    aliases: exportsAliases(program, expressions, declarations),
    declarations,
    found: new Map(),
    hidden: [],
    understood: new Set(),
    isDetached: false,
    sealed: null,
  };
  for (const expression of expressions) readExpression(expression, reading);
  for (const statement of body) readAnnouncement(statement, reading);
  readBundledExports(expressions, reading);
  const {found, hidden, understood, aliases, sealed} = reading;
  hidden.push(...hiddenUses(program, understood, aliases));
  return {named: [...found.values()], stars: [], hidden, sealed};
}

/** What a statement of the top level evaluates: `exports.a = f;` or `const a = (exports.a = f);` */
function topLevelExpressions(statement: Node): Node[] {
  if (statement.type === 'ExpressionStatement') {
    const {expression} = statement as Node & {expression: Node};
    return expression.type === 'SequenceExpression' ? expression['expressions'] : [expression];
  }
  if (statement.type !== 'VariableDeclaration') return [];
  return (statement['declarations'] as Node[]).flatMap(({init}) => (init ? [init] : []));
}

function readExpression(expression: Node, reading: Reading): void {
  if (expression.type === 'CallExpression') return readCall(expression, reading);
  // `const api = module.exports`
  if (isExportsObject(expression, reading.aliases)) reading.understood.add(expression);
  // `exports.a = exports.b = f`
  for (
    let assignment = expression;
    assignment.type === 'AssignmentExpression';
    assignment = assignment['right']
  ) {
    readAssignment(assignment, expression, reading);
  }
}

function readAssignment(assignment: Node, whole: Node, reading: Reading): void {
  const {aliases, understood} = reading;
  const target: Node = assignment['left'];
  const value = finalValue(assignment);
  if (isExportsObject(value, aliases)) understood.add(value);
  if (isExportsObject(target, aliases)) {
    understood.add(target);
    if (isModuleExports(target)) replaceExports(target, value, whole, reading);
    return;
  }
  if (target.type !== 'MemberExpression' || !isExportsObject(target['object'], aliases)) return;
  const name = memberName(target);
  if (name !== null || isSymbol(target['property'])) understood.add(target);
  if (name === null || (reading.isDetached && target['object'].name === 'exports')) return;
  // Compilers announce with `exports.save = void 0` what they assign later.
  const isAnnounced = value.type === 'UnaryExpression' && value['operator'] === 'void';
  add(name, target, isAnnounced ? null : value, reading);
}

/** `module.exports = …` throws away what `exports` had. */
function replaceExports(target: Node, value: Node, whole: Node, reading: Reading): void {
  const {aliases, declarations, found, understood} = reading;
  const content = withoutFreezing(value);
  if (isExportsObject(content, aliases)) understood.add(content);
  const object = objectOf(content, reading);
  const inner = withoutFreezing(object);
  if (content !== value || inner !== object) reading.sealed = value;
  if (isExportsObject(inner, aliases)) return;
  for (const [name, {node}] of found) {
    if (!isMemberOfAlias(node, reading)) found.delete(name);
  }
  // `var exports = (module.exports = {})`
  const isInitial = declarations.get('exports')?.value === whole;
  reading.isDetached = !isInitial && !assignsExports(whole);
  if (inner.type === 'ObjectExpression') addMissing(inner, reading);
  else add('default', target, inner, reading);
}

/** `{save}` for `api` of `const api = {save};` */
function objectOf(content: Node, {aliases, declarations}: Reading): Node {
  if (content.type !== 'Identifier' || !aliases.has(content['name'])) return content;
  const value = declarations.get(content['name'])?.value;
  return value && withoutFreezing(value).type === 'ObjectExpression' ? value : content;
}

/** Members that the object got since it was made come after those of its literal. */
function addMissing(object: Node, reading: Reading): void {
  const literal: Reading = {...reading, found: new Map()};
  reading.hidden.push(...addProperties(object, literal));
  for (const [name, item] of literal.found) {
    if (!reading.found.has(name)) reading.found.set(name, item);
  }
}

/** `api.save` of an object that is exported as a whole: it counts wherever it stands. */
function isMemberOfAlias(node: Node, {aliases}: Reading): boolean {
  const object: Node | undefined = node['object'];
  return (
    object?.type === 'Identifier' && object['name'] !== 'exports' && aliases.has(object['name'])
  );
}

function assignsExports(assignment: Node): boolean {
  for (let node = assignment; node.type === 'AssignmentExpression'; node = node['right']) {
    if (node['left'].type === 'Identifier' && node['left'].name === 'exports') return true;
  }
  return false;
}

function add(exportName: string, node: Node, value: Node | null, {found}: Reading): void {
  if (exportName === '__esModule') return;
  found.set(exportName, {
    kind: 'commonjs',
    exportName,
    node,
    value: value && unwrapExpression(value),
    variable: null,
  });
}

function addGetter(exportName: string, node: Node, getter: Node, reading: Reading): void {
  add(exportName, node, null, reading);
  const item = reading.found.get(exportName);
  if (item) item.variable = returnedVariable(getter);
}

/** `save` of `() => save` and of `get() { return save; }` */
function returnedVariable(fn: Node): string | null {
  if (!isFunction(fn)) return null;
  const body = fn.body as Node;
  const statement: Node | undefined = body.type === 'BlockStatement' ? body['body'][0] : undefined;
  const result: Node | null | undefined = statement ? statement['argument'] : body;
  return result?.type === 'Identifier' ? result['name'] : null;
}

/** `Object.defineProperty(exports, 'save', {value: save})` and its like. */
function readCall(call: Node, reading: Reading): void {
  const [target, second, third] = call['arguments'] as Node[];
  if (!target || !isExportsObject(target, reading.aliases)) return;
  const callee = call['callee'] as Node;
  if (frozenContent(call)) {
    reading.understood.add(target);
    reading.sealed = call;
  } else if (third?.type === 'ObjectExpression') {
    const isDefinition = ofObject(callee, /^defineProperty$/) || callee['name'] === '__defProp';
    if (isDefinition) readDefinition(target, second!, third, reading);
  } else if (second?.type === 'ObjectExpression') {
    if (ofObject(callee, /^defineProperties$/)) readDefinitions(target, second, reading);
    if (!isExportHelper(callee)) return;
    reading.understood.add(target);
    reading.hidden.push(...addGetters(second, reading));
  }
}

function readDefinition(target: Node, key: Node, descriptor: Node, reading: Reading): void {
  const name = textOf(key);
  if (name !== null || isSymbol(key)) reading.understood.add(target);
  if (name !== null) addDescriptor(name, key, descriptor, reading);
}

function readDefinitions(target: Node, descriptors: Node, reading: Reading): void {
  const members = descriptors['properties'] as Node[];
  if (!members.every(isDescribed)) return;
  reading.understood.add(target);
  for (const member of members) {
    const name = staticKey(member);
    if (name !== null) addDescriptor(name, member['key'], member['value'], reading);
  }
}

/** A member of the second argument of `Object.defineProperties`. */
function isDescribed(member: Node): boolean {
  if (member.type !== 'ObjectProperty' || member['value'].type !== 'ObjectExpression') return false;
  return staticKey(member) !== null || isSymbol(member['key']);
}

function addDescriptor(name: string, key: Node, descriptor: Node, reading: Reading): void {
  const member = (wanted: string) =>
    (descriptor['properties'] as Node[]).find(
      (property) => property.type !== 'SpreadElement' && staticKey(property) === wanted,
    );
  const getter = member('get');
  if (getter) {
    const fn = getter.type === 'ObjectMethod' ? getter : unwrapExpression(getter['value']);
    return addGetter(name, key, fn, reading);
  }
  const value = member('value');
  add(name, key, value?.type === 'ObjectProperty' ? value['value'] : (value ?? null), reading);
}

/** `__export(exports, {save: () => save})` of esbuild, `_export(exports, {get save() {…}})` of SWC. */
function isExportHelper(callee: Node): boolean {
  return callee.type === 'Identifier' && /^__?export$/.test(callee['name']);
}

/** @returns the members whose names only the run knows */
function addGetters(object: Node, reading: Reading): Node[] {
  return (object['properties'] as Node[]).filter((property) => {
    const name = property.type === 'SpreadElement' ? null : staticKey(property);
    if (name === null) return true;
    const getter =
      property.type === 'ObjectMethod' ? property : unwrapExpression(property['value']);
    addGetter(name, property['key'], getter, reading);
    return false;
  });
}

/** @returns the members whose names only the run knows */
function addProperties(object: Node, reading: Reading): Node[] {
  return (object['properties'] as Node[]).filter((property) => {
    if (property.type === 'SpreadElement') return true;
    const {key} = property as Node & {key: Node};
    if (isSymbol(key)) return false;
    const name = staticKey(property);
    if (name === null) return true;
    // `{__proto__: base}` names what the object inherits from.
    if (name === '__proto__' && isPlainProperty(property)) {
      return property['value'].type !== 'NullLiteral';
    }
    const isGetter = property.type === 'ObjectMethod' && property['kind'] === 'get';
    if (isGetter) addGetter(name, key, property, reading);
    else add(name, key, property.type === 'ObjectMethod' ? property : property['value'], reading);
    return false;
  });
}

function isPlainProperty({type, computed, shorthand}: Node): boolean {
  return type === 'ObjectProperty' && !computed && !shorthand;
}

/**
 * `0 && (module.exports = {save: null})`, which bundlers write for Node to find
 * (https://github.com/nodejs/cjs-module-lexer).
 */
function readAnnouncement(statement: Node, reading: Reading): void {
  const expression: Node | undefined = statement['expression'];
  if (expression?.type !== 'LogicalExpression' || expression['left'].value !== 0) return;
  const {left, right} = expression['right'] as Node;
  if (!left || !isModuleExports(left) || right.type !== 'ObjectExpression') return;
  reading.understood.add(left);
  const announced: Reading = {...reading, found: new Map()};
  addProperties(right, announced);
  if (announced.found.size === 0) return;
  dropWhole(reading);
  for (const [name, item] of announced.found) {
    if (!reading.found.has(name)) reading.found.set(name, {...item, value: null, variable: null});
  }
}

/** `__export(out, {save: () => save}); module.exports = __toCommonJS(out);` */
function readBundledExports(expressions: readonly Node[], reading: Reading): void {
  const out = bundledObject(expressions);
  if (out === null) return;
  const calls = expressions.filter(
    ({type, callee, arguments: given}) =>
      type === 'CallExpression' && isExportHelper(callee) && given[0]?.['name'] === out,
  );
  if (calls.length === 0) return;
  dropWhole(reading);
  for (const call of calls) {
    const object: Node | undefined = call['arguments'][1];
    if (object?.type === 'ObjectExpression') reading.hidden.push(...addGetters(object, reading));
  }
}

/** `out` of `module.exports = __toCommonJS(out)` */
function bundledObject(expressions: readonly Node[]): string | null {
  const whole = expressions.findLast(
    ({type, left}) => type === 'AssignmentExpression' && isModuleExports(left),
  );
  const call: Node | undefined = whole?.['right'];
  if (call?.type !== 'CallExpression') return null;
  const [given] = call['arguments'] as Node[];
  return given?.type === 'Identifier' ? given['name'] : null;
}

/** What `module.exports` was assigned turns out to be an object with members of known names. */
function dropWhole({found}: Reading): void {
  if (found.get('default')?.node.type === 'MemberExpression') found.delete('default');
}

function finalValue(assignment: Node): Node {
  let value = assignment;
  while (value.type === 'AssignmentExpression') value = value['right'];
  return unwrapExpression(value);
}
