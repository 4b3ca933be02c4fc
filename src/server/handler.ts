import {readActionId} from './request/actionId.ts';
import {ID_HEADER} from '../references/protocol.ts';
import {isActionForm} from './request/actionFields.ts';
import {callFunction} from './call/callFunction.ts';
import {checkFields, decodeArguments, decodeForm} from './decode/decodeCall.ts';
import {refuse, RequestError} from './refusals.ts';
import {
  resolveOptions,
  type HandlerConfig,
  type ServerFunctionHandlerOptions,
} from './handlerOptions.ts';
import {CallLifetime, checkTimeout} from './call/lifetime.ts';
import {checkOrigin} from './request/originCheck.ts';
import {readPageUrl} from './scope/pageRequest.ts';
import {bodyKind, parseMultipart, parseText, readBody} from './request/readBody.ts';
import {reportError} from './call/reportError.ts';
import {functionScope, type RequestScope} from './scope/requestScope.ts';
import {failureResponse, refusalResponse} from './answer/respond.ts';
import {failedForm, runForm} from './call/runForm.ts';
import {TemporaryReferences} from './decode/temporaryReferences.ts';

/** Answers requests for server functions; `null` for every other request, whose body is left unread. */
export type ServerFunctionHandler = (request: Request) => Promise<Response | null>;

/**
 * Makes the HTTP endpoint of the server functions of an app.
 *
 * It answers calls, `POST endpoint` with the header `X-Action-Id` and a body made by React's
 * `encodeReply`; and forms of React that were posted without JavaScript, multipart, at whatever URL
 * they come. Put routes of your own that take multipart posts before it: a form of theirs passes the
 * same checks before this sees that it is not React's.
 *
 * Checked in this order, before anything runs: method (405), other sites (403), content type (415),
 * size (413) and time (408) of the body, the id (404), the fields of a form, decoding with its limits
 * (400), and that the export is a server function (404). Each refusal has a short text and the header
 * `X-Action-Error`. What a server function throws answers a call with status 500 and makes the caller's
 * promise reject, in production with nothing but a digest; a form is answered by `renderError`, or by a
 * short text, with status 500. The handler itself never rejects.
 *
 * While a server function runs, `cookies()`, `headers()`, `redirect()`, `notFound()`, `revalidatePath()`
 * and `revalidateTag()` belong to its request.
 *
 * @param options see {@link ServerFunctionHandlerOptions}
 * @throws TypeError for an option that is unknown or malformed
 * @throws {PeerError} when React is too old, or not of one version; it says what to install
 * @throws {ManifestError} when a manifest is missing or malformed
 * @throws {EncryptionKeyError} when the key is malformed or another one is in use
 */
export function createServerFunctionHandler(
  options: ServerFunctionHandlerOptions,
): ServerFunctionHandler {
  const config = resolveOptions(options);
  return async (request) => {
    const context: {id?: string} = {};
    // Adapters make it of the header `Host`, and not every one looks what it made.
    if (!URL.canParse(request.url)) return refuseUrl(request, config);
    const isForm = !isCall(request, config);
    if (isForm && !isMultipartPost(request)) return null;
    try {
      return await (isForm ? answerForm : answerCall)(request, config, context);
    } catch (error) {
      const digest = reportError(config.onError, error, {request, ...context});
      if (isForm) return failedForm(request, config, {...context, error, digest});
      return error instanceof RequestError
        ? refusalResponse(error)
        : failureResponse(error, digest);
    }
  };
}

function refuseUrl(request: Request, config: HandlerConfig): Response {
  const error = refuse('malformed-url');
  reportError(config.onError, error, {request});
  return refusalResponse(error);
}

/** Everything at the endpoint, except forms that an app renders there without JavaScript. */
function isCall(request: Request, {endpoint}: HandlerConfig): boolean {
  if (new URL(request.url).pathname !== endpoint) return false;
  return request.headers.has(ID_HEADER) || !isMultipartPost(request);
}

function isMultipartPost({method, headers}: Request): boolean {
  return method === 'POST' && /^multipart\/form-data\b/i.test(headers.get('content-type') ?? '');
}

async function answerCall(
  request: Request,
  config: HandlerConfig,
  context: {id?: string},
): Promise<Response> {
  if (request.method !== 'POST') throw refuse('method-not-allowed');
  checkOrigin(request, config.origins);
  const kind = bodyKind(request.headers);
  const bytes = await readBody(request, config.body);
  const id = (context.id = readActionId(request.headers, config.functions));
  const page = config.renderPage && readPageUrl(request);
  const body = kind === 'text' ? parseText(bytes) : await parseMultipart(bytes, request.headers);
  if (typeof body !== 'string') checkFields(body, config.limits);
  const temporaryReferences = new TemporaryReferences();
  const args = await decodeArguments(body, config.functions, config.limits, temporaryReferences);
  const serverFunction = await config.functions.load(id);
  const lifetime = newLifetime(request, config, id);

  return callFunction({
    serverFunction,
    run: () => serverFunction(...args),
    scope: newFunctionScope(request, config, id, lifetime),
    lifetime,
    page,
    config,
    render: {
      clientManifest: config.clientManifest,
      temporaryReferences,
      lifetime,
      onError: (error) => reportError(config.onError, error, {request, id}),
    },
  });
}

async function answerForm(
  request: Request,
  config: HandlerConfig,
  context: {id?: string},
): Promise<Response | null> {
  checkOrigin(request, config.origins);
  bodyKind(request.headers);
  // From a copy, so that a form that is not React's is left to the app.
  const copy = request.clone();
  const bytes = await readCopy(copy, request, config);
  const form = await parseMultipart(bytes, copy.headers);
  if (!isActionForm(form)) {
    if (new URL(request.url).pathname === config.endpoint) throw refuse('malformed-id');
    return null;
  }
  checkFields(form, config.limits);
  const action = await decodeForm(form, config.functions, config.limits);
  context.id = action.id;
  const serverFunction = await config.functions.load(action.id);
  const lifetime = newLifetime(request, config, action.id);
  const scope = newFunctionScope(request, config, action.id, lifetime);
  return runForm(action, form, {serverFunction, run: action.run, scope, lifetime, config});
}

function newLifetime(request: Request, {timeout}: HandlerConfig, id: string): CallLifetime {
  const time = typeof timeout === 'function' ? checkTimeout(timeout({id, request})) : timeout;
  return new CallLifetime(request, time);
}

function newFunctionScope(
  request: Request,
  config: HandlerConfig,
  id: string,
  lifetime: CallLifetime,
): RequestScope {
  const {cache, origins, renderPage, onError} = config;
  return functionScope(request, {
    id,
    cache,
    revalidates: cache !== undefined || renderPage !== undefined,
    trustProxy: origins.trustProxy,
    lifetime,
    onError: (error) => void reportError(onError, error, {request, id}),
  });
}

/** Reads a copy of the body, and lets go of the other one when nobody will read it. */
async function readCopy(copy: Request, original: Request, config: HandlerConfig) {
  // One of two copies: this reaches the source only when both are cancelled.
  return readBody(copy, config.body, () => {
    original.body?.cancel().catch(() => {});
  });
}
