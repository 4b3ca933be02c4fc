import type {Node} from './syntaxTree.ts';

export type Directive = 'use server' | 'use client';

/** Whether the module says it before all other statements. A file of another language is no module. */
export function isModuleOf(directive: Directive, program: Node): boolean {
  return program.type === 'Program' && hasDirective(program['body'], directive);
}

/** Whether a function says `"use server"` itself. */
export function isInlineServerFunction(fn: Node): boolean {
  return fn['body'].type === 'BlockStatement' && hasDirective(fn['body'].body, 'use server');
}

function hasDirective(statements: Node[], directive: Directive): boolean {
  for (const statement of statements) {
    if (typeof statement['directive'] !== 'string') return false;
    if (statement['directive'] === directive) return true;
  }
  return false;
}
