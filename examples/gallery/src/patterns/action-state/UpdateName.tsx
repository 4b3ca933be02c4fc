'use client';
import {useActionState} from 'react';
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
        <input name="name" disabled={isPending} autoComplete="off" />
      </label>
      <button disabled={isPending}>{isPending ? 'Updating' : 'Update'}</button>
      {state.error && <p role="alert">Failed: {state.error}</p>}
    </form>
  );
}
