import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Answer, Reply} from '../answer/answer.ts';
import {UnreadAnswer} from '../answer/unreadAnswer.ts';
import {answerRequest, concerns, type Concern} from '../answerRequest.ts';
import type {HandlerConfig} from '../handlerConfig.ts';
import {resolveOptions, type ServerFunctionHandlerOptions} from '../handlerOptions.ts';
import {isNodeRequest, NodeIncoming, type NodeRequest} from '../request/nodeIncoming.ts';
import {
  nodePages,
  type RenderNodeForm,
  type RenderNodeFormError,
  type Responses,
} from './nodePages.ts';
import type {NodeResponse} from './nodeResponse.ts';
import {writeAnswer} from './writeAnswer.ts';

/**
 * Answers requests for server functions. Everything else goes to `next()`, if it is given, with its body
 * unread. For node:http, Express, Connect and Nest it is middleware as it stands.
 *
 * @param request as the server gives it
 * @param response as the server gives it
 * @param next called for every other request, and with an error when the handler cannot work at all
 * @returns whether the request was for a server function; when it is answered, to the end of a stream
 */
export type NodeHandler<Req = IncomingMessage, Res = ServerResponse> = (
  request: Req,
  response: Res,
  next?: (error?: unknown) => unknown,
) => Promise<boolean>;

/** Those of `createServerFunctionHandler`, but that forms are answered through Node's response. */
export interface NodeHandlerOptions<Req = IncomingMessage, Res = ServerResponse> extends Omit<
  ServerFunctionHandlerOptions,
  'render' | 'renderError'
> {
  /**
   * Answers a form that was posted without JavaScript, after its server function has run: writes the page
   * to `response`. The cookies that the function set are in it, and `cookies()` has them already.
   * @default a redirection (303) to the URL that the form was posted to
   */
  render?: RenderNodeForm<Req, Res> | undefined;
  /**
   * Answers a form that was posted without JavaScript when its server function threw (500) or called
   * `notFound()` (404), and when the form was refused (4xx): writes a page for people to `response`, whose
   * status is set already.
   * @default a short text
   */
  renderError?: RenderNodeFormError<Req, Res> | undefined;
}

/**
 * Makes the HTTP endpoint of the server functions of an app for servers on Node:
 *
 * ```js
 * app.use(createNodeHandler({manifest: 'dist/server-actions-manifest.json'}));
 * ```
 *
 * It answers the same requests as `createServerFunctionHandler`, with the same checks in the same order, and
 * is faster: no web `Request` is made unless the app's code asks for one, and answers are written to
 * `response` as they are. Put it behind what sets cookies, sessions and headers, and in front of what
 * reads bodies: body parsers for JSON do no harm, parsers for multipart forms do.
 *
 * `onRequest`, `middleware`, `onCall`, `onError` and `renderPage` get a web `Request`, without a body;
 * `nodeRequest()` is Node's.
 *
 * @param options see {@link NodeHandlerOptions}; a server bundle needs none
 * @throws TypeError for an option that is unknown or malformed
 * @throws {PeerError} when React is too old, or not of one version; it says what to install
 * @throws {ManifestError} when a manifest is missing or malformed
 * @throws {EncryptionKeyError} when the key is malformed or another one is in use
 */
export function createNodeHandler<Req = IncomingMessage, Res = ServerResponse>(
  options: NodeHandlerOptions<Req, Res> = {},
): NodeHandler<Req, Res> {
  const responses: Responses = new WeakMap();
  const config = resolveOptions('createNodeHandler', options, nodePages(options, responses));
  const asked = new WeakSet<object>();
  return async (request, response, next) => {
    try {
      const exchange = checkExchange(request, response);
      const incoming = new NodeIncoming(exchange.request, exchange.response);
      const concern = concernOf(incoming, config);
      if (concern) {
        // Answered, or being answered: middleware that goes on all the same has nothing run twice.
        if (isAnswered(exchange.response) || asked.has(exchange.request)) return true;
        asked.add(exchange.request);
        if (config.pages.render || config.pages.renderError) {
          responses.set(incoming.nodeRequest, exchange.response);
        }
        const reply = await answerRequest(concern, incoming, config);
        if (reply && isOwn(reply)) {
          if (reply.body instanceof UnreadAnswer) await reply.body.ready;
          const writing = writeAnswer(reply, exchange.response, incoming);
          if (writing) await writing;
        }
        if (reply && incoming.isHttp2) endUpload(incoming, exchange.response);
        if (reply) return true;
        asked.delete(exchange.request);
      }
    } catch (error) {
      if (!next) throw error;
      next(error);
      return false;
    }
    next?.();
    return false;
  };
}

/** Where the URL is malformed, only what can be a call is the handler's to refuse. */
function concernOf(incoming: NodeIncoming, config: HandlerConfig): Concern | undefined {
  const concern = concerns(incoming, config);
  return concern === 'malformed' && incoming.method !== 'POST' ? undefined : concern;
}

/** Whether it still has to be written, and the app has not done so. */
function isOwn(reply: Reply): reply is Answer {
  return reply !== 'sent' && !('page' in reply);
}

/**
 * What HTTP/1 does by closing the connection: a client that has its answer sends no more of a body that is
 * not wanted. https://www.rfc-editor.org/rfc/rfc9113#section-8.1-5
 */
function endUpload({nodeRequest}: NodeIncoming, {writableEnded}: NodeResponse): void {
  const {stream} = nodeRequest;
  if (!writableEnded || !stream?.close || stream.readableEnded) return;
  stream.close();
  // What has come already would keep the stream.
  nodeRequest.resume();
}

function isAnswered({headersSent, writableEnded}: NodeResponse): boolean {
  return headersSent || writableEnded;
}

function checkExchange(
  request: unknown,
  response: unknown,
): {request: NodeRequest; response: NodeResponse} {
  const {setHeader, end} = Object(response) as Partial<NodeResponse>;
  if (isNodeRequest(request) && typeof setHeader === 'function' && typeof end === 'function') {
    return {request, response: response as NodeResponse};
  }
  throw new TypeError(
    'The handler of createNodeHandler takes the request and the response of node:http, but got something else. For a web Request use createServerFunctionHandler of use-server-webpack-plugin/server. With Koa pass (ctx.req, ctx.res), with Fastify (request.raw, reply.raw).',
  );
}
