import {modulePath} from '../references/ids.ts';
import {unwrapExpression, type Node} from './ast.ts';
import {Diagnostics} from './diagnostics.ts';
import {findDirectives, type Directives, type InlineFunction} from './directives.ts';
import {mayHaveDirective} from './directiveText.ts';
import {collectExports, type ModuleExports} from './exports.ts';
import {checkGuardedFunctions} from './guardedFunctions.ts';
import {findHandOuts} from './handOuts.ts';
import {compileInlineFunctions} from './inlineFunctions.ts';
import {bodyStart, RuntimeImports, type ModuleInProgress} from './module.ts';
import {nameInlineFunctions, UnusedNames, type InlineNames} from './names.ts';
import {EditedSource, generate} from './output.ts';
import {parseModule, type ParsedModule, type SyntaxProblem} from './parse.ts';
import {checkExport, compileServerModule} from './serverModule.ts';
import {clientReferences, createClientStub, createServerStub} from './stubs.ts';
import type {Target, TransformOptions, TransformResult} from './types.ts';

export {isPlainClientModule, mayHaveDirective} from './directiveText.ts';
export {exportedNames, starExportSpecifiers, type ExportedNames} from './exportNames.ts';
export type {
  Diagnostic,
  Location,
  Position,
  Reference,
  SourceMap,
  Target,
  TransformOptions,
  TransformResult,
} from './types.ts';

/**
 * Compiles one module for one graph. Pure: it reads no file and knows nothing of webpack or Node.
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
 * As {@link transform}, for several graphs after one parse.
 *
 * @returns a result for each of `targets`, in their order
 */
export function transformForAll(
  source: string,
  options: Omit<TransformOptions, 'target'>,
  targets: readonly Target[],
): TransformResult[] | null {
  if (!mayHaveDirective(source)) return null;
  const parsed = parseModule(source, nameOfSyntax(options));
  const results = targets.map((target) => compileFor(source, parsed, {...options, target}));
  return results.some((result) => result === null) ? null : (results as TransformResult[]);
}

function compileFor(
  source: string,
  result: ReturnType<typeof parseModule>,
  options: TransformOptions,
): TransformResult | null {
  const diagnostics = new Diagnostics(source);
  if ('problems' in result) return syntaxErrors(source, result.problems, diagnostics);
  const directives = findDirectives(result.module, source, diagnostics);
  if (isInPackage(options.filename)) diagnostics.drop(NEAR_MISSES);
  if (!directives.module && directives.inlineFunctions.length === 0) {
    return diagnostics.list.length === 0 ? null : unchanged(source, diagnostics);
  }
  return options.target === 'server'
    ? compileForServer(source, result.module, directives, options, diagnostics)
    : compileForClient(source, result.module, directives, options, diagnostics);
}

/**
 * Bundlers of libraries leave the directives of inner modules in the middle of a file, where they have
 * no effect. The author of an application cannot mend that, so in a package it is no error.
 */
const NEAR_MISSES: ReadonlySet<string> = new Set(['misplaced-directive', 'misspelt-directive']);

function isInPackage(filename: string): boolean {
  return /[\\/]node_modules[\\/]/.test(filename);
}

/** What another tool has compiled is JavaScript, whatever the ending of the file says. */
function nameOfSyntax({
  filename,
  originalSource,
}: Pick<TransformOptions, 'filename' | 'originalSource'>): string {
  return originalSource === undefined ? filename : filename.replace(/\.([mc]?)tsx?$/, '.$1js');
}

function compileForClient(
  source: string,
  parsed: ParsedModule,
  {module, inlineFunctions}: Directives,
  options: TransformOptions,
  diagnostics: Diagnostics,
): TransformResult {
  const exports = exportsOf(parsed, options);
  if (module?.kind === 'use server') {
    const exported = exportedValues(exports);
    const inline = inlineFunctions.filter(({node}) => !exported.has(node));
    checkGuardedFunctions(parsed, inline, exports, diagnostics);
    return serverStub(source, parsed, exports, options, diagnostics);
  }
  refuseInlineFunctions(inlineFunctions, module?.kind === 'use client', diagnostics);
  const references = module ? clientReferences(exports, options) : [];
  return {...unchanged(source, diagnostics), clientReferences: references};
}

