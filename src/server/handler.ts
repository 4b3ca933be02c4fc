import {decodeFormState} from 'react-server-dom-webpack/server';
import {ID_HEADER, readActionId} from './actionId.ts';
import {isActionForm} from './actionFields.ts';
import {checkFields, decodeArguments, decodeForm} from './decodeCall.ts';
import {MalformedIdError, MethodNotAllowedError, RequestError} from './errors.ts';
import {
  resolveOptions,
  type HandlerConfig,
  type ServerFunctionHandlerOptions,
} from './handlerOptions.ts';
import type {ServerFunction} from './manifest.ts';
import {checkOrigin} from './originCheck.ts';
import {bodyKind, parseMultipart, parseText, readBody, stopReceiving} from './readBody.ts';
import {reportError} from './reportError.ts';
import {
  failureResponse,
  refusalResponse,
  rejectionResponse,
  resultResponse,
  seeSamePage,
  type RenderContext,
} from './respond.ts';
import {TemporaryReferences} from './temporaryReferences.ts';

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
 * promise reject, in production with nothing but a digest; to a form it answers a short text with
 * status 500. The handler itself never rejects.
 *
 * @param options see {@link ServerFunctionHandlerOptions}
 * @throws TypeError for an option that is unknown or malformed
 * @throws {ManifestError} when a manifest is missing or malformed
 * @throws {EncryptionKeyError} when the key is malformed or another one is in use
 */
export function createServerFunctionHandler(
  options: ServerFunctionHandlerOptions,
): ServerFunctionHandler {
  const config = resolveOptions(options);
  return async (request) => {
    const context: {id?: string} = {};
    try {
      if (isCall(request, config)) return await answerCall(request, config, context);
      if (isMultipartPost(request)) return await answerForm(request, config, context);
      return null;
    } catch (error) {
      const digest = reportError(config.onError, error, {request, ...context});
      if (!(error instanceof RequestError)) return failureResponse(error, digest);
      return refusalResponse(error);
    }
  };
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
  if (request.method !== 'POST') throw new MethodNotAllowedError();
  checkOrigin(request, config.origins);
  const kind = bodyKind(request.headers);
  const bytes = await readBody(request, config.body);
  const id = (context.id = readActionId(request.headers, config.functions));
  const body = kind === 'text' ? parseText(bytes) : await parseMultipart(bytes, request.headers);
  if (typeof body !== 'string') checkFields(body, config.limits);
  const temporaryReferences = new TemporaryReferences();
  const args = await decodeArguments(body, config.functions, config.limits, temporaryReferences);
  const serverFunction = await config.functions.load(id);
  return callFunction(serverFunction, args, {
    clientManifest: config.clientManifest,
    temporaryReferences,
    signal: request.signal,
    onError: (error) => reportError(config.onError, error, {request, id}),
  });
}

async function callFunction(
  serverFunction: ServerFunction,
  args: unknown[],
  context: RenderContext,
): Promise<Response> {
  let result;
  try {
    result = await serverFunction(...args);
  } catch (error) {
    // Captures are opened when the function is called, so this is where they turn out to be invalid.
    if (error instanceof RequestError) throw error;
    return rejectionResponse(error, context);
  }
  return resultResponse(result, context);
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
    if (new URL(request.url).pathname === config.endpoint) throw new MalformedIdError();
    return null;
  }
  checkFields(form, config.limits);
  const action = await decodeForm(form, config.functions, config.limits);
  context.id = action.id;
  const result = await action.run();
  const formState = action.bound
    ? await decodeFormState(result, form, config.functions.manifest)
    : null;
  return config.render ? await config.render(request, {formState}) : seeSamePage(request);
}

async function readCopy(copy: Request, original: Request, config: HandlerConfig) {
  try {
    return await readBody(copy, config.body);
  } catch (error) {
    stopReceiving(original.body);
    throw error;
  }
}
