import type {ParserOptions, ParserPlugin} from '@babel/parser';
import type * as t from '@babel/types';
import {isStackOverflow} from './deepTrees.ts';
import {packages} from '#packages';
import {forEachChild, isFunction, type Node} from './ast.ts';
import type {ModuleFormat, ParserPluginItem, Position, TransformOptions} from './types.ts';

/** A syntax error as the parser reports it. */
export interface SyntaxProblem {
  /** The call stack was too small for the parser. */
  isTooDeep?: boolean;
  message: string;
  position: Position;
}

export interface ParsedModule {
  program: t.Program;
  /** False when the file is CommonJS or a script. */
  isModule: boolean;
  isTypeScript: boolean;
}

/** What decides besides text and file name how a module is read; see {@link TransformOptions}. */
export type ParseOptions = Partial<Pick<TransformOptions, 'format' | 'parserPlugins'>>;

type ParseResult = {module: ParsedModule} | {problems: SyntaxProblem[]};

const TYPESCRIPT = /\.[mc]?tsx?$/;
const TYPESCRIPT_WITHOUT_JSX = /\.[mc]ts$|\.ts$/;
const FLOW_PRAGMA = /@flow\b/;

const COMMON_PLUGINS: readonly ParserPluginItem[] = [
  'decorators-legacy',
  'decoratorAutoAccessors',
  'explicitResourceManagement',
  'importAttributes',
  'deprecatedImportAssert',
  'sourcePhaseImports',
  'deferredImportEvaluation',
];

const FLOW_PLUGINS: readonly ParserPluginItem[] = [['flow', {all: true}], 'flowComments'];

/**
 * Parses a module as its author wrote it; the ending of the file name decides between JavaScript
 * and TypeScript, with JSX in all but `.ts`, `.mts` and `.cts`. What cannot be parsed so is tried with
 * decorators behind `export`, and as Flow.
 *
 * @param options `format`: what the host runs it as; without one the file name decides, or the text
 * @returns the module, or every syntax error that the parser could find in one go
 */
export function parseModule(
  source: string,
  filename: string,
  {format = formatOfEnding(filename), parserPlugins = []}: ParseOptions = {},
): ParseResult {
  const isTypeScript = TYPESCRIPT.test(filename);
  const isFlow = !isTypeScript && FLOW_PRAGMA.test(source);
  let problems: SyntaxProblem[] = [];
  for (const more of syntaxes(source, isTypeScript)) {
    const result = tryParse(source, pluginList(filename, more, parserPlugins), format);
    if ('module' in result) return {module: {...result.module, isTypeScript}};
    if ('overflow' in result) return {problems: [tooDeep(source, result.overflow)]};
    // What is wrong is said in terms of the syntax that the file is most likely written in.
    if (problems.length === 0 || (isFlow && more === FLOW_PLUGINS)) problems = result.problems;
  }
  return {problems};
}

function formatOfEnding(filename: string): ModuleFormat | undefined {
  if (/\.m[jt]s$/.test(filename)) return 'module';
  return /\.c[jt]s$/.test(filename) ? 'commonjs' : undefined;
}

/** Sets of plugins to try, until one of them reads the file: mostly the first. */
function* syntaxes(source: string, isTypeScript: boolean): Generator<readonly ParserPluginItem[]> {
  const hasDecorator = source.includes('@');
  yield [];
  if (hasDecorator) yield ['decorators'];
  if (isTypeScript) return;
  yield FLOW_PLUGINS;
  if (hasDecorator) yield [...FLOW_PLUGINS, 'decorators'];
}

/** Plugins that exclude each other: the later one counts. */
const RIVALS: Readonly<Record<string, string>> = {
  decorators: 'decorators-legacy',
  'decorators-legacy': 'decorators',
  flow: 'typescript',
  typescript: 'flow',
};

