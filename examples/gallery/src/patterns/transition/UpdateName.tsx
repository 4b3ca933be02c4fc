'use client';
import {useState, useTransition} from 'react';
import {updateName} from './actions.ts';

export function UpdateName() {
  const [name, setName] = useState('');
  const [saved, setSaved] = useState<string>();
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();

  function submit() {
    if (isPending) return;
    startTransition(async () => {
      const result = await updateName(name);
      // What follows an await needs a transition of its own.
      startTransition(() => {
        setError(result.error);
        if (result.error) return;
        setSaved(result.name);
        // What was typed meanwhile stays.
        setName((current) => (current === name ? '' : current));
      });
    });
  }

  return (
    <>
      <label>
        Name
        <input value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <button onClick={submit} aria-disabled={isPending}>
        {isPending ? 'Updating' : 'Update'}
      </button>
      {saved && <p role="status">Your name is {saved}.</p>}
      {error && <p role="alert">Failed: {error}</p>}
    </>
  );
}
