'use client';
// Gets its server function, with its captures, as a prop from a Server Component.
import {useActionState} from 'react';
import type {NoteFormState} from '../actions.ts';
import {NoteFields} from './NoteFields.tsx';
import {SubmitButton} from './buttons.tsx';

interface Props {
  title: string;
  body: string;
  save: (state: NoteFormState, form: FormData) => Promise<NoteFormState>;
}

export function EditForm({title, body, save}: Props) {
  const [{text, error, savedAt}, action] = useActionState(save, {text: {title, body}});
  // <details> opens without JavaScript; after an error that came that way it has to stand open.
  // The key closes it when the text is saved.
  return (
    <details className="edit" key={savedAt} open={error !== undefined || undefined}>
      <summary aria-label={`Edit ${title}`}>Edit</summary>
      <form action={action} aria-label={`Edit ${title}`}>
        <NoteFields text={error === undefined ? {title, body} : text} error={error} />
        <SubmitButton className="primary" pending="Saving">
          Save
        </SubmitButton>
      </form>
    </details>
  );
}
