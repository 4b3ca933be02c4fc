/*
 * What `use-server-webpack-plugin/server` exports with and without the `react-server` condition alike.
 */
export {loadConsumerManifest} from './manifest/consumerManifest.ts';
export {cookies, type CookieStore, type RequestCookie} from './scope/cookies.ts';
export {
  CallTimeoutError,
  EncryptionKeyError,
  ManifestError,
  UnserializableCapturesError,
} from './errors.ts';
export {RefusalError, RequestError, type RefusalOptions} from './refusals.ts';
export type {RefusalCode} from '../references/protocol.ts';
export type {
  FormFailure,
  FormResult,
  FormState,
  OnRequest,
  RenderForm,
  RenderFormError,
  RenderPage,
  Timeout,
} from './handlerConfig.ts';
export type {ServerFunctionHandlerOptions} from './handlerOptions.ts';
export {
  Interruption,
  notFound,
  NotFoundError,
  redirect,
  RedirectError,
  type RedirectOptions,
  type RedirectStatus,
} from './scope/interruptions.ts';
export type {DecodingLimits} from './request/limits.ts';
export type {ManifestSource} from './manifest/manifestFile.ts';
export type {CaptureBinding} from './captures/captureOptions.ts';
export type {CallReport, OnCall} from './call/callReport.ts';
export {createMemoryCache, type CachedOptions, type MemoryCache} from './cache/memoryCache.ts';
export type {Middleware, MiddlewareContext} from './call/middleware.ts';
export type {ErrorContext, OnError} from './call/reportError.ts';
export {headers, type ReadonlyHeaders} from './scope/requestHeaders.ts';
export type {RevalidationTarget} from './scope/requestScope.ts';
export {withRequest, type NodeRequestLike} from './scope/withRequest.ts';
export {revalidatePath, revalidateTag} from './scope/revalidation.ts';
export {signal} from './scope/signal.ts';
export type {CookieOptions} from './scope/setCookie.ts';
export type {
  ClientManifest,
  ClientManifestEntry,
  ManifestEntry,
  ModuleLoading,
  ServerConsumerManifest,
  ServerManifest,
  Stylesheet,
} from '../references/manifests.ts';
