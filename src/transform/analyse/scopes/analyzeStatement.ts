import {
  boundIdentifiers,
  forEachChild,
  isFunction,
  isTypeOnly,
  unwrapExpression,
  type FunctionNode,
  type Node,
} from '../../ast.ts';
import {lexicalNames, NO_NAMES} from './blockFunctions.ts';
import {declare, declareVariables, HOLDS_STATEMENTS, hoistFunction, hoistVars} from './declare.ts';
import {isAssigned, isReference, usedPath} from './nameUse.ts';
import {
  lookUp,
  newScope,
  varScope,
  type DirectEval,
  type NameReference,
  type Scope,
  type ScopeAnalysis,
} from './scope.ts';

/**
 * Finds the scopes, bindings and references of one top-level statement of a module, in a single walk.
 * Names of the module level are not bindings here: a reference to one has `binding: null`.
 *
 * @param statement the statement
 * @param within nodes in the order of the source, none inside another: only references inside them
 *   are looked for. Everything else is then visited only for what it declares, which is most of the
 *   walk in a component that is mainly markup.
 * @param isSloppy whether the module is not strict
 * @default `within` is the whole statement, `isSloppy` is false
 */
export function analyzeStatement(
  statement: Node,
  within?: readonly Node[],
  isSloppy = false,
): ScopeAnalysis {
  return new Analyzer(within ?? [statement], isSloppy).run(statement);
}

class Analyzer {
  readonly #within: readonly Node[];
  readonly #references: NameReference[] = [];
  readonly #scopesAround = new Map<Node, Scope>();
  /** The nodes above the one that is visited, the nearest last. */
  readonly #ancestors: Node[] = [];
  readonly #evals: DirectEval[] = [];
  #isSloppy: boolean;

  constructor(within: readonly Node[], isSloppy: boolean) {
    this.#within = within;
    this.#isSloppy = isSloppy;
  }

