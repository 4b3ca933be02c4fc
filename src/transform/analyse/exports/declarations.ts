import {
  boundIdentifiers,
  forEachChild,
  isTypeOnly,
  unwrapExpression,
  type Node,
} from '../../ast.ts';
import {HOLDS_STATEMENTS} from '../scopes/declare.ts';

export type DeclarationKind =
  'function' | 'class' | 'const' | 'let' | 'var' | 'import' | 'import alias' | 'enum' | 'namespace';

/** A declaration at module level. */
export interface Declaration {
  kind: DeclarationKind;
  name: string;
  /** The top-level statement that holds it. */
  statement: Node;
  /** The function or class; for a variable that is no pattern its initial value. */
  value: Node | null;
  /** Whether the statement is the only one that declares it, and gives it a value. */
  isInitialized: boolean;
}

/** Collects every name declared at module level that has a value when the module runs. */
export function collectDeclarations(body: readonly Node[]): Map<string, Declaration> {
  const declarations = new Map<string, Declaration>();
  for (const statement of body) {
    const node = declaredIn(statement);
    if (!node || isTypeOnly(node)) continue;
    for (const declaration of declarationsOf(node, statement)) {
      const {name} = declaration;
      const isSecond = declaration.kind === 'var' && declarations.has(name);
      declarations.set(
        name,
        isSecond ? {...declaration, value: null, isInitialized: false} : declaration,
      );
    }
  }
  return declarations;
}

/**
 * Collects the names at module level that stand for types only: `export default Props` of one of them exports
 * nothing.
 */
export function collectTypeNames(body: readonly Node[]): Set<string> {
  const names = new Set<string>();
  for (const statement of body) {
    const node = declaredIn(statement);
    if (!node) continue;
    if (node.type === 'ImportDeclaration') {
      for (const specifier of node['specifiers'] as Node[]) {
        if (isTypeOnly(node) || isTypeOnly(specifier)) names.add(specifier['local'].name);
      }
    } else if (isTypeOnly(node) && DECLARES_TYPE.test(node.type)) {
      names.add(rootName(node['id']));
    }
  }
  return names;
}

/** `declare const` and `declare function` are none of these: they tell of a value that is elsewhere. */
const DECLARES_TYPE =
  /^(?:TSInterfaceDeclaration|TSTypeAliasDeclaration|TSModuleDeclaration|TSImportEqualsDeclaration|InterfaceDeclaration|TypeAlias|OpaqueType)$/;

/** Gives what a statement declares; an export statement exports its declaration. */
function declaredIn(statement: Node): Node | null {
  const isExport =
    statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  return isExport ? statement['declaration'] : statement;
}

function declarationsOf(node: Node, statement: Node): Declaration[] {
  const named = (kind: DeclarationKind, id: Node | null, value: Node | null): Declaration[] =>
    id ? [{kind, name: rootName(id), statement, value, isInitialized: true}] : [];
  switch (node.type) {
    case 'FunctionDeclaration':
      return named('function', node['id'], node);
    case 'ClassDeclaration':
      return named('class', node['id'], node);
    case 'TSEnumDeclaration':
      return named('enum', node['id'], node);
    case 'TSModuleDeclaration':
      return named('namespace', node['id'].type === 'StringLiteral' ? null : node['id'], node);
    case 'TSImportEqualsDeclaration':
      return named('import alias', node['id'], null);
    case 'ImportDeclaration':
      return (node['specifiers'] as Node[])
        .filter((specifier) => !isTypeOnly(specifier))
        .flatMap(({local}) => named('import', local, null));
    case 'VariableDeclaration':
      return variables(node, statement);
    default:
      return nestedVars(node, statement);
  }
}

function variables(declaration: Node, statement: Node): Declaration[] {
  return (declaration['declarations'] as Node[]).flatMap(({id, init}) => {
    const value = id.type === 'Identifier' && init ? unwrapExpression(init) : null;
    const isInitialized = Boolean(init);
    return boundIdentifiers(id).map(({name}): Declaration => ({
      kind: declaration['kind'],
      name,
      statement,
      value,
      isInitialized,
    }));
  });
}

/** `if (x) { var save = … }` declares a variable of the module. */
function nestedVars(node: Node, statement: Node): Declaration[] {
  if (node.type === 'VariableDeclaration') {
    if (node['kind'] !== 'var') return [];
    return variables(node, statement).map((declaration) => ({
      ...declaration,
      value: null,
      isInitialized: false,
    }));
  }
  const found: Declaration[] = [];
  if (HOLDS_STATEMENTS.has(node.type)) {
    forEachChild(node, (child) => found.push(...nestedVars(child, statement)));
  }
  return found;
}

/** `A` of `namespace A.B {}` */
function rootName(id: Node): string {
  let root = id;
  while (root.type === 'TSQualifiedName') root = root['left'];
  return root['name'];
}
