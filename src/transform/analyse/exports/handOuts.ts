import {
  boundIdentifiers,
  forEachChild,
  isClass,
  isFunction,
  isTypeWrapper,
  unwrapExpression,
  type Node,
} from '../../ast.ts';
import {collectDeclarations} from './declarations.ts';
import type {ModuleExports} from './exports.ts';
import type {ParsedModule} from '../../parse.ts';
import {isAssigned} from '../scopes/nameUse.ts';
import {analyzeStatement} from '../scopes/analyzeStatement.ts';

/** Which of its own exports the code of a module gives away, so that a caller can come by them. */
export interface HandOuts {
  /** By what runs when the module loads. */
  atLoad: ReadonlySet<string>;
  /** By what runs when the export of that name is called, as far as the module itself goes. */
  byExport: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A part of the module that runs only when something uses it: a function, a class, an inert value. */
interface Unit {
  start: number;
  end: number;
  /** Names of the module level whose values it may give away. */
  handed: Set<string>;
  /** Names of the module level whose code it may run. */
  used: Set<string>;
}

/** Stands for every export, where only the run knows which one is meant. */
const ALL = '*';

/**
 * Finds out what a `"use server"` module does with its own exports, beside exporting them: a function
 * that is returned, passed on, rendered or stored can be called by the code that gets it. One that is only
 * called stays inside.
 *
 * Before: `export async function more() {}  const api = {more};  export async function open() { return api; }`
 * After: `byExport: open -> more`
 */
export function findHandOuts(
  source: string,
  {program, isModule}: ParsedModule,
  {named}: ModuleExports,
): HandOuts {
  if (isModule && hasNoOtherUses(source, named)) return NO_HAND_OUTS;
  const body = program.body as unknown as Node[];
  const units = new Units(body);
  for (const item of named) {
    if ('value' in item && item.value) units.addExport(item.exportName, item.value);
  }
  const merely = new Set<Node>(named.flatMap((item) => ('value' in item && item.value) || []));
  const names = new Set(collectDeclarations(body).keys());
  for (const statement of body) readStatement(statement, {units, names, merely, isModule});

  const exportsOf = exportNames({named});
  const handedBy = (unit: Unit | undefined) =>
    new Set(units.reach(unit).flatMap((name) => exportsOf(name)));
  const byExport = new Map<string, ReadonlySet<string>>();
  for (const item of named) {
    const local = localNameOf(item);
    const handed = handedBy(units.of(item.exportName, local));
    // Under whichever name it is given away, the function itself knows only one.
    for (const alias of local === null ? [] : exportsOf(local)) handed.add(alias);
    handed.delete(item.exportName);
    byExport.set(item.exportName, handed);
  }
  return {atLoad: handedBy(units.atLoad), byExport};
}

type Item = ModuleExports['named'][number];

const NO_HAND_OUTS: HandOuts = {atLoad: new Set(), byExport: new Map()};

/**
 * Whether the text alone shows that an ES module hands out nothing: outside of declarations and exports it
 * does not have the names of the exported variables, not even in a comment. Most modules are so, and need no
 * analysis.
 */
function hasNoOtherUses(source: string, named: readonly Item[]): boolean {
  // Direct `eval` may use any name, and an escape is another way to write one.
  if (source.includes('eval') || source.includes('\\u')) return false;
  return named.every((item) => {
    const local = localNameOf(item);
    return local === null || !occursMoreOften(local, ownOccurrences(item), source);
  });
}

/** How often an export names its variable: `export async function save() {}` once, `export {save}` again. */
function ownOccurrences({node, exportName}: Item): number {
  const isApart =
    node.type === 'ExportSpecifier' || (exportName === 'default' && node.type === 'Identifier');
  return isApart ? 2 : 1;
}

function occursMoreOften(name: string, times: number, source: string): boolean {
  let position = -1;
  for (let i = 0; i <= times; i++) {
    position = source.indexOf(name, position + 1);
    if (position === -1) return false;
  }
  return true;
}

/** The variable whose value is exported, where it is one. */
function localNameOf(item: Item): string | null {
  if (item.kind === 'local') return item.localName;
  const value = 'value' in item && item.value;
  return value && value.type === 'Identifier' ? value['name'] : null;
}

/** The names under which a variable's value can be called, once something has handed it out. */
function exportNames({named}: Pick<ModuleExports, 'named'>): (name: string) => string[] {
  const byLocal = new Map<string, string[]>();
  for (const item of named) {
    const local = localNameOf(item);
    if (local === null) continue;
    const known = byLocal.get(local) ?? [];
    // An ES module registers a variable by the first of its names; what else it is known by tells the run.
    if (known.length === 0 || item.kind !== 'local')
      byLocal.set(local, [...known, item.exportName]);
  }
  const all = named.map(({exportName}) => exportName);
  return (name) => {
    if (name === ALL) return all;
    if (name.startsWith(MEMBER)) return all.filter((other) => other === name.slice(MEMBER.length));
    return byLocal.get(name) ?? [];
  };
}

/** Before the name of an export that is used as `exports.name`. */
const MEMBER = 'exports.';

/** What of a module runs when, and what it uses. */
class Units {
  readonly atLoad: Unit = newUnit(0, Infinity);
  readonly #all: Unit[] = [];
  readonly #byName = new Map<string, Unit>();
  readonly #byExport = new Map<string, Unit>();

