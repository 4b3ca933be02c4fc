import type {HandlerConfig} from './handlerConfig.ts';
import {resolveOptions, type ServerFunctionHandlerOptions} from './handlerOptions.ts';
import {failureResponse, refusalResponse} from './answer/respond.ts';
import {callFunction} from './call/callFunction.ts';
import type {EnteredFunction} from './call/entry.ts';
import {createReport, reportError} from './call/reportError.ts';
import type {FunctionCall} from './call/runFunction.ts';
import {answerFailedForm, runForm} from './call/runForm.ts';
import {nameStrayErrors} from './call/strayErrors.ts';
import {isActionForm} from './decode/actionFields.ts';
import {decodeArguments, decodeForm} from './decode/decodeCall.ts';
import {PassedFunctions} from './decode/passedFunctions.ts';
import {TemporaryReferences} from './decode/temporaryReferences.ts';
import {FLIGHT_WITH_END, ID_HEADER} from '../references/protocol.ts';
import {refuse, RequestError} from './refusals.ts';
import {readActionId, sentActionId} from './request/actionId.ts';
import type {Bytes} from './request/bytes.ts';
import {isBodyTaken} from './request/bodySource.ts';
import {FormBody} from './request/formBody.ts';
import type {DecodingLimits} from './request/limits.ts';
import {boundaryOf, parseMultipart} from './request/multipart.ts';
import {checkOrigin} from './request/originCheck.ts';
import {bodyKind, parseText, readBody} from './request/readBody.ts';
import {CallLifetime, checkTimeout} from './scope/lifetime.ts';
import {readPageUrl} from './scope/pageRequest.ts';
import {RequestScope} from './scope/requestScope.ts';
import {withRequest} from './scope/withRequest.ts';

/** Answers requests for server functions; `null` for every other request, whose body is left unread. */
export type ServerFunctionHandler = (request: Request) => Promise<Response | null>;

/**
 * Makes the HTTP endpoint of the server functions of an app.
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
  nameStrayErrors();
  return async (request) => {
    assertRequest(request);
    // Adapters make it of the header `Host`, and not every one looks at what it made.
    if (!URL.canParse(request.url)) return refuseUrl(request, config);
    if (isCall(request, config)) return answerCall(request, config);
    return isMultipartPost(request) ? answerForm(request, config) : null;
  };
}

function assertRequest(request: unknown): void {
  const {headers, url} = Object(request) as Partial<Request>;
  if (typeof headers?.get === 'function' && typeof url === 'string') return;
  throw new TypeError(
    'The handler of createServerFunctionHandler takes a web Request, but got something else. The request of node:http, Express or Connect needs an adapter, such as srvx: const listen = toNodeHandler(async (request) => (await handle(request)) ?? new Response(null, {status: 404})), with toNodeHandler of "srvx/node".',
  );
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

/** What is known of a request when it fails. */
interface Known {
  id?: string;
}

async function answerCall(request: Request, config: HandlerConfig): Promise<Response> {
  const known: Known = {};
  try {
    return await checkAndCall(request, config, known);
  } catch (error) {
    const digest = reportError(config.onError, error, {request, ...known});
    return error instanceof RequestError ? refusalResponse(error) : failureResponse(error, digest);
  }
}

async function checkAndCall(
  request: Request,
  config: HandlerConfig,
  known: Known,
): Promise<Response> {
  const {functions, limits} = config;
  if (request.method !== 'POST') throw refuse('method-not-allowed');
  checkOrigin(request, config.origins);
  if (config.onRequest) await askApp(request, config, sentActionId(request.headers, functions));
  const kind = bodyKind(request.headers);
  const bytes = await readBody(request, config.body);
  const id = (known.id = readActionId(request.headers, functions));
  const page = config.renderPage && readPageUrl(request);
  const body = kind === 'text' ? parseText(bytes) : parseForm(bytes, request, limits);
  const temporaryReferences = new TemporaryReferences();
  const passed = new PassedFunctions(functions);
  const args = await decodeArguments(body, passed, limits, temporaryReferences);
  const serverFunction = await functions.load(id);
  const call = newCall(request, config, {id, serverFunction, args}, passed);
  const {lifetime, report} = call;
  const {clientManifest} = config;
  const wantsEnd = request.headers.get('accept') === FLIGHT_WITH_END;
  const render = {clientManifest, temporaryReferences, wantsEnd, lifetime, onError: report};
  return callFunction({...call, page, render});
}