function serverStub(
  source: string,
  parsed: ParsedModule,
  exports: ModuleExports,
  options: TransformOptions,
  diagnostics: Diagnostics,
): TransformResult {
  const checked = moduleInProgress(source, parsed, options, diagnostics);
  for (const item of exports.named) checkExport(checked, item);
  checkCommonJsExports(parsed, exports, diagnostics);
  const stub = createServerStub(exports, parsed.isModule, options, diagnostics);
  return {
    code: stub.code,
    map: null,
    serverReferences: stub.references,
    clientReferences: [],
    diagnostics: diagnostics.sorted(),
  };
}

function compileForServer(
  source: string,
  parsed: ParsedModule,
  {module: directive, inlineFunctions}: Directives,
  options: TransformOptions,
  diagnostics: Diagnostics,
): TransformResult {
  const exports = exportsOf(parsed, options);
  if (directive?.kind === 'use client') {
    refuseInlineFunctions(inlineFunctions, true, diagnostics);
    const stub = createClientStub(exports, parsed.isModule, options, diagnostics);
    return {
      code: stub.code,
      map: null,
      serverReferences: [],
      clientReferences: stub.references,
      diagnostics: diagnostics.sorted(),
    };
  }
  const module = moduleInProgress(source, parsed, options, diagnostics);
  const names = namesOf(inlineFunctions, options, module.names);
  let inline = inlineFunctions;
  if (directive) {
    checkCommonJsExports(parsed, exports, diagnostics);
    module.edits.replace(directive.node.start, directive.node.end, []);
    inline = removeExported(module, inlineFunctions, exports);
    compileServerModule(module, exports);
    noteHandOuts(module, exports);
  }
  compileInlineFunctions(
    module,
    inline,
    inline.map((fn) => names.get(fn)!),
  );
  checkGuardedFunctions(parsed, inline, directive && exports, diagnostics);
  return finish(module);
}

/** So that a bundler which leaves out what nothing uses knows what is used inside the module. */
function noteHandOuts({parsed, serverReferences}: ModuleInProgress, exports: ModuleExports): void {
  const {atLoad, byExport} = findHandOuts(parsed, exports);
  for (const reference of serverReferences) {
    const handed = [...(byExport.get(reference.exportName) ?? [])];
    if (handed.length > 0) reference.handsOut = handed.sort();
    if (atLoad.has(reference.exportName)) reference.isHandedOut = true;
  }
}

function moduleInProgress(
  source: string,
  parsed: ParsedModule,
  options: TransformOptions,
  diagnostics: Diagnostics,
): ModuleInProgress {
  const names = new UnusedNames(source);
  return {
    source,
    parsed,
    options,
    path: modulePath(options.filename, options.root),
    diagnostics,
    edits: new EditedSource(),
    runtime: new RuntimeImports('use-server-webpack-plugin/server', names),
    prelude: [],
    epilogue: [],
    serverReferences: [],
    names,
  };
}

/**
 * The exports of the module. CommonJS that a compiler made of ESM assigns them in ways of its own;
 * what its author wrote says which there are.
 */
function exportsOf(
  parsed: ParsedModule,
  {originalSource, filename}: TransformOptions,
): ModuleExports {
  if (parsed.isModule || originalSource === undefined) return collectExports(parsed);
  const original = parseModule(originalSource, filename);
  return 'module' in original ? collectExports(original.module) : collectExports(parsed);
}

