import babelTraverse, {type NodePath, type Scope as BabelScope} from '@babel/traverse';
import * as types from '@babel/types';
import type {Node} from '../../../../src/transform/ast.ts';
import {parseModule} from '../../../../src/transform/parse.ts';
import {analyzeStatement} from '../../../../src/transform/analyse/scopes/analyzeStatement.ts';
import type {NameReference} from '../../../../src/transform/analyse/scopes/scope.ts';

// How the default export of CommonJS arrives differs between Node and Jest.
const traverse: (ast: any, visitor: {enter: (path: NodePath) => void}) => void =
  (babelTraverse as any).default?.default ?? (babelTraverse as any).default ?? babelTraverse;

export interface Disagreement {
  name: string;
  /** Line and column. */
  at: string;
  /** Where each says that the name is declared: a position, `module` for outside, `no reference`. */
  ours: string;
  theirs: string;
}

const NONE = 'no reference';

export interface Comparison {
  functions: number;
  references: number;
  disagreements: Disagreement[];
}

/**
 * Resolves each reference of a module with our scope analysis and with Babel's.
 *
 * @returns `null` for a file that does not parse
 */
export function compareScopes(source: string, filename: string): Comparison | null {
  const parsed = parseModule(source, filename);
  if ('problems' in parsed) return null;
  const {program} = parsed.module;
  const ours = new Map<number, NameReference>();
  for (const statement of program.body as unknown as Node[]) {
    if (isType(statement) || isRepetition(statement)) continue;
    for (const reference of analyzeStatement(statement).references) {
      ours.set(reference.node.start, reference);
    }
  }
  const comparison: Comparison = {functions: 0, references: 0, disagreements: []};
  const seen = new Set<number>();
  const compare = (node: Node, scope: BabelScope) => {
    if (seen.has(node.start)) return;
    seen.add(node.start);
    comparison.references++;
    const reference = ours.get(node.start);
    const theirs = scope.getBinding(node['name']);
    const theirPlace = theirs && theirs.scope.block.type !== 'Program' ? theirs : null;
    if (reference && (isSame(reference, theirPlace) || isBabelWrong(reference, theirPlace))) return;
    disagree(
      node,
      reference ? describe(reference.binding?.identifier) : NONE,
      describe(theirPlace?.identifier),
    );
  };
  const disagree = (node: Node, ours: string, theirs: string) =>
    comparison.disagreements.push({
      name: node['name'],
      at: describe(node),
      ours,
      theirs,
    });
  traverse(
    {type: 'File', program},
    {
      enter(path) {
        const node = path.node as unknown as Node;
        if (isType(node) || isRepetition(node)) return path.skip();
        if (path.isFunction()) comparison.functions++;
        if (node.type !== 'Identifier' && node.type !== 'JSXIdentifier') return;
        // A declaration mentions its own name: it must resolve too, where we count it as a reference.
        const isOurs = ours.has(node.start) && path.isBindingIdentifier();
        if (namesDeclaration(path)) return;
        if (path.isReferencedIdentifier() || isAssigned(path) || isOurs) compare(node, path.scope);
      },
    },
  );
  for (const [start, {node, binding}] of ours) {
    if (!seen.has(start)) disagree(node, describe(binding?.identifier), NONE);
  }
  return comparison;
}

/**
 * Babel has one scope for the parameters and the body of a function, we have two. When `var x` or
 * `function x` stands beside a parameter or a `var` of the same name, Babel takes the first of them
 * for all, and we the first of the body for what stands in the body.
 */
function isSame({binding}: NameReference, theirs: any): boolean {
  if (!binding || !theirs) return !binding && !theirs;
  return (
    binding.identifier === theirs.identifier ||
    ((binding.kind === 'var' || binding.kind === 'function') &&
      theirs.scope.block.body === binding.scope.node &&
      ['param', 'var', 'hoisted', 'local'].includes(theirs.kind))
  );
}

/**
 * What Babel's scopes are known to get wrong, each with the specification that says so.
 */
function isBabelWrong({binding, node}: NameReference, theirs: any): boolean {
  switch (binding?.kind) {
    case 'parameter':
      // `constructor(private source)`: Babel does not bind the parameter. TypeScript, "Parameter
      // Properties": it is a parameter like any other.
      return theirs === null && binding.declaration.type === 'TSParameterProperty';
    case 'enum':
      // Babel binds neither an enum, when it stands in a function, nor its members.
      return theirs === null;
    case 'catch':
      // `catch ({message})`: Babel looks a name of the pattern up outside the clause. ECMAScript,
      // CatchClauseEvaluation: the pattern is bound in the scope of the clause.
      return theirs === null && node === binding.identifier;
    case 'const':
    case 'let':
    case 'class':
    case 'using':
      // `(function pack() { const pack = 1; pack; })`: Babel takes the name of the function.
      // ECMAScript, InstantiateOrdinaryFunctionExpression: it stands in a scope around the function.
      return theirs?.kind === 'local' && theirs.scope.block.body === binding.scope.node;
    default:
      return false;
  }
}

/** Babel takes the name of an enum, a namespace and an `import x = …` for uses of it. */
function namesDeclaration({parent, key}: {parent: types.Node; key: unknown}): boolean {
  return (
    key === 'id' &&
    (parent.type === 'TSEnumDeclaration' ||
      parent.type === 'TSModuleDeclaration' ||
      parent.type === 'TSImportEqualsDeclaration')
  );
}

/** Babel visits types, which are no references to values. */
function isType(node: any): boolean {
  return (
    types.isTSType(node) ||
    types.isTSTypeAnnotation(node) ||
    types.isTSTypeParameterDeclaration(node) ||
    types.isTSTypeParameterInstantiation(node) ||
    types.isTSInterfaceDeclaration(node) ||
    types.isTSTypeAliasDeclaration(node) ||
    types.isTSDeclareFunction(node) ||
    types.isTSDeclareMethod(node) ||
    types.isTSIndexSignature(node) ||
    (types.isFlow(node) && !types.isTypeCastExpression(node)) ||
    node.type === 'TSClassImplements' ||
    node.declare === true ||
    node.importKind === 'type' ||
    node.importKind === 'typeof' ||
    node.exportKind === 'type'
  );
}

/** A closing tag says again what the opening one says; `export {x} from` uses no name of the module. */
function isRepetition(node: Node): boolean {
  return (
    node.type === 'JSXClosingElement' ||
    (node.type === 'ExportNamedDeclaration' && Boolean(node['source']))
  );
}

/** Whether the identifier is filled by an assignment, not by a declaration. */
function isAssigned(path: any): boolean {
  let current = path;
  for (let parent = path.parentPath; parent; current = parent, parent = parent.parentPath) {
    switch (parent.type) {
      case 'ObjectProperty':
        if (current.key !== 'value') return false;
        break;
      case 'AssignmentPattern':
        if (current.key !== 'left') return false;
        break;
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'RestElement':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
        break;
      case 'AssignmentExpression':
      case 'ForInStatement':
      case 'ForOfStatement':
        return current.key === 'left';
      default:
        return false;
    }
  }
  return false;
}

function describe(identifier: {loc?: types.SourceLocation | null} | undefined): string {
  const start = identifier?.loc?.start;
  return start ? `${start.line}:${start.column}` : 'module';
}
