'use client';
import {useActionState} from 'react';
import {FormGuard} from '../../app/FormGuard.tsx';
import {ping} from './actions.ts';

// Nothing here is about failures: see onFailure in browser/callServer.ts, and app/FailureNotice.tsx.
export function PingForm() {
  const [answer, action] = useActionState(ping, 'none yet');
  return (
    <form action={action}>
      <label>
        Message
        <input name="message" autoComplete="off" />
      </label>
      <button>Ping</button>
      <FormGuard />
      <p>
        Answer: <output>{answer}</output>
      </p>
    </form>
  );
}
