'use client';

import {useRef, useSyncExternalStore} from 'react';
import {onFailures, readFailures, tryAgain} from './callServer.js';

export function FailureNotice() {
  const failures = useSyncExternalStore(onFailures, readFailures, readFailures);
  const before = useRef();
  return (
    <div role="alert">
      {failures.length > 0 && (
        <p>
          The server does not answer, or has a new version of this page. Try again, or reload the
          page.{' '}
          <button
            onFocus={(event) => (before.current = event.relatedTarget)}
            onClick={() => {
              // The button goes, and the focus with it.
              before.current?.focus();
              tryAgain();
            }}
          >
            Try again
          </button>
        </p>
      )}
    </div>
  );
}
