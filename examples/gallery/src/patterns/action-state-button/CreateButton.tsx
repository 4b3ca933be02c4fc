'use client';
import {startTransition, useActionState} from 'react';
import {createPost} from './actions.ts';

export function CreateButton() {
  const [posts, action, pending] = useActionState(createPost, 0);
  return (
    <>
      <p>
        Posts: <output>{posts}</output>
      </p>
      <button aria-disabled={pending} onClick={() => pending || startTransition(action)}>
        {pending ? 'Creating' : 'Create post'}
      </button>
    </>
  );
}