  run(statement: Node): ScopeAnalysis {
    const moduleScope: Scope = {
      parent: null,
      node: statement,
      holdsVars: true,
      bindings: new Map(),
    };
    this.#declareStatement(statement, moduleScope);
    this.#visit(statement, moduleScope, '');
    for (const reference of this.#references) resolve(reference);
    this.#references.sort((a, b) => a.node.start - b.node.start);
    return {
      references: this.#references,
      evals: this.#evals,
      scopesAround: this.#scopesAround,
    };
  }

  #visit = (node: Node, scope: Scope, key: string): void => {
    const isBranch = key === 'consequent' || key === 'alternate';
    if (!this.#touches(node)) return this.#declareNested(node, scope, isBranch ? NO_NAMES : null);
    if (isFunction(node)) {
      return this.#visitFunction(node, isBranch ? this.#branchScope(node, scope) : scope);
    }
    switch (node.type) {
      case 'CallExpression':
        if (isDirectEval(node)) this.#evals.push({node, scope, isSloppy: this.#isSloppy});
        return this.#visitChildren(node, scope);
      case 'Identifier':
      case 'JSXIdentifier':
        return this.#visitIdentifier(node, scope, key);
      case 'ClassDeclaration':
      case 'ClassExpression':
        return this.#visitClass(node, scope);
      case 'BlockStatement':
        return this.#visitStatements(node, node['body'], newScope(scope, node));
      case 'StaticBlock':
      case 'TSModuleBlock':
        return this.#visitStatements(node, node['body'], newScope(scope, node, true));
      case 'SwitchStatement':
        return this.#visitSwitch(node, scope);
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.#visitLoop(node, scope);
      case 'TSEnumDeclaration':
        return this.#visitEnum(node, scope);
      case 'CatchClause':
        return this.#visitCatch(node, scope);
      default:
        return this.#visitChildren(node, scope);
    }
  };

  #visitSwitch(node: Node, scope: Scope): void {
    this.#descend(node, () => this.#visit(node['discriminant'], scope, 'discriminant'));
    const inner = newScope(scope, node);
    for (const switchCase of node['cases']) {
      for (const statement of switchCase.consequent) this.#declareStatement(statement, inner);
    }
    this.#descend(node, () => {
      for (const switchCase of node['cases']) this.#visitChildren(switchCase, inner);
    });
  }

  #visitLoop(node: Node, scope: Scope): void {
    const inner = newScope(scope, node);
    const head: Node | null = node['init'] ?? node['left'] ?? null;
    if (head?.type === 'VariableDeclaration') this.#declareStatement(head, inner);
    this.#visitChildren(node, inner);
  }

  /** An initialiser sees the members by their names: `enum Size {Small = 1, Large = Small * 2}`. */
  #visitEnum(node: Node, scope: Scope): void {
    const inner = newScope(scope, node);
    for (const member of enumMembers(node)) {
      if (member['id'].type === 'Identifier') declare(inner, member['id'], 'enum', node);
    }
    this.#visitChildren(node, inner);
  }

  #visitCatch(node: Node, scope: Scope): void {
    const inner = newScope(scope, node);
    for (const identifier of boundIdentifiers(node['param'])) {
      declare(inner, identifier, 'catch', node);
    }
    this.#visitChildren(node, inner);
  }

  /** Whether the node holds one of the nodes to look into, or stands inside one. */
  #touches({start, end}: Node): boolean {
    let low = 0;
    let high = this.#within.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#within[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    return low < this.#within.length && this.#within[low]!.start < end;
  }

  #visitChildren(node: Node, scope: Scope): void {
    this.#ancestors.push(node);
    forEachChild(node, (child, key) => this.#visit(child, scope, key));
    this.#ancestors.pop();
  }

  #descend(node: Node, visit: () => void): void {
    this.#ancestors.push(node);
    visit();
    this.#ancestors.pop();
  }

  #visitStatements(node: Node, statements: Node[], scope: Scope): void {
    for (const statement of statements) this.#declareStatement(statement, scope);
    this.#visitChildren(node, scope);
  }

  /** `if (x) function f() {}`, which sloppy code may say, means `if (x) { function f() {} }`. */
  #branchScope(node: FunctionNode, outer: Scope): Scope {
    const scope = newScope(outer, node);
    this.#declareStatement(node, scope);
    return scope;
  }

  #inStrict(isStrict: boolean, visit: () => void): void {
    const before = this.#isSloppy;
    if (isStrict) this.#isSloppy = false;
    visit();
    this.#isSloppy = before;
  }

  #visitFunction(node: FunctionNode, outer: Scope): void {
    this.#scopesAround.set(node, outer);
    this.#inStrict(isStrictFunction(node), () => this.#visitFunctionParts(node, outer));
  }

  #visitFunctionParts(node: FunctionNode, outer: Scope): void {
    this.#descend(node, () => {
      for (const decorator of node['decorators'] ?? []) this.#visit(decorator, outer, 'decorators');
      if (node['computed']) this.#visit(node['key'], outer, 'key');
      const scope = newScope(outer, node, true);
      if (node.type === 'FunctionExpression' && node.id) {
        declare(scope, node.id as Node, 'own name', node);
      }
      for (const parameter of node.params as Node[]) {
        for (const identifier of boundIdentifiers(parameter)) {
          declare(scope, identifier, 'parameter', parameter);
        }
      }
      for (const parameter of node.params as Node[]) this.#visit(parameter, scope, 'params');
      const body = node.body as Node;
      if (body.type !== 'BlockStatement') return this.#visit(body, scope, 'body');
      // A scope of its own, so that a closure in a default value does not see the body's names.
      this.#visitStatements(body, body['body'], newScope(scope, body, true));
    });
  }

  #visitClass(node: Node, outer: Scope): void {
    const scope = newScope(outer, node);
    // A declared class is known inside by the same binding as outside.
    if (node.type === 'ClassExpression' && node['id']) {
      declare(scope, node['id'], 'own name', node);
    }
    this.#inStrict(true, () => this.#visitChildren(node, scope));
  }

  /** Notes what a statement declares in `scope`; what is in nested blocks is noted only if hoisted. */
  #declareStatement(statement: Node, scope: Scope): void {
    if (isTypeOnly(statement)) return;
    switch (statement.type) {
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
        if (statement['declaration']) this.#declareStatement(statement['declaration'], scope);
        return;
      case 'FunctionDeclaration':
        if (statement['id']) declare(scope, statement['id'], 'function', statement);
        if (this.#isSloppy && !scope.holdsVars) hoistFunction(statement, scope.parent!, NO_NAMES);
        return;
      case 'ClassDeclaration':
        if (statement['id']) declare(scope, statement['id'], 'class', statement);
        return;
      case 'TSEnumDeclaration':
        declare(scope, statement['id'], 'enum', statement);
        return;
      case 'TSModuleDeclaration':
        if (statement['id'].type === 'Identifier') {
          declare(scope, statement['id'], 'namespace', statement);
        }
        return;
      case 'TSImportEqualsDeclaration':
        declare(scope, statement['id'], 'import', statement);
        return;
      case 'LabeledStatement':
        return this.#declareStatement(statement['body'], scope);
      case 'VariableDeclaration':
        if (statement['kind'] !== 'var') return declareVariables(statement, scope);
    }
    hoistVars(statement, (declaration) => declareVariables(declaration, varScope(scope)));
  }

  /**
   * Notes what a statement that is not visited declares for the function around it: `var` in all its
   * blocks, and in sloppy code the functions of its blocks.
   *
   * @param lexical names that blocks between here and `scope` declare; `null`: not in a block yet
   */
  #declareNested(node: Node, scope: Scope, lexical: ReadonlySet<string> | null): void {
    if (node.type === 'VariableDeclaration') {
      if (node['kind'] === 'var') declareVariables(node, varScope(scope));
    } else if (node.type === 'FunctionDeclaration') {
      if (lexical && this.#isSloppy) hoistFunction(node, scope, lexical);
    } else if (node.type === 'LabeledStatement') {
      this.#declareNested(node['body'], scope, lexical);
    } else if (HOLDS_STATEMENTS.has(node.type)) {
      const inner = this.#isSloppy ? lexicalNames(node, lexical ?? NO_NAMES) : NO_NAMES;
      forEachChild(node, (child) =>
        this.#declareNested(
          child,
          scope,
          child.type === 'FunctionDeclaration' ? (lexical ?? NO_NAMES) : inner,
        ),
      );
    }
  }

  #visitIdentifier(node: Node, scope: Scope, key: string): void {
    if (!isReference(node, this.#ancestors.at(-1)!, key)) return;
    const {path, isMemberWrite} = usedPath(node, this.#ancestors);
    this.#references.push({
      name: node['name'],
      node,
      scope,
      path,
      isWrite: isAssigned(node, this.#ancestors),
      isMemberWrite,
      binding: null,
    });
  }
}

function enumMembers(node: Node): Node[] {
  return node['members'] ?? node['body'].members;
}

/** Whether the call runs code with the names of the place where it stands. */
export function isDirectEval(node: Node): boolean {
  const callee = node.type === 'CallExpression' ? unwrapExpression(node['callee']) : node;
  return callee !== node && callee.type === 'Identifier' && callee['name'] === 'eval';
}

function isStrictFunction({body}: FunctionNode): boolean {
  return (
    body.type === 'BlockStatement' &&
    body.directives.some(({value}) => value.value === 'use strict')
  );
}

function resolve(reference: NameReference): void {
  const binding = lookUp(reference.name, reference.scope);
  if (binding && reference.isWrite) binding.isReassigned = true;
  if (binding && reference.isMemberWrite) binding.isChanged = true;
  reference.binding = binding;
}
