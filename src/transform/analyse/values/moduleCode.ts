import {
  boundIdentifiers,
  forEachChild,
  isKeepNamesCall,
  isTypeOnly,
  isTypeWrapper,
  type Node,
} from '../../ast.ts';
import type {Binding, NameReference, ScopeAnalysis} from '../scopes/scope.ts';
import type {StatementAnalyses} from '../scopes/statementAnalyses.ts';

/** A name of the module level, and what gives it its value: a declarator, function, class, enum or import. */
export interface ModuleName {
  kind: 'const' | 'let' | 'var' | 'using' | 'function' | 'class' | 'enum' | 'namespace' | 'import';
  declaration: Node;
  isDeclaredTwice: boolean;
  /** The module of an import. */
  from: string | undefined;
}

/**
 * The code of a module as something to ask: what stands around a node, what a name means, where it is
 * used. Everything is found out when it is first asked for, which few modules need.
 */
export class ModuleCode {
  readonly #statements: readonly Node[];
  readonly #analyses: StatementAnalyses;
  readonly #parents = new Map<Node, Map<Node, Node>>();
  readonly #byBinding = new Map<ScopeAnalysis, Map<Binding, NameReference[]>>();
  readonly #byIdentifier = new Map<ScopeAnalysis, Map<Node, NameReference>>();
  #names: Map<string, ModuleName> | undefined;
  #reassigned: Set<string> | undefined;

  constructor(statements: readonly Node[], analyses: StatementAnalyses) {
    this.#statements = statements;
    this.#analyses = analyses;
  }

  parentOf(node: Node): Node | undefined {
    const statement = this.#statementAround(node);
    let parents = this.#parents.get(statement);
    if (!parents) this.#parents.set(statement, (parents = parentsIn(statement)));
    return parents.get(node);
  }

  /** What stands around a node and what only names it, in parentheses and type annotations. */
  placeOf(node: Node): Node | undefined {
    let around = this.parentOf(node);
    while (around && (isTypeWrapper(around) || isKeepNamesCall(around)))
      around = this.parentOf(around);
    return around;
  }

  /** The nodes around `node`, the outermost first. */
  ancestorsOf(node: Node): Node[] {
    const ancestors: Node[] = [];
    for (let outer = this.parentOf(node); outer; outer = this.parentOf(outer))
      ancestors.push(outer);
    return ancestors.reverse();
  }

  /** The use of a name that `identifier` is; `undefined` where it declares one. */
  referenceAt(identifier: Node): NameReference | undefined {
    const analysis = this.#analysisAround(identifier);
    let found = this.#byIdentifier.get(analysis);
    if (!found) {
      found = new Map(analysis.references.map((reference) => [reference.node, reference]));
      this.#byIdentifier.set(analysis, found);
    }
    return found.get(identifier);
  }

  /** The uses of names in the statement around `node` whose binding satisfies a condition. */
  referencesAround(node: Node, belongs: (binding: Binding) => boolean): NameReference[] {
    const analysis = this.#analysisAround(node);
    let byBinding = this.#byBinding.get(analysis);
    if (!byBinding) this.#byBinding.set(analysis, (byBinding = groupByBinding(analysis)));
    const found: NameReference[] = [];
    for (const [binding, references] of byBinding) {
      if (belongs(binding)) found.push(...references);
    }
    return found;
  }

