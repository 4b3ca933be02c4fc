import {useRef, useSyncExternalStore, type FocusEvent} from 'react';
import type {OpenedApp} from '../server/functions/session.ts';
import {decide, onFailures, readFailures, type Reason} from './callServer.ts';
import {SignIn} from './SignIn.tsx';

const TEXTS: Record<Reason, string> = {
  lost: 'The server does not answer. Nothing that you have entered is lost.',
  'old-page':
    'There is a new version of this app. Copy what you have entered, and reload the page.',
  'signed-out': 'You have been signed out. Sign in, and it goes on where it stopped.',
};

interface Props {
  /** What the page shows, when it shows something. */
  app: Promise<OpenedApp | null>;
}

/** Calls that have failed wait here for their user. The page behind stays as it is. */
export function FailureNotice({app}: Props) {
  const failures = useSyncExternalStore(onFailures, readFailures);
  const before = useRef<HTMLElement>(null);
  const reason = failures.at(-1)?.reason;

  /** The buttons go, and the focus would go with them. */
  function press(decision: 'tryAgain' | 'cancel') {
    before.current?.focus();
    decide(decision);
  }

  function rememberFocus({relatedTarget, currentTarget}: FocusEvent) {
    if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget)) {
      before.current = relatedTarget;
    }
  }

  return (
    <div role="alert" className={reason ? 'notice' : undefined} onFocus={rememberFocus}>
      {reason && <p>{TEXTS[reason]}</p>}
      {reason === 'signed-out' && (
        <SignIn
          onSignedIn={async ({user}) => {
            // What waits was meant by the one who was signed in.
            if ((await app)?.user.id === user.id) press('tryAgain');
            else location.reload();
          }}
        />
      )}
      {reason && (
        <p className="row">
          {reason !== 'signed-out' && (
            <button className="primary" onClick={() => press('tryAgain')}>
              Try again
            </button>
          )}
          <button onClick={() => press('cancel')}>Cancel</button>
        </p>
      )}
    </div>
  );
}
