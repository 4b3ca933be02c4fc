import type {Compilation, Module} from 'webpack';
import type {Reference} from '../../transform/types.ts';

/**
 * How webpack notes that a CommonJS module uses `module` and `exports`, as each of ours does to register its
 * functions. What it does with them beyond that, the compiler knows: see `transform/handOuts.ts`.
 */
const SELF: ReadonlySet<string> = new Set(['module decorator', 'cjs self exports reference']);

/**
 * The exports of a module that other modules use, as far as webpack knows: in development it does not
 * look through barrels, so everything behind one counts as used.
 *
 * @param isOwn tells modules of the plugin apart, which use everything
 */
export function usedExports(
  compilation: Compilation,
  module: Module,
  isOwn: (importer: Module) => boolean,
): Set<string> | 'all' {
  const names = new Set<string>();
  for (const connection of compilation.moduleGraph.getIncomingConnections(module)) {
    const {dependency, originModule} = connection;
    if (!dependency || (originModule && isOwn(originModule))) continue;
    if (SELF.has(dependency.type)) continue;
    if (connection.getActiveState(undefined) === false) continue;
    // An entry, whose exports are for what loads the bundle.
    if (!originModule) return 'all';
    for (const reference of compilation.getDependencyReferencedExports(dependency, undefined)) {
      const path = Array.isArray(reference) ? reference : reference.name;
      if (path.length === 0) return 'all';
      names.add(path[0]!);
    }
  }
  return names;
}

/**
 * The references of one module that a caller can hold: those that something outside of it uses, and what
 * the code of these, or of the module when it loads, gives away in turn.
 */
export function liveReferences(
  references: readonly Reference[],
  isUsed: (reference: Reference) => boolean,
): Set<Reference> {
  const live = new Set(
    references.filter((reference) => reference.isHandedOut || isUsed(reference)),
  );
  const byName = new Map(references.map((reference) => [reference.exportName, reference]));
  for (const {handsOut = []} of live) {
    for (const name of handsOut) {
      const reference = byName.get(name);
      if (reference) live.add(reference);
    }
  }
  return live;
}
