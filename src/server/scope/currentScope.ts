import {createAsyncStorage, followsAsync, HOW_TO_FOLLOW_ASYNC} from '../platform/asyncStorage.ts';
import {sharedState} from '../platform/sharedState.ts';
import type {RequestScope} from './requestScope.ts';

/** In place of a scope while a result is computed that all requests share. */
const SHARED = Symbol.for('use-server-webpack-plugin.shared');

const scopes = sharedState('scopes', () => createAsyncStorage<RequestScope | typeof SHARED>());

export function runInScope<T>(scope: RequestScope, work: () => T): T {
  return scopes.run(scope, work);
}

/** Runs what must not depend on one request. */
export function runShared<T>(work: () => T): T {
  return scopes.run(SHARED, work);
}

/**
 * Takes the scope around this code along to where it would be unknown: behind an `await`, in a runtime
 * without `AsyncLocalStorage`.
 *
 * @returns runs work in that scope
 */
export function holdScope(): <T>(work: () => T) => T {
  const scope = scopes.getStore();
  return (work) => (scope === undefined ? work() : scopes.run(scope, work));
}

/** The scope around this code, if there is one. */
export function findScope(): RequestScope | undefined {
  const scope = scopes.getStore();
  return scope === SHARED ? undefined : scope;
}

/**
 * The scope around this code.
 *
 * @param helper what was called, for the error
 * @throws Error when there is none
 */
export function currentScope(helper: string): RequestScope {
  const scope = scopes.getStore();
  if (scope === SHARED) {
    throw new Error(
      `${helper} was called in a cached function, whose result is shared by all requests. Call it outside, and pass what you need as an argument.`,
    );
  }
  if (!scope) {
    throw new Error(
      followsAsync
        ? `${helper} was called outside a request. Call it in a server function, or in what withRequest(request, ...) of use-server-webpack-plugin/server runs.`
        : `${helper} was called outside a request, or after an await: this runtime has no AsyncLocalStorage, so the request is known only until the function first waits. Call it before the first await. ${HOW_TO_FOLLOW_ASYNC}`,
    );
  }
  return scope;
}
