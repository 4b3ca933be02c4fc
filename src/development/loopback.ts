/** An address, since resolving `localhost` may fail, or give one that the machine does not have. */
export const LOOPBACK = '127.0.0.1';

/**
 * Adds a host to the arguments of `server.listen()` when they have a port, but no host: Node would
 * listen on every interface then, and let the whole network reach a server in development.
 *
 * Before: `listen(3000, callback)`
 * After: `listen(3000, '127.0.0.1', callback)`
 *
 * @param args in all forms that `net.Server` takes; see `normalizeArgs` and `Server.prototype.listen` in
 *   lib/net.js of Node
 */
export function withLoopback(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args;
  if (first === undefined || first === null) return [0, LOOPBACK, ...rest];
  if (typeof first === 'function') return [0, LOOPBACK, ...args];
  if (typeof first === 'object') return [withHost(first), ...rest];
  // The path of a pipe or of a Unix domain socket.
  if (!(Number(first) >= 0)) return [...args];
  if (typeof rest[0] === 'string' && rest[0] !== '') return [...args];
  const hasEmptyHost = rest[0] === '' || rest[0] === undefined || rest[0] === null;
  return [first, LOOPBACK, ...(hasEmptyHost ? rest.slice(1) : rest)];
}

interface ListenOptions {
  host?: unknown;
  fd?: unknown;
  handle?: unknown;
  _handle?: unknown;
}

/** Sockets that are open already, and paths, have no host. */
function withHost(options: ListenOptions): ListenOptions {
  const {host, fd, handle, _handle} = options;
  const isOpen = handle || _handle || (typeof fd === 'number' && fd >= 0);
  return host || isOpen || !('port' in options) ? options : {...options, host: LOOPBACK};
}
