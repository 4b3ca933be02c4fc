import {toResponse} from './answer/webResponse.ts';
import {answerRequest, concerns} from './answerRequest.ts';
import {resolveOptions, type ServerFunctionHandlerOptions} from './handlerOptions.ts';
import {WebIncoming} from './request/webIncoming.ts';
import {webPages} from './webPages.ts';

/** Answers requests for server functions; `null` for every other request, whose body is left unread. */
export type ServerFunctionHandler = (request: Request) => Promise<Response | null>;

/**
 * Makes the HTTP endpoint of the server functions of an app, for servers that speak web `Request` and
 * `Response`. For node:http, Express, Connect, Koa, Fastify and Nest there is `createNodeHandler` of
 * `use-server-webpack-plugin/node`.
 *
 * It answers calls, `POST endpoint` with the header `X-Action-Id` and a body made by React's
 * `encodeReply`; and forms of React that were posted without JavaScript, multipart, at whatever URL
 * they come. Every other post is left to the app with its body unread, whatever its size and origin.
 *
 * Checked in this order, before anything runs: method (405), other sites (403), the option `onRequest`,
 * content type (415), size (413) and time (408) of the body, the id (404), the fields of a form, decoding
 * with its limits (400), that the export is a server function (404), and captures (400, 409). Each refusal
 * has a short text and the header `X-Action-Error`. What a server function throws answers a call with
 * status 500 and makes the caller's promise reject, in production with nothing but a digest; a form is
 * answered by `renderError`, or by a short text, with status 500. The handler itself rejects for what is
 * no web `Request`, and for nothing else.
 *
 * While a server function runs, `cookies()`, `headers()`, `redirect()`, `notFound()`, `revalidatePath()`
 * and `revalidateTag()` belong to its request.
 *
 * @param options see {@link ServerFunctionHandlerOptions}; a server bundle needs none
 * @throws TypeError for an option that is unknown or malformed
 * @throws {PeerError} when React is too old, or not of one version; it says what to install
 * @throws {ManifestError} when a manifest is missing or malformed
 * @throws {EncryptionKeyError} when the key is malformed or another one is in use
 */
export function createServerFunctionHandler(
  options: ServerFunctionHandlerOptions = {},
): ServerFunctionHandler {
  const config = resolveOptions('createServerFunctionHandler', options, webPages(options));
  return async (request) => {
    assertRequest(request);
    const incoming = new WebIncoming(request);
    const kind = concerns(incoming, config);
    const reply = kind && (await answerRequest(kind, incoming, config));
    return reply && reply !== 'sent' ? await toResponse(reply) : null;
  };
}

function assertRequest(request: unknown): void {
  const {headers, url} = Object(request) as Partial<Request>;
  if (typeof headers?.get === 'function' && typeof url === 'string') return;
  throw new TypeError(
    'The handler of createServerFunctionHandler takes a web Request, but got something else. For the request of node:http, Express or Connect use createNodeHandler of use-server-webpack-plugin/node: app.use(createNodeHandler({manifest})).',
  );
}
