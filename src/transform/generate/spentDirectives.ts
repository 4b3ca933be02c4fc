import type {Node} from '../ast.ts';
import type {ModuleOutput} from './moduleOutput.ts';

/**
 * Takes every `"use server"` out of a module or the body of a function: each of them, since what comes
 * out must not be compiled again.
 *
 * @param holder the program or the block that begins with the directives
 */
export function removeDirectives({edits}: ModuleOutput, holder: Node): void {
  const directives = holder['directives'] as Node[];
  const kept = directives.filter((directive) => !isSpent(directive));
  for (const directive of directives) {
    if (isSpent(directive)) edits.replace(directive.start, directive.end, []);
  }
  // `'use strict'⏎'use server';(run)()`: without a semicolon the first would be called.
  const last = directives.at(-1)!;
  if (kept.length > 0 && isSpent(last)) edits.endStatement(last.end);
}

function isSpent({value}: Node): boolean {
  return value.value === 'use server';
}
