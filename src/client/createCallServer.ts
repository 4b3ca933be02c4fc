import {
  createFromReadableStream,
  createTemporaryReferenceSet,
  encodeReply,
} from 'react-server-dom-webpack/client';
import {DEFAULT_ENDPOINT, FLIGHT_WITH_END, ID_HEADER, PAGE_HEADER} from '../references/protocol.ts';
import {answerStream} from './answerStream.ts';
import {takeCallOptions, type CallOptions} from './callOptions.ts';
import {
  ServerFunctionAbortedError,
  ServerFunctionNotFoundError,
  ServerFunctionRedirect,
  ServerFunctionRequestError,
} from './errors.ts';
import {passTiming, startTiming, timingOf, watchStream} from './callTiming.ts';
import {checkArguments} from './checkArguments.ts';
import {decideFailure, LateFailure, type FailureContext} from './failure.ts';
import {findSourceMapURL} from './findSourceMapURL.ts';
import {followRedirect} from './followRedirect.ts';
import {readAnswer} from './readAnswer.ts';
import {sendRequest} from './sendRequest.ts';
import {untilAborted} from './untilAborted.ts';

/** Which page a call brought along. */
export interface PageContext {
  /** `$$id` of the server function. */
  id: string;
  /** Of the page: the one that was shown when the call began. */
  url: URL;
}

/** Options of {@link createCallServer}. */
export interface CallServerOptions {
  /**
   * Where the handler of the server answers: its `endpoint`, or a whole URL.
   * @default '/rsc-action'
   */
  endpoint?: string | URL | undefined;
  /** Further headers of each call, or a function that gives them. */
  headers?: HeadersInit | ((id: string) => HeadersInit | Promise<HeadersInit>) | undefined;
  /**
   * Whether cookies go with calls to another origin, and are taken from its answers: `'include'`, where
   * `endpoint` is a whole URL. It goes to a `fetch` of one call too.
   * @default that of `fetch`: `'same-origin'`
   */
  credentials?: RequestCredentials | undefined;
  /**
   * Sends the calls.
   * @default globalThis.fetch, looked up at each call
   */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * What server functions in results and pages are called by: your own `callServer`, when you wrap the
   * one that this makes.
   * @default the one that this makes
   */
  callServer?: CallServer | undefined;
  /**
   * What becomes of arguments that cannot be sent, such as a function, an element or an instance of a class.
   * `true`: the server gets a placeholder, which it can return but not read. `false`: the call rejects with
   * {@link UnsendableArgumentError} before a request is made. Without it as with `true`, and the console of a
   * development build warns.
   */
  temporaryReferences?: boolean | undefined;
  /**
   * Gets the page that the server rendered again (`renderPage` of the handler) in answer to a call that
   * changed it, before the call resolves. Without it no page is asked for.
   *
   * @param page what `renderPage` gave
   * @param context which page it is
   */
  onPage?: ((page: Promise<any>, context: PageContext) => void) | undefined;
  /**
   * Called when a server function redirects. What it returns is what the call resolves with; throw
   * `redirect` to let the call reject.
   * @default goes to `redirect.url`. The call stays pending while the page is being left; it resolves with
   *   `undefined` when the page stays, as for a download.
   */
  onRedirect?: ((redirect: ServerFunctionRedirect) => unknown) | undefined;
  /**
   * Called when a call cannot be made or answered: an unknown function, no network, no answer in time, a
   * refusal. Not for what functions throw, `notFound()`, and calls that were aborted. What it returns is
   * what the call resolves with. `return retry()` sends the call again: see {@link FailureContext}. While a
   * promise that it returns is pending, the call is pending.
   *
   * When the answer breaks off later, inside a result that streams in, it is told as well, without `retry`. What
   * waits for more of the result rejects with the error, whatever this returns.
   *
   * @param error why the call failed; `mayHaveRun` tells whether its function may have run all the same
   * @param context lets the call be sent again
   * @default throws `error`
   */
  onFailure?: ((error: ServerFunctionRequestError, context: FailureContext) => unknown) | undefined;
}

