import {
  boundIdentifiers,
  isFunction,
  isTypeOnly,
  nameOrValue,
  unwrapExpression,
  type Node,
} from '../ast.ts';
import {commonJsExports} from './commonJsExports.ts';
import type {ParsedModule} from '../parse.ts';

/** What a module exports under one name. */
export type ModuleExport =
  /** `export function save`, `export {save as store}`, `export default save` */
  | {
      kind: 'local';
      exportName: string;
      localName: string;
      node: Node;
      declaration: Declaration | null;
    }
  /** `export default async () => {}`, `export default withAuth(save)`, `export default function () {}` */
  | {kind: 'default'; exportName: 'default'; node: Node; value: Node; statement: Node}
  /** `export {save as store} from './notes'` */
  | {kind: 'reexport'; exportName: string; importedName: string; specifier: string; node: Node}
  /** `export * as notes from './notes'` */
  | {kind: 'namespace'; exportName: string; specifier: string; node: Node}
  /** `exports.save = …`, `module.exports = {save}` of a CommonJS module; `default` for the whole */
  | {kind: 'commonjs'; exportName: string; node: Node; value: Node | null};

/** `export * from './notes'` */
export interface StarExport {
  specifier: string;
  node: Node;
}

export interface ModuleExports {
  named: ModuleExport[];
  stars: StarExport[];
  /** What exports under names that only the run knows: `module.exports = {...others}`. */
  hidden: Node[];
}

export type DeclarationKind =
  'function' | 'class' | 'const' | 'let' | 'var' | 'import' | 'enum' | 'namespace';

/** A declaration at module level. */
export interface Declaration {
  kind: DeclarationKind;
  name: string;
  /** The top-level statement that holds it. */
  statement: Node;
  /** The function or class; for a variable that is no pattern its initial value. */
  value: Node | null;
}

/** Everything that a module exports and that still exists when it runs: types are left out. */
export function collectExports({program, isModule}: ParsedModule): ModuleExports {
  const body = program.body as unknown as Node[];
  if (!isModule) return commonJsExports(program as unknown as Node);
  const declarations = collectDeclarations(body);
  const named: ModuleExport[] = [];
  const stars: StarExport[] = [];
  const hidden: Node[] = [];
  for (const statement of body) {
    if (isTypeOnly(statement)) continue;
    switch (statement.type) {
      case 'ExportNamedDeclaration':
        named.push(...namedExports(statement, declarations));
        break;
      case 'ExportDefaultDeclaration':
        if (!isTypeOnly(statement['declaration']))
          named.push(defaultExport(statement, declarations));
        break;
      case 'ExportAllDeclaration':
        stars.push({specifier: statement['source'].value, node: statement});
        break;
      case 'TSExportAssignment':
        hidden.push(statement);
    }
  }
  return {named, stars, hidden};
}

function namedExports(
  statement: Node,
  declarations: ReadonlyMap<string, Declaration>,
): ModuleExport[] {
  const {declaration, source} = statement as Node & {declaration: Node | null; source: Node | null};
  if (declaration) {
    if (isTypeOnly(declaration)) return [];
    return declaredNames(declaration).map((identifier) => ({
      kind: 'local',
      exportName: identifier['name'],
      localName: identifier['name'],
      node: identifier,
      declaration: declarations.get(identifier['name']) ?? null,
    }));
  }
  return (statement['specifiers'] as Node[])
    .filter((specifier) => !isTypeOnly(specifier))
    .flatMap((specifier): ModuleExport[] => {
      const exportName = nameOrValue(specifier['exported']);
      if (specifier.type === 'ExportNamespaceSpecifier') {
        return [{kind: 'namespace', exportName, specifier: source!['value'], node: specifier}];
      }
      const localName = nameOrValue(specifier['local']);
      if (source) {
        return [
          {
            kind: 'reexport',
            exportName,
            importedName: localName,
            specifier: source['value'],
            node: specifier,
          },
        ];
      }
      const known = declarations.get(localName);
      // Without a value under this name it exports a type.
      return known
        ? [{kind: 'local', exportName, localName, node: specifier, declaration: known}]
        : [];
    });
}