/** `null` for a form that is not React's. */
async function answerForm(request: Request, config: HandlerConfig): Promise<Response | null> {
  const known: Known = {};
  try {
    return await checkAndRunForm(request, config, known);
  } catch (error) {
    return answerFailedForm(request, config, {...known, error});
  }
}

async function checkAndRunForm(
  request: Request,
  config: HandlerConfig,
  known: Known,
): Promise<Response | null> {
  const form = await receiveForm(request, config);
  if (!form) {
    if (new URL(request.url).pathname !== config.endpoint) return null;
    // What comes there is meant for the handler, even from another site.
    checkOrigin(request, config.origins);
    throw refuse('malformed-id');
  }
  const {functions, limits} = config;
  const passed = new PassedFunctions(functions);
  const action = await decodeForm(form, (id) => functions.has(id), passed, limits);
  known.id = action.id;
  return runForm(action, form, newCall(request, config, action, passed));
}

/** A form of React's, once it may be run; `undefined` for another one, whose body is unread. */
async function receiveForm(request: Request, config: HandlerConfig): Promise<FormData | undefined> {
  if (isBodyTaken(request)) {
    warnOfReadForm();
    return undefined;
  }
  const boundary = boundaryOf(request.headers.get('content-type')!);
  if (boundary === undefined) return undefined;
  const body = new FormBody(request, config.body);
  if (!(await body.hasActionField(boundary))) {
    if (body.isGone) warnOfReadForm();
    return undefined;
  }
  const bytes = await readForm(request, config, body);
  const form = parseForm(bytes, request, config.limits);
  return isActionForm(form) ? form : undefined;
}

function parseForm(bytes: Bytes, {headers}: Request, limits: DecodingLimits): FormData {
  return parseMultipart(bytes, headers.get('content-type')!, limits);
}

async function readForm(request: Request, config: HandlerConfig, body: FormBody): Promise<Bytes> {
  try {
    checkOrigin(request, config.origins);
    if (config.onRequest) await askApp(request, config, undefined);
    bodyKind(request.headers);
  } catch (error) {
    body.refuse();
    throw error;
  }
  return body.rest();
}

let hasWarned = false;

/** Told once: an app may well read posts of its own before it asks the handler. */
function warnOfReadForm(): void {
  if (hasWarned) return;
  hasWarned = true;
  console.warn(
    'The body of a multipart post was read before createServerFunctionHandler saw the request, so it cannot tell whether React made the form, and leaves it to the app. If forms without JavaScript are not answered, let the handler see requests before multer and other body parsers do.',
  );
}

/** Lets the app refuse the request before what costs: its body is not read. */
async function askApp(
  request: Request,
  {onRequest, origins}: HandlerConfig,
  id: string | undefined,
): Promise<void> {
  await withRequest(request, () => onRequest!(request, {id}), origins);
}

/** A call that has passed every check but that of its captures. */
function newCall(
  request: Request,
  config: HandlerConfig,
  {id, serverFunction, args}: EnteredFunction,
  passed: PassedFunctions,
): FunctionCall {
  const {timeout, cache, origins, renderPage, onError} = config;
  const time = typeof timeout === 'function' ? checkTimeout(timeout({id, request})) : timeout;
  const lifetime = new CallLifetime(request, time);
  const report = createReport(onError, request, id);
  const scope = RequestScope.ofFunction(request, {
    id,
    cache,
    revalidates: cache !== undefined || renderPage !== undefined,
    trustProxy: origins.trustProxy,
    lifetime,
    onError: report,
  });
  return {entered: {id, serverFunction, args}, passed, scope, lifetime, report, config};
}
