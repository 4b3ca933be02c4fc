import type {Diagnostics} from '../../diagnostics.ts';
import type {Node} from '../../ast.ts';
import type {ParsedModule} from '../../parse.ts';
import {collectExports, type ModuleExport, type ModuleExports} from './exports.ts';
import {exportedValue, whyNotAsync} from './exportedValues.ts';
import type {Reassignments} from './reassignedExports.ts';

/** Reports exports whose names the source does not show: the client would miss them. */
export function checkHiddenExports(
  {hidden}: Pick<ModuleExports, 'hidden'>,
  diagnostics: Diagnostics,
): void {
  for (const node of hidden) {
    diagnostics.error(
      'hidden-export',
      node,
      node.type === 'TSExportAssignment'
        ? 'The compiler cannot see what "export =" exports from a "use server" module. Write "export" in front of each function instead.'
        : 'The compiler cannot see what this exports from the "use server" module. Write each down at the top level of the module: exports.save = save.',
    );
  }
}

/**
 * Reports a CommonJS module that closes its exports to new members, where the copies of its inline server
 * functions have to be exported.
 */
export function checkSealedExports({sealed}: ModuleExports, diagnostics: Diagnostics): void {
  if (!sealed) return;
  diagnostics.error(
    'frozen-exports',
    sealed,
    'The exports of this module are frozen, but the compiler has to add an export for each inline server function. Do not freeze the exports, or move the functions to a module with "use server" at its top.',
  );
}

/**
 * Reports an export that can never be a server function.
 *
 * @returns whether it may be one
 */
export function checkExport(
  item: ModuleExport,
  names: KnownNames,
  diagnostics: Diagnostics,
): boolean {
  if (item.exportName === '*' || item.exportName === '') {
    diagnostics.error(
      'export-name',
      item.node,
      `A server function cannot be exported under the name "${item.exportName}", which has another meaning in manifests. Give it another name.`,
    );
    return false;
  }
  if (item.exportName === 'then') {
    refuseThen(item.node, diagnostics);
    return false;
  }
  const why = whyNotServerFunction(item, names);
  if (why === null) return true;
  const name =
    item.exportName === 'default' ? 'The default export' : `The export "${item.exportName}"`;
  diagnostics.error(
    'not-async',
    item.node,
    `${name} of this "use server" module is ${why}. The module may only export async functions: ${adviceFor(why)}`,
  );
  return false;
}

/**
 * Reports an export named `then`: `import()` takes the module for a promise, and calls it
 * (https://tc39.es/ecma262/#sec-promise-resolve-functions), whatever it does.
 */
export function refuseThen(node: Node, diagnostics: Diagnostics): void {
  diagnostics.error(
    'export-name',
    node,
    'import() takes a module that exports "then" for a promise, and calls the function. Give the export another name.',
  );
}

/** What decides which value a name of the module has. */
type KnownNames = Pick<ModuleExports, 'declarations'> & Pick<Reassignments, 'assigned'>;

function whyNotServerFunction(
  item: ModuleExport,
  {declarations, assigned}: KnownNames,
): string | null {
  if (item.kind === 'namespace') return 'a namespace';
  const {value, names} = exportedValue(item, declarations);
  return names.some((name) => assigned.has(name)) ? null : whyNotAsync(value);
}

function adviceFor(why: string): string {
  return why.includes('not async')
    ? 'write "async" in front of it, or move it to a module without the directive.'
    : 'move it to a module without the directive, and import it from there.';
}

/** Reports `module.exports` in a module that is parsed as ESM, where it would give no reference. */
export function checkCommonJsExports(
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
      'This "use server" module is an ES module, so "module.exports" exports nothing. Write "export" instead. (A file is one when it uses "import" or "export", when it ends with .mjs, or when its package.json says "type": "module".)',
    );
  }
}