/** Joins prelude, source and epilogue. */
function finish(module: ModuleInProgress): TransformResult {
  const {source, parsed, options, diagnostics, edits, runtime, prelude, epilogue} = module;
  const done = {
    serverReferences: module.serverReferences,
    clientReferences: [],
    diagnostics: diagnostics.sorted(),
  };
  if (diagnostics.hasErrors) return {code: source, map: null, ...done};
  const start = bodyStart(module);
  const imports = runtime.statement(parsed.isModule);
  const hasDirective = parsed.program.directives.length > 0;
  const pieces = [
    ...edits.before(start),
    // The semicolon ends a directive that has none of its own.
    {text: hasDirective ? `;${imports}` : imports},
    ...prelude,
    ...edits.whole(start, source.length),
    ...epilogue,
  ];
  const {code, map} = generate(pieces, {
    source,
    filename: options.filename,
    sourceMap: options.sourceMap !== false,
    inputSourceMap: options.inputSourceMap,
  });
  return {code, map, ...done};
}

/**
 * Names follow the text that the author wrote. When another tool has compiled the module first,
 * its functions are still the same ones in the same order.
 */
function namesOf(
  functions: readonly InlineFunction[],
  {originalSource, filename}: TransformOptions,
  unused: UnusedNames,
): Map<InlineFunction, InlineNames> {
  const names = nameInlineFunctions(functions, unused);
  const original = originalSource === undefined ? null : originalNames(originalSource, filename);
  const isSame = original?.length === names.length;
  return new Map(
    functions.map((fn, i) => [
      fn,
      isSame ? {...names[i]!, exportName: original[i]!.exportName} : names[i]!,
    ]),
  );
}

function originalNames(source: string, filename: string): InlineNames[] | null {
  const result = parseModule(source, filename);
  if ('problems' in result) return null;
  const {inlineFunctions} = findDirectives(result.module, source, new Diagnostics(source));
  return nameInlineFunctions(inlineFunctions, new UnusedNames(source));
}

/** In a `"use server"` module an exported function needs no directive of its own; one is ignored. */
function removeExported(
  {edits}: ModuleInProgress,
  functions: readonly InlineFunction[],
  exports: ModuleExports,
): InlineFunction[] {
  const exported = exportedValues(exports);
  return functions.filter(({node, directive}) => {
    if (!exported.has(node)) return true;
    edits.replace(directive.start, directive.end, []);
    return false;
  });
}

function exportedValues({named}: ModuleExports): Set<Node> {
  const exported = new Set<Node>();
  for (const item of named) {
    const value = item.kind === 'local' ? item.declaration?.value : 'value' in item && item.value;
    if (value) exported.add(unwrapExpression(value));
  }
  return exported;
}

function refuseInlineFunctions(
  functions: readonly InlineFunction[],
  isClientModule: boolean,
  diagnostics: Diagnostics,
): void {
  for (const {directive} of functions) {
    diagnostics.error(
      'server-function-in-client-module',
      directive,
      isClientModule
        ? 'A "use client" module cannot define server functions: its code runs in the browser. Move the function to a module with "use server" at its top and import it, or pass it as a prop from a Server Component.'
        : 'This module defines a server function inline, but it is imported by code that runs in the browser. Move the function to a module with "use server" at its top, or keep the module out of client code.',
    );
  }
}

/** `module.exports` has no meaning in a module that is parsed as ESM, and would give no reference. */
function checkCommonJsExports(
  {program, isModule}: ParsedModule,
  {named}: ModuleExports,
  diagnostics: Diagnostics,
): void {
  if (!isModule || named.length > 0) return;
  const asCommonJs = collectExports({program, isModule: false, isTypeScript: false});
  for (const {node} of asCommonJs.named) {
    diagnostics.error(
      'commonjs-exports',
      node,
      'This "use server" module uses import, so "module.exports" exports nothing. Write "export" instead, or use require() throughout.',
    );
  }
}

function syntaxErrors(
  source: string,
  problems: readonly SyntaxProblem[],
  diagnostics: Diagnostics,
): TransformResult {
  for (const {message, position} of problems) {
    diagnostics.error('syntax-error', {start: position, end: position}, message);
  }
  return unchanged(source, diagnostics);
}

function unchanged(source: string, diagnostics: Diagnostics): TransformResult {
  return {
    code: source,
    map: null,
    serverReferences: [],
    clientReferences: [],
    diagnostics: diagnostics.sorted(),
  };
}
