interface Details {
  id: string;
  code: string;
  /** Without it the function may have run. */
  mayHaveRun?: boolean | undefined;
  /** What was answered, if anything was. */
  response?: Pick<Response, 'status' | 'redirected' | 'headers'> | undefined;
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
  /** HTTP status; 0 when there was no answer, or none that came to its end. */
  readonly status: number;
  /**
   * Why, for programs: the server's `X-Action-Error` (`cross-site`, `body-too-large`, ...),
   * `network`, `aborted`, `redirect`, `not-found`, `timeout`, `unreadable-answer`, `development-server`, or
   * one of {@link UnexpectedResponseError}.
   */
  readonly code: string;
  /**
   * `false` where the server has refused the call before its function ran, so that the call can be sent again
   * without doing something twice. `true` where it ran, or nothing is known, as of a lost network.
   */
  readonly mayHaveRun: boolean;
  /** Whether the request was redirected before it was answered, for example to a page to log in. */
  readonly redirected: boolean;
  /** Of the answer; empty when there was none. */
  readonly headers: Headers;

  /** @internal Made by this package alone. */
  constructor(message: string, {id, code, mayHaveRun = true, response, cause}: Details) {
    super(message, cause === undefined ? undefined : {cause});
    this.id = id;
    this.code = code;
    this.mayHaveRun = mayHaveRun;
    this.status = response?.status ?? 0;
    this.redirected = response?.redirected ?? false;
    this.headers = response?.headers ?? new Headers();
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
 * The server has the function, but cannot use the variables that it captured for this page: they are of
 * another build (code `other-build`), or were encrypted with a key that the server has no longer, or for
 * another user (`invalid-captures`), or too long ago (`expired-captures`). Reloading the page helps.
 */
export class OtherBuildError extends UnknownServerFunctionError {
  override name = 'OtherBuildError';
}

/** There was no answer, or one that ended before its time. Whether the function ran is unknown. */
export class ServerFunctionNetworkError extends ServerFunctionRequestError {
  override name = 'ServerFunctionNetworkError';
}

/**
 * Something other than the handler answered: a proxy, a gateway, a page to log in. `code` tells them apart:
 *
 * - `unauthorized` (status 401), `forbidden` (403), `too-many-requests` (429)
 * - `unavailable` (502, 503 and 504)
 * - `unexpected-redirect`: the request was led to something else. `status` is 0 and `headers` are empty
 *   when it was led to another origin, which browsers do not let scripts read.
 * - `unexpected-response`: anything else
 *
 * Whether the function ran is unknown.
 */
export class UnexpectedResponseError extends ServerFunctionRequestError {
  override name = 'UnexpectedResponseError';
}

/**
 * The signal of the call was aborted; `cause` is its reason. The name is that of all aborted work on
 * the web. Whether the function ran is unknown.
 */
export class ServerFunctionAbortedError extends ServerFunctionRequestError {
  override name = 'AbortError';

  /** @internal Made by this package alone. */
  constructor(id: string, cause: unknown) {
    super(`The call of the server function ${id} was aborted.`, {id, code: 'aborted', cause});
  }
}

/** The function called `redirect()`. */
export class ServerFunctionRedirect extends ServerFunctionRequestError {
  override name = 'ServerFunctionRedirect';
  /** Where to go. */
  readonly url: URL;

  /** @internal Made by this package alone. */
  constructor(id: string, response: Response, url: URL) {
    super(`The server function ${id} redirects to ${url.href}.`, {id, code: 'redirect', response});
    this.url = url;
  }
}

/** The function called `notFound()`. */
export class ServerFunctionNotFoundError extends ServerFunctionRequestError {
  override name = 'ServerFunctionNotFoundError';
}

/**
 * The function, or its result, did not end in the time that the server gives it. What it had done by then
 * has happened.
 */
export class ServerFunctionTimeoutError extends ServerFunctionRequestError {
  override name = 'ServerFunctionTimeoutError';
}

/**
 * An argument cannot be sent, and no request was made: a function, an element, an instance of a class
 * (`temporaryReferences: false`), or an imported server function that was bound in the browser. A mistake in
 * the program, so `onFailure` does not hear of it.
 */
export class UnsendableArgumentError extends TypeError {
  override name = 'UnsendableArgumentError';
  /** The same for every error of this class. */
  readonly code = 'unsendable-argument';
  /** `$$id` of the server function. */
  readonly id: string;
  /** Where it is: `argument 1, .items[3].price`. */
  readonly path: string;

  /** @internal Made by this package alone. */
  constructor(message: string, {id, path}: {id: string; path: string}) {
    super(message);
    this.id = id;
    this.path = path;
  }
}
