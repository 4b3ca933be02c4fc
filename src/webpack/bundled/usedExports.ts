import type {Compilation, Module} from 'webpack';

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
    if (connection.getActiveState(undefined) === false) continue;
    // An entry, whose exports are for whoever loads the bundle.
    if (!originModule) return 'all';
    for (const reference of compilation.getDependencyReferencedExports(dependency, undefined)) {
      const path = Array.isArray(reference) ? reference : reference.name;
      if (path.length === 0) return 'all';
      names.add(path[0]!);
    }
  }
  return names;
}
