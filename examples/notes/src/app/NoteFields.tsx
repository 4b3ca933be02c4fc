import {useId} from 'react';
import type {NoteText} from '../notes.ts';

// No `required`, no `maxlength`: this example shows what the server says about bad input.
export function NoteFields({text, error}: {text: NoteText; error?: string}) {
  const id = useId();
  return (
    <>
      <label htmlFor={`${id}title`}>Title</label>
      <input
        id={`${id}title`}
        name="title"
        defaultValue={text.title}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}error`}
      />
      <label htmlFor={`${id}body`}>Note</label>
      <textarea id={`${id}body`} name="body" rows={3} defaultValue={text.body} />
      {error !== undefined && (
        <p id={`${id}error`} className="error" role="alert">
          {error}
        </p>
      )}
    </>
  );
}
