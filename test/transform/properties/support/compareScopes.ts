import babelTraverse, {type Scope as BabelScope} from '@babel/traverse';
import * as types from '@babel/types';
import type {Node} from '../../../../src/transform/ast.ts';
import {parseModule} from '../../../../src/transform/parse.ts';
import {analyzeStatement, type NameReference} from '../../../../src/transform/scope.ts';

// CommonJS interop differs between Node and Jest.
const traverse = ((babelTraverse as any).default?.default ??
  (babelTraverse as any).default ??
  babelTraverse) as typeof babelTraverse;

export interface Disagreement {
  name: string;
  line: number;
  column: number;
  /** Where each says that the name is declared: a position, `module` for outside, `no reference`. */
  ours: string;
  theirs: string;
  why: string;
}

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
    if (reference && isSame(reference, theirPlace)) return;
    comparison.disagreements.push({
      name: node['name'],
      line: node.loc.start.line,
      column: node.loc.start.column,
      ours: reference ? describe(reference.binding?.identifier) : 'no reference',
      theirs: describe(theirPlace?.identifier as unknown as Node | undefined),
      why: `${theirPlace?.kind} in ${theirPlace?.scope.block.type}; ${reference?.binding?.kind} in ${reference?.binding?.scope.node.type}`,
    });
  };
  traverse({type: 'File', program} as never, {
    enter(path) {
      const node = path.node as unknown as Node;
      if (isType(node)) return path.skip();
      if (path.isFunction()) comparison.functions++;
      if (node.type !== 'Identifier' && node.type !== 'JSXIdentifier') return;
            // A declaration mentions its own name: it must resolve too, where we count it as a reference.
      const isOurs = ours.has(node.start) && path.isBindingIdentifier();
      if (path.parent.type === 'JSXClosingElement') return;
      if (path.isReferencedIdentifier() || isAssigned(path) || isOurs) compare(node, path.scope);
    },
  });
  for (const [start, {node, binding}] of ours) {
    if (seen.has(start)) continue;
    comparison.disagreements.push({
      name: node['name'],
      line: node.loc.start.line,
      column: node.loc.start.column,
      ours: describe(binding?.identifier),
      theirs: 'no reference',
      why: '',
    });
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
  if (binding.identifier === theirs.identifier) return true;
  return (
    (binding.kind === 'var' || binding.kind === 'function') &&
    theirs.scope.block.body === binding.scope.node &&
    ['param', 'var', 'hoisted', 'local'].includes(theirs.kind)
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

function describe(identifier: Node | undefined | null): string {
  if (!identifier) return 'module';
  return `${identifier.loc.start.line}:${identifier.loc.start.column}`;
}