  constructor(body: readonly Node[]) {
    for (const statement of body) {
      const declaration: Node | null = statement['declaration'] ?? statement;
      if (declaration) this.#addDeclaration(declaration);
    }
  }

  /** What an export statement or an assignment to `exports` exports, where it is no variable. */
  addExport(name: string, value: Node): void {
    if (isInert(value)) this.#byExport.set(name, this.#add(value));
  }

  of(exportName: string, localName: string | null): Unit | undefined {
    return this.#byExport.get(exportName) ?? this.#byName.get(localName ?? '');
  }

  /** The innermost unit around a position. */
  at(position: number): Unit {
    return this.#all.findLast(({start, end}) => start <= position && position < end) ?? this.atLoad;
  }

  /** The names that a unit hands out, itself or by what it uses. */
  reach(first: Unit | undefined): string[] {
    const handed = new Set<string>();
    const seen = new Set<Unit>(first ? [first] : []);
    for (const unit of seen) {
      for (const name of unit.handed) handed.add(name);
      for (const name of unit.used) {
        const used = name.startsWith(MEMBER)
          ? this.#byExport.get(name.slice(MEMBER.length))
          : this.#byName.get(name);
        if (used) seen.add(used);
      }
    }
    return [...handed];
  }

  #addDeclaration(node: Node): void {
    if (node.type === 'FunctionDeclaration' || (isClass(node) && isInert(node))) {
      if (node['id']) this.#byName.set(node['id'].name, this.#add(node));
      else this.#byExport.set('default', this.#add(node));
    } else if (node.type === 'VariableDeclaration') {
      for (const {id, init} of node['declarations'] as {id: Node; init: Node | null}[]) {
        if (!init || !isInert(init)) continue;
        const unit = this.#add(init);
        for (const {name} of boundIdentifiers(id)) this.#byName.set(name, unit);
      }
    }
  }

  #add({start, end}: Node): Unit {
    const known = this.#all.find((unit) => unit.start === start && unit.end === end);
    const unit = known ?? newUnit(start, end);
    if (!known) this.#all.push(unit);
    return unit;
  }
}

function newUnit(start: number, end: number): Unit {
  return {start, end, handed: new Set(), used: new Set()};
}

/** Whether the value is only made where it stands, so that what is in it waits until it is used. */
function isInert(value: Node): boolean {
  const node = unwrapExpression(value);
  const areInert = (nodes: (Node | null)[]) =>
    nodes.every((part) => part === null || isInert(part));
  switch (node.type) {
    case 'ObjectExpression':
      return (node['properties'] as Node[]).every(
        (property) =>
          isFunction(property) ||
          (property.type === 'ObjectProperty' &&
            !property['computed'] &&
            isInert(property['value'])),
      );
    case 'ArrayExpression':
      return areInert(node['elements']);
    case 'ConditionalExpression':
      return areInert([node['test'], node['consequent'], node['alternate']]);
    case 'LogicalExpression':
      return areInert([node['left'], node['right']]);
    case 'JSXElement':
    case 'JSXFragment':
    case 'Identifier':
      return true;
    case 'ClassDeclaration':
    case 'ClassExpression':
      return (node['body'].body as Node[]).every(isInertMember);
    default:
      return isFunction(node) || /Literal$/.test(node.type);
  }
}

function isInertMember(member: Node): boolean {
  if (member.type === 'StaticBlock') return false;
  if (isFunction(member) || !member['static'] || !member['value']) return true;
  return isInert(member['value']);
}

interface Reading {
  units: Units;
  /** Of the module level. */
  names: ReadonlySet<string>;
  /** Identifiers that only export: the value in `exports.save = save`. */
  merely: ReadonlySet<Node>;
  isModule: boolean;
}

