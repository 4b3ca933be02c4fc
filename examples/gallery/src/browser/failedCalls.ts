// Calls that did not arrive, until somebody says what shall become of them: see app/FailureNotice.tsx.
import {useSyncExternalStore} from 'react';
import type {FailureContext, ServerFunctionRequestError} from 'use-server-webpack-plugin/client';

export interface FailedCall {
  error: ServerFunctionRequestError;
  tryAgain(): void;
  giveUp(): void;
}

let failedCalls: readonly FailedCall[] = [];
const none: readonly FailedCall[] = [];
const listeners = new Set<() => void>();
const givenUp = new WeakSet<object>();

/** Keeps a call pending, so that nothing on the page is lost, until the person has chosen. */
export function askPerson(
  error: ServerFunctionRequestError,
  {retry, signal}: FailureContext,
): Promise<unknown> {
  // A result that breaks off while it streams in: who reads it gets the error, and says so.
  if (!retry) throw error;
  return new Promise((resolve, reject) => {
    const call: FailedCall = {
      error,
      tryAgain() {
        remove(call);
        resolve(retry());
      },
      giveUp() {
        remove(call);
        givenUp.add(error);
        reject(error);
      },
    };
    signal?.addEventListener('abort', () => remove(call), {once: true});
    show([...failedCalls, call]);
  });
}

/** An error that the person has seen, and chosen to live with. */
export const isGivenUp = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && givenUp.has(error);

export const useFailedCalls = (): readonly FailedCall[] =>
  useSyncExternalStore(
    subscribe,
    () => failedCalls,
    () => none,
  );

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function remove(call: FailedCall): void {
  show(failedCalls.filter((other) => other !== call));
}

function show(calls: readonly FailedCall[]): void {
  failedCalls = calls;
  for (const listener of listeners) listener();
}
