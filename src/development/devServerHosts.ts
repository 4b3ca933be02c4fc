import type {Compiler} from 'webpack';

/** What webpack-dev-server takes of its options for the check of hosts. */
interface DevServerOptions {
  allowedHosts?: string | string[];
  host?: string;
}

/** Takes the hosts that webpack-dev-server has been told of, so that they need not be told twice. */
export function hostsOfDevServer(compilers: readonly Compiler[]): 'all' | string[] {
  const hosts = compilers.flatMap(({options}) => {
    const {devServer} = options as {devServer?: DevServerOptions | false};
    const {allowedHosts = [], host} = devServer || {};
    return [allowedHosts, host ?? []].flat();
  });
  if (hosts.includes('all')) return 'all';
  // Words of webpack-dev-server, and no hosts.
  return hosts.filter((host) => host !== 'auto' && !host.startsWith('local-ip'));
}
