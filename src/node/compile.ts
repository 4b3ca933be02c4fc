import {transform} from '../transform/index.ts';
import type {Diagnostic, TransformResult} from '../transform/types.ts';
import {formatDiagnostic, formatLocation, UseServerCompileError} from './compileError.ts';
import {isInPackages, mayHoldDirective, withoutMisplacedDirectives} from './directiveText.ts';
import {readOriginal} from './originalText.ts';
import type {Settings} from './settings.ts';
import {inlineSourceMapComment, takeSourceMap} from './sourceMapComment.ts';
import {readStarExports} from './starExports.ts';
import {unwrapTsx} from './tsxWrapper.ts';

/**
 * Written below everything that this file compiles, because Node shows a CommonJS module to the
 * `load` hook as well as to `Module.prototype._compile`, on two threads even.
 */
const MARK = '// compiled by use-server-webpack-plugin';

/**
 * Compiles one module as Node is about to run it.
 *
 * @param source the module's text: as its author wrote it, or as another tool compiled it
 * @param filename absolute path of the module
 * @returns what to run, with an inline source map, or `null` when the module has no directive
 * @throws {UseServerCompileError} with all errors of the module
 */
export function compileModule(source: string, filename: string, settings: Settings): string | null {
  if (!mayHoldDirective(source, filename) || source.includes(MARK)) return null;
  const original = readOriginal(filename);
  const compiled = original !== null && original !== source;
  const result = compiled
    ? compileAgain(source, original, filename, settings)
    : compileOriginal(source, filename, settings);
  return result && `${result.code}\n${MARK}\n${result.mapComment}`;
}

interface Compiled {
  code: string;
  mapComment: string;
}

function compileOriginal(source: string, filename: string, settings: Settings): Compiled | null {
  const {text, map} = takeSourceMap(source, filename);
  return finish(run(text, {filename, inputSourceMap: map}, settings), filename, settings);
}

/**
 * Another tool was first. What is wrong is told about the text that the author wrote, not about
 * the tool's output; only then is the latter compiled.
 */
function compileAgain(
  source: string,
  original: string,
  filename: string,
  settings: Settings,
): Compiled | null {
  const expected = run(
    takeSourceMap(original, filename).text,
    {filename, sourceMap: false},
    settings,
  );
  if (expected === null) return null;
  report(expected.diagnostics, filename, settings);

  const {text, map} = takeSourceMap(source, filename);
  const {body, rewrap} = unwrapTsx(text);
  const result = run(body, {filename, inputSourceMap: map, originalSource: original}, settings);
  assertSameReferences(expected, result, filename);
  const compiled = finish(result, filename, settings);
  return compiled && {...compiled, code: rewrap(compiled.code)};
}

interface RunOptions {
  filename: string;
  sourceMap?: boolean;
  inputSourceMap?: TransformResult['map'] | undefined;
  originalSource?: string;
}

function run(source: string, options: RunOptions, settings: Settings): TransformResult | null {
  const {filename} = options;
  const full = {
    ...settings,
    ...options,
    inputSourceMap: options.inputSourceMap ?? undefined,
    starExports: readStarExports(source, filename, settings),
  };
  const result = transform(source, full);
  if (result === null || !isInPackages(filename)) return result;
  const corrected = withoutMisplacedDirectives(source, result.diagnostics);
  return corrected === null ? result : transform(corrected, full);
}

function finish(
  result: TransformResult | null,
  filename: string,
  settings: Settings,
): Compiled | null {
  if (result === null) return null;
  report(result.diagnostics, filename, settings);
  return {
    code: result.code,
    mapComment: result.map ? inlineSourceMapComment(result.map, filename) : '',
  };
}

const warned = new Set<string>();

function report(diagnostics: readonly Diagnostic[], filename: string, {root}: Settings): void {
  const errors = diagnostics.filter(({severity}) => severity === 'error');
  if (errors.length > 0) throw new UseServerCompileError(filename, errors, root);
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

/** Ids must not depend on which tool compiled first; a difference would only show at a click. */
function assertSameReferences(
  expected: TransformResult,
  result: TransformResult | null,
  filename: string,
): void {
  const wanted = idsOf(expected);
  const got = result ? idsOf(result) : [];
  if (wanted.join('\n') === got.join('\n')) return;
  throw new Error(
    `${filename} was compiled by another tool before use-server-webpack-plugin saw it, and its server functions can no longer be recognised: expected [${wanted.join(', ')}], found [${got.join(', ')}]. Put "--import use-server-webpack-plugin/register" before the other tool.`,
  );
}

function idsOf({serverReferences, clientReferences}: TransformResult): string[] {
  return [...serverReferences, ...clientReferences].map(({id}) => id).sort();
}
