/**
 * A server function could not be called: the network failed, the server refused, or something else
 * than the handler answered. What the function itself throws is not one of these.
 */
export class ServerFunctionRequestError extends Error {
  override name = 'ServerFunctionRequestError';
  /** `$$id` of the server function. */
  readonly id: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /**
   * Why, for programs: the server's `X-Action-Error` (`cross-site`, `body-too-large`, ...),
   * `network`, `unexpected-response` or `development-server`.
   */
  readonly code: string;

  constructor(
    message: string,
    {id, status, code, cause}: {id: string; status: number; code: string; cause?: unknown},
  ) {
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