  /** The uses of a name of the module level, in the whole module. */
  referencesToModuleName(name: string): NameReference[] {
    return this.#statements.flatMap((statement) =>
      this.#analyses
        .ofWhole(statement)
        .references.filter((reference) => reference.binding === null && reference.name === name),
    );
  }

  /** What a name means at module level; `undefined` for a global. */
  moduleName(name: string): ModuleName | undefined {
    return (this.#names ??= moduleNames(this.#statements)).get(name);
  }

  /** The name of the module level that has a function as its value; `null` when there is none. */
  nameOf(fn: Node): string | null {
    const around = this.placeOf(fn);
    const isVariable = around?.type === 'VariableDeclarator';
    const name: string | undefined = (isVariable ? around : fn)['id']?.name;
    const declaration = name === undefined ? undefined : this.moduleName(name)?.declaration;
    return declaration === fn || (isVariable && declaration === around) ? name! : null;
  }

  /** Whether a function can look at its arguments by `arguments`, or by code that `eval` runs. */
  usesArguments(fn: Node): boolean {
    const {references, evals} = this.#analysisAround(fn);
    const looks = [...references.filter(({name}) => name === 'arguments'), ...evals];
    return looks.some(({node}) => fn.start <= node.start && node.end <= fn.end);
  }

  /** Whether a member of what a name of the module level holds is assigned anywhere in the module. */
  isChanged(name: string): boolean {
    return this.referencesToModuleName(name).some(({isMemberWrite}) => isMemberWrite);
  }

  /** Whether a name of the module level, or a global, is assigned anywhere in the module. */
  isReassigned(name: string): boolean {
    this.#reassigned ??= new Set(
      this.#statements
        .flatMap((statement) => this.#analyses.ofWhole(statement).references)
        .filter(({binding, isWrite}) => binding === null && isWrite)
        .map((reference) => reference.name),
    );
    return this.#reassigned.has(name) || this.moduleName(name)?.isDeclaredTwice === true;
  }

  #analysisAround(node: Node): ScopeAnalysis {
    return this.#analyses.ofWhole(this.#statementAround(node));
  }

  #statementAround({start, end}: Node): Node {
    return this.#statements.find((statement) => statement.start <= start && end <= statement.end)!;
  }
}

function groupByBinding({references}: ScopeAnalysis): Map<Binding, NameReference[]> {
  const groups = new Map<Binding, NameReference[]>();
  for (const reference of references) {
    if (!reference.binding) continue;
    const group = groups.get(reference.binding);
    if (group) group.push(reference);
    else groups.set(reference.binding, [reference]);
  }
  return groups;
}

function parentsIn(statement: Node): Map<Node, Node> {
  const parents = new Map<Node, Node>();
  const visit = (node: Node): void =>
    forEachChild(node, (child) => {
      parents.set(child, node);
      visit(child);
    });
  visit(statement);
  return parents;
}

function moduleNames(statements: readonly Node[]): Map<string, ModuleName> {
  const names = new Map<string, ModuleName>();
  for (const statement of statements) {
    for (const [identifier, kind, declaration] of declaredBy(statement)) {
      const name: string = identifier['name'];
      const from: string | undefined = statement['source']?.value;
      names.set(name, {kind, declaration, isDeclaredTwice: names.has(name), from});
    }
  }
  return names;
}

const KINDS: Readonly<Record<string, ModuleName['kind']>> = {
  FunctionDeclaration: 'function',
  ClassDeclaration: 'class',
  TSEnumDeclaration: 'enum',
  TSModuleDeclaration: 'namespace',
  TSImportEqualsDeclaration: 'import',
};

function declaredBy(statement: Node): [Node, ModuleName['kind'], Node][] {
  const node: Node = /^Export(?:Named|Default)/.test(statement.type)
    ? (statement['declaration'] ?? statement)
    : statement;
  if (isTypeOnly(node)) return [];
  if (node.type === 'VariableDeclaration') {
    const kind = node['kind'] === 'await using' ? 'using' : node['kind'];
    return (node['declarations'] as Node[]).flatMap((declarator) =>
      boundIdentifiers(declarator['id']).map((id): [Node, ModuleName['kind'], Node] => [
        id,
        kind,
        declarator,
      ]),
    );
  }
  if (node.type === 'ImportDeclaration') {
    return (node['specifiers'] as Node[]).map((specifier) => [
      specifier['local'],
      'import',
      specifier,
    ]);
  }
  const kind = KINDS[node.type];
  return kind && node['id']?.type === 'Identifier' ? [[node['id'], kind, node]] : [];
}