function readStatement(statement: Node, reading: Reading): void {
  if (statement.type === 'ImportDeclaration' || isMereExport(statement)) return;
  const {references} = analyzeStatement(statement);
  const free = new Set(references.filter(({binding}) => binding === null).map(({node}) => node));
  for (const identifier of declaredBy(statement)) free.delete(identifier);
  const ancestors: Node[] = [];
  const visit = (node: Node) => {
    if (free.has(node) && !reading.merely.has(node)) readName(node, ancestors, reading);
    ancestors.push(node);
    forEachChild(node, visit);
    ancestors.pop();
  };
  visit(statement);
}

function declaredBy(statement: Node): Node[] {
  const {declarations = []}: {declarations?: Node[]} = statement['declaration'] ?? statement;
  return declarations.flatMap(({id}) => boundIdentifiers(id));
}

/** `export {save}`, `export default save` */
function isMereExport({type, declaration}: Node): boolean {
  if (type === 'ExportNamedDeclaration') return !declaration;
  return type === 'ExportDefaultDeclaration' && unwrapExpression(declaration).type === 'Identifier';
}

function readName(node: Node, ancestors: readonly Node[], {units, names, isModule}: Reading): void {
  if (isAssigned(node, ancestors)) return;
  const unit = units.at(node.start);
  const note = (name: string, use: Use) => {
    if (use !== 'nothing') unit.used.add(name);
    if (use === 'hand out') unit.handed.add(name);
  };
  if (names.has(node['name'])) return note(node['name'], useOf(node, ancestors));
  // Its text may name anything.
  if (node['name'] === 'eval')
    return note(ALL, useOf(node, ancestors) === 'run' ? 'hand out' : 'nothing');
  if (isModule || (node['name'] !== 'exports' && node['name'] !== 'module')) return;
  const {name, use} = useOfExports(node, ancestors);
  note(name, use);
}

/** What becomes of a function at the place where its name stands. */
type Use = 'hand out' | 'run' | 'nothing';

function useOf(node: Node, ancestors: readonly Node[]): Use {
  const [user, child, depth] = userOf(node, ancestors);
  switch (user.type) {
    case 'CallExpression':
    case 'OptionalCallExpression':
      return user['callee'] === child ? 'run' : 'hand out';
    case 'JSXOpeningElement':
    case 'JSXClosingElement':
      return 'run';
    case 'TaggedTemplateExpression':
      return user['tag'] === child ? 'run' : 'hand out';
    case 'UnaryExpression':
    case 'BinaryExpression':
    case 'ExpressionStatement':
      return 'nothing';
    case 'AssignmentExpression':
      return user['left'] === child ? 'nothing' : 'hand out';
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return user['object'] === child ? useOfMember(user, ancestors.slice(0, depth)) : 'nothing';
    default:
      return 'hand out';
  }
}

/** `save.bind(null, id)` gives the function away, `save.schema = …` and `save.length` do not. */
function useOfMember(member: Node, ancestors: readonly Node[]): Use {
  const [user, child] = userOf(member, ancestors);
  const isCalled = /CallExpression$/.test(user.type) && user['callee'] === child;
  if (!isCalled) return 'run';
  const {computed, property} = member as Node & {property: Node};
  return !computed && /^(?:call|apply)$/.test(property['name']) ? 'run' : 'hand out';
}

/** The member of `exports` that is used, and how; every one where the object itself is. */
function useOfExports(node: Node, ancestors: readonly Node[]): {name: string; use: Use} {
  let object = node;
  let depth = ancestors.length - 1;
  const member = () => {
    const parent = ancestors[depth]!;
    const isMember = parent.type === 'MemberExpression' && parent['object'] === object;
    return isMember && !parent['computed'] ? parent : null;
  };
  if (node['name'] === 'module') {
    if (member()?.['property'].name !== 'exports') return {name: ALL, use: 'nothing'};
    object = member()!;
    depth--;
  }
  const read = member();
  if (!read) {
    const use = useOf(object, ancestors.slice(0, depth + 1));
    return {name: ALL, use: isDefined(object, ancestors[depth]!) ? 'nothing' : use};
  }
  return {
    name: MEMBER + read['property'].name,
    use: useOf(read, ancestors.slice(0, depth)),
  };
}

/** `Object.defineProperty(exports, …)` only exports. */
function isDefined(object: Node, user: Node): boolean {
  return (
    user.type === 'CallExpression' &&
    user['arguments'][0] === object &&
    user['callee'].property?.name === 'defineProperty'
  );
}

/** The first node around that is no type annotation, what of it holds the node, and its depth. */
function userOf(node: Node, ancestors: readonly Node[]): [user: Node, child: Node, depth: number] {
  let child = node;
  let depth = ancestors.length - 1;
  while (isTypeWrapper(ancestors[depth]!)) child = ancestors[depth--]!;
  return [ancestors[depth]!, child, depth];
}
