import {analyseModule} from './analyse/analyseModule.ts';
import type {ModuleAnalysis} from './analyse/analysis.ts';
import {Diagnostics} from './diagnostics.ts';
import type {Node} from './ast.ts';
import {deepestNode, flattenLongExpressions, isStackOverflow} from './deepTrees.ts';
import {mayHaveDirective} from './directiveText.ts';
import {serverModule} from './generate/serverModule.ts';
import {clientStub, serverStub} from './generate/stubs.ts';
import {parseModule, TOO_DEEP, type ParsedModule, type SyntaxProblem} from './parse.ts';
import type {Target, TransformOptions, TransformResult} from './types.ts';

/**
 * Compiles one module for one graph. Pure: it reads no file and knows nothing of webpack or Node,
 * so a bundler takes it into a page as it is.
 *
 * @param source the module as its author wrote it: JavaScript or TypeScript, with or without JSX
 * @param options see {@link TransformOptions}
 * @returns `null` when the module holds no directive; otherwise its code in the same language, its
 *   references, and everything that is wrong with it, syntax errors included
 * @throws TypeError when `filename` or `root` is not an absolute path
 */
export function transform(source: string, options: TransformOptions): TransformResult | null {
  return transformForAll(source, options, [options.target])?.[0] ?? null;
}

/**
 * Compiles as {@link transform} does, for several graphs after one parse.
 *
 * @param source the module as its author wrote it
 * @param options those of {@link transform}, without `target`
 * @param targets the graphs to compile for
 * @returns a result for each of `targets`, in their order; `null` when the module holds no directive
 * @throws TypeError when `filename` or `root` is not an absolute path
 */
export function transformForAll(
  source: string,
  options: Omit<TransformOptions, 'target'>,
  targets: readonly Target[],
): TransformResult[] | null {
  if (!mayHaveDirective(source)) return null;
  const parsed = parseModule(source, nameOfSyntax(options), options);
  const results = targets.map((target) => compileFor(source, parsed, {...options, target}));
  return results.some((result) => result === null) ? null : (results as TransformResult[]);
}

/** Parse, analyse, generate. Only the analysis reports, and only generation makes text. */
function compileFor(
  source: string,
  result: ReturnType<typeof parseModule>,
  options: TransformOptions,
): TransformResult | null {
  if ('problems' in result) return syntaxErrors(source, result.problems);
  try {
    return compileModule(source, result.module, options);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
  }
  return compileDeepModule(source, result.module, options);
}

function compileModule(
  source: string,
  module: ParsedModule,
  options: TransformOptions,
): TransformResult | null {
  const diagnostics = new Diagnostics(source);
  const analysis = analyseModule(source, module, options, diagnostics);
  if (!analysis && diagnostics.list.length === 0) return null;
  return generate(source, analysis, diagnostics);
}

/** A tree that is too deep for the call stack is made less deep where that is possible. */
function compileDeepModule(
  source: string,
  module: ParsedModule,
  options: TransformOptions,
): TransformResult | null {
  const program = module.program as unknown as Node;
  flattenLongExpressions(program);
  try {
    return compileModule(source, module, options);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
  }
  const diagnostics = new Diagnostics(source);
  diagnostics.error('nested-too-deep', deepestNode(program), TOO_DEEP);
  return {...generate(source, null, diagnostics), diagnostics: diagnostics.sorted()};
}

/** Of a module with an error its text stays as it is, with the references that are known. */
function generate(
  source: string,
  analysis: ModuleAnalysis | null,
  diagnostics: Diagnostics,
): TransformResult {
  const result: TransformResult = {
    code: source,
    map: null,
    serverReferences: [],
    clientReferences: [],
    diagnostics: diagnostics.sorted(),
  };
  switch (analysis?.kind) {
    case 'untouched':
      result.clientReferences = analysis.clientReferences;
      break;
    case 'server stub':
      result.code = serverStub(analysis);
      result.serverReferences = analysis.references;
      break;
    case 'client stub':
      result.code = clientStub(analysis);
      result.clientReferences = analysis.references;
      break;
    case 'server module':
      if (!diagnostics.hasErrors) Object.assign(result, serverModule(analysis));
      result.serverReferences = analysis.serverReferences;
  }
  return result;
}

/** What another tool has compiled is JavaScript of either format, whatever the ending of the file says. */
function nameOfSyntax({
  filename,
  originalSource,
}: Pick<TransformOptions, 'filename' | 'originalSource'>): string {
  return originalSource === undefined ? filename : filename.replace(/\.[mc]?[jt]sx?$/, '.js');
}

function syntaxErrors(source: string, problems: readonly SyntaxProblem[]): TransformResult {
  const diagnostics = new Diagnostics(source);
  for (const {isTooDeep, message, position} of problems) {
    const where = {start: position, end: position};
    if (isTooDeep) diagnostics.error('nested-too-deep', where, message);
    else diagnostics.error('syntax-error', where, message);
  }
  return generate(source, null, diagnostics);
}
