import {createAsyncStorage, followsAsync, HOW_TO_FOLLOW_ASYNC} from '../platform/asyncStorage.ts';
import {CookieJar} from './cookieJar.ts';
import type {Interruption} from './interruptions.ts';
import {serverOrigin} from '../request/originCheck.ts';

/** What `revalidatePath()` and `revalidateTag()` call: the cache of the app. */
export interface RevalidationTarget {
  revalidatePath(path: string): void | Promise<void>;
  revalidateTag(tag: string): void | Promise<void>;
}

/**
 * What may still be done in answer to the request: everything while the server function runs; nothing
 * that belongs to the head of the answer once it has returned, or has run for too long; in a page, what
 * a page may do.
 */
type Phase = 'function' | 'answer' | 'expired' | 'page';

/** Everything that `cookies()`, `redirect()` and the others know about the request around them. */
export interface RequestScope {
  readonly request: Request;
  /** Of this server, as the browser sees it. */
  readonly origin: string | undefined;
  readonly cookies: CookieJar;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  phase: Phase;
  /** `$$id` of the server function. */
  readonly id?: string;
  readonly cache?: RevalidationTarget;
  /** Whether there is anything to revalidate: a cache, or a page that is rendered again. */
  readonly revalidates: boolean;
  /** One for each `revalidatePath()` and `revalidateTag()`. */
  readonly revalidations: Promise<void>[];
  /** For what fails when nobody waits for it any more. */
  readonly onError?: (error: unknown) => void;
  /** What `redirect()` or `notFound()` threw last. */
  interruption?: Interruption;
  /** Whether captures were opened for the function, so that code of its author runs. */
  capturesOpened: boolean;
  /** Where captures are still to be opened: runs what comes after that. Taken by the first who does. */
  afterOpening?: (run: () => unknown) => unknown;
  /** Captures of the called function itself that could not be opened, before anything ran. */
  refusal?: unknown;
}

/** In place of a scope while a result is computed that all requests share. */
const SHARED = Symbol('shared');

const scopes = createAsyncStorage<RequestScope | typeof SHARED>();

/** The cookies as the server function of a request left them, for the page that answers it. */
const jars = new WeakMap<Request, CookieJar>();

/** The scope in which a server function runs. */
export function functionScope(
  request: Request,
  options: {
    id: string;
    cache: RevalidationTarget | undefined;
    revalidates: boolean;
    trustProxy: boolean;
    lifetime: {readonly signal: AbortSignal};
    onError: (error: unknown) => void;
  },
): RequestScope {
  const {trustProxy, lifetime, id, cache, revalidates, onError} = options;
  const scope = new Scope(request, lifetime, trustProxy, 'function');
  scope.id = id;
  if (cache) scope.cache = cache;
  scope.revalidates = revalidates;
  scope.onError = onError;
  return scope;
}

/** Lets the page that answers the same request see the cookies as they are then. */
export function shareCookies({request, cookies}: RequestScope): void {
  jars.set(request, cookies);
}

/**
 * The scope in which a page is rendered. It has the cookies as the server function of the same request
 * left them.
 */
export function pageScope(request: Request, trustProxy: boolean): RequestScope {
  return new Scope(request, request, trustProxy, 'page', jars.get(request));
}

export function runInScope<T>(scope: RequestScope, work: () => T): T {
  return scopes.run(scope, work);
}

/** Runs what must not depend on one request. */
export function runShared<T>(work: () => T): T {
  return scopes.run(SHARED, work);
}

/**
 * Takes the scope around this code along to where it would be unknown: behind an `await`, in a runtime
 * without `AsyncLocalStorage`.
 *
 * @returns runs work in that scope
 */
export function holdScope(): <T>(work: () => T) => T {
  const scope = scopes.getStore();
  return (work) => (scope === undefined ? work() : scopes.run(scope, work));
}

/** Runs what comes after captures were opened, in what surrounds the called function itself. */
export function runOpened(run: () => unknown): unknown {
  const scope = findScope();
  const around = scope?.afterOpening;
  if (!around) return run();
  delete scope.afterOpening;
  return around(run);
}

