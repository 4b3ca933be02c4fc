import {useId} from 'react';
import type {FormAnswer} from '../formAnswer.ts';
import type {NoteText} from '../noteForm.ts';
import {FieldError, FormError, errorProps} from './errors.tsx';

interface Props {
  text: NoteText;
  errors: FormAnswer['errors'];
}

// No `required`, no `maxlength`: this example shows what the server says about bad input.
export function NoteFields({text, errors = {}}: Props) {
  const id = useId();
  return (
    <>
      <label htmlFor={`${id}title`}>Title</label>
      <input
        id={`${id}title`}
        name="title"
        defaultValue={text.title}
        autoComplete="off"
        {...errorProps(`${id}title`, errors.title)}
      />
      <FieldError of={`${id}title`} text={errors.title} />
      <label htmlFor={`${id}body`}>Note</label>
      <textarea
        id={`${id}body`}
        name="body"
        rows={3}
        defaultValue={text.body}
        {...errorProps(`${id}body`, errors.body)}
      />
      <FieldError of={`${id}body`} text={errors.body} />
      <FormError text={errors.form} />
    </>
  );
}