function pluginList(
  filename: string,
  more: readonly ParserPluginItem[],
  parserPlugins: readonly ParserPluginItem[],
): ParserPlugin[] {
  const plugins = new Map<string, ParserPluginItem>();
  for (const plugin of [...COMMON_PLUGINS, ...parserPlugins, ...typesAndJsx(filename), ...more]) {
    const name = typeof plugin === 'string' ? plugin : plugin[0];
    plugins.delete(RIVALS[name] ?? '');
    plugins.set(name, plugin);
  }
  return [...plugins.values()] as ParserPlugin[];
}

function typesAndJsx(filename: string): string[] {
  if (!TYPESCRIPT.test(filename)) return ['jsx'];
  return TYPESCRIPT_WITHOUT_JSX.test(filename) ? ['typescript'] : ['typescript', 'jsx'];
}

/** Restrictions on decorators that another compiler of the app may not have. */
const OTHER_COMPILERS: ReadonlySet<string> = new Set([
  'DecoratorsBeforeAfterExport',
  'UnsupportedParameterDecorator',
  'UnsupportedPropertyDecorator',
]);

function tryParse(
  source: string,
  plugins: ParserPlugin[],
  format: ModuleFormat | undefined,
): ParseResult | {overflow: ParserOptions} {
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
    const errors = file.errors?.filter(({reasonCode}) => !OTHER_COMPILERS.has(reasonCode)) ?? [];
    if (errors.length > 0) return {problems: errors.map(toProblem)};
    const {program} = file;
    const isModule = program.sourceType === 'module';
    if (!isModule && format === undefined && waitsAtTopLevel(source, program as unknown as Node)) {
      return tryParse(source, plugins, 'module');
    }
    return {module: {program, isModule, isTypeScript: false}};
  } catch (error) {
    return isStackOverflow(error) ? {overflow: options} : {problems: [toProblem(error)]};
  }
}

/** Only a module can: where hosts detect the format of a file, this is one of the signs. */
function waitsAtTopLevel(source: string, program: Node): boolean {
  return source.includes('await') && hasAwait(program);
}

function hasAwait(program: Node): boolean {
  const waiting = [program];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (isAwait(node)) return true;
    forEachChild(node, (child) => {
      if (!isFunction(child)) waiting.push(child);
    });
  }
  return false;
}

function isAwait({type, kind, await: isAsync}: Node): boolean {
  if (type === 'VariableDeclaration') return kind === 'await using';
  return type === 'AwaitExpression' || isAsync === true;
}

export const TOO_DEEP =
  'The code is nested too deep to be read: the call stack is too small for it. Take the expression apart: put parts of it into variables, join a list of texts with join(), or turn a long chain of conditions into a "switch" or a table.';

/** The parser does not tell where it was; it is the shortest beginning of the text for which it fails too. */
function tooDeep(source: string, options: ParserOptions): SyntaxProblem {
  let low = 0;
  let high = source.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (overflows(source.slice(0, middle), options)) high = middle;
    else low = middle + 1;
  }
  const lines = source.slice(0, low).split('\n');
  const position = {line: lines.length, column: Math.max(0, lines.at(-1)!.length - 1)};
  return {isTooDeep: true, message: TOO_DEEP, position};
}

function overflows(source: string, options: ParserOptions): boolean {
  try {
    packages.parser().parse(source, options);
    return false;
  } catch (error) {
    return isStackOverflow(error);
  }
}

/** Babel appends it, but the frame shows it already. */
const PLACE = / ?\(\d+:\d+\)$/;
const START: Position = {line: 1, column: 0};

function toProblem(error: unknown): SyntaxProblem {
  const {message, loc} = error as {message: string; loc?: Position};
  // Only plugins that exclude each other make an error without a place.
  if (!loc) return {message: `The option "parserPlugins": ${message}`, position: START};
  const hint = /enabling .*parser plugin/.test(message)
    ? ' Name it in the option "parserPlugins".'
    : '';
  return {
    message: `${message.replace(PLACE, '')}${hint}`,
    position: {line: loc.line, column: loc.column},
  };
}
