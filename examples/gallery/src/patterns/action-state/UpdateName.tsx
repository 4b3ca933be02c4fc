'use client';
import {useActionState} from 'react';
import {FormGuard} from '../../app/FormGuard.tsx';
import {updateName} from './actions.ts';

export function UpdateName() {
  const [state, submitAction, isPending] = useActionState(updateName, {name: 'nobody'});
  return (
    <form action={submitAction}>
      <p>
        You are <output>{state.name}</output>
      </p>
      <label>
        Name
        <input name="name" autoComplete="off" />
      </label>
      <button aria-disabled={isPending}>{isPending ? 'Updating' : 'Update'}</button>
      <FormGuard />
      {state.error && <p role="alert">Failed: {state.error}</p>}
    </form>
  );
}
