import {bundle} from './bundle.ts';
import {loadClientManifest, loadServerFunctions} from './manifest/manifest.ts';
import type {ManifestSource} from './manifest/manifestFile.ts';
import {checkEnvironmentKey, setEncryptionKey} from './captures/encryptionKey.ts';
import {ManifestError} from './errors.ts';
import {checkPositiveInteger, resolveLimits, type DecodingLimits} from './request/limits.ts';
import {checkTimeout, LONGEST_TIMEOUT} from './scope/lifetime.ts';
import type {
  FormPages,
  HandlerConfig,
  OnRequest,
  RenderForm,
  RenderFormError,
  RenderPage,
  Timeout,
} from './handlerConfig.ts';
import {parseAllowedHosts} from '../references/allowedHosts.ts';
import {parseAllowedOrigins} from './request/allowedOrigins.ts';
import {setCaptureOptions, type CaptureBinding} from './captures/captureOptions.ts';
import {DEFAULT_ENDPOINT} from '../references/protocol.ts';
import type {OnCall} from './call/callReport.ts';
import {createErrorLog} from './call/errorLog.ts';
import type {Middleware} from './call/middleware.ts';
import {warnOfUnclearMode} from './platform/mode.ts';
import {completeDecodedPromises} from './decode/decodedPromises.ts';
import {assertReact} from './platform/reactVersion.ts';
import {traceRequests} from './development/traceRequests.ts';
import {nameStrayErrors} from './call/strayErrors.ts';
import type {OnError} from './call/reportError.ts';
import type {RevalidationTarget} from './scope/requestScope.ts';

/** Options of `createServerFunctionHandler`. */
export interface ServerFunctionHandlerOptions {
  /**
   * `server-actions-manifest.json`: its path, a `file:` URL, its content, or what `loadServerManifest` gave.
   * Needed except in a server bundle, which knows its own.
   */
  manifest?: ManifestSource | undefined;
  /**
   * `react-client-manifest.json`. Needed when results hold client components; a server bundle finds it
   * beside itself.
   * @default none: such a result rejects
   */
  clientManifest?: ManifestSource | undefined;
  /**
   * The folder that paths in the server manifest are relative to.
   * @default the environment variable `USE_SERVER_ROOT`, else the working directory
   */
  root?: string | undefined;
  /**
   * Path of the URL that calls are posted to.
   * @default '/rsc-action'
   */
  endpoint?: string | undefined;
  /**
   * Answers a form that was posted without JavaScript, after its server function has run. Cookies that
   * the function set are added to the answer, and `cookies()` has them already.
   * @default a redirection (303) to the URL that the form was posted to
   */
  render?: RenderForm | undefined;
  /**
   * Answers a form that was posted without JavaScript when its server function threw (500) or called
   * `notFound()` (404), and when the form was refused (4xx): with a page for people. An answer of
   * status 200 gets the status of the failure.
   * @default a short text
   */
  renderError?: RenderFormError | undefined;
  /**
   * Renders a page again in answer to a call, so that the client needs no second request: when the
   * function revalidated something or changed a cookie (see `renderPageAfter`), and the client has the
   * option `onPage`.
   * It gives what the page is made of, an element or an object that holds one; the handler streams it
   * beside the result. `request` is a `GET` for the page that the caller shows, with the cookies as
   * they are now; `cookies()` and `headers()` can be read. Authorise here as for every page.
   * @default none: the answer of a call is its result alone
   */
  renderPage?: RenderPage | undefined;
  /**
   * Which calls get the page that `renderPage` renders: those that revalidated something or changed a
   * cookie, or all, for apps whose data changes by ways that the handler does not see.
   * @default 'change'
   */
  renderPageAfter?: 'change' | 'every-call' | undefined;
  /**
   * What `revalidatePath()` and `revalidateTag()` call; `createMemoryCache()` makes one.
   * @default none
   */
  cache?: RevalidationTarget | undefined;
  /**
   * Key for the captures of inline server functions: 32 bytes in base64; several, separated by commas,
   * to rotate. It is one for the process.
   * @default the environment variable `USE_SERVER_ENCRYPTION_KEY`, else a random key and a warning
   */
  encryptionKey?: string | undefined;
  /**
   * Seconds for which captures can be used after a page was rendered with them. It is one for the process.
   * @default no limit
   */
  captureMaxAge?: number | undefined;
  /**
   * Binds captures to a user or a session: what it gives must be the same when the page is rendered, in
   * `withRequest(request, ...)`, and when the function is called. It is never sent. `cookies()` can be
   * read in it. It is one for the process, so make the handler before anything renders.
   * @default none: everyone who has captures can use them
   */
  captureBinding?: CaptureBinding | undefined;
  /**
   * Bytes of a request body.
   * @default 1000000
   */
  maxBodySize?: number | undefined;
  /**
   * Milliseconds until the whole body must have arrived.
   * @default 30000
   */
  bodyTimeout?: number | undefined;
  /**
   * Milliseconds that a call may take, from the moment when all checks have passed until the last of
   * its result has streamed; or a function that gives them, so that a function which streams for long
   * may. A server function that has not ended by then is answered with 504, a result that streams
   * breaks off, and `signal()` is aborted. With `Infinity` only the client ends a call.
   * @default 30000
   */
  timeout?: Timeout | undefined;
  /** What one body may make the decoder do. */
  limits?: {[Limit in keyof DecodingLimits]?: DecodingLimits[Limit] | undefined} | undefined;
  /**
   * Other origins whose pages may call: `['https://app.example', 'https://*.app.example']`. An asterisk
   * stands for the first label of the host, and for one label only.
   * @default []
   */
  allowedOrigins?: readonly string[] | undefined;
  /**
   * Hosts that this server answers for, as `Host` has them: `['app.example', '.app.example']`, with a dot
   * also all names below. It closes DNS rebinding, which https closes by itself: for servers on plain
   * http in a private network, or on a developer's machine. IP addresses and localhost always pass.
   * @default 'all'
   */
  allowedHosts?: 'all' | readonly string[] | undefined;
  /**
   * Whether `X-Forwarded-Host` and `X-Forwarded-Proto` say what the browser sees. Only behind a proxy
   * that sets both.
   * @default false
   */
  trustProxy?: boolean | undefined;
  /**
   * Called for every call and every form of React's before its body is read, when method and origin
   * have been checked: for rate limits, and whatever else protects what costs. Throw a `RefusalError` to
   * refuse the request; `cookies()` and `headers()` can be read. What it returns counts for nothing.
   * @default none
   */
  onRequest?: OnRequest | undefined;
  /**
   * Run around every server function after all checks have passed, the first one outermost: for
   * authorisation, rate limits, logs, traces.
   * @default []
   */
  middleware?: readonly Middleware[] | undefined;
  /**
   * Called when the server function of a call has ended: for meters and logs.
   * @default none
   */
  onCall?: OnCall | undefined;
  /**
   * Gets every error; may return the digest for the client.
   * @default logs what server functions throw with `console.error`, and status and code of refused requests
   * with `console.warn`: the first of each kind, then how many there were in a minute. In development the log
   * has the place in the source, the arguments, and what makes a refused request pass.
   */
  onError?: OnError | undefined;
  /**
   * Whether the server opens the inspector in development, where every call is seen live: on a port of its own of
   * the loopback interface, at the address that it prints. It needs Node; in production there is none.
   * @default true
   */
  inspector?: boolean | undefined;
}

