import type {Compilation} from 'webpack';

/** More names would fill the terminal: the manifest has them all. */
const MAX_NAMES = 100;

/**
 * Tells what callers can reach, in webpack's own log: its output shows that, unless `stats.logging` is off.
 *
 * @param ids of all server functions of the build
 */
export function logCallable(compilation: Compilation, ids: readonly string[]): void {
  const count = ids.length === 1 ? '1 server function' : `${ids.length} server functions`;
  const names = ids.length === 0 ? '' : `: ${namesOf([...ids].sort())}`;
  compilation.getLogger('UseServerWebpackPlugin').info(`${count} can be called${names}`);
}

function namesOf(ids: readonly string[]): string {
  if (ids.length <= MAX_NAMES) return ids.join(', ');
  const more = ids.length - MAX_NAMES;
  return `${ids.slice(0, MAX_NAMES).join(', ')}, and ${more} more, which the server manifest lists`;
}
