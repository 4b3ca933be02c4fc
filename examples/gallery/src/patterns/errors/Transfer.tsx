'use client';
import {useTransition} from 'react';
import {transfer} from './actions.ts';

export function Transfer() {
  const [isPending, startTransition] = useTransition();
  // What an action in a transition throws goes to the next error boundary.
  return (
    <button
      aria-disabled={isPending}
      onClick={() => isPending || startTransition(() => transfer(100))}
    >
      Transfer 100
    </button>
  );
}