/**
 * Calls a server function; what server references do when they are called in the browser.
 *
 * @param id `$$id` of the function
 * @param args its arguments
 */
export type CallServer = (id: string, args: unknown[]) => Promise<unknown>;

/**
 * Makes a `callServer` for server references.
 *
 * The promise that it gives rejects with what the server function throws; with
 * {@link UnknownServerFunctionError} when the server does not have the function; with
 * {@link ServerFunctionNetworkError}, {@link ServerFunctionAbortedError}, `ServerFunctionTimeoutError` or
 * {@link ServerFunctionNotFoundError}; and with {@link ServerFunctionRequestError} when it could not be
 * called for another reason. What cannot be sent rejects before a request is made.
 *
 * @param options see {@link CallServerOptions}
 * @throws TypeError for an option that is unknown or malformed
 */
export function createCallServer(options: CallServerOptions = {}): CallServer {
  checkOptions(options);
  const {onRedirect = followRedirect, onFailure = rethrow} = options;

  async function callServer(id: string, args: unknown[]): Promise<unknown> {
    // Written out wherever it is asked for, so that bundlers leave it out of production.
    if (process.env['NODE_ENV'] !== 'production') startTiming(id, args);
    return attemptCall(await encodeCall(id, args, options), 1);
  }

  async function attemptCall(call: EncodedCall, attempt: number): Promise<unknown> {
    const {id, signal} = call;
    const late = new LateFailure(onFailure, {attempt, signal});
    if (process.env['NODE_ENV'] !== 'production') {
      if (attempt > 1) startTiming(id, call.temporaryReferences);
    }
    try {
      return await send(call, options, options.callServer ?? callServer, late);
    } catch (error) {
      if (process.env['NODE_ENV'] !== 'production')
        timingOf(call.temporaryReferences)?.fails(error);
      late.drop(error);
      if (!(error instanceof ServerFunctionRequestError)) throw error;
      if (error instanceof ServerFunctionRedirect) return onRedirect(error);
      if (error instanceof ServerFunctionAbortedError) throw error;
      if (error instanceof ServerFunctionNotFoundError) throw error;
      const sendAgain = () => attemptCall(call, attempt + 1);
      return decideFailure(error, {id, signal, attempt, sendAgain}, onFailure);
    } finally {
      late.tell();
    }
  }
  return callServer;
}

/** A call that can be sent as often as it takes: what could be read once, such as a stream, has been read. */
interface EncodedCall extends CallOptions {
  id: string;
  body: string | FormData;
  temporaryReferences: ReturnType<typeof createTemporaryReferenceSet>;
  signal: AbortSignal | undefined;
}

async function encodeCall(
  id: string,
  allArguments: unknown[],
  options: CallServerOptions,
): Promise<EncodedCall> {
  const {
    args,
    options: {signal, fetch},
  } = takeCallOptions(allArguments);
  const temporaryReferences = createTemporaryReferenceSet();
  if (process.env['NODE_ENV'] !== 'production') passTiming(allArguments, temporaryReferences);
  const body = await untilAborted(id, signal, encodeReply(args, {temporaryReferences}));
  checkArguments(id, body, temporaryReferences, options.temporaryReferences);
  return {id, body, temporaryReferences, signal, fetch};
}

