import {runMiddleware} from '../server/call/middleware.ts';
import type {Incoming} from '../server/request/incoming.ts';
import {WebIncoming} from '../server/request/webIncoming.ts';
import {runInScope} from '../server/scope/currentScope.ts';
import {isInterruption, swallowedInterruption} from '../server/scope/interruptions.ts';
import {RequestScope, type RevalidationTarget} from '../server/scope/requestScope.ts';
import {incomingOf} from '../server/scope/withRequest.ts';
import {makeRequest} from './makeRequest.ts';
import {checkCall, type CallInRequestOptions} from './options.ts';
import {readCookies, type CallOutcome, type CaughtOutcome} from './outcome.ts';

type AnyFunction = (...args: any[]) => unknown;

/**
 * Calls a server function in a request, as the handler does once all checks have passed: `cookies()`,
 * `headers()`, `redirect()`, `notFound()`, `revalidatePath()`, `revalidateTag()`, `signal()` and
 * `nodeRequest()` work in it. The function may be compiled or not. Its arguments and its result do not
 * travel: they are the very objects.
 *
 *     const {cookies, redirect} = await callInRequest(login, [form]);
 *
 * @param serverFunction the function
 * @param args its arguments; default: none
 * @param options the request, and what is around the function; see {@link CallInRequestOptions}
 * @returns what the function did
 * @throws what the function, a middleware or `cache` throws, unless `catchError` is set; `redirect()` and
 *   `notFound()` are no errors
 * @throws Error when the function called `redirect()` or `notFound()`, caught what they throw, and went on
 * @throws TypeError for options that are unknown or exclude each other, and for what is no function
 */
export async function callInRequest<Called extends (...args: any[]) => unknown>(
  serverFunction: Called,
  args: Parameters<Called> | undefined,
  options: CallInRequestOptions & {catchError: true},
): Promise<CaughtOutcome<Awaited<ReturnType<Called>>>>;
export async function callInRequest<Called extends (...args: any[]) => unknown>(
  serverFunction: Called,
  args?: Parameters<Called>,
  options?: CallInRequestOptions,
): Promise<CallOutcome<Awaited<ReturnType<Called>>>>;
export async function callInRequest(
  serverFunction: AnyFunction,
  args: readonly unknown[] = [],
  options: CallInRequestOptions = {},
): Promise<CallOutcome<unknown> | CaughtOutcome<unknown>> {
  checkCall(serverFunction, args, options);
  const id = options.id ?? (serverFunction as {$$id?: string}).$$id ?? serverFunction.name;
  const revalidated: Revalidated = {paths: [], tags: []};
  const scope = scopeOf(id, revalidated, options);
  const {error, ...ending} = await runToEnd(scope, () =>
    enter(() => serverFunction(...args), scope, id, options),
  );
  const setCookieHeaders = scope.cookies.setCookieHeaders();
  const outcome = {
    ...ending,
    cookies: readCookies(setCookieHeaders),
    setCookieHeaders,
    revalidated,
  };
  if (options.catchError) return {...outcome, error: error?.value};
  if (error) throw error.value;
  return outcome;
}

type Revalidated = CallOutcome<unknown>['revalidated'];

type Ending = Pick<CallOutcome<unknown>, 'result' | 'redirect' | 'notFound'> & {
  /** In an object, as `undefined` can be thrown as well. */
  error?: {value: unknown};
};

function scopeOf(id: string, revalidated: Revalidated, options: CallInRequestOptions) {
  const incoming = requestOf(options);
  return RequestScope.ofFunction(incoming, {
    id,
    trustProxy: options.trustProxy ?? false,
    lifetime: {
      get signal() {
        return incoming.request.signal;
      },
    },
    cache: record(revalidated, options.cache),
    revalidates: true,
    onError: reportLate,
  });
}

function requestOf({request, nodeRequest, ...made}: CallInRequestOptions): Incoming {
  return request === undefined
    ? new WebIncoming(makeRequest(made), nodeRequest)
    : incomingOf(request, 'callInRequest: the option "request"', nodeRequest);
}

function record({paths, tags}: Revalidated, cache?: RevalidationTarget): RevalidationTarget {
  return {
    revalidatePath(path) {
      paths.push(path);
      return cache?.revalidatePath(path);
    },
    revalidateTag(tag) {
      tags.push(tag);
      return cache?.revalidateTag(tag);
    },
  };
}

/** Runs the function inside of the middleware. */
function enter(
  run: () => unknown,
  {incoming}: RequestScope,
  id: string,
  {middleware = []}: CallInRequestOptions,
): unknown {
  if (middleware.length === 0) return run();
  const context = {
    id,
    get request() {
      return incoming.request;
    },
  };
  return runMiddleware(middleware, context, async () => run(), reportLate);
}

/** To the end of what it has revalidated. */
async function runToEnd(scope: RequestScope, work: () => unknown): Promise<Ending> {
  const ending = await settle(scope, work);
  scope.close('answer');
  try {
    await Promise.all(scope.revalidations);
    return ending;
  } catch (value) {
    return ending.error ? ending : {...NOTHING, error: {value}};
  }
}

const NOTHING = {result: undefined, redirect: undefined, notFound: false};

async function settle(scope: RequestScope, work: () => unknown): Promise<Ending> {
  try {
    const result = await runInScope(scope, work);
    const {interruption} = scope;
    if (!interruption) return {...NOTHING, result};
    return {...NOTHING, error: {value: swallowedInterruption(interruption, scope.function!.id)}};
  } catch (error) {
    if (!isInterruption(error)) return {...NOTHING, error: {value: error}};
    if (!('url' in error)) return {...NOTHING, notFound: true};
    return {...NOTHING, redirect: {url: error.url, status: error.status}};
  }
}

/** Nothing waits for it any more. */
function reportLate(error: unknown): void {
  console.error(error);
}
