import {forEachChild, isFunction, staticKey, unwrapExpression, type Node} from '../ast.ts';
import type {ModuleExport, ModuleExports} from './exports.ts';
import {isChangedByCall, isReference} from './nameUse.ts';

/** The exports that can be read off a CommonJS module's top-level assignments. */
export function commonJsExports(program: Node): ModuleExports {
  const body: Node[] = program['body'];
  const hidden: Node[] = [];
  const understood = new Set<Node>();
  const found = new Map<string, ModuleExport>();
  const add = (exportName: string, node: Node, value: Node | null) =>
    found.set(exportName, {
      kind: 'commonjs',
      exportName,
      node,
      value: value && unwrapExpression(value),
    });
  for (const expression of body.flatMap(topLevelExpressions)) {
    const defined = definedProperty(expression);
    if (defined) {
      if (defined.name !== '__esModule') add(defined.name, defined.node, defined.value);
      understood.add(defined.target);
    }
    // `exports.a = exports.b = f`
    for (
      let assignment: Node = expression;
      assignment.type === 'AssignmentExpression';
      assignment = assignment['right']
    ) {
      const target: Node = assignment['left'];
      const value: Node = finalValue(assignment);
      if (isExportsObject(target) || memberName(target) !== null) understood.add(target);
      if (isModuleExports(target)) {
        if (value.type === 'ObjectExpression') hidden.push(...addProperties(value, add));
        else add('default', target, value);
      } else if (target.type === 'MemberExpression' && isExportsObject(target['object'])) {
        const name = memberName(target);
        // Compilers announce with `exports.save = void 0` what they assign later.
        const isAnnounced = value.type === 'UnaryExpression' && value['operator'] === 'void';
        if (name !== null && name !== '__esModule') add(name, target, isAnnounced ? null : value);
      }
    }
  }
  for (const name of body.flatMap((statement) => announcedNames(statement, understood))) {
    if (!found.has(name.value)) add(name.value, name.node, null);
    // `module.exports = __toCommonJS(…)` is then the object with these names.
    if (found.get('default')?.node.type === 'MemberExpression') found.delete('default');
  }
  hidden.push(...otherUses(program, understood));
  return {named: [...found.values()], stars: [], hidden};
}

/**
 * The names in `0 && (module.exports = {save: null})`, which bundlers write for Node to find
 * (https://github.com/nodejs/cjs-module-lexer).
 */
function announcedNames(statement: Node, understood: Set<Node>): {value: string; node: Node}[] {
  const expression: Node | undefined = statement['expression'];
  if (expression?.type !== 'LogicalExpression' || expression['left'].value !== 0) return [];
  const {left, right} = expression['right'] as Node;
  if (!left || !isModuleExports(left) || right.type !== 'ObjectExpression') return [];
  understood.add(left);
  const names: {value: string; node: Node}[] = [];
  addProperties(right, (value, node) => names.push({value, node}));
  return names;
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

/** `Object.defineProperty(exports, 'save', {value: save})` */
function definedProperty(
  call: Node,
): {name: string; target: Node; node: Node; value: Node | null} | null {
  if (call.type !== 'CallExpression' || call['callee'].type !== 'MemberExpression') return null;
  const {object, property} = call['callee'] as {object: Node; property: Node};
  const [target, key, descriptor] = call['arguments'] as Node[];
  if (object['name'] !== 'Object' || property['name'] !== 'defineProperty') return null;
  if (!target || !isExportsObject(target) || key?.type !== 'StringLiteral') return null;
  if (descriptor?.type !== 'ObjectExpression') return null;
  const value = (descriptor['properties'] as Node[]).find(
    (member) => member.type === 'ObjectProperty' && staticKey(member) === 'value',
  );
  return {
    name: key['value'],
    target,
    node: key,
    value: value ? unwrapExpression(value['value']) : null,
  };
}

function finalValue(assignment: Node): Node {
  let value = assignment;
  while (value.type === 'AssignmentExpression') value = value['right'];
  return unwrapExpression(value);
}

/** @returns the members whose names only the run knows */
function addProperties(
  object: Node,
  add: (name: string, node: Node, value: Node | null) => void,
): Node[] {
  return (object['properties'] as Node[]).filter((property) => {
    const name = property.type === 'SpreadElement' ? null : staticKey(property);
    if (name === null) return true;
    const isGetter = property.type === 'ObjectMethod' && property['kind'] === 'get';
    const value = property.type === 'ObjectMethod' ? property : property['value'];
    add(name, property['key'], isGetter ? null : value);
    return false;
  });
}

function isExportsObject(node: Node): boolean {
  return (node.type === 'Identifier' && node['name'] === 'exports') || isModuleExports(node);
}

function isModuleExports(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    node['object'].type === 'Identifier' &&
    node['object'].name === 'module' &&
    memberName(node) === 'exports'
  );
}

function memberName({computed, property}: Node): string | null {
  if (property === undefined) return null;
  if (!computed) return property.type === 'Identifier' ? property.name : null;
  if (property.type === 'TemplateLiteral' && property.expressions.length === 0) {
    return property.quasis[0].value.cooked;
  }
  return property.type === 'StringLiteral' ? property.value : null;
}

/**
 * Where else the module writes to its exports, or gives the object away: in a branch or a loop, under
 * a computed name, by `Object.assign(exports, …)`. What that exports only the run knows.
 */
function otherUses(program: Node, understood: ReadonlySet<Node>): Node[] {
  const found: Node[] = [];
  const ancestors: Node[] = [];
  const visit = (node: Node, key: string) => {
    const isName = node.type === 'Identifier' && /^(exports|module)$/.test(node['name']);
    if (isName && isReference(node, ancestors.at(-1)!, key)) {
      const use = hiddenUse(node, ancestors);
      if (use && !understood.has(use)) found.push(use);
    }
    ancestors.push(node);
    forEachChild(node, visit);
    ancestors.pop();
  };
  forEachChild(program, (child, key) => {
    ancestors.push(program);
    visit(child, key);
    ancestors.pop();
  });
  return found;
}

/** What of `exports` or `module` is assigned or given away; `null` when it is only read. */
function hiddenUse(identifier: Node, ancestors: readonly Node[]): Node | null {
  let node = identifier;
  let i = ancestors.length - 1;
  const member = () => {
    const parent = ancestors[i]!;
    return parent.type === 'MemberExpression' && parent['object'] === node ? parent : null;
  };
  if (node['name'] === 'module' && member()) {
    // `module.id`, `module.children` and the like export nothing.
    if (memberName(member()!) !== 'exports') return null;
    node = ancestors[i--]!;
  }
  const isWhole = !member();
  if (!isWhole) node = ancestors[i--]!;
  const user = ancestors[i]!;
  if (user.type === 'AssignmentExpression' && user['left'] === node) return node;
  if (!isWhole || !GIVES_AWAY.has(user.type)) return null;
  // A function that is called later may pass them around as a value, `run(module.exports)`.
  return ancestors.some(isFunction) && !isChangedByCall(node, user) ? null : node;
}

/** What can do with a value whatever it likes. Comparisons and `typeof` cannot. */
const GIVES_AWAY = new Set([
  'ArrayExpression',
  'ArrowFunctionExpression',
  'AssignmentExpression',
  'AssignmentPattern',
  'CallExpression',
  'ConditionalExpression',
  'LogicalExpression',
  'NewExpression',
  'ObjectProperty',
  'ReturnStatement',
  'SequenceExpression',
  'SpreadElement',
  'VariableDeclarator',
]);
