'use client';
// A client component that uses imported server functions. React sends the form as a function call
// when JavaScript runs, and the browser posts it by itself when it does not: same function, same
// result.
import {useActionState} from 'react';
import {createNote} from '../actions.ts';
import {NoteFields} from './NoteFields.tsx';
import {SubmitButton} from './buttons.tsx';

export function NoteForm() {
  const [{text, error}, action] = useActionState(createNote, {text: {title: '', body: ''}});
  return (
    <form action={action} className="new-note" aria-label="New note">
      <NoteFields text={text} error={error} />
      <SubmitButton className="primary" pending="Adding">
        Add note
      </SubmitButton>
    </form>
  );
}
