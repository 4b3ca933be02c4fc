/** A manifest that is missing, malformed, or not the one that was asked for. */
export class ManifestError extends Error {
  override name = 'ManifestError';
}

/** `USE_SERVER_ENCRYPTION_KEY`, or the option in its place, is not usable. */
export class EncryptionKeyError extends Error {
  override name = 'EncryptionKeyError';
}

/** Captured variables that Flight cannot send. The React error is the `cause`. */
export class UnserializableCapturesError extends Error {
  override name = 'UnserializableCapturesError';
}

/**
 * The deadline of a call passed, the option `timeout`, while its function ran or its result streamed.
 * It is no refusal: what the function has done until then has happened.
 */
export class CallTimeoutError extends Error {
  override name = 'CallTimeoutError';
  /** HTTP status of the answer, when the function had given none. */
  readonly status = 504;
  /** Sent as `X-Action-Error`. */
  readonly code = 'timeout';
  /** @param timeout milliseconds */
  constructor(timeout: number) {
    super(`The server function did not end within ${timeout} ms ("timeout").`);
  }
}

/** For a connection on which the rest of the request may still come. */
const CLOSE = {Connection: 'close'};

/**
 * A request that was refused before its server function ran.
 * Each way of failing has its own class; `message` is what the client may read.
 */
export abstract class RequestError extends Error {
  /** HTTP status of the answer. */
  abstract readonly status: number;
  /** Stable name of the reason, sent as `X-Action-Error`. */
  abstract readonly code: string;
  /** Further headers of the answer. */
  readonly headers: Record<string, string> = {};
}

/** The URL of the request, which adapters make of its target and the header `Host`, is none. */
export class MalformedUrlError extends RequestError {
  override name = 'MalformedUrlError';
  readonly status = 400;
  readonly code = 'malformed-url';
  constructor() {
    super('The target of the request, or the header Host, is malformed.');
  }
}

export class MethodNotAllowedError extends RequestError {
  override name = 'MethodNotAllowedError';
  readonly status = 405;
  readonly code = 'method-not-allowed';
  override readonly headers = {Allow: 'POST'};
  constructor() {
    super('Server functions are called by POST.');
  }
}

export class CrossSiteError extends RequestError {
  override name = 'CrossSiteError';
  readonly status = 403;
  readonly code = 'cross-site';
  constructor() {
    super(
      'This request comes from another site. If that site is yours, add its origin to "allowedOrigins"; behind a proxy, see "trustProxy".',
    );
  }
}

export class UnsupportedMediaTypeError extends RequestError {
  override name = 'UnsupportedMediaTypeError';
  readonly status = 415;
  readonly code = 'unsupported-media-type';
  constructor() {
    super('The body must be text/plain in UTF-8, or multipart/form-data.');
  }
}

export class BodyTooLargeError extends RequestError {
  override name = 'BodyTooLargeError';
  readonly status = 413;
  readonly code = 'body-too-large';
  override readonly headers: Record<string, string>;
  /** @param rest whether the rest of the body was received, so that the connection can be used again */
  constructor(limit: number, rest: 'received' | 'left') {
    super(`The body is larger than ${limit} bytes ("maxBodySize").`);
    this.headers = rest === 'received' ? {} : CLOSE;
  }
}

export class BodyTimeoutError extends RequestError {
  override name = 'BodyTimeoutError';
  readonly status = 408;
  readonly code = 'body-timeout';
  override readonly headers = CLOSE;
  constructor(timeout: number) {
    super(`The body was not complete after ${timeout} ms ("bodyTimeout").`);
  }
}

export class MalformedIdError extends RequestError {
  override name = 'MalformedIdError';
  readonly status = 404;
  readonly code = 'malformed-id';
  constructor() {
    super('The request names no server function: the header X-Action-Id is missing or malformed.');
  }
}

