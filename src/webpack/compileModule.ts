import {dirname, relative, resolve} from 'node:path';
import type {IdFormat} from '../references/ids.ts';
import {modulePath} from '../references/modulePath.ts';
import {isPlainClientModule} from '../transform/index.ts';
import type {
  Diagnostic,
  ModuleFormat,
  ParserPluginItem,
  Reference,
  SourceMap,
  Target,
  TransformResult,
} from '../transform/types.ts';
import {noDependencies, type Dependencies, type FileHost} from './findInWebpack.ts';
import {readStarExports} from './starExports.ts';
import type {TransformedFiles} from './transformedFiles.ts';

/** What the plugin knows of a module with a directive. Plain data: it goes through webpack's cache. */
export interface DirectiveModule {
  /** As in ids: relative to the root. */
  path: string;
  /** Absolute. */
  filename: string;
  serverReferences: Reference[];
  /** Says `"use client"`, and exports something. */
  isClientModule: boolean;
  diagnostics: Diagnostic[];
}

export interface CompileOptions {
  root: string;
  ids: IdFormat;
  idSecret: string | undefined;
  /** As in the plugin's options. */
  idPrefix: string | undefined;
  /** As in the plugin's options. */
  callServer: string | undefined;
  /** As in the plugin's options. */
  parserPlugins: readonly ParserPluginItem[];
  target: Target;
  /** Whether a report is made, which needs to know more of each server function. */
  details?: true | undefined;
  /** What the module is run as, where webpack or Node says so. */
  format?: ModuleFormat | undefined;
}

/** Those of a plugin's options that say how modules are compiled. */
export function compileOptionsOf({
  root,
  ids,
  idSecret,
  idPrefix,
  callServer,
  parserPlugins,
  details,
}: Omit<CompileOptions, 'target'>): Omit<CompileOptions, 'target'> {
  return {root, ids, idSecret, idPrefix, callServer, parserPlugins, details};
}

export interface CompiledModule {
  module: DirectiveModule;
  code: string;
  /** Only where asked for. */
  map: SourceMap | null;
  dependencies: Dependencies;
}

export interface CompileContext {
  files: TransformedFiles;
  isCodeNeeded: boolean;
  sourceMap?: boolean;
}

/**
 * Runs the transform on one file, with the names that its `export *` need.
 *
 * @param files remembers what it gave
 * @param isCodeNeeded whether the code is asked for, and not only for what the module is
 * @returns null when the module has no directive
 */
export async function compileModule(
  source: string,
  filename: string,
  options: CompileOptions,
  host: FileHost,
  {files, isCodeNeeded, sourceMap = false}: CompileContext,
): Promise<CompiledModule | null> {
  const hasStub = options.target === 'server' && isCodeNeeded;
  // The other graphs take it as it is, so what exactly it exports is of no interest.
  if (!hasStub && isPlainClientModule(source)) return plainClientModule(source, filename, options);
  const dependencies = noDependencies();
  const {format, parserPlugins} = options;
  const module = {filename, format, parserPlugins};
  const starExports = await readStarExports(source, module, host, dependencies);
  const result = files.transform(source, {
    filename,
    root: options.root,
    target: options.target,
    ids: options.ids,
    idSecret: options.idSecret,
    idPrefix: options.idPrefix,
    starExports,
    parserPlugins: options.parserPlugins,
    details: options.details,
    sourceMap,
    ...(format && {format}),
    ...(options.callServer && {
      callServer: specifierFrom(filename, options.root, options.callServer),
    }),
  });
  if (result === null) return null;
  return {
    module: describe(result, filename, options.root),
    code: result.code,
    map: result.map,
    dependencies,
  };
}

/** Whether the module must not be used. */
export function hasErrors(module: DirectiveModule): boolean {
  return module.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

function plainClientModule(
  source: string,
  filename: string,
  {root}: CompileOptions,
): CompiledModule {
  const path = modulePath(filename, root);
  return {
    module: {path, filename, serverReferences: [], isClientModule: true, diagnostics: []},
    code: source,
    map: null,
    dependencies: noDependencies(),
  };
}

function describe(result: TransformResult, filename: string, root: string): DirectiveModule {
  return {
    path: modulePath(filename, root),
    filename,
    serverReferences: result.serverReferences,
    isClientModule: result.clientReferences.length > 0,
    diagnostics: result.diagnostics,
  };
}

/**
 * A specifier as it must be written in `filename`. A path is written relative to that file and not
 * absolute, since source maps and development builds show it.
 */
function specifierFrom(filename: string, root: string, specifier: string): string {
  if (!/^\.\.?\//.test(specifier)) return specifier;
  const path = relative(dirname(filename), resolve(root, specifier)).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}