function defaultExport(
  statement: Node,
  declarations: ReadonlyMap<string, Declaration>,
): ModuleExport {
  const value: Node = statement['declaration'];
  const isDeclaration = value.type === 'FunctionDeclaration' || value.type === 'ClassDeclaration';
  const localName: string | null = isDeclaration
    ? (value['id']?.name ?? null)
    : value.type === 'Identifier'
      ? value['name']
      : null;
  if (localName !== null && declarations.has(localName)) {
    return {
      kind: 'local',
      exportName: 'default',
      localName,
      node: value,
      declaration: declarations.get(localName)!,
    };
  }
  return {
    kind: 'default',
    exportName: 'default',
    node: value,
    value: unwrapExpression(value),
    statement,
  };
}

/** Every name declared at module level that has a value when the module runs. */
export function collectDeclarations(body: readonly Node[]): Map<string, Declaration> {
  const declarations = new Map<string, Declaration>();
  const add = (declaration: Declaration) => declarations.set(declaration.name, declaration);
  for (const statement of body) {
    const node = declaredIn(statement);
    if (!node || isTypeOnly(node)) continue;
    switch (node.type) {
      case 'FunctionDeclaration':
        if (node['id']) add({kind: 'function', name: node['id'].name, statement, value: node});
        break;
      case 'ClassDeclaration':
        if (node['id']) add({kind: 'class', name: node['id'].name, statement, value: node});
        break;
      case 'TSEnumDeclaration':
        add({kind: 'enum', name: node['id'].name, statement, value: node});
        break;
      case 'TSModuleDeclaration':
        if (node['id'].type === 'Identifier') {
          add({kind: 'namespace', name: node['id'].name, statement, value: node});
        }
        break;
      case 'ImportDeclaration':
        for (const specifier of node['specifiers'] as Node[]) {
          if (isTypeOnly(specifier)) continue;
          add({kind: 'import', name: specifier['local'].name, statement, value: null});
        }
        break;
      case 'VariableDeclaration':
        for (const declarator of node['declarations'] as Node[]) {
          const isPlain = declarator['id'].type === 'Identifier';
          const value = isPlain && declarator['init'] ? unwrapExpression(declarator['init']) : null;
          for (const identifier of boundIdentifiers(declarator['id'])) {
            add({kind: node['kind'], name: identifier['name'], statement, value});
          }
        }
    }
  }
  return declarations;
}

function declaredIn(statement: Node): Node | null {
  const isExport =
    statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  return isExport ? statement['declaration'] : statement;
}

function declaredNames(declaration: Node): Node[] {
  if (declaration.type === 'VariableDeclaration') {
    return (declaration['declarations'] as Node[]).flatMap(({id}) => boundIdentifiers(id));
  }
  return declaration['id']?.type === 'Identifier' ? [declaration['id']] : [];
}

/**
 * Why a value can never be a server function: it is `provably` something else. `null` when it is
 * an async function, or when only the run can tell.
 */
export function whyNotAsync(value: Node | null): string | null {
  if (!value) return null;
  if (isFunction(value)) {
    if (value.async) return null;
    return value['generator'] ? 'a generator that is not async' : 'a function that is not async';
  }
  switch (value.type) {
    case 'ClassDeclaration':
    case 'ClassExpression':
      return 'a class';
    case 'TSEnumDeclaration':
      return 'an enum';
    case 'TSModuleDeclaration':
      return 'a namespace';
    case 'ObjectExpression':
      return 'an object';
    case 'ArrayExpression':
      return 'an array';
    case 'StringLiteral':
    case 'TemplateLiteral':
      return 'a string';
    case 'NumericLiteral':
      return 'a number';
    case 'BooleanLiteral':
      return 'a boolean';
    case 'NullLiteral':
      return 'null';
    case 'BigIntLiteral':
      return 'a bigint';
    case 'RegExpLiteral':
      return 'a regular expression';
    case 'JSXElement':
    case 'JSXFragment':
      return 'a React element';
    case 'NewExpression':
      return 'an object';
    case 'UnaryExpression':
    case 'UpdateExpression':
    case 'BinaryExpression':
      return 'a plain value';
    default:
      return null;
  }
}

/** An async function written at this very place, which needs no check when it runs. */
export function isAsyncFunction(value: Node | null): boolean {
  return value !== null && isFunction(value) && value.async === true;
}
