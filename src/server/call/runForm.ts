import {decodeFormState} from 'react-server-dom-webpack/server';
import type {DecodedForm} from '../decode/decodeCall.ts';
import type {PassedFunctions} from '../decode/passedFunctions.ts';
import {discardResult, handleRejections} from '../answer/discardResult.ts';
import {RequestError} from '../refusals.ts';
import type {FormFailure, HandlerConfig} from '../handlerConfig.ts';
import {guardFormState} from './formStateGuard.ts';
import {createReport, type Report} from './reportError.ts';
import {withCookies, type Answer, type AppPage, type Reply} from '../answer/answer.ts';
import type {Incoming} from '../request/incoming.ts';
import {renderIn, shareCookies} from '../scope/withRequest.ts';
import {
  abortedAnswer,
  failureMessage,
  failureAnswer,
  NOT_FOUND,
  notFoundAnswer,
  redirectAnswer,
  refusalAnswer,
  seeSamePage,
  timeoutAnswer,
} from '../answer/respond.ts';
import type {EnteredFunction} from './entry.ts';
import {failurePage} from './failurePage.ts';
import {outcomeOf, runFunction, type FunctionCall, type Interrupted} from './runFunction.ts';

/** Runs the server function of a form that has passed every check, and answers with a page. */
export async function runForm(
  action: DecodedForm,
  form: FormData,
  call: FunctionCall,
): Promise<Reply> {
  const {scope} = call;
  const outcome = await runFunction(call);
  shareCookies(scope);
  // The page is rendered in the time that pages have.
  call.lifetime.finish();
  const {config, report} = call;
  const cookies = scope.cookies.setCookieHeaders();
  const {entered: called} = call;
  const answered: AnsweredForm = {incoming: scope.incoming, config, report, cookies, called};
  const reply =
    outcome.type === 'returned'
      ? await renderResult(action, outcome.value, form, call.passed, answered)
      : await answer(outcome, answered);
  // The cookies are in a page of the app's already.
  return isPage(reply) ? reply : withCookies(reply, cookies);
}

function isPage(reply: Reply): reply is AppPage {
  return reply === 'sent' || 'page' in reply;
}

/** A form, and how what fails on the way to its answer is reported. */
interface AnsweredForm {
  incoming: Incoming;
  config: HandlerConfig;
  report: Report;
  /** Values of `Set-Cookie` headers. */
  cookies: readonly string[];
  /** The function, as far as it is known. */
  called: EnteredFunction | {id?: string | undefined};
}

/** Answers a form that was refused, or that failed before its function ran. The error is reported. */
export async function answerFailedForm(
  incoming: Incoming,
  config: HandlerConfig,
  {id, error}: {id?: string; error: unknown},
): Promise<Reply> {
  const report = createReport(config.onError, incoming, {id});
  return failedForm(error, {incoming, config, report, cookies: [], called: {id}});
}

async function renderResult(
  action: DecodedForm,
  result: unknown,
  form: FormData,
  passed: PassedFunctions,
  answered: AnsweredForm,
): Promise<Reply> {
  const {incoming, config, report, cookies} = answered;
  const {render} = config.pages;
  try {
    const formState =
      render && action.bound ? await decodeFormState(result, form, passed.manifest) : null;
    if (formState) handleRejections(result, report);
    else discardResult(result, report);
    if (!render) return seeSamePage(incoming);
    const formResult = {formState: formState && guardFormState(formState), result};
    const work = () => render(incoming, formResult, {cookies, headers: {}});
    return await renderIn(incoming, work, config.origins.trustProxy);
  } catch (error) {
    return answer(outcomeOf(error), answered);
  }
}

/** The answer where there is no result to show. */
async function answer(outcome: Interrupted, form: AnsweredForm): Promise<Reply> {
  switch (outcome.type) {
    case 'redirected':
      return redirectAnswer(outcome.redirect);
    case 'aborted':
      return abortedAnswer();
    case 'not-found': {
      const failure = {status: 404, error: outcome.error, message: NOT_FOUND};
      return renderError(form, failure, notFoundAnswer());
    }
    case 'timeout': {
      const {error} = outcome;
      const digest = form.report(error);
      const failure = {status: error.status, error, digest, message: error.message};
      return renderError(form, failure, timeoutAnswer(error));
    }
    case 'refused':
      return failedForm(outcome.error, form);
    case 'threw': {
      const {error} = outcome;
      const digest = form.report(error);
      return renderError(form, serverFailure(error, digest), failureAnswer(error, digest));
    }
  }
}

async function failedForm(error: unknown, form: AnsweredForm): Promise<Reply> {
  const digest = form.report(error);
  if (error instanceof RequestError) {
    const failure = {status: error.status, error, message: error.message};
    return renderError(form, failure, await refusalAnswer(error));
  }
  return renderError(form, serverFailure(error, digest), failureAnswer(error, digest));
}

function serverFailure(error: unknown, digest: string): FormFailure {
  return {status: 500, error, digest, message: failureMessage(error, digest)};
}

/** @param plain the answer without the option */
async function renderError(
  form: AnsweredForm,
  failure: FormFailure,
  plain: Answer,
): Promise<Reply> {
  const {incoming, config, report, cookies} = form;
  const render = config.pages.renderError;
  if (!render) return pageForDeveloper(form, failure, plain);
  const headers = failure.error instanceof RequestError ? failure.error.headers : {};
  try {
    const work = () => render(incoming, failure, {cookies, headers});
    return (await renderIn(incoming, work, config.origins.trustProxy)) ?? plain;
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome.type === 'redirected') return redirectAnswer(outcome.redirect);
    const digest = report(error);
    const own = serverFailure(error, digest);
    return pageForDeveloper(form, own, failureAnswer(error, digest));
  }
}

/** In development, a page that says what is known of the failure; else the answer as it is. */
async function pageForDeveloper(
  {incoming, config, called}: AnsweredForm,
  failure: FormFailure,
  plain: Answer,
): Promise<Answer> {
  const page = await failurePage(failure, called, incoming, config.origins);
  if (page === undefined) return plain;
  const headers = {...plain.headers, 'Content-Type': 'text/html;charset=utf-8'};
  return {...plain, headers, body: page};
}
