import type {Compilation, Module} from 'webpack';
import {isRspack} from './rspack/isRspack.ts';

const NAME = 'UseServerWebpackPlugin';
/** Of webpack's dependency for `export {a} from './b.js'`. */
const REEXPORT = 'harmony export imported specifier';

/**
 * Takes away what webpack says about the exports of modules that have errors: what stands in for such a module
 * has none. webpack prints warnings before errors, so they would hide what is really wrong.
 *
 * @param failing the modules that have errors
 */
export function hideMissingExports(compilation: Compilation, failing: ReadonlySet<Module>): void {
  // Rspack lets no plugin change what is printed.
  if (failing.size === 0 || isRspack(compilation.compiler)) return;
  const isFalse = ({message, module}: Error & {module?: Module | null}) => {
    const [, request] = /^export .* was not found in '([^']+)'/.exec(message) ?? [];
    return request !== undefined && module && importsFailing(module, request);
  };
  const hide = <Problem extends Error>(problems: Problem[]) =>
    problems.filter((problem) => !isFalse(problem));
  compilation.hooks.processWarnings.tap(NAME, hide);
  compilation.hooks.processErrors.tap(NAME, hide);

  function importsFailing(importer: Module, request: string): boolean {
    return importedBy(importer).some(
      (imported) => imported.request === request && exportsFailing(imported.module),
    );
  }

  /** Whether it is one of them, or exports something from one. */
  function exportsFailing(module: Module, seen = new Set<Module>()): boolean {
    if (failing.has(module)) return true;
    if (seen.has(module)) return false;
    seen.add(module);
    return importedBy(module).some(
      (imported) => imported.type === REEXPORT && exportsFailing(imported.module, seen),
    );
  }

  function importedBy(importer: Module): {request: unknown; type: string; module: Module}[] {
    return [...compilation.moduleGraph.getOutgoingConnections(importer)].flatMap(
      ({dependency, module}) => {
        if (!dependency || !module) return [];
        const {request} = dependency as {request?: unknown};
        return [{request, type: dependency.type, module}];
      },
    );
  }
}
