import type {ParserOptions, ParserPlugin} from '@babel/parser';
import type * as t from '@babel/types';
import {packages} from './packages.ts';
import {forEachChild, isFunction, type Node} from './ast.ts';
import type {ModuleFormat, Position} from './types.ts';

/** A syntax error as the parser reports it. */
export interface SyntaxProblem {
  message: string;
  position: Position;
}

export interface ParsedModule {
  program: t.Program;
  /** False when the file is CommonJS or a script. */
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
 * @param format what the host runs it as; without one the file name decides, or the text
 * @returns the module, or every syntax error that the parser could find in one go
 */
export function parseModule(
  source: string,
  filename: string,
  format: ModuleFormat | undefined = formatOfEnding(filename),
): {module: ParsedModule} | {problems: SyntaxProblem[]} {
  const result = tryParse(source, pluginsFor(filename), format);
  if ('problems' in result && !TYPESCRIPT.test(filename) && FLOW_PRAGMA.test(source)) {
    const plugins: ParserPlugin[] = [
      ...COMMON_PLUGINS,
      'jsx',
      ['flow', {all: true}],
      'flowComments',
    ];
    return tryParse(source, plugins, format);
  }
  if ('module' in result) result.module.isTypeScript = TYPESCRIPT.test(filename);
  return result;
}

function formatOfEnding(filename: string): ModuleFormat | undefined {
  if (/\.m[jt]s$/.test(filename)) return 'module';
  return /\.c[jt]s$/.test(filename) ? 'commonjs' : undefined;
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
  format: ModuleFormat | undefined,
): {module: ParsedModule} | {problems: SyntaxProblem[]} {
  const options: ParserOptions = {
    // Where the host does not say it, the text tells whether a file is a module.
    sourceType: format === 'module' ? 'module' : 'unambiguous',
    allowReturnOutsideFunction: format !== 'module',
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
    const {program} = file;
    const isModule = program.sourceType === 'module';
    if (!isModule && format === undefined && waitsAtTopLevel(source, program as unknown as Node)) {
      return tryParse(source, plugins, 'module');
    }
    return {module: {program, isModule, isTypeScript: false}};
  } catch (error) {
    return {problems: [toProblem(error)]};
  }
}

/** Only a module can: where hosts detect the format of a file, this is one of the signs. */
function waitsAtTopLevel(source: string, program: Node): boolean {
  return source.includes('await') && hasAwait(program);
}

function hasAwait(node: Node): boolean {
  if (node.type === 'AwaitExpression' || node['await'] === true) return true;
  if (node.type === 'VariableDeclaration' && node['kind'] === 'await using') return true;
  let isFound = false;
  forEachChild(node, (child) => {
    isFound ||= !isFunction(child) && hasAwait(child);
  });
  return isFound;
}

function toProblem(error: unknown): SyntaxProblem {
  const {message, loc} = error as {message: string; loc?: Position};
  return {
    // Babel appends " (line:column)", which the frame already shows.
    message: message.replace(/ ?\(\d+:\d+\)$/, ''),
    position: loc ? {line: loc.line, column: loc.column} : {line: 1, column: 0},
  };
}
