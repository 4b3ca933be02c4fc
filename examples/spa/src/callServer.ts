// Every call of a server function goes through here: see `callServer` in webpack.config.js.
import {
  createCallServer,
  UnknownServerFunctionError,
  type ServerFunctionRequestError,
} from 'use-server-webpack-plugin/client';

/** Why calls wait. */
export type Reason = 'lost' | 'old-page' | 'signed-out';

interface Failure {
  reason: Reason;
  tryAgain(): void;
  cancel(): void;
}

let failures: readonly Failure[] = [];
const listeners = new Set<() => void>();

export const callServer = createCallServer({
  onFailure(error, {retry, signal}) {
    // What does not get better by another attempt is told where it was entered.
    if (!retry || error.code === 'body-too-large') throw error;
    return new Promise((resolve, reject) => {
      const failure = {
        reason: reasonOf(error),
        tryAgain: () => resolve(retry()),
        cancel: () => reject(error),
      };
      signal?.addEventListener('abort', () => change(failures.filter((one) => one !== failure)));
      change([...failures, failure]);
    });
  },
});

function reasonOf(error: ServerFunctionRequestError): Reason {
  if (error.code === 'signed-out') return 'signed-out';
  return error instanceof UnknownServerFunctionError ? 'old-page' : 'lost';
}

function change(next: readonly Failure[]): void {
  failures = next;
  for (const listener of listeners) listener();
}

export const readFailures = (): readonly Failure[] => failures;

export function onFailures(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function decide(decision: 'tryAgain' | 'cancel'): void {
  const all = failures;
  change([]);
  for (const failure of all) failure[decision]();
}
