import type {Diagnostics} from '../../diagnostics.ts';
import type {Node} from '../../ast.ts';
import type {ParsedModule} from '../../parse.ts';
import {findAssignments, mayBeAssigned, type Assignment} from '../scopes/assignments.ts';
import {defaultValue, type ModuleExport, type ModuleExports} from './exports.ts';
import {exportedValue} from './exportedValues.ts';

/** A local variable that is exported. */
export type LocalExport = ModuleExport & {kind: 'local'};

/** What assignments make of the exports of a module. */
export interface Reassignments {
  /** The exports, with `export default save` of such a variable as an export of a value. */
  named: ModuleExport[];
  /**
   * Exports whose variable gets another value while the module runs, one for each variable:
   * `export let save = …; save = withAuth(save);` exports what it holds when the module has run.
   */
  reassigned: LocalExport[];
  /** Names whose variable gets another value than that of its declaration. */
  assigned: ReadonlySet<string>;
  /** Assignments to an exported variable that may happen when the module has run. */
  late: Assignment[];
}

/** Finds out which exports are variables that get another value, and when. */
export function findReassignments(
  exports: ModuleExports,
  source: string,
  {program}: ParsedModule,
): Reassignments {
  const {declarations} = exports;
  const names = exports.named.flatMap((item) => [
    ...variableOf(item),
    ...exportedValue(item, declarations).names,
  ]);
  const candidates = names
    .filter(isAssignable(exports))
    .filter((name) => mayBeAssigned(source, name));
  const assignments = findAssignments(program as unknown as Node, new Set(candidates));
  const assigned = new Set(assignments.map(({name}) => name));
  const named = exports.named.map((item) => asValue(item, assigned));
  const exported = new Set(named.flatMap(variableOf));
  const left = new Set(assigned);
  return {
    named,
    reassigned: named.filter(
      (item): item is LocalExport => item.kind === 'local' && left.delete(item.localName),
    ),
    assigned,
    late: assignments.filter(({name, isAtLoad}) => !isAtLoad && exported.has(name)),
  };
}

/** The variable that an export shows, whatever it holds. */
function variableOf(item: ModuleExport): string[] {
  if (item.kind === 'local') return [item.localName];
  return item.kind === 'commonjs' && item.variable !== null ? [item.variable] : [];
}

function isAssignable({declarations}: ModuleExports): (name: string) => boolean {
  return (name) => /^(?:function|class|let|var)$/.test(declarations.get(name)?.kind ?? '');
}

/** `export default save` exports the value of the moment, unlike `export {save as default}`. */
function asValue(item: ModuleExport, assigned: ReadonlySet<string>): ModuleExport {
  if (item.kind !== 'local' || !item.defaultStatement) return item;
  const {localName, declaration, defaultStatement} = item;
  const isStable =
    declaration?.isInitialized &&
    (declaration.kind !== 'var' || declaration.statement.start < defaultStatement.start);
  return isStable && !assigned.has(localName) ? item : defaultValue(defaultStatement);
}

/** Reports assignments by which an export would become another function after its module has run. */
export function checkLateAssignments(late: readonly Assignment[], diagnostics: Diagnostics): void {
  for (const {name, node} of late) {
    diagnostics.error(
      'late-export',
      node,
      `"${name}" is exported from a "use server" module, so a function cannot assign to it: which server function a call runs would depend on what has run in its process before. Assign it at module level, or assign a variable that is not exported: let current = …; export async function ${name}(...args) { return current(...args); }`,
    );
  }
}
