import {useActionState, useId, useRef, useState} from 'react';
import {signIn, type OpenedApp} from '../server/functions/session.ts';

const NOT_SENT = {error: 'You were not signed in. Try again.'};

export function SignIn({onSignedIn}: {onSignedIn: (app: OpenedApp) => void}) {
  const id = useId();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const [error, submit, isPending] = useActionState(async () => {
    const answer = await signIn({name, password}).catch(() => NOT_SENT);
    if ('error' in answer) {
      field.current?.focus();
      return answer.error;
    }
    onSignedIn(answer);
    return undefined;
  }, undefined);

  return (
    <form className="fields" action={() => (isPending ? undefined : submit())}>
      <label htmlFor={`${id}-name`}>Name</label>
      <input
        id={`${id}-name`}
        ref={field}
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoComplete="username"
        autoCapitalize="none"
        aria-invalid={Boolean(error)}
        aria-describedby={`${id}-error`}
        required
      />
      <label htmlFor={`${id}-password`}>Password</label>
      <input
        id={`${id}-password`}
        type="password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        autoComplete="current-password"
        required
      />
      <p id={`${id}-error`} className="error" role="alert">
        {error}
      </p>
      <button className="primary" aria-disabled={isPending}>
        Sign in
      </button>
      <p role="status">{isPending && 'Signing in'}</p>
    </form>
  );
}
