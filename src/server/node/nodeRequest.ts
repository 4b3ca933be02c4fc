import type {IncomingMessage} from 'node:http';
import {currentScope} from '../scope/currentScope.ts';

/**
 * Node's request around this code: `nodeRequest().session`, and whatever else middleware in front of the
 * handler has put there. With TypeScript, name the type of your framework:
 * `nodeRequest<express.Request>()`.
 *
 * It is known in server functions, in the middleware of the handler, in `onRequest`, and in what
 * `withRequest(req, …)` renders.
 *
 * @throws Error outside a request, and for a request that did not come from Node
 */
// oxlint-disable-next-line no-unnecessary-type-parameters -- the app names the type of its server's requests
export function nodeRequest<Req = IncomingMessage>(): Req {
  const {nodeRequest: request} = currentScope('nodeRequest()').incoming;
  if (request) return request as Req;
  throw new Error(
    'nodeRequest() was called for a web Request that does not come from a server of Node. Use headers() and cookies(), or answer with createNodeHandler of use-server-webpack-plugin/node.',
  );
}
