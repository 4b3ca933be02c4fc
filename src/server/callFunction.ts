import {discardResult, handleRejections} from './discardResult.ts';
import type {HandlerConfig} from './handlerOptions.ts';
import {pageRequest} from './pageRequest.ts';
import {pageScope, runInScope, type RequestScope} from './requestScope.ts';
import {
  callRedirectResponse,
  callResponse,
  notFoundResponse,
  withCookies,
  type RenderContext,
  type RenderedPage,
} from './respond.ts';
import {outcomeOf, reporter, runFunction, type Outcome} from './runFunction.ts';

/** A call that has passed every check. */
export interface Call {
  run: () => unknown;
  scope: RequestScope;
  /** The page that the client takes in the answer. */
  page: URL | undefined;
  config: HandlerConfig;
  render: RenderContext;
}

/**
 * Runs the function and answers what became of it: its result and, when it changed what the caller's
 * page shows, that page.
 *
 * @throws {RequestError} when its captures could not be opened, so that nothing ran
 */
export async function callFunction(call: Call): Promise<Response> {
  const outcome = await runFunction(call.scope, call.run);
  return withCookies(await answer(outcome, call), call.scope.cookies);
}

async function answer(outcome: Outcome, call: Call): Promise<Response> {
  if (outcome.type === 'redirected') return callRedirectResponse(outcome.redirect);
  if (outcome.type === 'not-found') return notFoundResponse();
  const page = await renderPage(call);
  // The page redirects, so its browser would leave it after a reload.
  if (page?.type === 'redirected') {
    if (outcome.type === 'returned') discardResult(outcome.value, reporter(call.scope));
    return callRedirectResponse(page.redirect);
  }
  // Generators of the result and Server Components of the page run now, still in the scope.
  return runInScope(call.scope, () => callResponse(outcomeValue(outcome), page, call.render));
}

function outcomeValue(outcome: Extract<Outcome, {type: 'returned' | 'threw'}>) {
  return outcome.type === 'returned' ? {value: outcome.value} : {error: outcome.error};
}

type Page = (RenderedPage & {type: 'rendered'}) | Extract<Outcome, {type: 'redirected'}>;

/** What the function did before it threw has happened all the same, so the page is rendered then too. */
async function renderPage({scope, page: url, config, render}: Call): Promise<Page | undefined> {
  const isStale = scope.revalidations.length > 0 || scope.cookies.changed;
  if (!config.renderPage || !url || !isStale || render.signal.aborted) return undefined;
  const path = url.pathname + url.search;
  const request = pageRequest(scope.request, url, scope.cookies);
  try {
    const model = await runInScope(pageScope(request, config.origins.trustProxy), () =>
      config.renderPage!(request, {id: scope.id!}),
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

function ignore(): void {}
