import {decodeFormState} from 'react-server-dom-webpack/server';
import type {DecodedForm} from '../decode/decodeCall.ts';
import {discardResult, handleRejections} from '../answer/discardResult.ts';
import {RequestError} from '../refusals.ts';
import type {FormFailure, HandlerConfig} from '../handlerConfig.ts';
import {guardFormState} from './formStateGuard.ts';
import {createReport, type Report} from './reportError.ts';
import {shareCookies, withRequest} from '../scope/withRequest.ts';
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
import {outcomeOf, runFunction, type FunctionCall, type Interrupted} from './runFunction.ts';

/** Runs the server function of a form that has passed every check, and answers with a page. */
export async function runForm(
  action: DecodedForm,
  form: FormData,
  call: FunctionCall,
): Promise<Response> {
  const {scope} = call;
  const outcome = await runFunction(call);
  shareCookies(scope);
  // The page is rendered in the time that pages have.
  call.lifetime.finish();
  const response =
    outcome.type === 'returned'
      ? await renderResult(action, outcome.value, form, call)
      : await answer(outcome, {request: scope.request, config: call.config, report: call.report});
  return withCookies(response, scope.cookies);
}

/** A form that has no result, and how what fails on the way to its answer is reported. */
interface FailedForm {
  request: Request;
  config: HandlerConfig;
  report: Report;
}

/** Answers a form that was refused, or that failed before its function ran. The error is reported. */
export async function answerFailedForm(
  request: Request,
  config: HandlerConfig,
  {id, error}: {id?: string; error: unknown},
): Promise<Response> {
  const report = createReport(config.onError, request, id);
  return failedForm(error, {request, config, report});
}

async function renderResult(
  action: DecodedForm,
  result: unknown,
  form: FormData,
  {scope, config, passed, report}: FunctionCall,
): Promise<Response> {
  const {request} = scope;
  try {
    const formState =
      config.render && action.bound ? await decodeFormState(result, form, passed.manifest) : null;
    if (formState) handleRejections(result, report);
    else discardResult(result, report);
    if (!config.render) return seeSamePage(request);
    const page: Response | undefined = await withRequest(
      request,
      () => config.render!(request, {formState: formState && guardFormState(formState)}),
      config.origins,
    );
    if (!page) throw new TypeError(`render must give a Response, but gave ${String(page)}.`);
    return page;
  } catch (error) {
    return answer(outcomeOf(error), {request, config, report});
  }
}

/** The answer where there is no result to show. */
async function answer(outcome: Interrupted, form: FailedForm): Promise<Response> {
  switch (outcome.type) {
    case 'redirected':
      return redirectResponse(outcome.redirect);
    case 'aborted':
      return abortedResponse();
    case 'not-found': {
      const failure = {status: 404, error: outcome.error, message: NOT_FOUND};
      return renderError(form, failure, notFoundResponse());
    }
    case 'timeout': {
      const {error} = outcome;
      const digest = form.report(error);
      const failure = {status: error.status, error, digest, message: error.message};
      return renderError(form, failure, timeoutResponse(error));
    }
    case 'refused':
      return failedForm(outcome.error, form);
    case 'threw': {
      const {error} = outcome;
      const digest = form.report(error);
      return renderError(form, serverFailure(error, digest), failureResponse(error, digest));
    }
  }
}

async function failedForm(error: unknown, form: FailedForm): Promise<Response> {
  const digest = form.report(error);
  if (error instanceof RequestError) {
    const failure = {status: error.status, error, message: error.message};
    return renderError(form, failure, refusalResponse(error));
  }
  return renderError(form, serverFailure(error, digest), failureResponse(error, digest));
}

function serverFailure(error: unknown, digest: string): FormFailure {
  return {status: 500, error, digest, message: failureMessage(error, digest)};
}

/** @param plain the answer without the option */
async function renderError(
  {request, config, report}: FailedForm,
  failure: FormFailure,
  plain: Response,
): Promise<Response> {
  if (!config.renderError) return plain;
  try {
    const page = await withRequest(
      request,
      () => config.renderError!(request, failure),
      config.origins,
    );
    const headers = failure.error instanceof RequestError ? failure.error.headers : {};
    return withFailureStatus(page, failure.status, headers);
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome.type === 'redirected') return redirectResponse(outcome.redirect);
    return failureResponse(error, report(error));
  }
}
