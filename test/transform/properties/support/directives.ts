import babelTraverse, {type NodePath} from '@babel/traverse';
import type {Node} from '../../../../src/transform/ast.ts';
import {parseModule} from '../../../../src/transform/parse.ts';

// How the default export of CommonJS arrives differs between Node and Jest.
export const traverse: (ast: any, visitor: Record<string, (path: NodePath) => void>) => void =
  (babelTraverse as any).default?.default ?? (babelTraverse as any).default ?? babelTraverse;

/** The source with `'use server'` in one of its functions. */
export interface MarkedSource {
  source: string;
  /** Where the function stands in `source`. */
  start: number;
}

/**
 * Makes server functions of published code: of some functions, the same ones in each run, with the
 * directive and, where it is missing, `async`.
 */
export function* markFunctions(source: string, filename: string, most: number) {
  const parsed = parseModule(source, filename);
  if ('problems' in parsed) return;
  const found: Node[] = [];
  traverse(
    {type: 'File', program: parsed.module.program},
    {
      Function(path) {
        const node = path.node as unknown as Node;
        if (canBeMarked(node)) found.push(node);
      },
    },
  );
  const step = Math.max(1, found.length / most);
  for (let i = 0; i < found.length; i += step) yield mark(source, found[Math.floor(i)]!);
}

function canBeMarked({type, body, kind, generator, async: isAsync, ...node}: Node): boolean {
  if (body.type !== 'BlockStatement' || body.directives.length > 0) return false;
  if (type === 'ClassPrivateMethod' || (kind && kind !== 'method')) return false;
  if (type === 'ClassMethod' && (!node['static'] || node['computed'])) return false;
  return isAsync || !generator;
}

function mark(source: string, node: Node): MarkedSource {
  const {start} = node;
  // In a class `async` follows `static` and decorators.
  const at = node.type === 'ClassMethod' ? node['key'].start : start;
  const body = node['body'].start + 1;
  return {
    source: [
      source.slice(0, at),
      node['async'] ? '' : 'async ',
      source.slice(at, body),
      `'use server';`,
      source.slice(body),
    ].join(''),
    start,
  };
}