const KNOWN: Record<keyof ServerFunctionHandlerOptions, true> = {
  manifest: true,
  clientManifest: true,
  root: true,
  endpoint: true,
  render: true,
  renderError: true,
  renderPage: true,
  renderPageAfter: true,
  cache: true,
  encryptionKey: true,
  captureMaxAge: true,
  captureBinding: true,
  maxBodySize: true,
  bodyTimeout: true,
  timeout: true,
  limits: true,
  allowedOrigins: true,
  allowedHosts: true,
  trustProxy: true,
  onRequest: true,
  middleware: true,
  onCall: true,
  onError: true,
  inspector: true,
};

/** The options of either door. */
export type HandlerOptions = Omit<ServerFunctionHandlerOptions, 'render' | 'renderError'> & {
  render?: unknown;
  renderError?: unknown;
};

/**
 * Checks the options and loads the manifests.
 *
 * @param maker the function that was given the options, for errors
 * @param pages what the options `render` and `renderError` do
 * @throws TypeError for an option that is unknown or malformed
 * @throws {PeerError} when React is too old, or not of one version
 * @throws {ManifestError}
 * @throws {EncryptionKeyError}
 */
export function resolveOptions(
  maker: string,
  options: HandlerOptions,
  pages: FormPages,
): HandlerConfig {
  assertReact();
  completeDecodedPromises();
  nameStrayErrors();
  checkNames(maker, options);
  const {maxBodySize = 1_000_000, bodyTimeout = 30_000, endpoint = DEFAULT_ENDPOINT} = options;
  const {timeout = 30_000} = options;
  checkLimits({maxBodySize, bodyTimeout, timeout});
  checkTypes(options);
  checkEndpoint(endpoint);
  if (!options.manifest && !bundle) {
    throw new TypeError(
      `${maker} needs the option "manifest": the path of server-actions-manifest.json, which the webpack build writes.`,
    );
  }
  setProcessOptions(options);
  return {
    functions: loadServerFunctions(options.manifest, {root: options.root}),
    clientManifest:
      options.clientManifest || bundle?.clientManifest
        ? loadClientManifest(options.clientManifest)
        : noClientManifest,
    endpoint,
    pages,
    renderPage: options.renderPage,
    rendersEveryPage: options.renderPageAfter === 'every-call',
    cache: options.cache,
    body: {maxBodySize, bodyTimeout},
    timeout,
    limits: resolveLimits(options.limits),
    origins: {
      allows: parseAllowedOrigins(options.allowedOrigins ?? []),
      allowsHost: options.allowedHosts && parseAllowedHosts(options.allowedHosts),
      trustProxy: options.trustProxy ?? false,
    },
    onRequest: options.onRequest,
    middleware: [...(options.middleware ?? [])],
    onCall: options.onCall,
    onError: onlyContext(options.onError) ?? createErrorLog(),
    // Written out, so that bundlers leave what it needs out of production.
    startTrace:
      process.env['NODE_ENV'] === 'development'
        ? traceRequests({inspects: options.inspector ?? true})
        : undefined,
    trace: undefined,
  };
}