/** The scope around this code, if there is one. */
export function findScope(): RequestScope | undefined {
  const scope = scopes.getStore();
  return scope === SHARED ? undefined : scope;
}

/**
 * The scope around this code.
 *
 * @param helper what was called, for the error
 * @throws Error when there is none
 */
export function currentScope(helper: string): RequestScope {
  const scope = scopes.getStore();
  if (scope === SHARED) {
    throw new Error(
      `${helper} was called in a cached function, whose result is shared by all requests. Call it outside, and pass what you need as an argument.`,
    );
  }
  if (!scope) {
    throw new Error(
      followsAsync
        ? `${helper} was called outside a request. Call it in a server function, or in what withRequest(request, ...) of use-server-webpack-plugin/server runs.`
        : `${helper} was called outside a request, or after an await: this runtime has no AsyncLocalStorage, so the request is known only until the function first waits. Call it before the first await. ${HOW_TO_FOLLOW_ASYNC}`,
    );
  }
  return scope;
}

/**
 * That the head of the answer can no longer be changed.
 *
 * @param helper what was called
 */
export function tooLate({phase}: RequestScope, helper: string): Error | undefined {
  if (phase === 'answer') {
    return new Error(
      `${helper} was called after the server function had returned, when the answer was on its way. Call it before, and await what calls it.`,
    );
  }
  if (phase === 'expired') {
    return new Error(
      `${helper} was called after the deadline of the call had passed, when the answer was on its way. End the function when signal() is aborted, or raise the option "timeout" of createServerFunctionHandler.`,
    );
  }
  return undefined;
}

/**
 * Renders a page in the scope of its request: `cookies()` and `headers()` can be read in everything
 * that `render` starts, Server Components included. Call `renderToReadableStream` inside of it.
 *
 * For the request that the handler gives to `render`, `renderPage` and `renderError`, the cookies are
 * as the server function left them. `redirect()` and `notFound()` throw their `Interruption` out of
 * `render`, when they are called before it returns: catch it and answer accordingly.
 *
 * @param request the request for the page
 * @param render what runs in the scope
 * @param options.trustProxy as the handler's option; default: `false`
 * @returns what `render` returns
 */
export function withRequest<T>(
  request: Request,
  render: () => T,
  {trustProxy = false}: {trustProxy?: boolean} = {},
): T {
  if (!(request instanceof Object) || typeof request.url !== 'string') {
    throw new TypeError('withRequest: the first argument must be a Request.');
  }
  return runInScope(pageScope(request, trustProxy), render);
}

/** What costs is found out when it is asked for: most functions look at little of their request. */
class Scope implements RequestScope {
  readonly request: Request;
  readonly cookies: CookieJar;
  readonly revalidations: Promise<void>[] = [];
  readonly #lifetime: {readonly signal: AbortSignal};
  readonly #trustProxy: boolean;
  phase: Phase;
  id?: string;
  cache?: RevalidationTarget;
  revalidates = false;
  onError?: (error: unknown) => void;
  capturesOpened = false;

  constructor(
    request: Request,
    lifetime: {readonly signal: AbortSignal},
    trustProxy: boolean,
    phase: Phase,
    cookies?: CookieJar,
  ) {
    this.request = request;
    this.#lifetime = lifetime;
    this.#trustProxy = trustProxy;
    this.phase = phase;
    this.cookies =
      cookies ??
      new CookieJar(request.headers.get('cookie') ?? '', {secure: () => this.#isSecure()});
  }

  get origin(): string | undefined {
    return serverOrigin(this.request, this.#trustProxy);
  }

  get signal(): AbortSignal {
    return this.#lifetime.signal;
  }

  #isSecure(): boolean {
    const behindProxy = this.#trustProxy && process.env['NODE_ENV'] === 'production';
    return behindProxy || (this.origin?.startsWith('https:') ?? false);
  }
}
