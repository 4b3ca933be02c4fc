interface Details {
  id: string;
  status: number;
  code: string;
  cause?: unknown;
}

/**
 * A call ended otherwise than by what its server function returns or throws: the network failed, the
 * server refused, or something else than the handler answered. The classes below tell more.
 */
export class ServerFunctionRequestError extends Error {
  override name = 'ServerFunctionRequestError';
  /** `$$id` of the server function. */
  readonly id: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /**
   * Why, for programs: the server's `X-Action-Error` (`cross-site`, `body-too-large`, ...),
   * `network`, `aborted`, `redirect`, `not-found`, `timeout`, `unexpected-response` or `development-server`.
   */
  readonly code: string;

  constructor(message: string, {id, status, code, cause}: Details) {
    super(message, cause === undefined ? undefined : {cause});
    this.id = id;
    this.status = status;
    this.code = code;
  }
}

/**
 * The server has no such function (any more): the page belongs to another build, or the function was
 * removed. Reloading the page helps.
 */
export class UnknownServerFunctionError extends ServerFunctionRequestError {
  override name = 'UnknownServerFunctionError';
}

/**
 * The server has the function, but in the build of the page it captured other variables. Reloading the
 * page helps.
 */
export class OtherBuildError extends UnknownServerFunctionError {
  override name = 'OtherBuildError';
}

/** There was no answer, or its connection broke before its end. Whether the function ran is unknown. */
export class ServerFunctionNetworkError extends ServerFunctionRequestError {
  override name = 'ServerFunctionNetworkError';
}

/**
 * The signal of the call was aborted; `cause` is its reason. The name is that of all aborted work on
 * the web. Whether the function ran is unknown.
 */
export class ServerFunctionAbortedError extends ServerFunctionRequestError {
  override name = 'AbortError';

  constructor(id: string, cause: unknown) {
    super(`The call of the server function ${id} was aborted.`, {
      id,
      status: 0,
      code: 'aborted',
      cause,
    });
  }
}

/** The function called `redirect()`. */
export class ServerFunctionRedirect extends ServerFunctionRequestError {
  override name = 'ServerFunctionRedirect';
  /** Where to go. */
  readonly url: URL;

  constructor(id: string, status: number, url: URL) {
    super(`The server function ${id} redirects to ${url.href}.`, {id, status, code: 'redirect'});
    this.url = url;
  }
}

/** The function called `notFound()`. */
export class ServerFunctionNotFoundError extends ServerFunctionRequestError {
  override name = 'ServerFunctionNotFoundError';
}

/** The function did not end in the time that the server gives it. What it had done by then has happened. */
export class ServerFunctionTimeoutError extends ServerFunctionRequestError {
  override name = 'ServerFunctionTimeoutError';
}
