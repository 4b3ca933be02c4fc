/*
 * What a call and its answer say beside their bodies, which are React's. The browser runtime and the
 * handler both read these names here, so that neither can write what the other does not know.
 */

/** Where calls are posted, unless both sides are told otherwise. */
export const DEFAULT_ENDPOINT = '/rsc-action';

/** Media type of React's Flight format, as React's own examples name it. */
export const FLIGHT_TYPE = 'text/x-component';

/**
 * What a call of this package's client accepts: the Flight format, with {@link END_HEADER}. A parameter,
 * because a header of its own would have to be allowed for calls to another origin.
 */
export const FLIGHT_WITH_END = `${FLIGHT_TYPE};end=row`;

/** Of a call: `$$id` of the server function, percent-encoded where a header could not carry it. */
export const ID_HEADER = 'x-action-id';

/** In a call: the page that its caller shows. In the answer: the page that it carries. */
export const PAGE_HEADER = 'x-action-page';

/** Of an answer: where the browser shall go. A 3xx status would be followed by `fetch` itself. */
export const REDIRECT_HEADER = 'x-action-redirect';

/** Of an answer: why there is no result, one of {@link ErrorCode} or a code of the app's own. */
export const ERROR_HEADER = 'x-action-error';

/** In a refusal, in development: behind it is what the developer needs beside the text that people may read. */
export const ADVICE_START = '\n\n';

/** Of an answer: `development` when React's development build wrote it, or where it has advice. */
export const MODE_HEADER = 'x-action-mode';

/**
 * In development. Of a request: which server process the page knows; the answer comes when there is another
 * one, or after a while. Of the answer: which one there is.
 */
export const PROCESS_HEADER = 'x-action-process';

/**
 * Of an answer in the Flight format: it ends with {@link COMPLETE_ROW} or {@link TIMEOUT_ROW}. A proxy can
 * end an answer in an orderly way before it is complete, and the connection then looks as if all had
 * arrived.
 */
export const END_HEADER = 'x-action-end';

/**
 * React counts the ids of rows up from zero. This is the largest that its clients read as a positive
 * number: nothing refers to it, so for them it is a value that is never asked for.
 */
const END_ID = '7fffffff';

/** Last row of an answer: the result is complete. */
export const COMPLETE_ROW = `${END_ID}:"complete"\n`;

/** Last row of an answer: the server's deadline has passed, and what has not come will not come. */
export const TIMEOUT_ROW = `${END_ID}:"timeout"\n`;

/** Why a request was refused before anything of the app ran. */
export type RefusalCode =
  | 'body-timeout'
  | 'body-too-large'
  | 'cross-site'
  | 'expired-captures'
  | 'foreign-host'
  | 'invalid-captures'
  | 'limit-exceeded'
  | 'malformed-body'
  | 'malformed-id'
  | 'malformed-page'
  | 'malformed-url'
  | 'method-not-allowed'
  | 'missing-origin'
  | 'no-manifest'
  | 'not-a-server-function'
  | 'not-compiled'
  | 'other-build'
  | 'outdated-manifest'
  | 'outdated-module'
  | 'unknown-function'
  | 'unsupported-media-type';

/** Every value that the handler itself gives {@link ERROR_HEADER}. */
export type ErrorCode =
  RefusalCode | 'aborted' | 'not-found' | 'server-function-failed' | 'timeout';
