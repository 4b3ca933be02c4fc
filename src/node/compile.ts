import {findFormat} from '../resolution/moduleFormat.ts';
import type {ModuleFormat, TransformResult} from '../transform/types.ts';
import {mayHaveDirective} from '../transform/directiveText.ts';
import {findSync} from './findSync.ts';
import {readOriginal} from './originalText.ts';
import {emitWarnings, runTransform, type RunOptions} from './runTransform.ts';
import type {Settings} from './settings.ts';
import {inlineSourceMapComment, takeSourceMap} from './sourceMapComment.ts';

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
 * @param format what Node runs the text as, where it says so
 * @returns what to run, with an inline source map, or `null` when the module has no directive
 * @throws {UseServerCompileError} with all errors of the module
 */
export function compileModule(
  source: string,
  filename: string,
  settings: Settings,
  format?: ModuleFormat,
): string | null {
  if (!mayHaveDirective(source) || source.includes(MARK)) return null;
  const original = readOriginal(filename);
  const result =
    original === null || original === source
      ? compileOriginal(source, {filename, format: format ?? formatOf(filename)}, settings)
      : compileAgain(source, original, {filename, format}, settings);
  if (result === null) return null;
  const comment = result.map ? inlineSourceMapComment(result.map, filename) : '';
  return `${result.code}\n${MARK}\n${comment}`;
}

function formatOf(filename: string): ModuleFormat | undefined {
  return findSync(findFormat(filename));
}

type Loaded = Pick<RunOptions, 'filename' | 'format'>;

function compileOriginal(
  source: string,
  loaded: Loaded,
  settings: Settings,
): TransformResult | null {
  const {filename} = loaded;
  const {text, map} = takeSourceMap(source, filename);
  const result = runTransform(text, {...loaded, inputSourceMap: map}, settings);
  if (result !== null) emitWarnings(result, filename);
  return result;
}

/**
 * Another tool was first. What is wrong is told about the text that the author wrote, not about
 * the tool's output; only then is the latter compiled.
 */
function compileAgain(
  source: string,
  originalSource: string,
  loaded: Loaded,
  settings: Settings,
): TransformResult | null {
  const {filename} = loaded;
  const original = takeSourceMap(originalSource, filename).text;
  const written = {filename, format: formatOf(filename), sourceMap: false};
  const expected = runTransform(original, written, settings);
  if (expected === null) return null;
  emitWarnings(expected, filename);
  const {text, map} = takeSourceMap(source, filename);
  const result = runTransform(text, {...loaded, inputSourceMap: map, originalSource}, settings);
  assertSameReferences(expected, result, filename);
  return result;
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
