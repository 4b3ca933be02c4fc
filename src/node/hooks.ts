import {fileURLToPath} from 'node:url';
import type {LoadFnOutput, LoadHookContext, ModuleSource, ResolveHookContext} from 'node:module';
import {readFileSync} from 'node:fs';
import {compileModule} from './compile.ts';
import {isOwnFile, isOwnSpecifier, ownParent} from './ownSpecifiers.ts';
import type {Settings} from './settings.ts';

type Next<Context, Output> = (specifier: string, context?: Partial<Context>) => Output;

/** Resolves our own specifiers as from inside of this package, whoever imports them. */
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
  const filename = fileURLToPath(url);
  if (loaded.source === null || loaded.source === undefined) {
    return isForTsx(filename, context) ? loadForTsx(loaded, filename, settings) : loaded;
  }
  const code = compileModule(textOf(loaded.source), filename, settings);
  return code === null ? loaded : {...loaded, source: code};
}

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

const decoder = new TextDecoder();

/** Reads what Node and other hooks give as source; a byte order mark is no part of it. */
function textOf(source: ModuleSource): string {
  return typeof source === 'string' ? source : decoder.decode(source);
}

/**
 * Node leaves the source of CommonJS to `require`, where `Module.prototype._compile` sees it. Not
 * so with a `.cts` file that tsx, registered after us in another thread, calls CommonJS: it then
 * reads the file itself and runs the result past `_compile`.
 */
function isForTsx(filename: string, context: LoadHookContext): boolean {
  return filename.endsWith('.cts') && context.format === 'commonjs';
}

/** tsx compiles what we hand it if that is called TypeScript and comes from no URL. */
function loadForTsx(loaded: LoadFnOutput, filename: string, settings: Settings): LoadFnOutput {
  const code = compileModule(readFileSync(filename, 'utf8'), filename, settings);
  return code === null ? loaded : {format: 'commonjs-typescript', source: code, shortCircuit: true};
}
