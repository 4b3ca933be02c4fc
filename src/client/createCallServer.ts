import {
  createFromReadableStream,
  createTemporaryReferenceSet,
  encodeReply,
} from 'react-server-dom-webpack/client';
import {answerStream} from './answerStream.ts';
import {takeCallOptions} from './callOptions.ts';
import {
  ServerFunctionAbortedError,
  ServerFunctionNetworkError,
  ServerFunctionNotFoundError,
  ServerFunctionRedirect,
  ServerFunctionRequestError,
} from './errors.ts';
import {findSourceMapURL} from './findSourceMapURL.ts';
import {followRedirect} from './followRedirect.ts';
import {readAnswer} from './readAnswer.ts';

/** Which page a call brought along. */
export interface PageContext {
  /** `$$id` of the server function. */
  id: string;
  /** Of the page: the one that was shown when the call began. */
  url: URL;
}

export interface CallServerOptions {
  /**
   * Where `createServerFunctionHandler` answers: its `endpoint`, or a whole URL.
   * @default '/rsc-action'
   */
  endpoint?: string | URL;
  /** Further headers of each call, or a function that gives them. */
  headers?: HeadersInit | ((id: string) => HeadersInit | Promise<HeadersInit>);
  /** @default globalThis.fetch, looked up at each call */
  fetch?: typeof globalThis.fetch;
  /**
   * What server functions in results and pages are called by: your own `callServer`, when you wrap the
   * one that this makes.
   * @default the one that this makes
   */
  callServer?: CallServer;
  /**
   * Gets the page that the server rendered again (`renderPage` of the handler) in answer to a call that
   * changed it, before the call resolves. Without it no page is asked for.
   */
  onPage?: (page: Promise<any>, context: PageContext) => void;
  /**
   * Called when a server function redirects. What it returns is what the call resolves with; throw
   * `redirect` to let the call reject.
   * @default goes to `redirect.url`; the call stays pending, because the page is being left
   */
  onRedirect?: (redirect: ServerFunctionRedirect) => unknown;
  /**
   * Called when a call cannot be made or answered: an unknown function, no network, no answer in time, a refusal. Not
   * for what functions throw, `notFound()`, and calls that were aborted. What it returns is what the
   * call resolves with.
   * @default throws `error`
   */
  onFailure?: (error: ServerFunctionRequestError) => unknown;
}

/** Calls the server function `id`; what server references do when they are called in the browser. */
export type CallServer = (id: string, args: unknown[]) => Promise<unknown>;

/**
 * Makes a `callServer` for server references.
 *
 * The promise that it gives rejects with what the server function throws; with
 * {@link UnknownServerFunctionError} when the server does not have the function; with
 * {@link ServerFunctionNetworkError}, {@link ServerFunctionAbortedError}, `ServerFunctionTimeoutError` or
 * {@link ServerFunctionNotFoundError}; and with {@link ServerFunctionRequestError} when it could not be
 * called for another reason. What React cannot send rejects before a request is made.
 *
 * @throws TypeError for an option that is unknown
 */
export function createCallServer(options: CallServerOptions = {}): CallServer {
  checkOptions(options);
  const {onRedirect = followRedirect, onFailure = rethrow} = options;

  async function callServer(id: string, allArguments: unknown[]): Promise<unknown> {
    try {
      return await send(id, allArguments, options, options.callServer ?? callServer);
    } catch (error) {
      if (!(error instanceof ServerFunctionRequestError)) throw error;
      if (error instanceof ServerFunctionRedirect) return onRedirect(error);
      if (error instanceof ServerFunctionAbortedError) throw error;
      if (error instanceof ServerFunctionNotFoundError) throw error;
      return onFailure(error);
    }
  }
  return callServer;
}

async function send(
  id: string,
  allArguments: unknown[],
  options: CallServerOptions,
  callServer: CallServer,
): Promise<unknown> {
  const {args, options: own} = takeCallOptions(allArguments);
  const {signal} = own;
  const {endpoint = '/rsc-action'} = options;
  const temporaryReferences = createTemporaryReferenceSet();
  const body = await untilAborted(id, signal, encodeReply(args, {temporaryReferences}));
  const headers = await untilAborted(id, signal, requestHeaders(id, options));
  const fetch = own.fetch ?? options.fetch ?? globalThis.fetch;
  const response = await untilAborted(
    id,
    signal,
    request(fetch, endpoint, id, {method: 'POST', headers, body, ...(signal && {signal})}),
  );
  const answer = await untilAborted(id, signal, readAnswer(response, id));
  const root = await createFromReadableStream(answerStream(answer.body, id, signal), {
    callServer,
    temporaryReferences,
    findSourceMapURL,
  });
  if (!answer.page) return root;
  const {result, page} = root as {result: PromiseLike<unknown>; page: PromiseLike<unknown>};
  deliver(options.onPage, Promise.resolve(page), {id, url: answer.page});
  return result;
}

async function requestHeaders(id: string, {headers, onPage}: CallServerOptions): Promise<Headers> {
  const result = new Headers(typeof headers === 'function' ? await headers(id) : headers);
  result.set('Accept', 'text/x-component');
  result.set('X-Action-Id', encodeId(id));
  const {location} = globalThis;
  if (onPage && location) result.set('X-Action-Page', location.pathname + location.search);
  return result;
}

async function request(
  fetch: typeof globalThis.fetch,
  endpoint: string | URL,
  id: string,
  init: RequestInit,
): Promise<Response> {
  try {
    return await fetch(endpoint, init);
  } catch (cause) {
    throw new ServerFunctionNetworkError(
      `The server function ${id} could not be called: there was no answer from ${endpoint}.`,
      {id, status: 0, code: 'network', cause},
    );
  }
}

/** The result of the work, or a rejection as soon as the signal is aborted. */
async function untilAborted<T>(
  id: string,
  signal: AbortSignal | undefined,
  work: Promise<T>,
): Promise<T> {
  if (!signal) return work;
  let stop!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(new ServerFunctionAbortedError(id, signal.reason));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, {once: true});
    stop = () => signal.removeEventListener('abort', abort);
  });
  try {
    // First, so that it wins over the error of a fetch that was aborted too.
    return await Promise.race([aborted, work]);
  } finally {
    stop();
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
  fetch: true,
  callServer: true,
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
}

function rethrow(error: unknown): never {
  throw error;
}

/** Headers carry ASCII only. */
function encodeId(id: string): string {
  return /^[\x21-\x7e]+$/.test(id) ? id : encodeURIComponent(id);
}
