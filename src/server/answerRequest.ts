import type {HandlerConfig} from './handlerConfig.ts';
import type {Answer, Reply} from './answer/answer.ts';
import {failureAnswer, refusalAnswer, type RenderContext} from './answer/respond.ts';
import {callFunction} from './call/callFunction.ts';
import type {EnteredFunction} from './call/entry.ts';
import {createReport, reportError} from './call/reportError.ts';
import type {FunctionCall} from './call/runFunction.ts';
import {answerFailedForm, runForm} from './call/runForm.ts';
import type {StartTrace} from './call/trace.ts';
import {isActionForm} from './decode/actionFields.ts';
import {decodeArguments, decodeForm} from './decode/decodeCall.ts';
import {PassedFunctions} from './decode/passedFunctions.ts';
import {TemporaryReferences} from './decode/temporaryReferences.ts';
import {answerProcess, asksForProcess} from './development/serverProcess.ts';
import {FLIGHT_WITH_END, ID_HEADER} from '../references/protocol.ts';
import type {MaybePromise} from './platform/maybePromise.ts';
import {refuse, RequestError} from './refusals.ts';
import {awaitListing, readActionId, sentActionId} from './request/actionId.ts';
import type {Bytes} from './request/bytes.ts';
import {isBodyTaken} from './request/bodySource.ts';
import {FormBody} from './request/formBody.ts';
import type {Incoming} from './request/incoming.ts';
import type {DecodingLimits} from './request/limits.ts';
import {boundaryOf, parseMultipart} from './request/multipart.ts';
import {checkOrigin} from './request/originCheck.ts';
import {bodyKind, parseText, readBody, type BodyKind} from './request/readBody.ts';
import {CallLifetime, checkTimeout} from './scope/lifetime.ts';
import {readPageUrl} from './scope/pageRequest.ts';
import {RequestScope} from './scope/requestScope.ts';
import {renderIn} from './scope/withRequest.ts';

/**
 * What a request may be for the handler: a call of the client, a form that may be React's, or one whose
 * URL cannot be read.
 */
export type Concern = 'call' | 'form' | 'malformed';

/** How a request concerns the handler, without a look at its body; `undefined` when it does not. */
export function concerns(incoming: Incoming, {endpoint}: HandlerConfig): Concern | undefined {
  if (!incoming.hasValidUrl) return 'malformed';
  const isForm = isMultipartPost(incoming);
  // An app may render forms at the endpoint that work without JavaScript.
  const isCall = !isForm || incoming.header(ID_HEADER) !== null;
  if (isCall && incoming.pathname === endpoint) return 'call';
  return isForm ? 'form' : undefined;
}

function isMultipartPost(incoming: Incoming): boolean {
  return (
    incoming.method === 'POST' &&
    /^multipart\/form-data\b/i.test(incoming.header('content-type') ?? '')
  );
}

/** Answers a request; `null` for a form that is not React's, whose body is left unread. Never rejects. */
export function answerRequest(
  concern: Concern,
  incoming: Incoming,
  config: HandlerConfig,
): MaybePromise<Reply | null> {
  // A page that asks again and again whether the server is a new one calls nothing.
  return config.startTrace && !asksForProcess(incoming)
    ? answerTraced(config.startTrace, concern, incoming, config)
    : answerConcern(concern, incoming, config);
}

async function answerTraced(
  startTrace: StartTrace,
  concern: Concern,
  incoming: Incoming,
  config: HandlerConfig,
): Promise<Reply | null> {
  const trace = await startTrace(concern, incoming, config);
  return trace.answered(await answerConcern(concern, incoming, trace.config));
}

function answerConcern(
  concern: Concern,
  incoming: Incoming,
  config: HandlerConfig,
): MaybePromise<Reply | null> {
  if (concern === 'call') return answerCall(incoming, config);
  return concern === 'form' ? answerForm(incoming, config) : refuseUrl(incoming, config);
}

function refuseUrl(incoming: Incoming, config: HandlerConfig): Promise<Answer> {
  const error = refuse('malformed-url');
  reportError(config.onError, error, incoming);
  return refusalAnswer(error);
}

/** What is known of a request when it fails. */
interface Known {
  id?: string;
}

async function answerCall(incoming: Incoming, config: HandlerConfig): Promise<Answer> {
  const known: Known = {};
  try {
    checkCall(incoming, config);
    if (asksForProcess(incoming)) return await answerProcess(incoming, config.functions);
    if (config.functions.settle) await awaitListing(incoming, config.functions);
    if (config.onRequest) {
      await askApp(incoming, config, sentActionId(incoming, config.functions));
    }
    const kind = bodyKind(incoming);
    const bytes = await readBody(incoming, config.body);
    config.trace?.received(bytes);
    const {id, page, ...read} = readCall(incoming, config, kind, bytes, known);
    // Nothing that is there already is awaited: that would cost more than most of the checks.
    const args = read.args instanceof Promise ? await read.args : read.args;
    config.trace?.decoded(id, args);
    const loaded = config.functions.load(id);
    const serverFunction = loaded instanceof Promise ? await loaded : loaded;
    const call = newCall(incoming, config, {id, serverFunction, args}, read.passed);
    const render = renderContext(incoming, read.temporaryReferences, call);
    return await callFunction({...call, page, render});
  } catch (error) {
    const id = known.id ?? sentActionId(incoming, config.functions);
    const digest = reportError(config.onError, error, incoming, id);
    return error instanceof RequestError ? refusalAnswer(error) : failureAnswer(error, digest);
  }
}

