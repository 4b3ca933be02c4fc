import {
  UnknownServerFunctionError,
  type FailureContext,
  type ServerFunctionRequestError,
} from 'use-server-webpack-plugin/client';
import {explain} from './explain.ts';
import {createStore} from './store.ts';

/** A call that waits until somebody decides. */
export interface WaitingCall {
  text: string;
  tryAgain(): void;
  giveUp(): void;
}

/** What FailureNotice.tsx shows. */
export const failures = createStore<WaitingCall[]>([]);

/**
 * For `onFailure`: asks the people. The call is pending as long, so that the fields stay as they are; when they
 * give up, the form says why. To send again what may have run already does no harm: the functions of this app
 * are made for it.
 *
 * @throws the error of a call that is of no use a second time, or whose caller has a way of its own to try again
 */
export async function askToTryAgain(
  error: ServerFunctionRequestError,
  {retry, signal}: FailureContext,
): Promise<unknown> {
  if (!retry || signal || isRefused(error)) throw error;
  const focused = document.activeElement;
  const isWanted = await new Promise<boolean>((resolve) => {
    const decide = (isWanted: boolean) => {
      failures.set(failures.get().filter((other) => other !== call));
      resolve(isWanted);
    };
    const call = {
      text: explain(error),
      tryAgain: () => decide(true),
      giveUp: () => decide(false),
    };
    failures.set([...failures.get(), call]);
  });
  // The button that was pressed is gone.
  if (focused instanceof HTMLElement) focused.focus();
  if (!isWanted) throw error;
  return retry();
}

/** It would be refused again. */
function isRefused(error: ServerFunctionRequestError): boolean {
  return error instanceof UnknownServerFunctionError || (!error.mayHaveRun && error.status < 500);
}
