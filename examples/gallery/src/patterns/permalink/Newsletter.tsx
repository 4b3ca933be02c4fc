'use client';
import {useActionState} from 'react';
import {subscribe} from './actions.ts';

export function Newsletter() {
  const [message, action] = useActionState(subscribe, '', '/permalink?newsletter');
  return (
    <form action={action}>
      <label>
        E-mail
        <input name="email" autoComplete="off" />
      </label>
      <button>Subscribe</button>
      {message && <p role="status">{message}</p>}
    </form>
  );
}