function checkCall(incoming: Incoming, {origins}: HandlerConfig): void {
  if (incoming.method !== 'POST') throw refuse('method-not-allowed');
  checkOrigin(incoming, origins);
}

/** What the head and the body of a call say. */
function readCall(
  incoming: Incoming,
  {functions, renderPage, limits}: HandlerConfig,
  kind: BodyKind,
  bytes: Bytes,
  known: Known,
) {
  const id = (known.id = readActionId(incoming, functions));
  const page = renderPage && readPageUrl(incoming);
  const body = kind === 'text' ? parseText(bytes) : parseForm(bytes, incoming, limits);
  const temporaryReferences = new TemporaryReferences();
  const passed = new PassedFunctions(functions);
  const args = decodeArguments(body, passed, limits, temporaryReferences);
  return {id, page, args, passed, temporaryReferences};
}

function renderContext(
  incoming: Incoming,
  temporaryReferences: TemporaryReferences,
  {config: {clientManifest}, lifetime, report}: FunctionCall,
): RenderContext {
  const wantsEnd = incoming.header('accept') === FLIGHT_WITH_END;
  return {clientManifest, temporaryReferences, wantsEnd, lifetime, onError: report};
}

async function answerForm(incoming: Incoming, config: HandlerConfig): Promise<Reply | null> {
  const known: Known = {};
  try {
    return await checkAndRunForm(incoming, config, known);
  } catch (error) {
    return answerFailedForm(incoming, config, {...known, error});
  }
}

async function checkAndRunForm(
  incoming: Incoming,
  config: HandlerConfig,
  known: Known,
): Promise<Reply | null> {
  const form = await receiveForm(incoming, config);
  if (!form) {
    if (incoming.pathname !== config.endpoint) return null;
    // What comes there is meant for the handler, even from another site.
    checkOrigin(incoming, config.origins);
    throw refuse('malformed-id');
  }
  const {functions, limits} = config;
  if (functions.settle) await functions.settle();
  const passed = new PassedFunctions(functions);
  const action = await decodeForm(form, (id) => functions.has(id), passed, limits);
  known.id = action.id;
  config.trace?.decoded(action.id, action.args);
  return runForm(action, form, newCall(incoming, config, action, passed));
}

/** A form of React's, once it may be run; `undefined` for another one, whose body is unread. */
async function receiveForm(
  incoming: Incoming,
  config: HandlerConfig,
): Promise<FormData | undefined> {
  if (isBodyTaken(incoming)) {
    // A client that is gone has taken it along.
    if (incoming.leaveReason() === undefined) warnOfReadForm();
    return undefined;
  }
  const boundary = boundaryOf(incoming.header('content-type')!);
  if (boundary === undefined) return undefined;
  const body = new FormBody(incoming, config.body);
  if (!(await body.hasActionField(boundary))) {
    if (body.isGone) warnOfReadForm();
    return undefined;
  }
  const bytes = await readForm(incoming, config, body);
  config.trace?.received(bytes);
  const form = parseForm(bytes, incoming, config.limits);
  return isActionForm(form) ? form : undefined;
}

function parseForm(bytes: Bytes, incoming: Incoming, limits: DecodingLimits): FormData {
  return parseMultipart(bytes, incoming.header('content-type')!, limits);
}

async function readForm(incoming: Incoming, config: HandlerConfig, body: FormBody): Promise<Bytes> {
  try {
    checkOrigin(incoming, config.origins);
    if (config.onRequest) await askApp(incoming, config, undefined);
    bodyKind(incoming);
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
    'The body of a multipart post was read before the handler of the server functions saw the request, so it cannot tell whether React made the form, and leaves it to the app. If forms without JavaScript are not answered, let the handler see requests before multer and other body parsers do.',
  );
}

/** Lets the app refuse the request before what costs: its body is not read. */
async function askApp(
  incoming: Incoming,
  {onRequest, origins}: HandlerConfig,
  id: string | undefined,
): Promise<void> {
  await renderIn(incoming, () => onRequest!(incoming.request, {id}), origins.trustProxy);
}

/** A call that has passed every check but that of its captures. */
function newCall(
  incoming: Incoming,
  config: HandlerConfig,
  {id, serverFunction, args}: EnteredFunction,
  passed: PassedFunctions,
): FunctionCall {
  const {timeout, cache, origins, renderPage, onError} = config;
  const time =
    typeof timeout === 'function'
      ? checkTimeout(timeout({id, request: incoming.request}))
      : timeout;
  const lifetime = new CallLifetime(incoming, time);
  const report = createReport(onError, incoming, {id, serverFunction, args});
  const scope = RequestScope.ofFunction(incoming, {
    id,
    cache,
    revalidates: cache !== undefined || renderPage !== undefined,
    trustProxy: origins.trustProxy,
    lifetime,
    onError: report,
  });
  config.trace?.began(lifetime);
  return {entered: {id, serverFunction, args}, passed, scope, lifetime, report, config};
}
