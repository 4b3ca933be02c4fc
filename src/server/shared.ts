/*
 * What `use-server-webpack-plugin/server` exports with and without the `react-server` condition alike.
 */
export {loadConsumerManifest} from './consumerManifest.ts';
export {cookies, type CookieStore, type RequestCookie} from './cookies.ts';
export {
  BodyTimeoutError,
  BodyTooLargeError,
  CallTimeoutError,
  CrossSiteError,
  EncryptionKeyError,
  ExpiredCapturesError,
  InvalidCapturesError,
  LimitExceededError,
  MalformedBodyError,
  MalformedIdError,
  MalformedPageError,
  MalformedUrlError,
  ManifestError,
  MethodNotAllowedError,
  NotAServerFunctionError,
  OtherBuildError,
  RefusalError,
  RequestError,
  UnknownServerFunctionError,
  UnserializableCapturesError,
  UnsupportedMediaTypeError,
  type RefusalOptions,
} from './errors.ts';
export type {FormFailure, FormState, ServerFunctionHandlerOptions} from './handlerOptions.ts';
export {
  Interruption,
  notFound,
  NotFoundError,
  redirect,
  RedirectError,
  type RedirectOptions,
  type RedirectStatus,
} from './interruptions.ts';
export type {DecodingLimits} from './limits.ts';
export type {ManifestSource} from './manifestFile.ts';
export type {CaptureBinding} from './captureOptions.ts';
export type {CallReport, OnCall} from './callReport.ts';
export {createMemoryCache, type CachedOptions, type MemoryCache} from './memoryCache.ts';
export type {Middleware, MiddlewareContext} from './middleware.ts';
export type {ErrorContext, OnError} from './reportError.ts';
export {headers, type ReadonlyHeaders} from './requestHeaders.ts';
export {withRequest, type RevalidationTarget} from './requestScope.ts';
export {revalidatePath, revalidateTag} from './revalidation.ts';
export {signal} from './signal.ts';
export type {CookieOptions} from './setCookie.ts';
export type {
  ClientManifest,
  ClientManifestEntry,
  ManifestEntry,
  ServerConsumerManifest,
  ServerManifest,
  Stylesheet,
} from '../references/manifests.ts';
