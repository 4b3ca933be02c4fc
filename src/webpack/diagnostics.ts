import type {Compilation, Module} from 'webpack';
import {diagnosticText} from '../transform/diagnostics.ts';
import type {Diagnostic} from '../transform/types.ts';
import {hasErrors, type DirectiveModule} from './compileModule.ts';
import {hideMissingExports} from './missingExports.ts';

/** A module with a directive, and webpack's module of it where the build has one. */
export interface Diagnosed {
  module: DirectiveModule;
  webpackModule: Module | null;
}

/**
 * Turns diagnostics into webpack's errors and warnings. One that both the scan and the module graph
 * found is reported once, at the module.
 */
export function reportDiagnostics(compilation: Compilation, modules: readonly Diagnosed[]): void {
  const reported = new Set<string>();
  const graphFirst = [...modules].sort(
    (a, b) => Number(a.webpackModule === null) - Number(b.webpackModule === null),
  );
  for (const {module, webpackModule} of graphFirst) {
    for (const diagnostic of module.diagnostics) {
      const {line, column} = diagnostic.loc.start;
      const key = `${module.path}:${line}:${column}:${diagnostic.code}`;
      if (reported.has(key)) continue;
      reported.add(key);
      const list = diagnostic.severity === 'error' ? compilation.errors : compilation.warnings;
      list.push(toWebpackError(compilation, diagnostic, module, webpackModule));
    }
  }
  hideMissingExports(compilation, failingModules(modules));
}

function failingModules(modules: readonly Diagnosed[]): Set<Module> {
  return new Set(
    modules.flatMap(({module, webpackModule}) =>
      webpackModule && hasErrors(module) ? [webpackModule] : [],
    ),
  );
}

/**
 * A plain `WebpackError`. A subclass would have no serializer, and webpack's cache would drop what
 * holds it.
 */
function toWebpackError(
  compilation: Compilation,
  diagnostic: Diagnostic,
  module: DirectiveModule,
  webpackModule: Module | null,
): InstanceType<Compilation['compiler']['webpack']['WebpackError']> {
  const {WebpackError} = compilation.compiler.webpack;
  const error = new WebpackError(diagnosticText(diagnostic));
  error.name = 'UseServerError';
  error.hideStack = true;
  if (webpackModule) {
    error.module = webpackModule;
    error.loc = diagnostic.loc;
  } else {
    // webpack prints `loc` on the same line only where there is a module.
    error.file = `./${module.path} ${formatLocation(diagnostic.loc)}`;
  }
  return error;
}

/** As webpack writes it: `2:0-20`, or `2:0-3:5` over several lines. */
function formatLocation({start, end}: Diagnostic['loc']): string {
  const to = start.line === end.line ? end.column : `${end.line}:${end.column}`;
  return `${start.line}:${start.column}-${to}`;
}
