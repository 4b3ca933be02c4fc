import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {LoadFnOutput, LoadHookContext, ModuleSource, ResolveHookContext} from 'node:module';
import {bridgeToCommonJS} from './commonjsBridge.ts';
import {compileModule} from './compile.ts';
import {explainLoadError} from './explainLoadError.ts';
import {mayHaveDirective} from '../transform/directiveText.ts';
import {isInPackages} from './packages.ts';
import {isOwnFile, isOwnSpecifier, ownParent} from './ownSpecifiers.ts';
import {readOriginal, withoutByteOrderMark} from './originalText.ts';
import type {Settings} from './settings.ts';
import {noteLoaded} from './staleModules.ts';

type Next<Context, Output> = (specifier: string, context?: Partial<Context>) => Output;

/** Resolves our own specifiers as from inside of this package, from wherever they are imported. */
export function resolveModule<Output>(
  specifier: string,
  context: ResolveHookContext,
  next: Next<ResolveHookContext, Output>,
): Output {
  return isOwnSpecifier(specifier)
    ? next(specifier, {...context, parentURL: ownParent})
    : next(specifier, context);
}

/**
 * Compiles what the next hook has loaded.
 *
 * @throws {UseServerCompileError} when the module has errors
 */
export function compileLoaded(
  loaded: LoadFnOutput,
  url: string,
  context: LoadHookContext,
  settings: Settings,
): LoadFnOutput {
  if (!url.startsWith('file:') || isOwnFile(url) || !isCode(loaded.format)) return loaded;
  const filename = fileOf(url);
  noteLoaded(filename);
  const text = textOf(loaded.source);
  if (isCommonJS(loaded.format) && !isRequired(context)) {
    const bridge = bridgeIfCompiled(text, filename, loaded.format, settings);
    if (bridge !== null) return {format: 'module', source: bridge, shortCircuit: true};
  }
  const format = isModule(loaded.format) ? 'module' : undefined;
  const code = text === null ? null : compileModule(text, filename, settings, format);
  return code === null ? loaded : {...loaded, source: code};
}

/** The error to throw when a module could not be loaded. */
export function explainFailedLoad(error: unknown, url: string): unknown {
  return url.startsWith('file:') ? explainLoadError(error, fileOf(url)) : error;
}

/** Only synchronous hooks see what is required, and then the context of Node has the conditions. */
function isRequired({conditions}: Partial<LoadHookContext>): boolean {
  return conditions?.includes('require') ?? false;
}

/**
 * CommonJS that is compiled on its way no longer shows what it exports, and Node may run it apart
 * from what is required. `require` lets us compile a module first, so an `import` is led there.
 *
 * @param text `null` when it is left to `require` already, or to a tool that is yet to come
 */
function bridgeIfCompiled(
  text: string | null,
  filename: string,
  format: LoadFnOutput['format'],
  settings: Settings,
): string | null {
  if (text === null ? isPlainCommonJS(filename) : !mayHaveDirective(text)) return null;
  const original = readOriginal(filename);
  if (original === null || !mayHaveDirective(original)) return null;
  if (format === 'commonjs' && original === text) return null;
  if (text === null && filename.endsWith('.js') && !ES_SYNTAX.test(original)) return null;
  return bridgeToCommonJS(original, filename, settings);
}

function isModule(format: LoadFnOutput['format']): boolean {
  return format === 'module' || format === 'module-typescript';
}

function isCommonJS(format: LoadFnOutput['format']): boolean {
  return format === 'commonjs' || format === 'commonjs-typescript';
}

/** What no tool compiles: Node itself finds the names of its exports. */
function isPlainCommonJS(filename: string): boolean {
  return filename.endsWith('.cjs') || isInPackages(filename);
}

const ES_SYNTAX = /^[ \t]*(?:import|export)\b/m;

const CODE_FORMATS: ReadonlySet<string | null | undefined> = new Set([
  'module',
  'commonjs',
  'module-typescript',
  'commonjs-typescript',
  'typescript',
  // Not decided yet: Node looks at the syntax.
  null,
  undefined,
]);

function isCode(format: string | null | undefined): boolean {
  return CODE_FORMATS.has(format);
}

const decoder = new TextDecoder(); // leaves a byte order mark out

/** Reads what Node and other hooks give as source, if they give one. */
function textOf(source: ModuleSource | null | undefined): string | null {
  if (source === null || source === undefined) return null;
  return typeof source === 'string' ? withoutByteOrderMark(source) : decoder.decode(source);
}

/** tsx puts the query of a CommonJS module into its path, to tell `a.cts?1` from `a.cts`. */
function fileOf(url: string): string {
  const path = fileURLToPath(url);
  const query = path.lastIndexOf('?');
  return query === -1 || existsSync(path) ? path : path.slice(0, query);
}
