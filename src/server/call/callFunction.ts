import {discardResult, handleRejections} from '../answer/discardResult.ts';
import {withCookies, type Answer} from '../answer/answer.ts';
import {ignore} from '../platform/ignore.ts';
import {WebIncoming} from '../request/webIncoming.ts';
import {pageRequest} from '../scope/pageRequest.ts';
import {runInScope} from '../scope/currentScope.ts';
import {RequestScope} from '../scope/requestScope.ts';
import {
  abortedAnswer,
  callRedirectAnswer,
  callAnswer,
  notFoundAnswer,
  refusalAnswer,
  timeoutAnswer,
  type RenderContext,
  type RenderedPage,
} from '../answer/respond.ts';
import {
  endedEarly,
  outcomeOf,
  runFunction,
  type FunctionCall,
  type Interrupted,
  type Outcome,
} from './runFunction.ts';

/** A call that has passed every check. */
export interface Call extends FunctionCall {
  /** The page that the client takes in the answer. */
  page: URL | undefined;
  render: RenderContext;
}

/** The outcomes that are told to the client by a stream. */
type Streamed = Extract<Outcome, {type: 'returned' | 'threw'}>;

/**
 * Runs the function and answers what became of it: its result and, when it changed what the caller's
 * page shows, that page.
 */
export async function callFunction(call: Call): Promise<Answer> {
  const outcome = await runFunction(call);
  const answer = !isStreamed(outcome)
    ? await answerWithout(outcome, call)
    : call.config.renderPage
      ? await answerWithPage(outcome, call)
      : stream(outcome, call);
  return withCookies(answer, call.scope.cookies.setCookieHeaders());
}

function isStreamed(outcome: Outcome): outcome is Streamed {
  return outcome.type === 'returned' || outcome.type === 'threw';
}

/** The answer where nothing streams. */
async function answerWithout(outcome: Exclude<Interrupted, Streamed>, call: Call): Promise<Answer> {
  call.lifetime.finish();
  switch (outcome.type) {
    case 'refused':
      call.report(outcome.error);
      return refusalAnswer(outcome.error);
    case 'redirected':
      return callRedirectAnswer(outcome.redirect);
    case 'not-found':
      return notFoundAnswer();
    case 'timeout':
      call.report(outcome.error);
      return timeoutAnswer(outcome.error);
    case 'aborted':
      return abortedAnswer();
  }
}

async function answerWithPage(outcome: Streamed, call: Call): Promise<Answer> {
  const page = await renderPageInTime(call);
  if (page.type === 'redirected' || page.type === 'timeout' || page.type === 'aborted') {
    if (outcome.type === 'returned') discardResult(outcome.value, call.report);
    else call.report(outcome.error);
    // One that redirects would be left by its browser after a reload.
    return answerWithout(page, call);
  }
  return stream(outcome, call, page.type === 'rendered' ? page : undefined);
}

function stream(outcome: Streamed, call: Call, page?: RenderedPage): Answer {
  // Generators of the result and Server Components of the page run now, still in the scope.
  return runInScope(call.scope, () => callAnswer(outcomeValue(outcome), page, call.render));
}

function outcomeValue(outcome: Streamed) {
  return outcome.type === 'returned' ? {value: outcome.value} : {error: outcome.error};
}

type Page =
  | {type: 'none'}
  | (RenderedPage & {type: 'rendered'})
  | Extract<Outcome, {type: 'redirected' | 'timeout' | 'aborted'}>;

async function renderPageInTime(call: Call): Promise<Page> {
  const {scope, page: url, config, lifetime} = call;
  // What the function did before it threw has happened all the same, so the page is rendered then too.
  const isStale =
    config.rendersEveryPage || scope.revalidations.length > 0 || scope.cookies.changed;
  if (!config.renderPage || !url || !isStale || scope.signal.aborted) return {type: 'none'};
  const page = await lifetime.race(renderPage(url, call), dropPage);
  return page ?? endedEarly(scope, lifetime);
}

async function renderPage(url: URL, {scope, config, entered}: Call): Promise<Page> {
  const path = url.pathname + url.search;
  const {signal, cookies} = scope;
  const request = pageRequest(scope.request, {url, signal, cookies});
  const incoming = new WebIncoming(request, scope.incoming.nodeRequest);
  try {
    const model = await runInScope(RequestScope.ofPage(incoming, config.origins), () =>
      config.renderPage!(request, {id: entered.id}),
    );
    // As those of the result: React reports the ones that it sends.
    handleRejections(model, ignore);
    return {type: 'rendered', path, model: Promise.resolve(model)};
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome.type === 'redirected') return outcome;
    return {type: 'rendered', path, model: Promise.reject(error)};
  }
}

/** Nothing waits for it any more. */
function dropPage(page: Page): void {
  if (page.type === 'rendered') discardResult(page.model, ignore);
}
