import type {Middleware} from '../server/call/middleware.ts';
import type {RevalidationTarget} from '../server/scope/requestScope.ts';
import type {NodeRequestLike} from '../server/scope/withRequest.ts';
import type {MadeRequest} from './makeRequest.ts';

/** Options of `callInRequest`. */
export interface CallInRequestOptions extends MadeRequest {
  /**
   * The request, in place of `url`, `method`, `headers`, `cookies` and `signal`: a web `Request`, also that
   * of a test environment, or the request of node:http, Express or Connect.
   */
  request?: Request | NodeRequestLike | undefined;
  /** What `nodeRequest()` gives: of Node's request, what the function uses, as in `{session: {user}}`. */
  nodeRequest?: object | undefined;
  /** As the handler's option: runs around the function. */
  middleware?: readonly Middleware[] | undefined;
  /**
   * What middleware gets as the id of the function.
   * @default the id of a compiled function, else its name
   */
  id?: string | undefined;
  /** As the handler's option; `revalidatePath()` and `revalidateTag()` work without it as well. */
  cache?: RevalidationTarget | undefined;
  /**
   * As the handler's option.
   * @default false
   */
  trustProxy?: boolean | undefined;
  /**
   * Gives what the function threw as `error` of the outcome, beside the cookies that it had set. Without it
   * the promise rejects with the error.
   * @default false
   */
  catchError?: boolean | undefined;
}

const KNOWN: Record<keyof CallInRequestOptions, true> = {
  url: true,
  method: true,
  headers: true,
  cookies: true,
  signal: true,
  request: true,
  nodeRequest: true,
  middleware: true,
  id: true,
  cache: true,
  trustProxy: true,
  catchError: true,
};

const OF_A_MADE_REQUEST = ['url', 'method', 'headers', 'cookies', 'signal'] as const;

/** @throws TypeError that says what to write */
export function checkCall(
  serverFunction: unknown,
  args: unknown,
  options: CallInRequestOptions,
): void {
  if (typeof serverFunction !== 'function') {
    throw new TypeError(
      `callInRequest takes a server function first, but got ${serverFunction === null ? 'null' : typeof serverFunction}.`,
    );
  }
  if (!Array.isArray(args)) {
    throw new TypeError(
      'callInRequest takes the arguments of the function in an array: callInRequest(save, [form], {cookies}). Without arguments, write callInRequest(save, [], {cookies}).',
    );
  }
  for (const option of Object.keys(options)) {
    if (Object.hasOwn(KNOWN, option)) continue;
    throw new TypeError(
      `callInRequest has no option "${option}". There are: ${Object.keys(KNOWN).join(', ')}.`,
    );
  }
  checkRequest(options);
}

function checkRequest(options: CallInRequestOptions): void {
  if (options.request === undefined) return;
  const excluded = OF_A_MADE_REQUEST.find((option) => options[option] !== undefined);
  if (!excluded) return;
  throw new TypeError(
    `callInRequest: the options "request" and "${excluded}" exclude each other. Write it into the request.`,
  );
}
