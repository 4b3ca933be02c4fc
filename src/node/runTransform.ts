import {transform} from '../transform/index.ts';
import type {Diagnostic, ModuleFormat, SourceMap, TransformResult} from '../transform/types.ts';
import {formatDiagnostic, formatLocation, UseServerCompileError} from './compileError.ts';
import type {Settings} from './settings.ts';
import {readStarExports} from './starExports.ts';

export interface RunOptions {
  /** Absolute path of the module. */
  filename: string;
  /** What Node runs the text as, where that is known. */
  format?: ModuleFormat | undefined;
  /** @default true */
  sourceMap?: boolean;
  /** Source map of the text, when a tool made it. */
  inputSourceMap?: SourceMap | undefined;
  /** What the author wrote, when a tool made the text. */
  originalSource?: string;
}

/**
 * Runs the transform with what it cannot find out itself: the names behind `export *`.
 *
 * @throws {UseServerCompileError} with all errors of the module
 */
export function runTransform(
  source: string,
  options: RunOptions,
  settings: Settings,
): TransformResult | null {
  const {filename, format, originalSource} = options;
  const {parserPlugins} = settings;
  const starExports = new Map([
    ...readStarExports(source, filename, {format, parserPlugins}),
    // A tool that makes CommonJS of a module leaves no "export *" in it.
    ...(originalSource === undefined
      ? []
      : readStarExports(originalSource, filename, {parserPlugins})),
  ]);
  const result = transform(source, {...settings, ...options, starExports});
  const errors = (result?.diagnostics ?? []).filter(({severity}) => severity === 'error');
  if (errors.length > 0) throw new UseServerCompileError(filename, errors, settings.root);
  return result;
}

const warned = new Set<string>();

/** Shows warnings, once for each place. */
export function emitWarnings({diagnostics}: {diagnostics: Diagnostic[]}, filename: string): void {
  for (const diagnostic of diagnostics) {
    const key = `${formatLocation(filename, diagnostic.loc)} ${diagnostic.code}`;
    if (warned.has(key)) continue;
    warned.add(key);
    process.emitWarning(formatDiagnostic(filename, diagnostic), {
      type: 'UseServerWarning',
      code: diagnostic.code,
    });
  }
}