function checkNames(maker: string, options: HandlerOptions): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(KNOWN, name));
  if (unknown === undefined) return;
  throw new TypeError(
    `${maker} has no option "${unknown}". There are: ${Object.keys(KNOWN).join(', ')}.`,
  );
}

function checkLimits({
  maxBodySize,
  bodyTimeout,
  timeout,
}: Required<Pick<HandlerOptions, 'maxBodySize' | 'bodyTimeout' | 'timeout'>>): void {
  if (typeof timeout !== 'function') checkTimeout(timeout);
  checkPositiveInteger('maxBodySize', maxBodySize);
  checkPositiveInteger('bodyTimeout', bodyTimeout, LONGEST_TIMEOUT);
}

function checkTypes(options: HandlerOptions): void {
  checkType('render', options.render, 'function');
  checkType('renderError', options.renderError, 'function');
  checkType('renderPage', options.renderPage, 'function');
  checkPageOptions(options);
  checkCache(options.cache);
  checkType('captureBinding', options.captureBinding, 'function');
  checkType('onRequest', options.onRequest, 'function');
  checkType('onCall', options.onCall, 'function');
  checkMiddleware(options.middleware);
  checkType('onError', options.onError, 'function');
  checkType('trustProxy', options.trustProxy, 'boolean');
  checkType('root', options.root, 'string');
  checkType('inspector', options.inspector, 'boolean');
}

/** Sets what holds for the whole process: the key and the limits of captures. */
function setProcessOptions(options: HandlerOptions): void {
  if (options.encryptionKey !== undefined) setEncryptionKey(options.encryptionKey);
  checkEnvironmentKey();
  warnOfUnclearMode();
  const {captureMaxAge: maxAge, captureBinding: binding} = options;
  if (maxAge !== undefined) checkPositiveInteger('captureMaxAge', maxAge);
  setCaptureOptions({maxAge, binding});
}

const noClientManifest: object = new Proxy(Object.create(null), {
  get(_, id) {
    throw new ManifestError(
      `The result of a server function holds the client component ${String(id)}. Give the handler the option "clientManifest": the path of react-client-manifest.json.`,
    );
  },
});

/** Without what was called, which an app's own listener is not given. */
function onlyContext(onError: OnError | undefined): OnError | undefined {
  return onError && ((error, context) => onError(error, context));
}

function checkType(option: string, value: unknown, type: 'function' | 'boolean' | 'string'): void {
  if (value !== undefined && typeof value !== type) {
    throw new TypeError(`${option} must be a ${type}, but is ${typeof value}.`);
  }
}

function checkPageOptions({renderPage, renderPageAfter}: HandlerOptions): void {
  if (renderPageAfter === undefined) return;
  if (renderPageAfter !== 'change' && renderPageAfter !== 'every-call') {
    throw new TypeError(
      `renderPageAfter must be "change" or "every-call", but is ${JSON.stringify(renderPageAfter)}.`,
    );
  }
  if (!renderPage) throw new TypeError('renderPageAfter needs the option "renderPage".');
}

function checkCache(cache: unknown): void {
  if (cache === undefined) return;
  const {revalidatePath, revalidateTag} = Object(cache) as Record<string, unknown>;
  if (typeof revalidatePath !== 'function' || typeof revalidateTag !== 'function') {
    throw new TypeError(
      'cache must be an object {revalidatePath(path), revalidateTag(tag)}: createMemoryCache() makes one.',
    );
  }
}

function checkMiddleware(middleware: unknown): void {
  if (middleware === undefined) return;
  if (!Array.isArray(middleware) || middleware.some((one) => typeof one !== 'function')) {
    throw new TypeError('middleware must be an array of functions (context, next) => result.');
  }
}

function checkEndpoint(endpoint: unknown): void {
  if (typeof endpoint !== 'string' || !/^\/[^?#]*$/.test(endpoint)) {
    throw new TypeError(
      `endpoint must be the path of a URL, like "/rsc-action", but is ${JSON.stringify(endpoint)}.`,
    );
  }
  const {pathname} = new URL(`http://site${endpoint}`);
  if (pathname !== endpoint) {
    throw new TypeError(
      `endpoint must be written as browsers send it: ${JSON.stringify(pathname)} instead of ${JSON.stringify(endpoint)}.`,
    );
  }
}
