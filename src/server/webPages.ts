import {addCookies, withFailureStatus} from './answer/webResponse.ts';
import type {FormPages, RenderForm, RenderFormError} from './handlerConfig.ts';

/** Answers forms by the web `Response` that the app renders. */
export function webPages({
  render,
  renderError,
}: {
  render?: RenderForm | undefined;
  renderError?: RenderFormError | undefined;
}): FormPages {
  return {
    render:
      render &&
      (async ({request}, outcome, {cookies}) => {
        const page: Response | undefined = await render(request, outcome);
        if (!page) throw new TypeError(`render must give a Response, but gave ${String(page)}.`);
        return {page: addCookies(page, cookies)};
      }),
    renderError:
      renderError &&
      (async ({request}, failure, {cookies, headers}) => {
        const page = await renderError(request, failure);
        return {page: addCookies(withFailureStatus(page, failure.status, headers), cookies)};
      }),
  };
}
