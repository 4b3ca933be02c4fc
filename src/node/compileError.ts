import {relative} from 'node:path';
import {diagnosticText} from '../transform/diagnostics.ts';
import type {Diagnostic} from '../transform/types.ts';

/** A module that cannot be compiled. The message holds everything that is wrong with it. */
export class UseServerCompileError extends Error {
  override readonly name = 'UseServerCompileError';
  readonly code = 'ERR_USE_SERVER_COMPILE';
  /** Absolute path of the module. */
  readonly filename: string;
  declare readonly diagnostics: readonly Diagnostic[];

  constructor(filename: string, diagnostics: readonly Diagnostic[], root: string) {
    const count = diagnostics.length === 1 ? 'one error' : `${diagnostics.length} errors`;
    super(
      [
        `Cannot load ${relative(root, filename) || filename}, it has ${count}:`,
        ...diagnostics.map((diagnostic) => formatDiagnostic(filename, diagnostic)),
      ].join('\n\n'),
    );
    this.filename = filename;
    // Node prints members that are enumerable, and the message has all of it.
    Object.defineProperty(this, 'diagnostics', {value: diagnostics});
    // The lines of the hooks would say nothing of the module.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** One diagnostic as text, its first line in the form that terminals and editors make a link of. */
export function formatDiagnostic(filename: string, diagnostic: Diagnostic): string {
  const {code, loc} = diagnostic;
  return `${formatLocation(filename, loc)} ${code}\n${diagnosticText(diagnostic)}`;
}

/** `file:line:column`, the column counted from one as editors do. */
export function formatLocation(filename: string, {start}: Diagnostic['loc']): string {
  return `${filename}:${start.line}:${start.column + 1}`;
}
