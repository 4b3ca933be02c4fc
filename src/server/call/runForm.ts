import {decodeFormState} from 'react-server-dom-webpack/server';
import type {DecodedForm} from '../decode/decodeCall.ts';
import {discardResult, handleRejections} from '../answer/discardResult.ts';
import {RequestError} from '../refusals.ts';
import type {FormFailure, HandlerConfig} from '../handlerOptions.ts';
import {reportError} from './reportError.ts';
import {pageScope, runInScope, shareCookies, type RequestScope} from '../scope/requestScope.ts';
import {
  abortedResponse,
  failureMessage,
  failureResponse,
  NOT_FOUND,
  notFoundResponse,
  redirectResponse,
  refusalResponse,
  seeSamePage,
  timeoutResponse,
  withCookies,
  withFailureStatus,
} from '../answer/respond.ts';
import {
  outcomeOf,
  reporter,
  runFunction,
  type FunctionCall,
  type Interrupted,
} from './runFunction.ts';

/** Runs the server function of a form that has passed every check, and answers with a page. */
export async function runForm(
  action: DecodedForm,
  form: FormData,
  call: FunctionCall,
): Promise<Response> {
  const {scope, config} = call;
  const outcome = await runFunction(call);
  shareCookies(scope);
  // The page is rendered in the time that pages have.
  call.lifetime.finish();
  const response =
    outcome.type === 'returned'
      ? await renderResult(action, outcome.value, form, scope, config)
      : await answer(outcome, scope, config);
  return withCookies(response, scope.cookies);
}

/** Answers a form that was refused, or that failed before its function ran. Nothing is reported. */
export async function failedForm(
  request: Request,
  config: HandlerConfig,
  {id, error, digest}: {id?: string; error: unknown; digest: string},
): Promise<Response> {
  if (error instanceof RequestError) {
    const failure = {status: error.status, error, message: error.message};
    return renderError(request, config, failure, refusalResponse(error), id);
  }
  const failure = {status: 500, error, digest, message: failureMessage(error, digest)};
  return renderError(request, config, failure, failureResponse(error, digest), id);
}

async function renderResult(
  action: DecodedForm,
  result: unknown,
  form: FormData,
  scope: RequestScope,
  config: HandlerConfig,
): Promise<Response> {
  const {request} = scope;
  try {
    const formState =
      config.render && action.bound
        ? await decodeFormState(result, form, config.functions.manifest)
        : null;
    if (formState) handleRejections(result, reporter(scope));
    else discardResult(result, reporter(scope));
    if (!config.render) return seeSamePage(request);
    const page: Response | undefined = await runInScope(
      pageScope(request, config.origins.trustProxy),
      () => config.render!(request, {formState}),
    );
    if (!page) throw new TypeError(`render must give a Response, but gave ${String(page)}.`);
    return page;
  } catch (error) {
    return answer(outcomeOf(error), scope, config);
  }
}

/** The answer where there is no result to show. */
async function answer(
  outcome: Interrupted,
  {request, id}: RequestScope,
  config: HandlerConfig,
): Promise<Response> {
  if (outcome.type === 'redirected') return redirectResponse(outcome.redirect);
  if (outcome.type === 'aborted') return abortedResponse();
  const {error} = outcome;
  if (outcome.type === 'not-found') {
    const failure = {status: 404, error, message: NOT_FOUND};
    return renderError(request, config, failure, notFoundResponse(), id);
  }
  const digest = reportError(config.onError, error, {request, ...(id !== undefined && {id})});
  if (outcome.type === 'refused') {
    return failedForm(request, config, {error, digest, ...(id !== undefined && {id})});
  }
  if (outcome.type === 'timeout') {
    const {status, message} = outcome.error;
    const failure = {status, error, digest, message};
    return renderError(request, config, failure, timeoutResponse(outcome.error), id);
  }
  const failure = {status: 500, error, digest, message: failureMessage(error, digest)};
  return renderError(request, config, failure, failureResponse(error, digest), id);
}

/** @param plain the answer without the option */
async function renderError(
  request: Request,
  config: HandlerConfig,
  failure: FormFailure,
  plain: Response,
  id: string | undefined,
): Promise<Response> {
  if (!config.renderError) return plain;
  try {
    const page = await runInScope(pageScope(request, config.origins.trustProxy), () =>
      config.renderError!(request, failure),
    );
    const headers = failure.error instanceof RequestError ? failure.error.headers : {};
    return withFailureStatus(page, failure.status, headers);
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome.type === 'redirected') return redirectResponse(outcome.redirect);
    const digest = reportError(config.onError, error, {request, ...(id !== undefined && {id})});
    return failureResponse(error, digest);
  }
}
