import {modulePath} from '../../references/modulePath.ts';
import {unwrapExpression, type Node} from '../ast.ts';
import {Diagnostics} from '../diagnostics.ts';
import {parseModule, type ParsedModule} from '../parse.ts';
import type {TransformOptions} from '../types.ts';
import {UnusedNames} from '../unusedNames.ts';
import type {
  ModuleAnalysis,
  ServerExports,
  ServerModuleAnalysis,
  StubAnalysis,
  StubFormat,
} from './analysis.ts';
import {
  checkCommonJs,
  checkEarlyReturns,
  checkExportAssignment,
  topLevelReturns,
} from './commonJs/commonJsChecks.ts';
import {addDetails} from './details/functionDetails.ts';
import {findDirectives, type Directives, type InlineFunction} from './directives.ts';
import {
  checkCommonJsExports,
  checkExport,
  checkHiddenExports,
  checkSealedExports,
  refuseThen,
} from './exports/exportChecks.ts';
import {collectExports, type ModuleExports} from './exports/exports.ts';
import {checkGuardedFunctions} from './inline/guardedFunctions.ts';
import {planInlineFunctions} from './inline/inlinePlans.ts';
import {nameInlineFunctions, type InlineNames} from './inline/inlineNames.ts';
import {
  checkLateAssignments,
  findReassignments,
  type Reassignments,
} from './exports/reassignedExports.ts';
import {
  clientStubReferences,
  exportReferences,
  inlineReferences,
  serverStubReferences,
} from './references.ts';
import {starNames} from './exports/starNames.ts';

/** A module with everything that decides what it is. */
interface Input {
  source: string;
  parsed: ParsedModule;
  /** The module's path in ids: `src/actions.js`. */
  path: string;
  directives: Directives;
  exports: ModuleExports;
  /** What `exports` was read from: not `parsed` where another tool has compiled the module. */
  written: Written;
  options: TransformOptions;
  diagnostics: Diagnostics;
}

type Written = Pick<Input, 'source' | 'parsed'>;

/**
 * Finds out what a module is in one graph, and reports everything that is wrong with it. Reads the
 * module and changes nothing.
 *
 * @returns `null` when no directive governs anything in the module
 */
export function analyseModule(
  source: string,
  parsed: ParsedModule,
  options: TransformOptions,
  diagnostics: Diagnostics,
): ModuleAnalysis | null {
  const directives = findDirectives(parsed, source, diagnostics);
  if (isInPackage(options.filename)) diagnostics.drop(NEAR_MISSES);
  const {module, inlineFunctions} = directives;
  if (!module && inlineFunctions.length === 0) return null;
  const written = asWritten(source, parsed, options);
  const exports = collectExports(written.parsed);
  const path = modulePath(options.filename, options.root);
  const input: Input = {source, parsed, path, directives, exports, written, options, diagnostics};
  if (options.target === 'server') {
    return module?.kind === 'use client' ? analyseClientStub(input) : analyseServerModule(input);
  }
  return module?.kind === 'use server' ? analyseServerStub(input) : analyseClientCode(input);
}

/**
 * Bundlers of libraries leave the directives of inner modules in the middle of a file, where they have
 * no effect. The author of an application cannot correct that, so in a package it is no error.
 */
const NEAR_MISSES: ReadonlySet<string> = new Set(['misplaced-directive', 'misspelt-directive']);

function isInPackage(filename: string): boolean {
  return /[\\/]node_modules[\\/]/.test(filename);
}

/** Code that runs in the browser as it is. */
function analyseClientCode(input: Input): ModuleAnalysis {
  const {directives, exports, diagnostics} = input;
  const isClientModule = directives.module?.kind === 'use client';
  refuseInlineFunctions(directives.inlineFunctions, isClientModule, diagnostics);
  const clientReferences = isClientModule ? clientStubReferences(exports, input, null) : [];
  return {kind: 'untouched', clientReferences};
}

function analyseClientStub(input: Input): StubAnalysis {
  const {parsed, path, directives, exports, options, diagnostics} = input;
  refuseInlineFunctions(directives.inlineFunctions, true, diagnostics);
  for (const {exportName, node} of exports.named) {
    if (exportName === 'then') refuseThen(node, diagnostics);
  }
  const references = clientStubReferences(exports, input, diagnostics);
  return {
    kind: 'client stub',
    format: formatOf(exports, parsed, options),
    references,
    path,
    options,
  };
}

function analyseServerStub(input: Input): StubAnalysis {
  const {parsed, path, directives, exports, options, diagnostics} = input;
  const exported = exportedValues(checkedExports(input));
  const inline = directives.inlineFunctions.filter(({node}) => !exported.has(node));
  checkGuardedFunctions(parsed, inline, exports, diagnostics);
  checkRoomForExports(parsed, true, inline, diagnostics);
  const references = serverStubReferences(exports, input, diagnostics);
  return {
    kind: 'server stub',
    format: formatOf(exports, parsed, options),
    references,
    path,
    options,
  };
}

