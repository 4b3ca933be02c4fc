import type {ParserOptions, ParserPlugin} from '@babel/parser';
import type * as t from '@babel/types';
import {packages} from './packages.ts';
import type {Position} from './types.ts';

/** A syntax error as the parser reports it. */
export interface SyntaxProblem {
  message: string;
  position: Position;
}

export interface ParsedModule {
  program: t.Program;
  /** False when the file is CommonJS or a script: it has neither `import` nor `export`. */
  isModule: boolean;
  isTypeScript: boolean;
}

const TYPESCRIPT = /\.[mc]?tsx?$/;
const TYPESCRIPT_WITHOUT_JSX = /\.[mc]ts$|\.ts$/;
const FLOW_PRAGMA = /@flow\b/;

const COMMON_PLUGINS: ParserPlugin[] = [
  'decorators-legacy',
  'decoratorAutoAccessors',
  'explicitResourceManagement',
  'importAttributes',
  'sourcePhaseImports',
  'deferredImportEvaluation',
] as ParserPlugin[];

/**
 * Parses a module as its author wrote it; the ending of the file name decides between JavaScript
 * and TypeScript, with JSX in all but `.ts`, `.mts` and `.cts`.
 *
 * @returns the module, or every syntax error that the parser could find in one go
 */
export function parseModule(
  source: string,
  filename: string,
): {module: ParsedModule} | {problems: SyntaxProblem[]} {
  const result = tryParse(source, pluginsFor(filename));
  if ('problems' in result && !TYPESCRIPT.test(filename) && FLOW_PRAGMA.test(source)) {
    return tryParse(source, [...COMMON_PLUGINS, 'jsx', ['flow', {all: true}], 'flowComments']);
  }
  if ('module' in result) result.module.isTypeScript = TYPESCRIPT.test(filename);
  return result;
}

function pluginsFor(filename: string): ParserPlugin[] {
  if (!TYPESCRIPT.test(filename)) return [...COMMON_PLUGINS, 'jsx'];
  return TYPESCRIPT_WITHOUT_JSX.test(filename)
    ? [...COMMON_PLUGINS, 'typescript']
    : [...COMMON_PLUGINS, 'typescript', 'jsx'];
}

function tryParse(
  source: string,
  plugins: ParserPlugin[],
): {module: ParsedModule} | {problems: SyntaxProblem[]} {
  const options: ParserOptions = {
    // Whether a file is a module follows from its text, so that `.js` works as ESM and CommonJS.
    sourceType: 'unambiguous',
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    allowUndeclaredExports: true,
    // Every syntax error of the file is reported at once.
    errorRecovery: true,
    attachComment: false,
    plugins,
  };
  const {parse} = packages.parser();
  try {
    let file = parse(source, options);
    // Babel tries a module first; what is wrong in one may be right in a sloppy script.
    if (file.errors?.length && file.program.sourceType === 'script') {
      file = parse(source, {...options, sourceType: 'script'});
    }
    if (file.errors?.length) return {problems: file.errors.map(toProblem)};
    const isModule = file.program.sourceType === 'module';
    return {module: {program: file.program, isModule, isTypeScript: false}};
  } catch (error) {
    return {problems: [toProblem(error)]};
  }
}

function toProblem(error: unknown): SyntaxProblem {
  const {message, loc} = error as {message: string; loc?: Position};
  return {
    // Babel appends " (line:column)", which the frame already shows.
    message: message.replace(/ ?\(\d+:\d+\)$/, ''),
    position: loc ? {line: loc.line, column: loc.column} : {line: 1, column: 0},
  };
}
