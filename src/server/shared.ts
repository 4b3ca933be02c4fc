/*
 * What `use-server-webpack-plugin/server` exports with and without the `react-server` condition alike.
 */
export {loadConsumerManifest} from './consumerManifest.ts';
export {
  BodyTimeoutError,
  BodyTooLargeError,
  CrossSiteError,
  EncryptionKeyError,
  InvalidCapturesError,
  LimitExceededError,
  MalformedBodyError,
  MalformedIdError,
  ManifestError,
  MethodNotAllowedError,
  NotAServerFunctionError,
  RequestError,
  UnknownServerFunctionError,
  UnserializableCapturesError,
  UnsupportedMediaTypeError,
} from './errors.ts';
export type {FormState, ServerFunctionHandlerOptions} from './handlerOptions.ts';
export type {DecodingLimits} from './limits.ts';
export type {ManifestSource} from './manifestFile.ts';
export type {ErrorContext, OnError} from './reportError.ts';
export type {
  ClientManifest,
  ManifestEntry,
  ServerConsumerManifest,
  ServerManifest,
} from '../references/manifests.ts';