function analyseServerModule(input: Input): ServerModuleAnalysis {
  const {source, parsed, path, directives, options, diagnostics} = input;
  const unused = new UnusedNames(source);
  const names = namesOf(directives.inlineFunctions, options, unused);
  const checked = directives.module ? checkedExports(input) : null;
  const exports = checked && serverExports(input, checked);
  const exported = checked ? exportedValues(checked) : new Set<Node>();
  // In a "use server" module an exported function needs no directive of its own; one is ignored.
  const [ignored, inline] = partition(directives.inlineFunctions, ({node}) => exported.has(node));
  if (inline.length > 0) checkSealedExports(input.exports, diagnostics);
  const planned = planInlineFunctions(
    inline,
    inline.map((fn) => names.get(fn)!),
    parsed,
    source,
    diagnostics,
  );
  checkGuardedFunctions(parsed, inline, exports && input.exports, diagnostics);
  checkRoomForExports(parsed, exports !== null, inline, diagnostics);
  const serverReferences = [
    ...(exports?.references ?? []),
    ...inlineReferences(planned.plans, input),
  ];
  if (options.details && !diagnostics.hasErrors) {
    addDetails(serverReferences, {source, parsed, exports: input.exports, plans: planned.plans});
  }
  const statements = parsed.program.body as unknown as Node[];
  if (!parsed.isModule) checkEarlyReturns(statements, planned.plans, diagnostics);
  return {
    kind: 'server module',
    source,
    parsed,
    options,
    path,
    spentDirectives: [
      ...(directives.module ? [parsed.program as unknown as Node] : []),
      ...ignored.map(({node}) => node.body as Node),
    ],
    exports,
    inline: planned,
    returns: parsed.isModule ? [] : topLevelReturns(statements),
    serverReferences,
    names: unused,
  };
}

/** Reports what leaves no place for the exports that the compiler adds, or for their registration. */
function checkRoomForExports(
  {program, isModule}: ParsedModule,
  hasServerExports: boolean,
  inline: readonly InlineFunction[],
  diagnostics: Diagnostics,
): void {
  const statements = program.body as unknown as Node[];
  if (!isModule) {
    if (hasServerExports || inline.length > 0) {
      checkCommonJs(statements, hasServerExports, diagnostics);
    }
  } else if (inline.length > 0) {
    checkExportAssignment(statements, diagnostics);
  }
}

/** What a `"use server"` module exports and what becomes of it, after everything wrong is reported. */
function checkedExports({parsed, exports, written, diagnostics}: Input): Reassignments {
  checkCommonJsExports(parsed, exports, diagnostics);
  checkHiddenExports(exports, diagnostics);
  const reassignments = findReassignments(exports, written.source, written.parsed);
  checkLateAssignments(reassignments.late, diagnostics);
  const names = {declarations: exports.declarations, assigned: reassignments.assigned};
  return {
    ...reassignments,
    named: reassignments.named.filter((item) => checkExport(item, names, diagnostics)),
  };
}

function serverExports(input: Input, {named, reassigned}: Reassignments): ServerExports {
  const {exports, options, diagnostics} = input;
  const stars = starNames(exports, options, diagnostics);
  const references = exportReferences({...exports, named}, stars, input);
  return {named, stars, reassigned, references};
}

/**
 * The module with its exports as its author wrote them. CommonJS that a compiler made of ESM assigns
 * them in ways of its own.
 */
function asWritten(
  source: string,
  parsed: ParsedModule,
  {originalSource, filename, parserPlugins}: TransformOptions,
): Written {
  if (parsed.isModule || originalSource === undefined) return {source, parsed};
  const original = parseModule(originalSource, filename, {parserPlugins});
  return 'module' in original
    ? {source: originalSource, parsed: original.module}
    : {source, parsed};
}

function formatOf(
  {named, stars}: ModuleExports,
  {isModule}: ParsedModule,
  {format}: TransformOptions,
): StubFormat {
  if (isModule && format !== 'commonjs') return 'esm';
  const isCommonJs = stars.length === 0 && named.every(({kind}) => kind === 'commonjs');
  return isCommonJs ? 'commonjs' : 'interop';
}

/**
 * Names follow the text that the author wrote. When another tool has compiled the module first,
 * its functions are still the same ones in the same order.
 */
function namesOf(
  functions: readonly InlineFunction[],
  options: TransformOptions,
  unused: UnusedNames,
): Map<InlineFunction, InlineNames> {
  const names = nameInlineFunctions(functions, unused);
  const original = originalNames(options);
  const isSame = original?.length === names.length;
  return new Map(
    functions.map((fn, i) => [
      fn,
      isSame ? {...names[i]!, exportName: original[i]!.exportName} : names[i]!,
    ]),
  );
}

function originalNames({
  originalSource: source,
  filename,
  parserPlugins,
}: TransformOptions): InlineNames[] | null {
  if (source === undefined) return null;
  const result = parseModule(source, filename, {parserPlugins});
  if ('problems' in result) return null;
  const {inlineFunctions} = findDirectives(result.module, source, new Diagnostics(source));
  return nameInlineFunctions(inlineFunctions, new UnusedNames(source));
}

function exportedValues({named, assigned}: Reassignments): Set<Node> {
  const exported = new Set<Node>();
  for (const item of named) {
    // It may be another function that is exported in the end.
    if (item.kind === 'local' && assigned.has(item.localName)) continue;
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

function partition<T>(items: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  return [items.filter((item) => belongs(item)), items.filter((item) => !belongs(item))];
}
