import {ClientPlugin} from './clientPlugin.ts';
import {TransformedFiles} from '../transformedFiles.ts';
import {Side} from './link.ts';
import {validateLinkedOptions, type CreateUseServerOptions} from './options.ts';
import {ServerPlugin} from './serverPlugin.ts';

/** The plugins of two configs that belong together. */
export interface UseServer {
  /** For the config that builds the server. */
  readonly server: ServerPlugin;
  /** For the config that builds what runs in the browser. */
  readonly client: ClientPlugin;
}

/**
 * Makes `"use server"` and `"use client"` work where webpack builds the server too: two plugins, one
 * for each config, that tell each other what they find. The server config can stand alone.
 *
 * @param options see {@link CreateUseServerOptions}
 * @throws {ValidationError} of schema-utils, when an option is unknown or of the wrong type
 * @example
 * const useServer = createUseServer({ssr: './src/ssr.jsx'});
 * export default [
 *   {name: 'server', target: 'node', entry: {server: './src/server.jsx'}, plugins: [useServer.server]},
 *   {name: 'client', entry: {client: './src/client.jsx'}, plugins: [useServer.client]},
 * ];
 */
export function createUseServer(options: CreateUseServerOptions = {}): UseServer {
  validateLinkedOptions(options);
  const {server, client} = Side.pair();
  const files = new TransformedFiles();
  return {
    server: new ServerPlugin(options, {own: server, other: client, files}),
    client: new ClientPlugin(options, {own: client, other: server, files}),
  };
}
