import {
  boundIdentifiers,
  isFunction,
  isTypeOnly,
  nameOrValue,
  unwrapExpression,
  type Node,
} from '../../ast.ts';
import type {ParsedModule} from '../../parse.ts';
import {commonJsExports} from '../commonJs/commonJsExports.ts';
import {collectDeclarations, collectTypeNames, type Declaration} from './declarations.ts';

/** What a module exports under one name. */
export type ModuleExport =
  /** `export function save`, `export {save as store}`, `export default save` */
  | {
      kind: 'local';
      exportName: string;
      localName: string;
      node: Node;
      declaration: Declaration | null;
      /** Of `export default save`, which exports the value that the variable has there. */
      defaultStatement?: Node;
    }
  /** `export default async () => {}`, `export default withAuth(save)`, `export default function () {}` */
  | {kind: 'default'; exportName: 'default'; node: Node; value: Node; statement: Node}
  /** `export {save as store} from './notes'` */
  | {kind: 'reexport'; exportName: string; importedName: string; specifier: string; node: Node}
  /** `export * as notes from './notes'` */
  | {kind: 'namespace'; exportName: string; specifier: string; node: Node}
  /**
   * `exports.save = …`, `module.exports = {save}` of a CommonJS module; `default` for the whole.
   * `variable` is what a getter reads: `{get: () => save}`.
   */
  | {
      kind: 'commonjs';
      exportName: string;
      node: Node;
      value: Node | null;
      variable: string | null;
    };

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
  /** Where a CommonJS module closes its exports to new members: `Object.freeze(module.exports)`. */
  sealed: Node | null;
  /** What is declared at module level, by name. */
  declarations: ReadonlyMap<string, Declaration>;
}

/** Collects everything that a module exports and that still exists when it runs: types are left out. */
export function collectExports({program, isModule}: ParsedModule): ModuleExports {
  const body = program.body as unknown as Node[];
  const declarations = collectDeclarations(body);
  if (!isModule)
    return {...commonJsExports(program as unknown as Node, declarations), declarations};
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
          named.push(...defaultExport(statement, body, declarations));
        break;
      case 'ExportAllDeclaration':
        stars.push({specifier: statement['source'].value, node: statement});
        break;
      case 'TSImportEqualsDeclaration':
        if (statement['isExport']) named.push(localExport(statement['id'], declarations));
        break;
      case 'TSExportAssignment':
        hidden.push(statement);
    }
  }
  return {named, stars, hidden, sealed: null, declarations};
}

/** `export` in front of a declaration. */
function localExport(
  identifier: Node,
  declarations: ReadonlyMap<string, Declaration>,
): ModuleExport {
  const name: string = identifier['name'];
  return {
    kind: 'local',
    exportName: name,
    localName: name,
    node: identifier,
    declaration: declarations.get(name) ?? null,
  };
}

function namedExports(
  statement: Node,
  declarations: ReadonlyMap<string, Declaration>,
): ModuleExport[] {
  const {declaration, source} = statement as Node & {declaration: Node | null; source: Node | null};
  if (declaration) {
    if (isTypeOnly(declaration)) return [];
    return declaredNames(declaration).map((identifier) => localExport(identifier, declarations));
  }
  return (statement['specifiers'] as Node[])
    .filter((specifier) => !isTypeOnly(specifier))
    .flatMap((specifier): ModuleExport[] => {
      const exportName = nameOrValue(specifier['exported']);
      if (specifier.type === 'ExportNamespaceSpecifier') {
        return [{kind: 'namespace', exportName, specifier: source!['value'], node: specifier}];
      }
      // `export save from './save'`, a proposal, is short for `export {default as save} from './save'`.
      const isDefault = specifier.type === 'ExportDefaultSpecifier';
      const localName = isDefault ? 'default' : nameOrValue(specifier['local']);
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
  body: readonly Node[],
  declarations: ReadonlyMap<string, Declaration>,
): ModuleExport[] {
  const value: Node = statement['declaration'];
  const isDeclaration = value.type === 'FunctionDeclaration' || value.type === 'ClassDeclaration';
  const localName: string | null = isDeclaration
    ? (value['id']?.name ?? null)
    : value.type === 'Identifier'
      ? value['name']
      : null;
  const declaration = localName === null ? undefined : declarations.get(localName);
  if (localName === null || !declaration) {
    if (localName !== null && collectTypeNames(body).has(localName)) return [];
    return [defaultValue(statement)];
  }
  return [
    {
      kind: 'local',
      exportName: 'default',
      localName,
      node: value,
      declaration,
      ...(!isDeclaration && {defaultStatement: statement}),
    },
  ];
}

/** Reads `export default` of an expression, or of a function without a name. */
export function defaultValue(statement: Node): ModuleExport & {kind: 'default'} {
  const node: Node = statement['declaration'];
  return {kind: 'default', exportName: 'default', node, value: unwrapExpression(node), statement};
}

function declaredNames(declaration: Node): Node[] {
  if (declaration.type === 'VariableDeclaration') {
    return (declaration['declarations'] as Node[]).flatMap(({id}) => boundIdentifiers(id));
  }
  let id: Node | null | undefined = declaration['id'];
  // `export namespace A.B {}` exports `A`.
  while (id?.type === 'TSQualifiedName') id = id['left'] as Node;
  return id?.type === 'Identifier' ? [id] : [];
}

/** Whether it is an async function written at this very place, which needs no check when it runs. */
export function isAsyncFunction(value: Node | null): boolean {
  return value !== null && isFunction(value) && value.async === true;
}
