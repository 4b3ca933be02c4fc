import type {Compilation} from 'webpack';

/**
 * Tells what callers can reach, in webpack's own log: its output shows that, unless `stats.logging` is off.
 *
 * @param ids of all server functions of the build
 */
export function logCallable(compilation: Compilation, ids: readonly string[]): void {
  compilation
    .getLogger('UseServerWebpackPlugin')
    .info(`${ids.length} server functions can be called: ${[...ids].sort().join(', ')}`);
}
