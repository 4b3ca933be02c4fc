import {isFunction, unwrapNamed, type FunctionNode, type Node} from '../../ast.ts';
import {isStackOverflow} from '../../deepTrees.ts';
import type {ParsedModule} from '../../parse.ts';
import type {FunctionDetails, Reference} from '../../types.ts';
import {exportedValue} from '../exports/exportedValues.ts';
import type {ModuleExport, ModuleExports} from '../exports/exports.ts';
import type {InlinePlan} from '../inline/inlinePlans.ts';
import {StatementAnalyses} from '../scopes/statementAnalyses.ts';
import {ModuleCode} from '../values/moduleCode.ts';
import {callsOfGuards, wrappersOf} from './guards.ts';
import {parametersOf, validatingWrapper} from './parameters.ts';
import {usesOfNode, usesOfVariable} from './uses.ts';

/** What of a module has server functions. */
export interface DescribedModule {
  source: string;
  parsed: ParsedModule;
  exports: ModuleExports;
  plans: readonly InlinePlan[];
}

/**
 * Adds to each reference what a person who looks at the function wants to know. Nothing of it changes
 * what the module is compiled to.
 */
export function addDetails(references: readonly Reference[], module: DescribedModule): void {
  const code = codeOf(module);
  const plans = new Map(module.plans.map((plan) => [plan.exportName, plan]));
  const exported = new Map(module.exports.named.map((item) => [item.exportName, item]));
  for (const reference of references) {
    const plan = reference.isInline ? plans.get(reference.exportName) : undefined;
    const item = exported.get(reference.exportName);
    try {
      reference.details = plan
        ? detailsOfInline(plan, code)
        : detailsOfExport(reference.exportName, item, module.exports, code);
    } catch (error) {
      // Of a tree that is too deep to look into, only the reference is known.
      if (!isStackOverflow(error)) throw error;
    }
  }
}

function codeOf({source, parsed: {program, isModule}}: DescribedModule): ModuleCode {
  const statements = program.body as unknown as Node[];
  const isStrict = isModule || program.directives.some(({value}) => value.value === 'use strict');
  return new ModuleCode(statements, new StatementAnalyses([], !isStrict, source));
}

function detailsOfInline(
  {node, ancestors, label, captures}: InlinePlan,
  code: ModuleCode,
): FunctionDetails {
  return {
    label,
    within: nameAround(ancestors, code),
    captures: captures.values.map(({name, paths}) => ({name, paths})),
    guards: callsOfGuards(node, code),
    parameters: parametersOf(node, code),
    validatedBy: null,
    importedFrom: null,
    uses:
      node.type === 'FunctionDeclaration' && node.id
        ? usesOfVariable(node.id as Node, code)
        : usesOfNode(node, code),
  };
}

function detailsOfExport(
  exportName: string,
  item: ModuleExport | undefined,
  {declarations}: ModuleExports,
  code: ModuleCode,
): FunctionDetails {
  const exported = item && exportedValue(item, declarations);
  // What is assigned later may be anything, without any guard.
  const isFixed = exported?.names.every((name) => !code.isReassigned(name));
  const value = exported && isFixed ? exported.value : null;
  const {wrappers, inner} = value ? wrappersOf(value, code) : {wrappers: [], inner: null};
  const fn = inner && functionIn(inner);
  return {
    label: exportName,
    within: null,
    captures: [],
    guards: [...wrappers, ...(fn ? callsOfGuards(fn, code) : [])],
    parameters: fn && parametersOf(fn, code),
    validatedBy: validatingWrapper(wrappers),
    importedFrom: item ? importedFrom(item, code) : null,
    uses: [],
  };
}

function functionIn(node: Node): FunctionNode | null {
  const inner = unwrapNamed(node);
  return isFunction(inner) ? inner : null;
}

function importedFrom(item: ModuleExport, code: ModuleCode): string | null {
  if (item.kind === 'reexport' || item.kind === 'namespace') return item.specifier;
  if (item.kind !== 'local') return null;
  return code.moduleName(item.localName)?.from ?? null;
}

/** The nearest function with a name that the function stands in: its component. */
function nameAround(ancestors: readonly Node[], code: ModuleCode): string | null {
  for (const outer of ancestors.toReversed()) {
    if (!isFunction(outer)) continue;
    const id = outer['id'] ?? code.placeOf(outer)?.['id'];
    if (typeof id?.name === 'string') return id.name;
  }
  return null;
}
