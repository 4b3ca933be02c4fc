import type {RefusalCode} from '../references/protocol.ts';

interface Refusal {
  /** HTTP status of the answer. */
  status: number;
  /** What the client may read. A detail follows it where there is one. */
  text: string;
  /** Further headers of the answer. */
  headers?: Record<string, string>;
}

/** For a connection on which the rest of the request may still come. */
export const CLOSE = {Connection: 'close'};

/** Every way in which a request is refused. */
const REFUSALS: Record<RefusalCode, Refusal> = {
  'malformed-url': {
    status: 400,
    text: 'The target of the request, or the header Host, is malformed.',
  },
  'method-not-allowed': {
    status: 405,
    text: 'Server functions are called by POST.',
    headers: {Allow: 'POST'},
  },
  'cross-site': {
    status: 403,
    text: 'This request comes from another site. If that site is yours, add its origin to "allowedOrigins"; behind a proxy, see "trustProxy".',
  },
  'foreign-host': {
    status: 403,
    text: 'This server does not answer for the host of the request. If the name is yours, add it to "allowedHosts"; behind a proxy, see "trustProxy".',
  },
  /** Of a form, since a call has the header `X-Action-Id`. */
  'missing-origin': {
    status: 403,
    text: 'Nothing says where this request comes from: it has neither Origin nor Sec-Fetch-Site, which every browser sends. If there is a proxy in front, let it pass both headers on.',
  },
  'unsupported-media-type': {
    status: 415,
    text: 'The body must be text/plain in UTF-8, or multipart/form-data.',
  },
  'body-too-large': {status: 413, text: 'The body is too large:'},
  'body-timeout': {status: 408, text: 'The body came too slowly:', headers: CLOSE},
  'malformed-id': {
    status: 404,
    text: 'The request names no server function: the header X-Action-Id is missing or malformed.',
  },
  /** The id is in no manifest: it belongs to another build, or was made up. */
  'unknown-function': {
    status: 404,
    text: 'This server function is not in this build. Reload the page.',
  },
  /** The id is listed, but what the module exports there is not a server function. */
  'not-a-server-function': {
    status: 404,
    text: 'The module does not export a server function under this name.',
  },
  /** The module runs as its author wrote it, without references. */
  'not-compiled': {
    status: 404,
    text: 'The module of this server function was loaded without being compiled. The log of the server says how to start it.',
  },
  /** In development: webpack has not written the manifest. */
  'no-manifest': {
    status: 404,
    text: 'The server has no manifest yet, which webpack writes when it builds. The log of the server has more.',
  },
  /** In development: the process has the function, and the manifest does not. */
  'outdated-manifest': {
    status: 404,
    text: 'This server function is in the code of the server, but not in its manifest, which an older webpack build has written. Run webpack again.',
  },
  /** In development: the manifest has the function, and the process has an older module. */
  'outdated-module': {
    status: 404,
    text: 'The module of this server function was changed after the server had started. Start the server again, or let Node do that: node --watch',
  },
  'malformed-page': {
    status: 400,
    text: 'The header X-Action-Page is not the path of a page on this server.',
  },
  'malformed-body': {status: 400, text: 'The body cannot be decoded:'},
  'limit-exceeded': {status: 400, text: 'The body exceeds the limit'},
  /** Captures that this server did not make for this function, or made with another key. */
  'invalid-captures': {
    status: 400,
    text: 'The variables that this server function captured cannot be read: they were changed, belong to another function or user, or were encrypted with another key. Reload the page.',
  },
  /** Genuine captures of a build in which this function captures something else. */
  'other-build': {
    status: 409,
    text: 'The page is from another build, in which this server function captured other variables. Reload the page.',
  },
  /** Genuine captures that are older than the option `captureMaxAge` allows. */
  'expired-captures': {status: 400, text: 'The page was open for too long. Reload it.'},
};

interface RequestErrorOptions extends ErrorOptions {
  status: number;
  code: string;
  headers?: Record<string, string> | undefined;
}

/**
 * A request that was refused before its server function ran. `code` tells why; `message` is what the
 * client may read.
 */
export class RequestError extends Error {
  override name = 'RequestError';
  /** HTTP status of the answer. */
  readonly status: number;
  /** Stable name of the reason, sent as `X-Action-Error`. */
  readonly code: RefusalCode | (string & {});
  /** Further headers of the answer. */
  readonly headers: Readonly<Record<string, string>>;

  /** @internal Made by this package alone. */
  constructor(message: string, {status, code, headers = {}, ...options}: RequestErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/**
 * The error of a request that is refused, to be thrown.
 *
 * @param detail ends the sentence that the client may read; holds nothing of the request
 * @param options.headers in place of those that such a refusal has
 */
export function refuse(
  code: RefusalCode,
  detail?: string,
  {headers, ...options}: ErrorOptions & {headers?: Record<string, string>} = {},
): RequestError {
  const refusal = REFUSALS[code];
  const message = detail === undefined ? refusal.text : `${refusal.text} ${detail}`;
  return new RequestError(message, {
    ...options,
    code,
    status: refusal.status,
    headers: headers ?? refusal.headers,
  });
}

/** What a refusal of the handler's own says, without anything of a request; `undefined` for other codes. */
export function refusalText(code: string): string | undefined {
  return Object.hasOwn(REFUSALS, code) ? REFUSALS[code as RefusalCode].text : undefined;
}

/** The error of a body that exceeds one of the option `limits`. */
export function exceeds(limit: string, value: number): RequestError {
  return refuse('limit-exceeded', `"${limit}" of ${value}.`);
}

/** Options of {@link RefusalError}. */
export interface RefusalOptions extends ErrorOptions {
  /**
   * Sent as `X-Action-Error`: lower-case letters, digits and dashes.
   * @default 'refused'
   */
  code?: string | undefined;
  /** Further headers of the answer: `{'Retry-After': '60'}`. */
  headers?: Record<string, string> | undefined;
}

/**
 * Refuses a call before its server function has run: thrown by a middleware, or by `onRequest`. Thrown
 * anywhere else it is an error like any other.
 */
export class RefusalError extends RequestError {
  override name = 'RefusalError';

  /**
   * @param status HTTP status of the answer: 400 to 599
   * @param message what the client may read
   * @param options.code sent as `X-Action-Error`: lower-case letters, digits and dashes. Default: `'refused'`
   * @param options.headers further headers of the answer
   * @param options.cause as of every error; it is not sent
   * @throws TypeError for another status, and for a code that no header can carry
   */
  constructor(
    status: number,
    message: string,
    {code = 'refused', headers, ...options}: RefusalOptions = {},
  ) {
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new TypeError(`RefusalError: the status must be 400 to 599, but is ${String(status)}.`);
    }
    if (!/^[a-z0-9-]{1,50}$/.test(code)) {
      throw new TypeError(
        `RefusalError: the code must be lower-case letters, digits and dashes, like "rate-limited", but is ${JSON.stringify(code)}.`,
      );
    }
    super(message, {...options, status, code, headers});
  }
}