async function send(
  {id, body, temporaryReferences, signal, fetch: own}: EncodedCall,
  options: CallServerOptions,
  callServer: CallServer,
  late: LateFailure,
): Promise<unknown> {
  const {endpoint = DEFAULT_ENDPOINT} = options;
  const headers = await untilAborted(id, signal, requestHeaders(id, options));
  if (process.env['NODE_ENV'] !== 'production') timingOf(temporaryReferences)?.sends();
  const fetch = own ?? options.fetch ?? globalThis.fetch;
  const {credentials} = options;
  const request = {
    method: 'POST',
    headers,
    body,
    ...(credentials && {credentials}),
    ...(signal && {signal}),
  };
  const response = await untilAborted(id, signal, sendRequest(fetch, endpoint, id, request));
  if (process.env['NODE_ENV'] !== 'production') timingOf(temporaryReferences)?.receives(response);
  const answer = await untilAborted(id, signal, readAnswer(response, id));
  const root = createFromReadableStream(
    process.env['NODE_ENV'] === 'production'
      ? answerStream(answer, id, signal, late.hear)
      : watchStream(temporaryReferences, answerStream(answer, id, signal, late.hear)),
    {callServer, temporaryReferences, findSourceMapURL, serverConsumerManifest: NO_MODULES},
  );
  if (!answer.page) return readable(id, response, root);
  const {result, page} = (await readable(id, response, root)) as {
    result: PromiseLike<unknown>;
    page: PromiseLike<unknown>;
  };
  deliver(options.onPage, Promise.resolve(page), {id, url: answer.page});
  return readable(id, response, result);
}

/** React's builds for servers ask where client components are. Here they are nowhere, which they then say. */
const NO_MODULES = {moduleMap: {}, serverModuleMap: null, moduleLoading: null};

async function requestHeaders(id: string, {headers, onPage}: CallServerOptions): Promise<Headers> {
  const result = new Headers(typeof headers === 'function' ? await headers(id) : headers);
  result.set('Accept', FLIGHT_WITH_END);
  result.set(ID_HEADER, encodeId(id));
  const {location} = globalThis;
  if (onPage && location) result.set(PAGE_HEADER, location.pathname + location.search);
  return result;
}

/**
 * What React reads. Its own complaints, about text between the rows or a client component that does not
 * load, become errors of the call.
 */
async function readable(
  id: string,
  response: Response,
  value: PromiseLike<unknown>,
): Promise<unknown> {
  try {
    return await value;
  } catch (cause) {
    // What the server function threw has a digest.
    const isResult = typeof cause !== 'object' || cause === null || 'digest' in cause;
    if (isResult || cause instanceof ServerFunctionRequestError) throw cause;
    throw new ServerFunctionRequestError(
      `The answer of the server function ${id} cannot be read.`,
      {id, code: 'unreadable-answer', response, cause},
    );
  }
}

/** An error in the app's own code must not take the result away. */
function deliver(
  onPage: CallServerOptions['onPage'],
  page: Promise<unknown>,
  context: PageContext,
): void {
  try {
    onPage?.(page, context);
  } catch (error) {
    reportError(error);
  }
}

const KNOWN: Record<keyof CallServerOptions, true> = {
  endpoint: true,
  headers: true,
  credentials: true,
  fetch: true,
  callServer: true,
  temporaryReferences: true,
  onPage: true,
  onRedirect: true,
  onFailure: true,
};

function checkOptions(options: CallServerOptions): void {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(KNOWN, name)) {
      throw new TypeError(
        `createCallServer has no option "${name}". There are: ${Object.keys(KNOWN).join(', ')}.`,
      );
    }
  }
  const {credentials = 'same-origin', temporaryReferences = true} = options;
  if (!['include', 'omit', 'same-origin'].includes(credentials)) {
    throw new TypeError(
      `createCallServer: credentials must be 'include', 'omit' or 'same-origin', but is ${credentials}.`,
    );
  }
  if (typeof temporaryReferences !== 'boolean') {
    throw new TypeError(
      `createCallServer: temporaryReferences must be true or false, but is ${String(temporaryReferences)}.`,
    );
  }
}

function rethrow(error: unknown): never {
  throw error;
}

/** Headers carry ASCII only. */
function encodeId(id: string): string {
  return /^[\x21-\x7e]+$/.test(id) ? id : encodeURIComponent(id);
}
