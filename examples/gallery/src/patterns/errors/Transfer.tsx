'use client';
import {useTransition} from 'react';
import {transfer} from './actions.ts';

export function Transfer() {
  const [isPending, startTransition] = useTransition();
  // What an action in a transition throws goes to the next error boundary.
  return (
    <button disabled={isPending} onClick={() => startTransition(() => transfer(100))}>
      Transfer 100
    </button>
  );
}
