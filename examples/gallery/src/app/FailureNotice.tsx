'use client';
import {useEffect, useRef} from 'react';
import {UnknownServerFunctionError} from 'use-server-webpack-plugin/client';
import {useFailedCalls, type FailedCall} from '../browser/failedCalls.ts';
import {describeFailure} from './describeFailure.ts';
import {reloadWithTyped} from './typedText.ts';

/** Calls that did not reach their function, whichever component made them. They wait for an answer here. */
export function FailureNotice() {
  const calls = useFailedCalls();
  const [first] = calls;
  // Is there before it says anything, so that screen readers hear of what it says.
  return <div role="alert">{first && <Notice calls={calls} error={first.error} />}</div>;
}

function Notice({calls, error}: {calls: readonly FailedCall[]; error: FailedCall['error']}) {
  const main = useRef<HTMLButtonElement>(null);
  useEffect(() => takeFocus(main.current!), []);
  const {title, advice, canRetry} = describeFailure(error);
  const each = (choice: 'tryAgain' | 'giveUp') => () => calls.forEach((call) => call[choice]());
  return (
    <div className="notice">
      <p>
        <strong>{title}</strong> {calls.length > 1 && `${calls.length} calls wait.`} {advice}
      </p>
      <div className="buttons">
        {canRetry && (
          <button ref={main} onClick={each('tryAgain')}>
            Try again
          </button>
        )}
        {error instanceof UnknownServerFunctionError && (
          <button className="quiet" onClick={reloadWithTyped}>
            Load the page again
          </button>
        )}
        <button ref={canRetry ? undefined : main} className="quiet" onClick={each('giveUp')}>
          {canRetry ? 'Give up' : 'Close'}
        </button>
      </div>
    </div>
  );
}

/** Unless somebody is typing. Gives it back afterwards. */
function takeFocus(button: HTMLElement): () => void {
  const before = document.activeElement as HTMLElement | null;
  if (!before?.matches('input, textarea, select')) button.focus();
  return () => {
    if (document.activeElement === document.body) before?.focus();
  };
}