/** The id is in no manifest: it belongs to another build, or was made up. */
export class UnknownServerFunctionError extends RequestError {
  override name = 'UnknownServerFunctionError';
  readonly status = 404;
  readonly code = 'unknown-function';
  constructor() {
    super('This server function is not in this build. Reload the page.');
  }
}

/** The id is listed, but what the module exports there is not a server function. */
export class NotAServerFunctionError extends RequestError {
  override name = 'NotAServerFunctionError';
  readonly status = 404;
  readonly code = 'not-a-server-function';
  constructor(options?: ErrorOptions) {
    super('The module does not export a server function under this name.', options);
  }
}

/** The page that the client wants rendered again is not one of this server. */
export class MalformedPageError extends RequestError {
  override name = 'MalformedPageError';
  readonly status = 400;
  readonly code = 'malformed-page';
  constructor() {
    super('The header X-Action-Page is not the path of a page on this server.');
  }
}

export class MalformedBodyError extends RequestError {
  override name = 'MalformedBodyError';
  readonly status = 400;
  readonly code = 'malformed-body';
  constructor(detail: string, options?: ErrorOptions) {
    super(`The body cannot be decoded: ${detail}`, options);
  }
}

/** A decoding limit was exceeded. */
export class LimitExceededError extends RequestError {
  override name = 'LimitExceededError';
  readonly status = 400;
  readonly code = 'limit-exceeded';
  /** Name of the limit in the option `limits`. */
  readonly limit: string;
  constructor(limit: string, value: number) {
    super(`The body exceeds the limit "${limit}" of ${value}.`);
    this.limit = limit;
  }
}

export interface RefusalOptions extends ErrorOptions {
  /**
   * Sent as `X-Action-Error`: lower-case letters, digits and dashes.
   * @default 'refused'
   */
  code?: string;
  /** Further headers of the answer: `{'Retry-After': '60'}`. */
  headers?: Record<string, string>;
}

/**
 * A call that a middleware of the app refuses, before its server function has run. Thrown anywhere else
 * it is an error like any other.
 */
export class RefusalError extends RequestError {
  override name = 'RefusalError';
  readonly status: number;
  readonly code: string;
  override readonly headers: Record<string, string>;

  /**
   * @param status HTTP status of the answer: 400 to 599
   * @param message what the client may read
   * @throws TypeError for another status, and for a code that no header can carry
   */
  constructor(
    status: number,
    message: string,
    {code = 'refused', headers = {}, ...options}: RefusalOptions = {},
  ) {
    super(message, options);
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new TypeError(`RefusalError: the status must be 400 to 599, but is ${String(status)}.`);
    }
    if (!/^[a-z0-9-]{1,50}$/.test(code)) {
      throw new TypeError(
        `RefusalError: the code must be lower-case letters, digits and dashes, like "rate-limited", but is ${JSON.stringify(code)}.`,
      );
    }
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** Encrypted captures that this server did not make for this function, or made with another key. */
export class InvalidCapturesError extends RequestError {
  override name = 'InvalidCapturesError';
  readonly status = 400;
  readonly code = 'invalid-captures';
  constructor(options?: ErrorOptions) {
    super(
      'The variables that this server function captured cannot be read: they were changed, belong to another function or user, or were encrypted with another key. Reload the page.',
      options,
    );
  }
}

/** Genuine captures of a build in which this function captures something else. */
export class OtherBuildError extends RequestError {
  override name = 'OtherBuildError';
  readonly status = 409;
  readonly code = 'other-build';
  constructor(options?: ErrorOptions) {
    super(
      'The page is from another build, in which this server function captured other variables. Reload the page.',
      options,
    );
  }
}

/** Genuine captures that are older than the option `captureMaxAge` allows. */
export class ExpiredCapturesError extends RequestError {
  override name = 'ExpiredCapturesError';
  readonly status = 400;
  readonly code = 'expired-captures';
  constructor() {
    super('The page was open for too long. Reload it.');
  }
}
