'use client';
import {useActionState} from 'react';
import {FormGuard} from '../../app/FormGuard.tsx';
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
      <FormGuard />
      {message && <p role="status">{message}</p>}
    </form>
  );
}
