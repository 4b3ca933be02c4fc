import {createCallServer, type CallServer} from './createCallServer.ts';

export {withCallOptions, type CallOptions} from './callOptions.ts';
export {
  createCallServer,
  type CallServer,
  type CallServerOptions,
  type PageContext,
} from './createCallServer.ts';
export {
  OtherBuildError,
  ServerFunctionAbortedError,
  ServerFunctionNetworkError,
  ServerFunctionNotFoundError,
  ServerFunctionRedirect,
  ServerFunctionRequestError,
  ServerFunctionTimeoutError,
  UnexpectedResponseError,
  UnknownServerFunctionError,
  UnsendableArgumentError,
} from './errors.ts';
export type {FailureContext} from './failure.ts';
export {fetchWithProgress, type UploadProgress} from './fetchWithProgress.ts';
export {findSourceMapURL} from './findSourceMapURL.ts';
export {
  createServerReference,
  customizeFormActions,
  type FormActionFields,
} from './serverReference.ts';
export {onServerUpdate, type ServerUpdateOptions} from './serverUpdates.ts';

/**
 * Calls server functions at the default endpoint, `/rsc-action`: what {@link createCallServer} makes without
 * options.
 *
 * @param id `$$id` of the function
 * @param args its arguments
 */
export const callServer: CallServer = /*#__PURE__*/ createCallServer();
