import type {Compilation} from 'webpack';

/**
 * Tells what callers can reach, in webpack's own log: its output shows that, unless `stats.logging` is off.
 *
 * @param ids of all server functions of the build
 */
export function logCallable(compilation: Compilation, ids: readonly string[]): void {
  const count = ids.length === 1 ? '1 server function' : `${ids.length} server functions`;
  const names = ids.length === 0 ? '' : `: ${[...ids].sort().join(', ')}`;
  compilation.getLogger('UseServerWebpackPlugin').info(`${count} can be called${names}`);
}
