import {isInlineServerFunction, isModuleOf} from './directives.ts';
import {functionOf, isFunction, type Node} from './syntaxTree.ts';
import type {SourceCode} from 'eslint';

/**
 * Tells which functions of a file callers reach as they stand: those with the directive, and those that a
 * `"use server"` module exports by ES syntax. One that is passed to a call, as in
 * `export const save = validated([Note], async (note) => …)`, is not among them.
 */
export function serverFunctionTest(program: Node, sourceCode: SourceCode): (fn: Node) => boolean {
  const exported = isModuleOf('use server', program)
    ? exportedFunctions(program, sourceCode)
    : new Set<Node>();
  return (fn) => exported.has(fn) || isInlineServerFunction(fn);
}

function exportedFunctions(program: Node, sourceCode: SourceCode): Set<Node> {
  const found = new Set<Node>();
  for (const statement of program['body'] as Node[]) {
    for (const expression of exportedExpressions(statement)) {
      const fn = functionOf(expression, sourceCode);
      if (fn) found.add(fn);
    }
  }
  return found;
}

function exportedExpressions({type, source, declaration, specifiers}: Node): Node[] {
  if (type === 'ExportDefaultDeclaration') return [declaration];
  if (type !== 'ExportNamedDeclaration' || source) return [];
  if (declaration === null) return (specifiers as Node[]).map(({local}) => local);
  if (isFunction(declaration)) return [declaration];
  if (declaration.type !== 'VariableDeclaration') return [];
  return (declaration.declarations as Node[]).flatMap(({init}) => init ?? []);
}
