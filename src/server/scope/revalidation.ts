import {currentScope} from './currentScope.ts';
import type {FunctionFacts, RequestScope, RevalidationTarget} from './requestScope.ts';

/**
 * Tells the app's cache (the handler's option `cache`) that what a page shows has changed. With the
 * option `renderPage`, the answer of the call carries the page as it is now. It takes effect at once;
 * the answer waits until the cache has done its work.
 *
 * @param path of the page's URL: `/notes`
 * @throws TypeError for anything else
 * @throws Error outside of a server function, and when the handler has neither option
 */
export function revalidatePath(path: string): void {
  if (typeof path !== 'string' || !/^\/[^?#]*$/.test(path)) {
    throw new TypeError(
      `revalidatePath takes the path of a page, like "/notes", but got ${JSON.stringify(path)}.`,
    );
  }
  revalidate(revalidationScope('revalidatePath()'), (cache) => cache.revalidatePath(path));
}

/**
 * The same for everything that the cache keeps under a tag.
 *
 * @param tag as it was given to the cache
 * @throws TypeError for what is not a tag
 * @throws Error outside of a server function, and when the handler has neither option
 */
export function revalidateTag(tag: string): void {
  if (typeof tag !== 'string' || tag === '') {
    throw new TypeError(`revalidateTag takes a tag, like "notes", but got ${JSON.stringify(tag)}.`);
  }
  revalidate(revalidationScope('revalidateTag()'), (cache) => cache.revalidateTag(tag));
}

function revalidationScope(helper: string): RevalidatingScope {
  const scope = currentScope(helper);
  if (!isRevalidating(scope)) {
    throw new Error(
      scope.function
        ? `${helper} has nothing to revalidate. Give the handler the option "cache" (createMemoryCache() makes one), or "renderPage", or both.`
        : `${helper} was called while a page is rendered. Call it in the server function that changes the data.`,
    );
  }
  return scope;
}

type RevalidatingScope = RequestScope & {readonly function: FunctionFacts};

function isRevalidating(scope: RequestScope): scope is RevalidatingScope {
  return scope.function?.revalidates ?? false;
}

function revalidate(
  scope: RevalidatingScope,
  work: (cache: RevalidationTarget) => void | Promise<void>,
): void {
  const {cache, onError} = scope.function;
  const isLate = scope.phase === 'answer';
  const done = cache ? Promise.resolve(work(cache)) : Promise.resolve();
  // While the function runs, the handler awaits it in the end; until then a failure is not unhandled.
  done.catch((error: unknown) => {
    if (isLate) onError(error);
  });
  scope.addRevalidation(done);
}
